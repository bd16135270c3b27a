"""One target under atheris, which watches what lines an input reaches and goes on from those that reach new ones.

`python -m evals.fuzz.guided numeral --seconds 60 -o found.jsonl`, started by `evals.fuzz` as a process of its own, as
the engine ends the process that it runs in. Each finding is written down at once; hunting goes on behind it.
"""

import argparse
import dataclasses
import json
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

EVERY = 200  # inputs after which the count is written down
INPUT_MAX = 2_000  # bytes
GUIDED = ("numeral", "policy")  # an answer goes through numpy and SQLite, which the engine cannot watch


class BytesRandom(Random):
    """Chance that comes from an engine's bytes: what it changes in them changes one choice."""

    def __init__(self, provider: Any) -> None:  # noqa: ANN401 - atheris has no types
        super().__init__(0)
        self._provider = provider

    def random(self) -> float:
        """In [0, 1), by one byte."""
        return int(self._provider.ConsumeIntInRange(0, 255)) / 256

    def getrandbits(self, k: int, /) -> int:
        """Some bits; zero once the bytes are used up."""
        return int(self._provider.ConsumeIntInRange(0, (1 << k) - 1))


def main() -> None:
    """Fuzz one target; never returns, the engine ends the process."""
    parser = argparse.ArgumentParser(prog="python -m evals.fuzz.guided", description=__doc__.split("\n")[0])
    parser.add_argument("target", choices=GUIDED)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["corpus"]):
        from evals.fuzz.targets import NUMERAL, POLICY, Hunt, try_one
    [target] = [one for one in (NUMERAL, POLICY) if one.name == options.target]
    came = Hunt(target=target.name)
    written = options.output.open("w", encoding="utf-8")

    def write(**fields: object) -> None:
        written.write(json.dumps(fields, ensure_ascii=True) + "\n")
        written.flush()

    def one_input(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        is_raw = provider.ConsumeIntInRange(0, 3) == 0
        raw = data[1:].decode("utf-8", "ignore")
        found = try_one(target, raw if is_raw else target.make(BytesRandom(provider)))
        came.tried += 1
        if found and came.note(found):
            write(finding=dataclasses.asdict(found))
        if came.tried % EVERY == 0:
            write(tried=came.tried, failed=came.failed)

    with tempfile.TemporaryDirectory() as folder:  # what the engine learns is not kept: the next run is a fresh one
        flags = [f"-max_total_time={options.seconds}", f"-max_len={INPUT_MAX}", "-rss_limit_mb=4096", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *flags, folder], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
