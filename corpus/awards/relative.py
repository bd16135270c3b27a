"""Sums that are a share of other sums → yuan, with a reference to the facts that they rest on.

按照主持制定同类标准奖励额度的20% is one award for each kind of standard whose sum the text gives. A share of
money that the applicant spent or earned stays a rate; a share whose base cannot be found is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.awards import malformed
from corpus.awards.facts import Amount, AmountKind, AwardFact, Extraction, Reject
from corpus.awards.labelling import HEADS, KINDS, label, names_of
from corpus.awards.numerals import share_of
from corpus.awards.particulars import is_cost
from corpus.vocabulary import concepts

_JUST_BEFORE = re.compile("^其|上述|前述|前款|前项|以上|上列")
_OF_STANDARDS = re.compile("标准(?!化|创新|，领跑|领跑)")
_OUTSIDE = re.compile(r"(?:国家|省|市|上级|区)[^，。；]{0,10}(?:下拨|下达|拨付|经费|资金|配套|奖励|补助|资助)|1：1")


def resolve_rates(extraction: Extraction) -> Extraction:
    """Replace the rates of other awards by sums, in order of the text, so that a share of a share resolves too."""
    kinds = {concept.name: concept.kind for concept in concepts()}
    facts: list[AwardFact] = []
    rejects = list(extraction.rejects)
    for fact in extraction.facts:
        if fact.amount.kind is not AmountKind.RATE or is_cost(fact.amount.base):
            facts.append(fact)
        elif _is_matched(fact):
            facts.append(fact)
        elif bases := _bases(fact, facts, kinds):
            others = [one for one in facts if one.amount.rate is None and one not in bases]
            known = {(other.labels, other.ranks) for other in others}
            resolved = _resolved_alike(fact, bases, kinds) or []
            # A sum that is printed for one of the things goes before a share for all of them.
            kept = [one for one in resolved if (one.labels, one.ranks) not in known]
            facts += kept
            if not kept:
                rejects.append(_without_base(fact))
        elif _is_paid_elsewhere(fact):
            facts.append(fact)
        else:
            rejects.append(_without_base(fact))
    rejects = list(dict.fromkeys(rejects))  # several shares of one list are refused once
    return replace(extraction, facts=tuple(facts), rejects=tuple(sorted(rejects, key=lambda r: r.start)))


def _resolved_alike(fact: AwardFact, bases: Sequence[AwardFact], kinds: dict[str, str]) -> list[AwardFact] | None:
    """The sums of a share, of all bases or of those for the act that it names; None where one award would have two."""
    acts = {*(label(fact.amount.base).get("act") or _grouped(fact.labels, kinds).get("act", ()))}
    for chosen in (bases, [base for base in bases if acts & set(base.labels)]):
        resolved = _resolved(fact, chosen, kinds)
        taken_of = {(one.labels, base.labels) for one, base in zip(resolved, chosen, strict=True)}
        sums = {(one.labels, one.amount.yuan) for one in resolved}
        if resolved and len({one.labels for one in resolved}) in (len(taken_of), len(sums)):
            return resolved
    return None


def _without_base(fact: AwardFact) -> Reject:
    return Reject(
        document_id=fact.document_id,
        clause_id=fact.clause_id,
        locator=fact.locator,
        label=malformed.NO_BASE,
        start=fact.start,
        end=fact.end,
    )


def _is_paid_elsewhere(fact: AwardFact) -> bool:
    """A share of what another level of government pays for the same; 国家标准奖励额 names an award of this text."""
    base = fact.amount.base
    return fact.amount.rate == 1 or _OUTSIDE.search(base) is not None and not HEADS & label(base).keys()


def _is_matched(fact: AwardFact) -> bool:
    """按上级奖励1:1配套: as much again as somebody else pays, and no award here says how much that is."""
    return fact.amount.rate == 1 and _OUTSIDE.search(fact.amount.base) is not None and not label(fact.amount.base)


def _grouped(names: Iterable[str], kinds: dict[str, str]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for name in names:
        grouped[kinds[name]] = (*grouped.get(kinds[name], ()), name)
    return grouped


def _bases(fact: AwardFact, before: Sequence[AwardFact], kinds: dict[str, str]) -> list[AwardFact]:
    """The facts that a rate is taken of, from the nearest place that has any: clause, article, document."""
    own, stated = _grouped(fact.labels, kinds), label(fact.amount.base)
    if not stated:  # 第2-3名给予50%，第4-5名给予30%: both of the same sum, not one of the other
        before = [base for base in before if base.amount.rate is None or base.clause_id != fact.clause_id]
    fitting = [
        base
        for base in before
        if base.amount.yuan is not None
        and base.figure_start != fact.figure_start
        and _fits(own, stated, _grouped(base.labels, kinds))
    ]
    if _OF_STANDARDS.search(fact.amount.base + fact.subject) and not HEADS & (own.keys() | stated.keys()):
        # 修订标准的，按主持起草同类标准的一半: of what is paid for standards, not for pilots
        fitting = [base for base in fitting if "standard" in _grouped(base.labels, kinds)] or fitting
    article = fact.clause_id.split(".")[0]
    for near in (
        [base for base in fitting if base.clause_id == fact.clause_id],
        [base for base in fitting if base.clause_id.split(".")[0] == article],
        fitting,
    ):
        if near:
            return _nearest(fact, near, own, stated, kinds)
    return []


def _fits(
    own: dict[str, tuple[str, ...]], stated: dict[str, tuple[str, ...]], base: dict[str, tuple[str, ...]]
) -> bool:
    """Whether a fact can be the base: it is what the words of the base name, and else like the award itself."""
    for kind in KINDS:
        wanted = stated.get(kind) or (own.get(kind) if kind not in ("role", "act") else None)
        if kind == "act" and stated.get(kind) and own.get(kind) and set(own[kind]) <= set(stated[kind]):
            wanted = own[kind]  # 按主持制定、修订的20%: each of its own kind
        if kind == "role" and not stated.get(kind) and "act" in stated:
            wanted = own.get(kind)
        if wanted and kind in base and not set(wanted) & set(base[kind]):
            return False
        if wanted and kind not in base and kind in ("standard", "organ", "grade") and kind in stated:
            return False
    extra = (HEADS & base.keys()) - own.keys() - stated.keys()
    return not (extra and HEADS & own.keys())


def _nearest(
    fact: AwardFact,
    found: list[AwardFact],
    own: dict[str, tuple[str, ...]],
    stated: dict[str, tuple[str, ...]],
    kinds: dict[str, str],
) -> list[AwardFact]:
    """Where the base is only called the same kind: not the award's own role or act, and the last list before it."""
    if _JUST_BEFORE.search(fact.amount.base + fact.subject) and found[-1].clause_id == fact.clause_id:
        last = found[-1].start
        found = [base for base in found if base.start == last]
    if not stated.keys() & {"role", "act"}:
        for kind, other in (("act", "制定"), ("role", "主导")):
            if set(own.get(kind, ())) & set(fact.inherited):  # 主导修订的…，参与的减半: half of revising
                same = [b for b in found if set(own[kind]) & set(_grouped(b.labels, kinds).get(kind, own[kind]))]
                found = same or found
            elif own.get(kind) and other not in own[kind]:
                found = [base for base in found if other in _grouped(base.labels, kinds).get(kind, (other,))] or found
    if "level" in own and "level" not in stated and "standard" not in own:
        found = [b for b in found if set(own["level"]) & set(_grouped(b.labels, kinds).get("level", own["level"]))]
    return found


