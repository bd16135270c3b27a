"""Source anomalies, found by general tests: each looks at figures beside each other, none knows a document.

A figure that looks misprinted is quoted as printed and flagged; nothing here repairs anything.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from corpus.anomaly import Anomaly, AnomalyCode, anomaly_in
from corpus.awards.facts import AmountKind, AwardFact, Extraction
from corpus.awards.normalize import normalize
from corpus.doubts import least_confident
from corpus.ladders import LADDERS, find_rungs, is_higher, lower_with_more
from corpus.records import Clause, PolicyDocument

FAR_OFF_FACTOR = 8  # times above or below the median of the same item elsewhere
ELSEWHERE_MIN = 3  # documents that have the item too
SMALL_YUAN = Decimal(1000)  # below this, beside sums of 万元, a unit was lost
LARGE_YUAN = Decimal(10000)
SLIP_FACTOR = 4  # an entry this much below the next one in a falling list
DOUBLED_MIN = 8  # characters of a run of figures that repeats at once
DOUBLED_WITHIN = 40  # characters behind a run in which it may stand again
_RUN = re.compile(r"\d+(?:\.\d+)?万?元(?:[、，]\d+(?:\.\d+)?万?元)+")


def find_anomalies(
    documents: Sequence[PolicyDocument], clauses: Mapping[str, Sequence[Clause]], extracted: Mapping[str, Extraction]
) -> list[Anomaly]:
    """All anomalies, in order of documents and text."""
    found: list[Anomaly] = []
    elsewhere = _sums_by_item([fact for one in extracted.values() for fact in one.facts])
    for document in documents:
        extraction = extracted[document.id]
        own: list[Anomaly] = []
        for entries in _lists(extraction.facts):
            own += _slipped(document, entries)
        own += _inverted(document, extraction.facts)
        own += _far_off(document, extraction.facts, elsewhere)
        own += _unsure(document, extraction.facts)
        own += _two_figures(document, extraction.facts)
        own += _gaps(document, extraction.facts)
        if extraction.facts:
            own += [a for clause in clauses[document.id] for a in _doubled(document, clause)]
            own += _repeated_numbers(document, clauses[document.id])
        found += _without_repeats(sorted(own, key=lambda anomaly: (anomaly.start, anomaly.code)))
    return found


def _without_repeats(anomalies: list[Anomaly]) -> Iterator[Anomaly]:
    seen: set[tuple[AnomalyCode, int, int]] = set()
    for anomaly in anomalies:
        key = (anomaly.code, anomaly.start, anomaly.end)
        if key not in seen:
            seen.add(key)
            yield anomaly


def _lists(facts: Sequence[AwardFact]) -> list[list[AwardFact]]:
    """The facts of each aligned list, in order."""
    lists: list[list[AwardFact]] = []
    for fact in facts:
        if fact.construct != "list" or fact.amount.yuan is None:
            continue
        last = lists[-1][-1] if lists else None
        if last is None or last.start != fact.start or last.figure_start >= fact.figure_start:
            lists.append([])
        lists[-1].append(fact)
    return [entries for entries in lists if len(entries) > 1]


def _anomaly(document: PolicyDocument, fact: AwardFact, code: AnomalyCode, detail: str, *more: AwardFact) -> Anomaly:
    return Anomaly(
        code=code,
        document_id=document.id,
        clause_id=fact.clause_id,
        locator=fact.locator,
        start=fact.figure_start,
        end=fact.figure_end,
        detail=detail,
        facts=(fact.id, *(one.id for one in more)),
    )


def _printed(document: PolicyDocument, fact: AwardFact) -> str:
    return re.sub(r"\s", "", document.text[fact.figure_start : fact.figure_end])


def _slipped(document: PolicyDocument, entries: list[AwardFact]) -> Iterator[Anomaly]:
    """In one list: a sum far below the entry after it, or in 元 beside sums in 万元."""
    sums = [fact.amount.yuan or Decimal(0) for fact in entries]
    for fact, own in zip(entries, sums, strict=True):
        others = [value for value in sums if value != own]
        if own < SMALL_YUAN and others and min(others) >= LARGE_YUAN:
            detail = f"“{_printed(document, fact)}”与同句其他金额（{_printed_all(document, entries)}）单位不一致"
            yield _anomaly(document, fact, AnomalyCode.UNIT, detail)
    for place in range(len(entries) - 1):
        fact, following = entries[place], entries[place + 1]
        if sums[place] * SLIP_FACTOR <= sums[place + 1] and is_higher(fact, following) is not False:
            here, next_one = _printed(document, fact), _printed(document, following)
            detail = f"“{here}”低于排在其后的“{next_one}”（{_printed_all(document, entries)}）"
            yield _anomaly(document, fact, AnomalyCode.LADDER, detail)


def _printed_all(document: PolicyDocument, entries: Sequence[AwardFact]) -> str:
    return "、".join(_printed(document, fact) for fact in entries)


def _inverted(document: PolicyDocument, facts: Sequence[AwardFact]) -> Iterator[Anomaly]:
    """A sum below that of the next lower level or grade of the same thing, in the same clause."""
    by_clause: dict[tuple[str, str], list[AwardFact]] = defaultdict(list)
    for fact in facts:
        if fact.amount.yuan is not None and not fact.rests_on and fact.labels:
            by_clause[fact.clause_id.rpartition(".r")[0] or fact.clause_id, fact.budget].append(fact)
    for entries in by_clause.values():
        rungs = find_rungs(entries)
        for one in entries:
            if (other := lower_with_more(one, rungs)) is not None:
                detail = (
                    f"“{one.subject}”的“{_printed(document, one)}”低于“{other.subject}”的“{_printed(document, other)}”"
                )
                yield _anomaly(document, one, AnomalyCode.LADDER, detail)


def _sums_by_item(facts: Sequence[AwardFact]) -> dict[frozenset[str], dict[str, list[Decimal]]]:
    """Sums by item and document, for items that their labels tell well enough to compare."""
    sums: dict[frozenset[str], dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if key := _item_of(fact):
            sums[key][fact.document_id].append(fact.amount.yuan or Decimal(0))
    return sums


def _item_of(fact: AwardFact) -> frozenset[str] | None:
    labels = frozenset(fact.labels)
    if {"制定", "修订"} <= labels:  # 制修订 is compared with 制定
        labels -= {"修订"}
    comparable = fact.amount.yuan is not None and fact.who == "unit" and len(labels) >= 2 and not fact.rests_on
    return labels if comparable and fact.amount.kind in (AmountKind.EXACT, AmountKind.CAP) else None


def _far_off(
    document: PolicyDocument,
    facts: Sequence[AwardFact],
    elsewhere: dict[frozenset[str], dict[str, list[Decimal]]],
) -> Iterator[Anomaly]:
    neighbours = _neighbours(facts)
    for fact in facts:
        key = _item_of(fact)
        if key is None or (fact.amount.yuan or 0) <= 0:
            continue
        others = [max(sums) for id_, sums in elsewhere[key].items() if id_ != document.id]
        if len(others) < ELSEWHERE_MIN:
            continue
        usual = Decimal(median(others))
        own = fact.amount.yuan or Decimal(0)
        if _is_far(own, usual) and all(_is_far(own, beside) for beside in neighbours.get(fact.id, ())):
            detail = f"“{_printed(document, fact)}”与其他{len(others)}份文件同类事项的金额相差悬殊（中位数{usual:f}元）"
            yield _anomaly(document, fact, AnomalyCode.FAR_OFF, detail)


def _is_far(one: Decimal, other: Decimal) -> bool:
    return one >= other * FAR_OFF_FACTOR or one * FAR_OFF_FACTOR <= other


def _neighbours(facts: Sequence[AwardFact]) -> dict[str, list[Decimal]]:
    """The sums right before and behind each entry of a list: a generous city is generous throughout."""
    beside: dict[str, list[Decimal]] = {}
    for entries in _lists(facts):
        sums = [entry.amount.yuan or Decimal(0) for entry in entries]
        for place, entry in enumerate(entries):
            beside[entry.id] = [*sums[max(0, place - 1) : place], *sums[place + 1 : place + 2]]
    return beside


def _unsure(document: PolicyDocument, facts: Sequence[AwardFact]) -> Iterator[Anomaly]:
    """Facts of which something was read off a scan and not for sure: figure, quote, or a head above them.

    A head that is a unit or a kind of standard decides as much as the figure does.
    """
    for fact in facts if document.doubts else ():
        place = (min(fact.start, fact.figure_start), max(fact.end, fact.figure_end))
        above = [one for one in document.doubts if _stands_in(document.text[one.start : one.end], fact.context)]
        if doubt := least_confident(document.doubts, *place) or min(above, key=lambda d: d.confidence, default=None):
            detail = f"“{_printed(document, fact)}”是从扫描件识别的，把握只有{doubt.confidence:.0%}，请核对原件"
            yield _anomaly(document, fact, AnomalyCode.UNSURE, detail)


def _stands_in(line: str, context: str) -> bool:
    """Whether a word or cell of a line is one of the heads that a fact stands under."""
    return any(len(word) > 1 and word in context for word in line.split())


def _two_figures(document: PolicyDocument, facts: Sequence[AwardFact]) -> Iterator[Anomaly]:
    by_item: dict[tuple[object, ...], AwardFact] = {}
    for fact in facts:
        if not fact.labels or fact.amount.yuan is None or fact.rests_on or fact.inherited:
            continue
        key = (fact.subject, fact.labels, fact.budget, fact.who, fact.ranks, fact.conditions, fact.context)
        first = by_item.setdefault(key, fact)
        if first.amount.yuan != fact.amount.yuan and first.start != fact.start:
            detail = f"“{fact.subject}”有两个金额：“{_printed(document, first)}”和“{_printed(document, fact)}”"
            yield _anomaly(document, fact, AnomalyCode.TWO_FIGURES, detail, first)


def _gaps(document: PolicyDocument, facts: Sequence[AwardFact]) -> Iterator[Anomaly]:
    """A case of role and act that every like kind of standard has, and one has not."""
    cases: dict[str, set[tuple[str, str]]] = defaultdict(set)
    first: dict[str, AwardFact] = {}
    for fact in facts:
        own = set(fact.labels)
        kinds, roles, acts = own & set(LADDERS[0]), own & {"主导", "参与"}, own & {"制定", "修订"}
        if len(kinds) == 1 and len(roles) == 1 and len(acts) == 1:
            kind = kinds.pop()
            cases[kind].add((roles.pop(), acts.pop()))
            first.setdefault(kind, fact)
    for kind, own_cases in cases.items():
        others = [found for other, found in cases.items() if other != kind]
        common = set.intersection(*others) if len(others) > 1 else set()
        for role, act in sorted(common - own_cases):
            detail = f"同一文件其他标准都有“{role}{act}”，“{kind}”没有"
            yield _anomaly(document, first[kind], AnomalyCode.GAP, detail)


def _doubled(document: PolicyDocument, clause: Clause) -> Iterator[Anomaly]:
    """A run of figures that stands twice, the second time right behind the first sentence."""
    plain = normalize(document.text[clause.start : clause.end], clause.start)
    for match in _RUN.finditer(plain.text):
        at = plain.text.find(match.group(), match.end(), match.end() + DOUBLED_WITHIN)
        if len(match.group()) >= DOUBLED_MIN and at >= 0:
            detail = f"“{match.group()}”紧接着重复出现，后一处疑为残留"
            place = plain.original(at, at + len(match.group()))
            yield anomaly_in(clause, AnomalyCode.DOUBLED, place, detail)


def _repeated_numbers(document: PolicyDocument, clauses: Sequence[Clause]) -> Iterator[Anomaly]:
    for clause in clauses:
        number = re.search(r"([a-z]\d+)~\d+$", clause.id)
        if number and not number.group(1).startswith(("p", "r", "s", "t")):
            place = (clause.start, min(clause.end, clause.start + 20))
            detail = f"编号“{clause.locator}”在同一层级出现了不止一次"
            yield anomaly_in(clause, AnomalyCode.NUMBERING, place, detail)
