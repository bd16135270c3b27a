"""A row as the report shows it: question, gold, answer, citations, steps, what is wrong, what a search found.

Every text is bounded here, so that the page is, too; every list says how much it leaves out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from evals import words
from evals.loading import Sources
from evals.places import Place, overlap_any
from evals.probes import AnswerProbe, ClaimProbe, SearchProbe
from evals.reporting import wording
from evals.reporting.said import broken_sentences, fact_line, is_faulty, is_withheld, said_text
from evals.reporting.written import clip, money
from evals.runs import Row

ANSWER_MAX = 2000  # characters
QUOTE_MAX = 300
LINE_MAX = 200
ENTRIES_MAX = 6  # citations, steps, earlier questions …
PLACES_MAX = 5
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Bounded(Generic[T]):
    """The first of some things, and how many there are besides."""

    shown: tuple[T, ...]
    more: int = 0

    @classmethod
    def of(cls, things: Sequence[T], limit: int) -> "Bounded[T]":
        """The first `limit` of them."""
        return cls(shown=tuple(things[:limit]), more=max(0, len(things) - limit))


@dataclass(frozen=True, kw_only=True)
class ShownSum:
    """A sum that was given."""

    money: str
    kind: str
    label: str
    is_wrong: bool


@dataclass(frozen=True, kw_only=True)
class ShownPlace:
    """A clause: cited, with its marker, or found by a search, with its rank; whether it is the gold one."""

    number: int
    title: str
    locator: str
    text: str
    is_gold: bool


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """A step of a calculation; `citation` is the marker of its clause, 0 for none."""

    step: str
    expression: str
    money: str
    citation: int


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """All of a row that the report shows."""

    suite: str
    id: str
    case_id: str
    type: str
    persona: str
    region: str
    question: str
    history: Bounded[str]
    gold: tuple[tuple[str, str], ...]
    why: str
    status: str
    answer: str
    sums: Bounded[ShownSum]
    citations: Bounded[ShownPlace]
    steps: Bounded[ShownStep]
    warnings: tuple[str, ...]
    broken: tuple[str, ...]
    retrieved: tuple[ShownPlace, ...]
    milliseconds: tuple[float, ...]
    states_wrong_amount: bool
    is_withheld: bool
    is_steady: bool


def worst_rows(rows: Iterable[Row]) -> list[Row]:
    """What is wrong, worst first: wrong sums, then no answer where there should be one, then most rules broken."""
    faulty = [row for row in rows if is_faulty(row)]
    return sorted(
        faulty, key=lambda row: (not row.states_wrong_amount, not is_withheld(row), -len(row.worst.verdict.broken))
    )


def show_row(row: Row, sources: Sources) -> ShownRow:
    """A row for people."""
    back, case = row.worst.outcome.back, row.probe.case
    gold = row.described.gold
    return ShownRow(
        suite=clip(row.suite, LINE_MAX),
        id=clip(row.id, LINE_MAX),
        case_id=clip(row.case_id, LINE_MAX),
        type=words.TYPES.get(row.probe.type, row.probe.type),
        persona=words.PERSONAS.get(case.persona, case.persona) if case is not None else "",
        region=clip(row.region, LINE_MAX),
        question=clip(row.described.question, ANSWER_MAX),
        history=Bounded.of([clip(one, QUOTE_MAX) for one in row.described.history], ENTRIES_MAX),
        gold=tuple(gold_lines(gold)),
        why=clip(str(gold.get("why", "")), QUOTE_MAX),
        status=words.STATUSES.get(row.worst.verdict.actual, row.worst.verdict.actual),
        answer=clip(said_text(row), ANSWER_MAX),
        sums=Bounded.of(_sums(row), ENTRIES_MAX),
        citations=Bounded.of(_citations(back, _gold_places(row, sources)), ENTRIES_MAX),
        steps=Bounded.of([_step(one) for one in back.get("calculation", ())], ENTRIES_MAX),
        warnings=tuple(_warning(one) for one in back.get("warnings", ())[:ENTRIES_MAX]),
        broken=tuple(broken_sentences(row)),
        retrieved=tuple(_retrieved(row, sources)),
        milliseconds=tuple(one.outcome.ms for one in row.rounds),
        states_wrong_amount=row.states_wrong_amount,
        is_withheld=is_withheld(row),
        is_steady=row.is_steady,
    )


def gold_lines(gold: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What a right answer holds, a labelled line each."""
    for name, label in wording.GOLD_LABELS.items():
        if (name == "document" and gold.get("documents")) or (name == "doc" and gold.get("document")):
            continue  # said better further down
        if value := gold.get(name):
            yield label, clip(_gold_value(name, value), QUOTE_MAX)