def _resolved(fact: AwardFact, bases: Sequence[AwardFact], kinds: dict[str, str]) -> list[AwardFact]:
    own = _grouped(fact.labels, kinds)
    narrowed = {"standard", "grade", "level", "act"} | ({"role"} - label(fact.amount.base).keys())
    resolved = []
    for number, base in enumerate(bases, start=1):
        theirs = _grouped(base.labels, kinds)
        if fact.ranks and fact.ranks != base.ranks:  # 第二位 is not the lead drafter whose sum it has a share of
            theirs.pop("role", None)
        labels = {
            kind: tuple(n for n in own.get(kind, ()) if n in theirs.get(kind, ())) or own.get(kind) or theirs[kind]
            if kind in theirs and kind in narrowed
            else own.get(kind) or theirs[kind]
            for kind in KINDS
            if kind in own or kind in theirs
        }
        names = names_of(labels)
        resolved.append(
            replace(
                fact,
                id=fact.id if number == 1 else f"{fact.id}.r{number}",
                labels=names,
                inherited=tuple(name for name in names if name in fact.inherited or name not in fact.labels),
                amount=_share_of(base.amount, fact.amount),
                construct="relative",
                rests_on=(base.id,),
            )
        )
    return resolved


def _share_of(base: Amount, share: Amount) -> Amount:
    """A share of a sum keeps what sort of sum it is: half of 10万元至20万元 is 5万元至10万元; a ceiling below wins."""
    kind = AmountKind.EXACT
    if base.kind is AmountKind.RANGE:
        kind = AmountKind.RANGE
    elif AmountKind.CAP in (base.kind, share.kind):
        kind = AmountKind.CAP
    rate = share.rate or Decimal(0)
    yuan, low = (None if sum_ is None else share_of(sum_, rate) for sum_ in (base.yuan, base.low))
    if share.ceiling is not None and yuan is not None and yuan > share.ceiling:
        return replace(share, kind=AmountKind.CAP, yuan=share.ceiling, low=None, rate=None)
    return replace(share, kind=kind, yuan=yuan, low=low)
