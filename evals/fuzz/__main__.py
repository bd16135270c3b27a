"""`python -m evals.fuzz [--seconds 60] [--seed N] [-o build/fuzz.jsonl]`: hunts on every target, one after another.

Where atheris is installed (`pip install -e '.[fuzz]'`), numerals and policies are hunted with its guidance, too. Prints
what was tried and found; exits 1 when anything was. A finding worth keeping goes, made small, to tests/fuzz/cases.
"""

import argparse
import dataclasses
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.fuzz.targets import NUMERAL, POLICY, Finding, Hunt, Target, hunt, question_target

NO_END = 10**9
STOP_AFTER_S = 60.0  # beyond the time that the engine was given


def targets() -> Iterator[Target]:
    """All targets; the assistant, over the packaged documents, is opened only when its turn comes."""
    yield NUMERAL
    yield POLICY
    from assistant.answer import Assistant
    from assistant.config import Settings
    from assistant.service import today
    from evals.bench.questions import question_cases
    from evals.indexing import open_packaged_index
    from evals.under_test import HOME
    from index import open_embedder

    index = open_packaged_index(HOME, open_embedder(Settings(home=HOME).embedding_model, home=HOME))
    asked = [case.question for case in question_cases()]
    yield question_target(Assistant(index), index.documents, today(), asked)


def hunt_guided(name: str, seconds: float) -> Hunt:
    """Hunt on one target with atheris, in a process of its own."""
    came = Hunt(target=f"{name}, guided")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "found.jsonl"
        command = [sys.executable, "-m", "evals.fuzz.guided", name, "--seconds", str(int(seconds)), "-o", str(output)]
        subprocess.run(command, timeout=seconds + STOP_AFTER_S, capture_output=True, check=False)
        for line in output.read_text("utf-8").splitlines() if output.exists() else ():
            told = json.loads(line)
            if "finding" in told:
                came.note(Finding(**told["finding"]))
            else:
                came.tried, came.failed = told["tried"], told["failed"]
    return came


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt, print, write down; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m evals.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("numeral", "policy", "question"), help="one target alone")
    parser.add_argument("-o", "--output", type=Path, default=Path("build/fuzz.jsonl"), help="where findings go")
    options = parser.parse_args(arguments)
    is_guided = importlib.util.find_spec("atheris") is not None
    hunts = []
    for target in targets():
        if options.only in (None, target.name):
            hunts.append(hunt(target, seconds=options.seconds, most=NO_END, seed=options.seed))
            if is_guided and target.name != "question":
                hunts.append(hunt_guided(target.name, options.seconds))
        if options.only == target.name:
            break
    findings = [finding for came in hunts for kept in came.kinds.values() for finding in kept]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(dataclasses.asdict(finding), ensure_ascii=True) for finding in findings]
    options.output.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    for came in hunts:
        sys.stdout.write(f"{came.target}: {came.tried} inputs, {came.failed} broken, {len(came.kinds)} kinds\n")
        for kind, kept in came.kinds.items():
            sys.stdout.write(f"  {kind}\n    {kept[0].text[-200:]!r}\n    {kept[0].detail[:300]}\n")
    sys.stdout.write("" if is_guided else "atheris is not installed: nothing was guided by coverage\n")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