def _gold_value(name: str, value: Any) -> str:  # noqa: ANN401 - JSON
    if name in ("status", "also_status"):
        return words.STATUSES.get(value, str(value))
    if name == "yuan":
        return "、".join(map(money, value))
    if name == "kind":
        return words.AMOUNT_KINDS.get(value, str(value))
    if name == "warn":
        return "、".join(wording.WARNINGS.get(one, str(one)) for one in value)
    if name == "facts":
        return "；".join(map(fact_line, value))
    if isinstance(value, str):
        return value
    return "；".join(one if isinstance(one, str) else wording.OR.join(map(str, one)) for one in value)


def _sums(row: Row) -> list[ShownSum]:
    back = row.worst.outcome.back
    total = [back["total"]] if isinstance(back.get("total"), dict) else []
    wrong = set(map(money, row.worst.verdict.wrong_amounts))
    return [
        ShownSum(
            money=(said := money(one["yuan"])),
            kind=words.AMOUNT_KINDS.get(one["kind"], one["kind"]),
            label=clip(one.get("label", ""), LINE_MAX),
            is_wrong=said in wrong,
        )
        for one in (back.get("amounts") or total)
    ]


def _citations(back: Mapping[str, Any], gold: Sequence[Place]) -> list[ShownPlace]:
    return [
        ShownPlace(
            number=one["marker"],
            title=clip(f"{one['region']}《{one['title']}》", LINE_MAX),
            locator=clip(one["locator"], LINE_MAX),
            text=clip(one["quote"], QUOTE_MAX),
            is_gold=overlap_any(Place(one["document"], one["start"], one["end"]), gold),
        )
        for one in back.get("citations", ())
    ]


def _step(one: Mapping[str, Any]) -> ShownStep:
    return ShownStep(
        step=clip(one["step"], LINE_MAX),
        expression=clip(one["expression"], LINE_MAX),
        money=money(one["yuan"]),
        citation=one.get("citation") or 0,
    )


def _warning(one: Mapping[str, Any]) -> str:
    return clip(f"{wording.WARNINGS.get(one['code'], one['code'])}：{one['message']}", QUOTE_MAX)


def _gold_places(row: Row, sources: Sources) -> Sequence[Place]:
    """Where the gold stands in the documents as they are now."""
    if isinstance(row.probe, SearchProbe):
        return sources.find((row.probe.case.document,), row.probe.case.anchor)
    if isinstance(row.probe, AnswerProbe | ClaimProbe):
        return sources.places_of(row.probe.gold)
    return ()


def _retrieved(row: Row, sources: Sources) -> Iterable[ShownPlace]:
    """What a search finds for the question, best first, each place once, with its text as it is now."""
    found = row.worst.outcome.back.get("places") or row.retrieved
    gold = _gold_places(row, sources)
    places = dict.fromkeys((Place(*one[:3]), str(one[3])) for one in found)
    for rank, (place, locator) in enumerate(list(places)[:PLACES_MAX], start=1):
        document = sources.documents.get(place.document)
        yield ShownPlace(
            number=rank,
            title=clip(f"{document.region.name}《{document.title}》" if document else place.document, LINE_MAX),
            locator=clip(locator, LINE_MAX),
            text=clip(document.text[place.start : place.end], QUOTE_MAX) if document else "",
            is_gold=overlap_any(place, gold),
        )


def back_line(row: Row) -> str:
    """What came back beside the text, in a line: status and sums."""
    sums = "、".join(f"{one.money}（{one.kind}）" for one in _sums(row)[:ENTRIES_MAX])
    status = row.worst.verdict.actual
    return "　".join(part for part in (words.STATUSES.get(status, status), sums) if part)
