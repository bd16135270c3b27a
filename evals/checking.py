"""The second reading of a suite by program: what in a gold cannot be right, or does not say where it comes from.

It reads the documents' own figures and dates (`evals.printed`, `corpus.validity`). Neither the ledger nor the
assistant is asked, so that a gold is never confirmed by the program that it is to judge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from corpus.folding import fold
from corpus.regions import short_name
from corpus.validity import Standing, standing_on
from evals import case_words as words
from evals.cases import Case, ClaimCase, ClaimGold, FigureCase, Gold, QuestionCase, RetrievalCase, TalkCase, WordingCase
from evals.checking_sums import Origin, PrintedFigures, find_origins, misread_facts, values_of
from evals.expressions import ExpressionError, read_expression
from evals.loading import SUITES, Sources, Suite, misplaced
from evals.places import SNIPPET_MAX, squeeze
from evals.printed import read_figures, read_sums

Severity = Literal["fault", "note"]
_WARNED = frozenset({Standing.EXPIRED, Standing.NOT_YET, Standing.DRAFT})
_SEVERAL = frozenset({"award_compare", "aggregate"})  # types whose answers rest on all places that they name


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What a second reading doubts: a `fault` has to be mended or explained, a `note` may be right as it is."""

    case: str  # its id; with /2 for the second turn of a conversation
    code: str
    severity: Severity
    message: str

    @property
    def is_fault(self) -> bool:
        """Whether it has to be mended or explained."""
        return self.severity == "fault"


@dataclass(frozen=True, kw_only=True)
class _Item:
    """One gold with what is asked."""

    id: str
    type: str
    asked: tuple[str, ...]  # the question last, what was asked before it first; or all wordings of one
    told: tuple[str | Decimal | int, ...]  # all that may give an operand
    day: date
    gold: Gold | ClaimGold


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """What an item is read against."""

    sources: Sources
    printed: PrintedFigures
    is_own: bool  # a suite of the project has to say more than a user's

    def doubt(self, item: _Item, code: str, message: str, *, is_fault: bool = True) -> Doubt:
        return Doubt(case=item.id, code=code, severity="fault" if is_fault else "note", message=message)


def check_suite(suite: Suite, sources: Sources) -> list[Doubt]:
    """Read a suite a second time.

    Returns:
        Doubts in the order of the cases, what was asked twice last.
    """
    is_own = suite.name in SUITES and suite.file in (f"{suite.name}.jsonl", f"{suite.name}/*.yaml")
    reader = _Reader(sources=sources, printed=PrintedFigures(sources), is_own=is_own)
    found: list[Doubt] = []
    for case in suite.cases:
        if lost := list(misplaced(case, sources)):  # nothing else can be told of it
            found += [Doubt(case=case.id, code="misplaced", severity="fault", message=one) for one in lost]
            continue
        for item in _items(case, suite.header.as_of):
            found += [doubt for check in _CHECKS for doubt in check(item, reader)]
        found += _check_place(case, reader)
    return [*found, *find_repeats([suite])]


def find_repeats(suites: Sequence[Suite]) -> list[Doubt]:
    """Questions that are asked twice, of the same history and on the same day, in all suites together."""
    first: dict[tuple[object, ...], str] = {}
    found = []
    for suite in suites:
        for id_, key in (one for case in suite.cases for one in _keys(case, suite.header.as_of)):
            if key in first:
                message = words.ASKED_TWICE.format(other=first[key])
                found.append(Doubt(case=id_, code="twice", severity="fault", message=message))
            first.setdefault(key, f"{suite.name} {id_}")
    return found


def _items(case: Case, day: date) -> Iterator[_Item]:
    match case:
        case QuestionCase(question=question, history=history, gold=gold):
            asked = (*history, question)
            yield _Item(id=case.id, type=case.type, asked=asked, told=asked, day=case.as_of or day, gold=gold)
        case TalkCase(turns=turns):
            for number, turn in enumerate(turns, start=1):
                asked, id_ = tuple(one.question for one in turns[:number]), f"{case.id}/{number}"
                yield _Item(id=id_, type=case.type, asked=asked, told=asked, day=case.as_of or day, gold=turn.gold)
        case WordingCase(wordings=asked, gold=gold):
            yield _Item(id=case.id, type=case.type, asked=asked, told=asked, day=case.as_of or day, gold=gold)
        case ClaimCase(claim=claim, gold=gold):
            told = tuple(values_of(claim))
            yield _Item(id=case.id, type=case.type, asked=(), told=told, day=claim.as_of or day, gold=gold)


