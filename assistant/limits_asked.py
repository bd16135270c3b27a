"""Which rules that limit several awards a question means: those for what it names, else those for everything."""

import re
from collections.abc import Sequence

from assistant.award_fit import THINGS, kinds_by_name
from assistant.ranking import bigrams
from assistant.reading import Reading
from corpus.awards import AwardRule, RuleKind
from corpus.folding import fold
from corpus.records import PolicyDocument

OWN_WORDS_MIN = 0.5  # share of a limit's own words that a question has to say to mean it
# Words of every limit; what is left of its text says what it limits.
_LIMITING = re.compile(
    r"同一?个?|每[一]?[家个户]|单个|单位|企业|企事业|组织|机构|法人|当?年度?|每年|一年|全年|所?获得?|享受|的|资助|补助|奖励|奖补|激励|扶持|资金|总额度?|额度|累计|合计|总和|上限|封顶|不得?超过|不高于|最高|最多|原则上|"
    r"为|元|万|本条|项|第|（|）|[，。；、“”:：]|或|和|在|标准化?|创新|全部|各类|所有|多少|能|可以|拿|领|顶格|[一二三四五六七八九十]|%"
)
_EXCEPTION = re.compile("例外|除外|另有规定|特殊情况|突破|都一样|都是这个")
_OF_ALL = re.compile("(?:总的?|全部|所有|整体)[^，。；？?]{0,4}(?:封顶|上限|限额)")  # a limit whatever it is for
_NUMBERS = re.compile(r"[\d.]+(?:万|千|亿)?元?|（[^）]*）")


def limits_named(rule: AwardRule) -> str:
    """What a limit is for, in brackets; empty where it is for everything."""
    names = "、".join(name for name in rule.labels if kinds_by_name()[name] in THINGS)
    return f"（{names}）" if names else ""


def limits_asked(rules: Sequence[AwardRule], document: PolicyDocument, reading: Reading) -> list[AwardRule]:
    """The rules of one document, with a sum or a rate, that limit what a question names.

    Args:
        rules: The document's.
        document: In whose text they stand.
        reading: The question.
    """
    of_all = _OF_ALL.search(reading.text) is not None
    named = {concept.name for concept in reading.concepts}
    asked = bigrams(_LIMITING.sub(" ", " ".join((*reading.essence, reading.carried))).split())
    specific, general, excepted = [], [], []
    for rule in rules:
        limits = rule.kind in (RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT)
        if not limits or (rule.yuan is None and rule.rate is None):
            continue
        text = re.sub(r"\s", "", fold(document.text[rule.start : rule.end]))
        own = bigrams(_LIMITING.sub(" ", _NUMBERS.sub(" ", text)).split())
        things = {name for name in rule.labels if kinds_by_name()[name] in (*THINGS, "seat", "grade")}
        if things and not things & named:
            excepted.append(rule)
            continue
        if not own and not things:
            general.append(rule)
        elif things & named or (own and len(own & asked) >= OWN_WORDS_MIN * len(own)):
            specific.append(rule)
    chosen = (general if of_all else []) or specific or general
    if not _EXCEPTION.search(reading.text):
        return chosen
    beside = {rule.clause_id for rule in chosen}
    return [*chosen, *(rule for rule in excepted if rule.clause_id in beside)]  # 国际标准的不超过100万元
