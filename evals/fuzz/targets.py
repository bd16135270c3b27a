"""What is fuzzed: for each target, how an input is made and what has to hold for it; and the hunt itself."""

import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from assistant.answer import Assistant
from assistant.records import Question
from corpus.records import PolicyDocument
from evals.fuzz import inputs
from evals.fuzz.invariants import ANSWER_WITHIN_S, Broken, check_answer, check_numeral, check_policy, within

SAMPLES = 3  # inputs kept of one kind of finding


@dataclass(frozen=True, kw_only=True)
class Target:
    """One reader of the program: `check` raises for an input that breaks it."""

    name: str
    make: Callable[[Random], str]
    check: Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An input for which something does not hold."""

    target: str
    text: str
    kind: str  # what is broken, or the exception and the line that raised it: the same for like findings
    detail: str


@dataclass(kw_only=True)
class Hunt:
    """What came of trying inputs on one target."""

    target: str
    tried: int = 0
    failed: int = 0
    kinds: dict[str, list[Finding]] = field(default_factory=dict)

    def note(self, finding: Finding) -> bool:
        """Count a finding; whether it is one of the first of its kind, which are kept."""
        self.failed += 1
        kept = self.kinds.setdefault(finding.kind, [])
        if len(kept) >= SAMPLES:
            return False
        kept.append(finding)
        return True


NUMERAL = Target(name="numeral", make=lambda rng: inputs.numeral(rng) + rng.choice(inputs.UNITS), check=check_numeral)
POLICY = Target(name="policy", make=inputs.policy, check=check_policy)


def question_target(
    assistant: Assistant, documents: Iterable[PolicyDocument], day: date, asked: Sequence[str] = ()
) -> Target:
    """Questions to an assistant, put together or spoilt from those `asked`, judged as of a day."""
    by_id: Mapping[str, PolicyDocument] = {document.id: document for document in documents}

    def check(text: str) -> None:
        with within(ANSWER_WITHIN_S):
            answer = assistant.answer(Question(question=text), day)
        check_answer(answer, by_id, text)

    return Target(name="question", make=lambda rng: inputs.question(rng, asked), check=check)


def try_one(target: Target, text: str) -> Finding | None:
    """Check one input; what is broken, if anything."""
    try:
        target.check(text)
    except Broken as broken:
        kind = f"{target.name}: {str(broken).split(' | ')[0]}"
        return Finding(target=target.name, text=text, kind=kind, detail=str(broken))
    except Exception as error:  # noqa: BLE001 - whatever is raised is the finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{target.name}: {type(error).__name__} at {place.filename.rpartition('/')[2]}:{place.lineno}"
        return Finding(target=target.name, text=text, kind=kind, detail=repr(error)[:500])
    return None


def hunt(target: Target, *, seconds: float, most: int, seed: int) -> Hunt:
    """Try made-up inputs until the time is up or `most` were tried; the same seed makes the same inputs."""
    came = Hunt(target=target.name)
    until = time.monotonic() + seconds
    while came.tried < most and time.monotonic() < until:
        text = target.make(Random(f"{seed}:{came.tried}"))
        came.tried += 1
        if finding := try_one(target, text):
            came.note(finding)
    return came