def _keys(case: Case, day: date) -> Iterator[tuple[str, tuple[object, ...]]]:
    if isinstance(case, RetrievalCase):
        yield case.id, ("search", squeeze(case.question))
    elif isinstance(case, WordingCase):
        for number, wording in enumerate(case.wordings, start=1):
            yield f"{case.id}/{number}", (squeeze(wording), case.as_of or day, case.region)
    elif isinstance(case, ClaimCase):
        yield case.id, (case.claim.model_dump_json(),)
    elif isinstance(case, QuestionCase | TalkCase):
        for item in _items(case, day):
            yield item.id, (*map(squeeze, item.asked), item.day, case.region)


def _check_reasons(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    gold = item.gold
    if not gold.why:
        yield reader.doubt(item, "no_why", words.NO_WHY, is_fault=reader.is_own)
    if gold.status == "answered" and not gold.quote:
        yield reader.doubt(item, "no_quote", words.NO_GOLD_QUOTE, is_fault=reader.is_own)


def _check_sums(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    for at, origin in enumerate(find_origins(item.gold, item.told, reader.printed)):
        how = item.gold.how[at] if item.gold.how else ""
        message = _say_origin(origin, how)
        if message:
            is_checkable = bool(how or item.gold.quote)
            yield reader.doubt(item, "underived", message, is_fault=reader.is_own or is_checkable)
        elif origin.far:
            yield reader.doubt(item, "far", words.HOW_FAR.format(how=how, numbers=_listed(origin.far)), is_fault=False)


def _say_origin(origin: Origin, how: str) -> str:
    if origin.fault:
        return words.BAD_HOW.format(how=how)
    if origin.comes_to is not None:
        return words.HOW_DIFFERS.format(how=how, got=origin.comes_to, yuan=origin.yuan)
    if origin.unknown:
        return words.HOW_UNKNOWN.format(how=how, numbers=_listed(origin.unknown))
    return "" if origin.is_told else words.NOT_PRINTED.format(yuan=origin.yuan)


def _check_kind(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    """A sum that is printed, not reckoned, is a ceiling where the clause says so, and else is none."""
    gold = item.gold
    if not gold.kind or not gold.quote:
        return
    figures = reader.printed.beside(gold)
    for at, yuan in enumerate(gold.yuan):
        is_cap = {one.is_cap for one in figures if one.sort == "money" and one.value == Fraction(yuan)}
        if is_cap == {gold.kind != "cap"} and _is_bare(gold.how[at] if gold.how else ""):
            said = words.KIND_CAP if gold.kind == "exact" else words.KIND_EXACT
            yield reader.doubt(item, "kind", said.format(yuan=yuan))


def _is_bare(how: str) -> bool:
    try:
        return not how or read_expression(how).is_bare
    except ExpressionError:
        return False  # told by another check


def _check_day(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    """The day of the question, the documents' own dates and the warnings have to agree."""
    gold = item.gold
    if gold.status != "answered":
        return
    ids = gold.ids or tuple({place.document for place in reader.sources.places_of(gold)})
    documents = [reader.sources.documents[id_] for id_ in ids]
    standings = {document.id: standing_on(document, item.day) for document in documents}
    for document in documents:
        code, published = standings[document.id], document.published
        if published and item.day < published:
            message = words.BEFORE_PUBLISHED.format(day=item.day, document=document.id, published=published)
            yield reader.doubt(item, "date", message)
        elif code in _WARNED and code not in gold.warn:
            message = words.WARN_MISSING.format(document=document.id, day=item.day, code=code)
            yield reader.doubt(item, "warn", message, is_fault=False)
    for code in _WARNED.intersection(gold.warn) - set(standings.values()) if documents else ():
        yield reader.doubt(item, "warn", words.WARN_WRONG.format(code=code, day=item.day))


def _check_must(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    gold = item.gold
    wanted = [(one,) if isinstance(one, str) else one for one in gold.must]
    sentences = [
        squeeze(reader.sources.documents[limb.document].text[limb.start : limb.end])
        for limb in reader.printed.limbs(gold)
    ]
    for entry in gold.must_not:
        sums = {one.value for one in read_sums(entry)}
        needed = any(all(squeeze(entry) in squeeze(one) for one in group) for group in wanted)
        if needed or not sums.isdisjoint(map(Fraction, gold.yuan)):
            yield reader.doubt(item, "must_not_in_gold", words.MUST_NOT_IN_GOLD.format(entry=entry))
        elif not sums and any(squeeze(entry) in sentence for sentence in sentences):
            yield reader.doubt(item, "must_not_in_gold", words.MUST_NOT_IN_CLAUSE.format(entry=entry), is_fault=False)
    for group in wanted if gold.status == "answered" else ():
        if not any(_stands(one, item, reader) for one in group):
            yield reader.doubt(item, "must_nowhere", words.MUST_NOWHERE.format(entry="|".join(group)), is_fault=False)


def _stands(entry: str, item: _Item, reader: _Reader) -> bool:
    """Whether words that have to appear stand in a gold document or the question, or their figures do."""
    small = fold(squeeze(entry))
    texts = [reader.sources.squeezed[id_] for id_ in reader.sources.candidates(item.gold)]
    if any(small in fold(text) for text in [*texts, *item.asked]):
        return True
    figures = {one.value for one in read_figures(entry)}
    printed = {one.value for one in reader.printed.anywhere(item.gold)} | set(map(Fraction, item.gold.yuan))
    return bool(figures) and figures <= printed


def _check_places(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    """A comparison rests on a document of each place that it names."""
    gold = item.gold
    if item.type not in _SEVERAL or gold.status != "answered" or not gold.ids or not item.asked:
        return
    documents = reader.sources.documents
    regions = {one.id: one.region.parts[-1] for one in documents.values() if one.region.parts}
    named = {region for region in regions.values() if short_name(region) in item.asked[-1]}
    covered = {regions.get(id_) for id_ in gold.ids}
    if len(named) > 1 and named - covered:
        message = words.SEVERAL_PLACES.format(regions="、".join(sorted(named)), documents="、".join(gold.ids))
        yield reader.doubt(item, "places", message)


def _check_length(item: _Item, reader: _Reader) -> Iterator[Doubt]:
    yield from _too_long(item.gold.quote, item.id, reader)


def _check_place(case: Case, reader: _Reader) -> Iterator[Doubt]:
    """The cases without a gold: places and hand-read figures."""
    if isinstance(case, RetrievalCase):
        yield from _too_long((case.anchor,), case.id, reader)
    if isinstance(case, FigureCase) and case.document in reader.sources.documents:
        absent, other_kind = misread_facts(case, reader.printed)
        for code, said, sums in (("underived", words.NOT_AT_PLACE, absent), ("kind", words.OTHER_KIND, other_kind)):
            if sums:
                yield Doubt(case=case.id, code=code, severity="fault", message=said.format(sums="、".join(sums)))


def _too_long(quotes: Sequence[str], id_: str, reader: _Reader) -> Iterator[Doubt]:
    for quote in quotes if reader.is_own else ():
        if len(squeeze(quote)) > SNIPPET_MAX:
            message = words.LONG_QUOTE.format(quote=quote[:SNIPPET_MAX], limit=SNIPPET_MAX)
            yield Doubt(case=id_, code="long_quote", severity="note", message=message)


def _listed(numbers: Sequence[Fraction]) -> str:
    return "、".join(f"{float(one):g}" for one in numbers)


_CHECKS: tuple[Callable[[_Item, _Reader], Iterator[Doubt]], ...] = (
    _check_reasons,
    _check_sums,
    _check_kind,
    _check_day,
    _check_must,
    _check_places,
    _check_length,
)
