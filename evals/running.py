"""Suites → a run: put every probe, keep what comes back, judge it.

Putting and judging are apart: `judge_run` needs only what was kept, so a scorer or a gold that was mended is applied
without asking again.
"""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.records import Question
from evals import words
from evals.bench.report import describe_machine
from evals.filtering import Filter
from evals.loading import Sources, Suite
from evals.probes import AnswerProbe, ClaimProbe, FigureProbe, Probe, RestProbe, SearchProbe, probes_of
from evals.runs import (
    CONFIG,
    OUTCOMES,
    RETRIEVED,
    Outcome,
    Round,
    Row,
    Run,
    RunConfig,
    RunError,
    SuiteUsed,
    read_config,
    read_outcomes,
    read_retrieved,
    write_lines,
)
from evals.scoring import Verdict
from evals.under_test import UnderTest

RETRIEVED_MAX = 5  # clauses shown for a wrong answer
SEVERAL = "多地"
WINDOW = 256  # probes given to the workers at a time
FAULT = "fault"  # key of what comes back when the program fails
logger = logging.getLogger("evals.running")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be run."""

    suites: tuple[tuple[str, Suite], ...]  # by what they are found again, and as read
    filters: tuple[Filter, ...] = ()
    repeat: int = 1
    workers: int = 2
    engine: str = "rules"
    as_of: date | None = None

    def probes(self, sources: Sources) -> list[tuple[Suite, Probe]]:
        """All that is put in one round."""
        return [
            (suite, probe)
            for _, suite in self.suites
            for probe in probes_of(suite, self.as_of)
            if all(one.lets_pass(probe, sources) for one in self.filters)
        ]


def run_plan(plan: Plan, to: UnderTest, sources: Sources, folder: Path, run_id: str) -> Run:
    """Put everything, write config, outcomes and what a search finds for the wrong ones into `folder`, and judge."""
    began, started = time.perf_counter(), datetime.now(UTC)
    asked = plan.probes(sources)
    outcomes = list(put_all(asked, plan, to))
    write_lines(folder / OUTCOMES, (one.as_line() for one in outcomes))
    config = RunConfig(
        id=run_id,
        started=started,
        seconds=round(time.perf_counter() - began, 1),
        suites=tuple(_used(given, suite, asked) for given, suite in plan.suites),
        engine=plan.engine,
        repeat=plan.repeat,
        workers=plan.workers,
        filters=tuple(one.given for one in plan.filters),
        as_of=plan.as_of,
        program=version("jiangbu"),
        git_revision=git_revision(),
        index=_index(to),
        models={"embedding": to.index.manifest.model_id, "answers": to.answered_by},
        machine=describe_machine(),
    )
    (folder / CONFIG).write_text(config.model_dump_json(indent=1) + "\n", encoding="utf-8")
    rows = judge_all(asked, outcomes, sources)
    rows = [row if row.is_right else replace(row, retrieved=_retrieve(row, to)) for row in rows]
    write_lines(folder / RETRIEVED, _retrieved_lines(rows))
    return Run(config=config, rows=tuple(rows))


def judge_run(folder: Path, suites: Sequence[tuple[str, Suite]], sources: Sources) -> Run:
    """Judge a kept run by the suites and the rules as they are now; what was put otherwise then is not judged."""
    config = read_config(folder)
    wanted = {(suite.name, probe.id): (suite, probe) for _, suite in suites for probe in probes_of(suite, config.as_of)}
    outcomes = list(read_outcomes(folder))
    if len(outcomes) != config.repeat * sum(one.probes for one in config.suites):
        raise RunError(words.DAMAGED_RUN.format(folder=folder, reason=OUTCOMES))
    fresh = [one for one in outcomes if _is_fresh(one, wanted)]
    asked = [wanted[key] for key in dict.fromkeys((one.suite, one.probe) for one in fresh)]
    retrieved = read_retrieved(folder)
    try:
        rows = judge_all(asked, fresh, sources, retrieved)
    except (ValueError, KeyError, TypeError) as error:  # of another version of the program, or changed by hand
        raise RunError(words.DAMAGED_RUN.format(folder=folder, reason=OUTCOMES)) from error
    stale = len({(one.suite, one.probe) for one in outcomes}) - len(rows)
    return Run(config=config, rows=tuple(rows), stale=stale)


def put_all(asked: Sequence[tuple[Suite, Probe]], plan: Plan, to: UnderTest) -> Iterator[Outcome]:
    """Put every probe in every round, several at a time, and give what comes back in order."""
    from tqdm import tqdm

    def put(item: tuple[int, Suite, Probe]) -> Outcome:
        number, suite, probe = item
        began = time.perf_counter()
        back = _put_safely(probe, to)
        ms = round((time.perf_counter() - began) * 1000, 2)
        return Outcome(probe=probe.id, suite=suite.name, round=number, digest=digest_of(probe), ms=ms, back=back)

    to.index.warm()
    items = [(number, *pair) for number in range(1, plan.repeat + 1) for pair in asked]
    with (
        ThreadPoolExecutor(max_workers=plan.workers) as pool,
        tqdm(total=len(items), desc="eval", unit="题", disable=not sys.stderr.isatty()) as bar,
    ):
        for at in range(0, len(items), WINDOW):
            for outcome in pool.map(put, items[at : at + WINDOW]):
                bar.update()
                yield outcome


def _put_safely(probe: Probe, to: UnderTest) -> dict[str, Any]:
    try:
        return probe.put(to)
    except Exception as error:  # the boundary of a run: one fault is logged and counted, the rest is put
        logger.exception("cannot put %s", probe.id)
        reason = f"{type(error).__name__}: {error}"[:200]
        return {FAULT: type(error).__name__, "text": words.PROBE_FAILED.format(reason=reason)}


def _judge_back(probe: Probe, back: dict[str, Any], sources: Sources) -> Verdict:
    return Verdict(kept={"ran": False}, actual="error") if FAULT in back else probe.judge(back, sources)


def digest_of(probe: Probe) -> str:
    """A digest of what is put, so that an answer is never judged as one to another question."""
    match probe:
        case AnswerProbe():
            put = probe.question.model_dump_json(exclude={"id"})
        case ClaimProbe():
            put = probe.claim.model_dump_json()
        case SearchProbe():
            put = probe.case.question
        case FigureProbe():
            put = f"{probe.case.document} {probe.case.at}"
        case RestProbe():
            put = f"{probe.document} {sorted(probe.known)}"
        case _:
            put = probe.id
    return sha256(put.encode("utf-8", "replace")).hexdigest()[:16]


def _is_fresh(one: Outcome, wanted: dict[tuple[str, str], tuple[Suite, Probe]]) -> bool:
    found = wanted.get((one.suite, one.probe))
    return found is not None and digest_of(found[1]) == one.digest


def judge_all(
    asked: Iterable[tuple[Suite, Probe]],
    outcomes: Iterable[Outcome],
    sources: Sources,
    retrieved: Mapping[tuple[str, str], tuple[tuple[Any, ...], ...]] = MappingProxyType({}),
) -> list[Row]:
    """Judge what came back, probe by probe; every probe asked has at least one outcome."""
    by_key: dict[tuple[str, str], list[Outcome]] = {}
    for one in outcomes:
        by_key.setdefault((one.suite, one.probe), []).append(one)
    rows = []
    for suite, probe in asked:
        key = suite.name, probe.id
        described = probe.describe(sources)
        rounds = tuple(Round(verdict=_judge_back(probe, one.back, sources), outcome=one) for one in by_key[key])
        regions = {sources.documents[id_].region.name for id_ in described.documents if id_ in sources.documents}
        region = SEVERAL if len(regions) > 1 else next(iter(regions), "")
        rows.append(
            Row(
                suite=suite.name,
                probe=probe,
                described=described,
                region=region,
                rounds=rounds,
                retrieved=retrieved.get(key, ()),
            )
        )
    return rows


def _retrieve(row: Row, to: UnderTest) -> tuple[tuple[Any, ...], ...]:
    if not isinstance(row.probe, AnswerProbe):
        return ()
    question: Question = row.probe.question
    try:
        return tuple(map(tuple, to.find(question.question, question.history, RETRIEVED_MAX)))
    except Exception:  # the boundary of a run, as above: what cannot be answered can often not be searched for
        logger.exception("cannot search for %s", row.id)
        return ()


def _retrieved_lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        if row.retrieved:
            found = {"suite": row.suite, "probe": row.id, "places": row.retrieved}
            yield json.dumps(found, ensure_ascii=False) + "\n"


def _used(given: str, suite: Suite, asked: Sequence[tuple[Suite, Probe]]) -> SuiteUsed:
    count = sum(one.name == suite.name for one, _ in asked)
    return SuiteUsed(name=suite.name, given=given, sha256=suite.sha256, probes=count)


def _index(to: UnderTest) -> dict[str, Any]:
    manifest = to.index.manifest
    names = ("format", "corpus_sha256", "terms_sha256", "documents", "clauses", "passages", "created")
    return {"snapshot": to.index.directory.name, **{name: getattr(manifest, name) for name in names}}


def git_revision() -> str:
    """The revision of the checkout that the program runs from, with + where files were changed; "" outside one."""
    folder = Path(__file__).resolve().parent

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        revision = git("rev-parse", "--short=12", "HEAD")
        return revision + ("+" if revision and git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.TimeoutExpired):  # no git on this machine
        return ""


def new_id(suites: Iterable[Suite]) -> str:
    """The id of a run that begins now: the moment, to tell it and to sort by, and what is run."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")[:-3]
    found = [suite.name for suite in suites]
    names = "-".join(found) if len(found) < 3 else f"{len(found)}suites"
    return f"{moment}-{''.join(c if c.isalnum() or c in '-_' else '_' for c in names)[:60]}"
