"""What a fault's test tells beside passed: how often it was tried, how often survived, and how long it took.

`python -m tests.faults.figures` prints what the last `make fault` noted.
"""

import fcntl
import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path("build") / "fault-figures.jsonl"  # below the project's root
HEAD = ("fault", "tried", "survived", "p50", "max", "what")


@dataclass
class Figures:
    """The lines of one run, in the order of the tests; the same test's later line replaces its earlier one."""

    lines: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tell(
        self, fault: str, what: str, *, tried: int, survived: int, seconds: Sequence[float] = (), **more: object
    ) -> None:
        """Note a line; `seconds` are of single tries, and `more` is for the file alone."""
        line = {"fault": fault, "what": what, "tried": tried, "survived": survived}
        if seconds:
            line |= {"p50_s": round(statistics.median(seconds), 2), "max_s": round(max(seconds), 2)}
        self.lines[f"{fault} {what}"] = line | more

    def table(self) -> list[str]:
        """The lines for a terminal, under a head."""
        rows = [HEAD] + [
            tuple(str(line.get(name, "")) for name in ("fault", "tried", "survived", "p50_s", "max_s", "what"))
            for line in self.lines.values()
        ]
        return [f"{a:6}{b:>6}{c:>10}{d:>8}{e:>8}  {f}" for a, b, c, d, e, f in rows]

    def write(self, file: Path) -> None:
        """Keep the lines, each as JSON; lines of other tests stay, also those that another process notes meanwhile."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+", encoding="utf-8") as noted:
            fcntl.flock(noted, fcntl.LOCK_EX)
            noted.seek(0)
            lines = sorted((read(noted) | self.lines).values(), key=lambda line: (line["fault"], line["what"]))
            noted.truncate(0)
            noted.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def read(noted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The lines that were kept."""
    lines = map(json.loads, noted)
    return {f"{line['fault']} {line['what']}": line for line in lines}


if __name__ == "__main__" and FILE.exists():
    with FILE.open(encoding="utf-8") as kept:
        print("\n".join(Figures(read(kept)).table()))  # noqa: T201 - what this command is for
