"""Whether the figures of a statement are a rule, and which, told from its words and from what stands before it."""

import re
from collections.abc import Sequence

from corpus.awards.facts import AmountKind, AwardFact, AwardRule, RuleKind
from corpus.awards.limits import rule_of_figure
from corpus.awards.statement import EDGE, Statement

OLD_SUM = re.compile(r"(?:由|从)(?:原来?的?|原先的?)?$")
LIMITS = frozenset({RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT})
_TOTAL = re.compile("[共总]|合计")
# 申请20万元补助的，应提交…: what somebody asks for is no award; 可申请20万元 is one.
_ASKS = re.compile("(?:^|[^可以能经])申[请报](?!并|后|成功|通过|获)[^，。；的]{0,16}$")
_DUTY = re.compile("^[^，。；]{0,12}，?[^。；]{0,12}(?:应当?|须|需|不得|提交|提供|填写|填报|附|审核|评审)")
_RAISED = re.compile(r"(?:放宽|提高|增加)(?:到|至)")


def rule_kind(said: Statement, facts: Sequence[AwardFact], rules: Sequence[AwardRule]) -> RuleKind | None:
    """The rule that the figures of a statement belong to; None where they are an award."""
    if said.phrase.says("GAP"):
        return RuleKind.TOP_UP
    if OLD_SUM.search(said.before) and re.match("提高|增加|调整|上调|提升", said.ahead):
        return RuleKind.NO_AWARD
    if rules and rules[-1].figures and _RAISED.search(said.before):
        return rules[-1].kind if rules[-1].kind in LIMITS else None
    if facts and EDGE.sub("", said.before) == "其中" and len(said.phrase.figures) == 1:
        return RuleKind.USE_OF_FUNDS  # a part of the sum before it
    if rules and _limits_a_part(said, rules[-1]):
        return rules[-1].kind
    kind = rule_of_figure(said.text)
    if kind is RuleKind.COST_CEILING and not follows_rate(facts):
        return RuleKind.TOTAL_LIMIT if _limits_several(said, facts) else None
    if kind is None and _is_asked_for(said):
        return RuleKind.NO_AWARD
    if kind is None and said.ahead.startswith("，其中") and _TOTAL.search(said.text):
        return RuleKind.TOTAL_LIMIT
    if kind is RuleKind.TOP_UP and not said.phrase.says("GAP"):
        return None
    return kind


def _is_asked_for(said: Statement) -> bool:
    """Whether the figure is what an applicant asks for: no word of giving, and duties behind it."""
    printed = said.limb.text[said.phrase.start : said.phrase.end]
    if not _ASKS.search(said.before) or re.search("给予|予以", printed):
        return False
    return _DUTY.match(said.ahead) is not None


def _limits_a_part(said: Statement, last: AwardRule) -> bool:
    """年度总额不超过200万元，其中地方标准不超过50万元: within a limit, a further one."""
    within = last.kind in LIMITS and last.figures and last.start >= said.limb.sentence[0]
    is_cap = said.phrase.says("CAP") and not said.phrase.says("GIVES")
    return bool(within) and is_cap and EDGE.sub("", said.before).startswith("其中")


def _limits_several(said: Statement, facts: Sequence[AwardFact]) -> bool:
    """每项奖励2万元，最高不超过10万元: more than one item gets, and for no other thing."""
    last, ceiling = facts[-1] if facts else None, said.phrase.figures[-1].yuan
    if last is None or last.amount.yuan is None or ceiling is None or not said.bare_before:
        return False
    return last.start >= said.limb.places[0] and bool(last.per) and ceiling > last.amount.yuan


def follows_rate(facts: Sequence[AwardFact]) -> bool:
    """Whether the last award is a share, which a ceiling may stand behind."""
    return bool(facts) and facts[-1].amount.kind is AmountKind.RATE
