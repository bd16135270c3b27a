"""The invented policies and claims of tests/cases/claims.yaml, read and checked for slips of the pen."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

DAY = date(2026, 3, 1)  # all the policies are in force
_PATH = Path(__file__).resolve().parents[1] / "cases" / "claims.yaml"
_READ = yaml.safe_load(_PATH.read_text(encoding="utf-8"))


class Case(BaseModel):
    """One claim with what the policy makes of it; tests/cases/claims.yaml says what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    because: str
    policy: str
    claim: dict[str, Any]
    total: Decimal | Literal["undetermined"]
    kind: Literal["exact", "cap", "range"] | None = None
    low: Decimal | None = None
    line: int | None = None
    why: str | None = None
    steps: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    counted: tuple[int, ...] = ()
    warns: tuple[str, ...] | None = None
    says: str = ""
    fault: bool = False
    reason: str = ""


POLICIES: dict[str, str] = _READ["policies"]
CASES: tuple[Case, ...] = tuple(Case.model_validate(case) for case in _READ["cases"])
