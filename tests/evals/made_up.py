"""Two invented policies, an assistant that says what a test wants it to say, and suites to put to it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry, ClaimFileError
from assistant.config import Settings
from assistant.estimating import EstimateReport, EstimateSum
from assistant.llm import LanguageModel
from assistant.records import Amount, Answer, Citation, Question
from corpus.awards import Amount as FactAmount
from corpus.awards import AmountKind, AwardFact
from corpus.ledger import Ledger
from corpus.records import Kind, PolicyDocument, Region, Status
from evals.comparing import Standing
from evals.loading import Sources, Suite, load_file
from evals.running import Plan, judge_run, run_plan
from evals.runs import Run, RunConfig, SuiteUsed
from evals.under_test import UnderTest
from index import Index

DAY = date(2026, 11, 21)
HAITANG = "第五条 主导制定海棠标准的，每项奖励三十贝。\n第六条 参与制定的，每项奖励五贝。\n"
YULAN = "第五条 主导制定玉兰标准的，每项奖励八贝。\n第七条 花农\n自愿申报。\n"


def policy(id_: str, city: str, text: str) -> PolicyDocument:
    return PolicyDocument(
        id=id_,
        title=f"{city}花卉标准奖励细则",
        region=Region(province="东临省", city=city),
        issuer=None,
        document_number=None,
        published=date(2024, 1, 1),
        in_force_from=None,
        in_force_until=None,
        status=Status.ISSUED,
        kind=Kind.AWARD_POLICY,
        repeals=(),
        source="made-up.txt",
        text=text,
    )


DOCUMENTS = (policy("haitang", "海棠市", HAITANG), policy("yulan", "玉兰市", YULAN))
SOURCES = Sources(DOCUMENTS)


def amount(yuan: str, kind: str = "exact") -> Amount:
    return Amount.model_validate({"yuan": Decimal(yuan), "kind": kind, "label": ""})


def cited(quote: str, document: str = "haitang", marker: int = 1, start: int | None = None) -> Citation:
    """A citation of a stretch of a made-up policy, at its own place unless another is given."""
    at = SOURCES.documents[document].text.find(quote) if start is None else start
    place = {"start": at, "end": at + len(quote)}
    empty = dict.fromkeys(("title", "region", "locator"), "")
    return Citation.model_validate({**empty, **place, "marker": marker, "document": document, "quote": quote})


def says(text: str = "", *yuan: str, status: str = "answered", kind: str = "exact") -> dict[str, Any]:
    """What an answer says."""
    return {"answer": text, "amounts": [amount(one, kind) for one in yuan], "status": status}


NOT_FOUND = says("没有找到", status="not_found")
Told = Mapping[str, dict[str, Any] | Exception]


class MadeUpAssistant:
    """Says of each question, search or claim what it was told; of any other that nothing is found."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.asked: list[Question] = []

    def answer(self, question: Question, today: date) -> Answer:
        self.asked.append(question)
        fields = {"id": question.id, "question": question.question, "as_of": question.as_of or today, "elapsed_ms": 1.0}
        return Answer.model_validate({**fields, **self._of(question.question)})

    def estimate(self, claim: ClaimEntry, today: date) -> EstimateReport:
        fields = self._of(claim.achievements[0].what)
        if fields is NOT_FOUND:
            raise ClaimFileError("没有这样的成果")
        return estimate_of(fields["answer"], *(one.yuan for one in fields["amounts"]))

    def find_passages(self, question: str, history: Sequence[str] = ()) -> list[SimpleNamespace]:
        found = self._of(question).get("found", [])
        return [SimpleNamespace(passage=SimpleNamespace(clause_id="c", **one)) for one in found]

    def _of(self, words: str) -> dict[str, Any]:
        fields = self.told.get(words, NOT_FOUND)
        if isinstance(fields, Exception):
            raise fields
        return fields


def estimate_of(text: str, *yuan: Decimal, citations: tuple[Citation, ...] = ()) -> EstimateReport:
    """An estimate with one total, or with none."""
    return EstimateReport(
        region="海棠市",
        documents=("haitang",),
        status="answered" if yuan else "undetermined",
        total=EstimateSum(yuan=yuan[0], kind="exact") if yuan else None,
        **dict.fromkeys(("lines", "calculation", "warnings"), ()),
        citations=citations,
        text=text,
        as_of=DAY,
        elapsed_ms=1.0,
    )


def place(quote: str, document: str = "haitang") -> dict[str, Any]:
    """A passage as a search finds it."""
    start = SOURCES.documents[document].text.index(quote)
    return {"document_id": document, "start": start, "end": start + len(quote)}


def under_test(told: Told, ledger: Ledger | None = None) -> UnderTest:
    """An assistant that says what it was told, over an index that is none."""
    manifest = dict.fromkeys(("corpus_sha256", "terms_sha256", "created", "model_id"), "made-up")
    manifest |= dict.fromkeys(("format", "documents", "clauses", "passages"), 1)
    index = SimpleNamespace(
        documents=DOCUMENTS,
        ledger=ledger,
        manifest=SimpleNamespace(**manifest),
        directory=Path("snapshot"),
        warm=lambda: None,
        clause=lambda id_: SimpleNamespace(locator="第五条"),
    )
    return UnderTest(cast(Index, index), cast(Assistant, MadeUpAssistant(told)))


