"""An award that another purse has paid before: 已经从省里拿过奖励，还能拿吗, where a rule says 不再重复资助.

No sum is told then, so that nothing can be reckoned; the rule is what answers.
"""

import re
from collections.abc import Sequence

from assistant import messages
from assistant.award_answer import AwardAnswer
from assistant.claims import Rule
from assistant.compose import Composer
from assistant.stated import Story
from corpus.awards import RuleKind

_PURSE = (
    r"(?:省|国家|上级|市|区|县|别的|其他|其它|科技|财政)(?:里|级|上|局|厅)?(?:的)?"
    r"(?:财政|专项|科技|资金|补贴|奖励|资助|补助|部门|政策|项目)*"
)
_TOLD = re.compile(
    rf"(?:已经?|曾经?|先前|之前|早就)[^，。；]{{0,6}}?(?:从|在|享受|拿|领|得|获)[^，。；]{{0,4}}?{_PURSE}[^，。；]{{0,6}}"
    rf"(?:过|了|奖励|补贴|资助|补助|资金|支持)|"
    rf"(?:从|在)?{_PURSE}(?:已经?|都)?(?:给|拿|领|奖|补|享受|资助)过"
)
_SAYS_PAID = re.compile("(?:已经?|曾经?)(?:获得|享受|取得)|(?:获得|享受)过")


def say_paid_elsewhere(story: Story, rules: Sequence[Rule], award_answer: AwardAnswer, composer: Composer) -> bool:
    """State the rule against a second award from another purse; False where none is told of, or no rule is against it.

    Args:
        story: What is stated. A sum that was received is reckoned with elsewhere.
        rules: Of the documents that may pay.
        award_answer: Quotes the rule.
        composer: Takes the answer.
    """
    if not _TOLD.search(story.text) or any(one.role == "received" for one in story.sums):
        return False
    against = [one for one in rules if one.rule.kind is RuleKind.NON_CUMULATION and _SAYS_PAID.search(one.words)]
    topped = {one.rule.clause_id for one in rules if one.rule.kind is RuleKind.TOP_UP}
    rule = next((one for one in against if one.rule.clause_id not in topped), None)
    if rule is None:
        return False
    quotes = award_answer.quotes_of(rule)
    composer.say(messages.PAID_ELSEWHERE.format(marker=composer.mark(quotes)))
    composer.quote(quotes)
    return True
