"""Parts of a sum that was granted before: 给予24万元，立项后拨付9万元，发布后拨付15万元 grants 24万元, not 48."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.awards.facts import AmountKind, AwardFact, AwardRule, RuleKind

_PAID_WHEN = re.compile("^(?!.*[再另还]).*(?:拨付|支付|兑付|期|启动|立项|验收|发布后|[尾余]款|剩余|余下|其中)")


def take_parts(facts: list[AwardFact], text: str, offset: int) -> list[AwardRule]:
    """Take the facts that are parts of the one before them out of a clause's facts, and return them as rules.

    Parts stand in the sentence of the whole, are for nothing else than it, say when they are paid, and add up to it
    exactly.

    Args:
        facts: Of one clause, in order; changed.
        text: The clause's text.
        offset: Where it begins in the document.
    """
    rules: list[AwardRule] = []
    at = 0
    while at < len(facts):
        parts = _parts_behind(facts, at, text, offset)
        rules += [_instalment(part) for part in parts]
        del facts[at + 1 : at + 1 + len(parts)]
        at += 1
    return rules


def _parts_behind(facts: Sequence[AwardFact], at: int, text: str, offset: int) -> Sequence[AwardFact]:
    whole, total, end_before = facts[at], Decimal(0), facts[at].figure_end
    if whole.amount.yuan is None:
        return ()
    for end, part in enumerate(facts[at + 1 :], start=at + 2):
        between, end_before = text[end_before - offset : part.figure_start - offset], part.figure_end
        is_part = _PAID_WHEN.search(between) and set(part.labels) <= set(whole.labels) and not part.ranks
        is_sum = part.amount.kind is AmountKind.EXACT and part.amount.yuan is not None
        if not (is_part and is_sum) or "。" in between:
            return ()
        total += part.amount.yuan or 0
        if total >= whole.amount.yuan:
            return facts[at + 1 : end] if total == whole.amount.yuan and end - at > 2 else ()
    return ()


def _instalment(part: AwardFact) -> AwardRule:
    return AwardRule(
        id=f"{part.document_id}~{part.start}.{RuleKind.INSTALMENT.value}",
        document_id=part.document_id,
        clause_id=part.clause_id,
        locator=part.locator,
        kind=RuleKind.INSTALMENT,
        labels=part.labels,
        yuan=part.amount.yuan,
        rate=None,
        start=part.start,
        end=part.end,
        figures=((part.figure_start, part.figure_end),),
    )