def opened(told: Told) -> Any:
    """What stands in for `open_under_test`."""

    @contextmanager
    def open_(settings: Settings, model: LanguageModel | None = None) -> Iterator[UnderTest]:
        yield under_test(told)

    return open_


def case(id_: str, question: str = "", type_: str = "award_lookup", gold: Any = None, **fields: Any) -> dict[str, Any]:
    """A line of a suite; without a gold of its own nothing is to be found."""
    gold = {"status": "not_found"} if gold is None else gold
    return {"id": id_, "type": type_, "question": question or f"问题{id_}", "gold": gold, **fields}


def paid(*yuan: int, **fields: Any) -> dict[str, Any]:
    """A gold of sums."""
    return {"status": "answered", "yuan": list(yuan), **fields}


def write(file: Path, cases: Iterable[dict[str, Any]], **header: Any) -> Path:
    """A suite file; with a header when fields for it are given."""
    lines = [json.dumps(one, ensure_ascii=False) for one in ([header] if header else []) + list(cases)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def suite_of(folder: Path, *cases: dict[str, Any], name: str = "made-up", **header: Any) -> Suite:
    """A suite that was written and read."""
    return load_file(write(folder / f"{name}.jsonl", cases, suite=name, version=1, **header))


def run_of(
    folder: Path,
    told: Told,
    *cases: dict[str, Any],
    name: str = "made-up",
    repeat: int = 1,
    to: UnderTest | None = None,
) -> Run:
    """A run of a suite of these cases, kept in `folder`."""
    suite = suite_of(folder, *cases, name=name)
    plan = Plan(suites=((str(folder / f"{name}.jsonl"), suite),), repeat=repeat)
    return run_plan(plan, to or under_test(told), SOURCES, folder, "run-1")


def config(id_: str = "run-1", **fields: Any) -> RunConfig:
    """The settings of a run that never was."""
    plain: dict[str, Any] = {
        "id": id_,
        "started": datetime(2026, 11, 21, tzinfo=UTC),
        "seconds": 2.0,
        "suites": (SuiteUsed(name="made-up", given="made-up.jsonl", sha256="0", probes=1),),
        "engine": "rules",
        "repeat": 1,
        "workers": 2,
        "filters": (),
        "as_of": None,
        "program": "0",
        "git_revision": "",
        "index": {},
        "models": {},
        "machine": "",
    }
    return RunConfig(**{**plain, **fields})


THIRTY = case("a", "甲", gold=paid(30))
EIGHT = case("b", "乙", gold=paid(8))
RIGHT = {"甲": says("三十", "30"), "乙": says("八", "8")}
CLAIM = {"region": "海棠市", "achievements": [{"what": "主导制定海棠标准"}]}


def again(folder: Path, *cases: dict[str, Any]) -> Run:
    """The run kept in `folder`, judged by these cases, as the suite now is."""
    suite = load_file(write(folder / "made-up.jsonl", cases, suite="made-up", version=1))
    return judge_run(folder, [("made-up.jsonl", suite)], SOURCES)


def verdicts(run: Run) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """Of each round the probe, the rules that are broken and the sums that should not be there."""
    rounds = [(row.id, one.verdict) for row in run.rows for one in row.rounds]
    return [(id_, verdict.broken, list(map(int, verdict.wrong_amounts))) for id_, verdict in rounds]


def stood(probe: str, right: bool = True, **fields: Any) -> Standing:
    """How a probe stands that never was put."""
    plain: dict[str, Any] = {"suite": "s", "put": "p", "said": "said", "broken": (), "wrong_amounts": ()}
    return Standing(**{**plain, "probe": probe, "is_right": right, "status": "answered", **fields})


READ_BY_HAND: dict[str, Any] = {"yuan": "200000", "kind": "exact", "labels": ["主导", "制定", "国家标准"]}


def fact_of(yuan: int = 200000, labels: str = "主导 制定 国家标准", **fields: Any) -> AwardFact:
    """An award of an invented document, at 4 to 8."""
    values: dict[str, Any] = {
        **dict.fromkeys(("document_id", "clause_id", "locator", "context", "noun", "per", "budget"), ""),
        **dict.fromkeys(("inherited", "ranks", "conditions"), ()),
        **dict.fromkeys(("once", "yearly"), False),
        **{"id": "made-up@4", "subject": "牵头制定国家标准的单位", "who": "unit", "construct": "single"},
        **{"document_id": "made-up", "start": 0, "end": 20, "figure_start": 4, "figure_end": 8},
    }
    sum_ = FactAmount(kind=AmountKind.EXACT, yuan=Decimal(yuan))
    return AwardFact(**{**values, "labels": tuple(labels.split()), "amount": sum_, **fields})
