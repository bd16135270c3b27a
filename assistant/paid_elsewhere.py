"""An award that another purse has paid before: 已经从省里拿过奖励，还能拿吗, where a rule says 不再重复资助.

No sum is told then, so that nothing can be reckoned; the rule is what answers.
"""

import re
from collections.abc import Sequence

from assistant import messages
from assistant.award_answer import AwardAnswer
from assistant.claims import Rule
from assistant.compose import Composer
from assistant.stated import Stated, Story
from corpus.awards import RuleKind
from corpus.records import Region
from corpus.regions import find_regions

_PURSE = (
    r"(?:省|国家|上级|市|区|县|别的|其他|其它|科技|财政)(?:里|级|上|局|厅)?(?:的)?"
    r"(?:财政|专项|科技|资金|补贴|奖励|资助|补助|部门|政策|项目)*"
)
_TOLD = re.compile(
    rf"(?:已经?|曾经?|先前|之前|早就)[^，。；]{{0,6}}?(?:从|在|享受|拿|领|得|获)[^，。；]{{0,4}}?{_PURSE}[^，。；]{{0,6}}"
    rf"(?:过|了|奖励|补贴|资助|补助|资金|支持)|"
    rf"(?:从|在)?{_PURSE}(?:已经?|都)?(?:给|拿|领|奖|补|享受|资助)过"
)
_OTHER_PURSE = re.compile(
    r"(?P<who>国家|上级|省|市|区县|[区县])(?:(?<=[家级])|里|级|上|财政|局|政府)(?:财政|专项)*[^，。；,;]{0,3}?"
    r"(?:已经?|以前|之前|先前|当时|都)[^，。；,;]{0,10}?(?:给|拿|领|奖|补|享受|资助)(?:过|了)"
)
_IN_ADVANCE = re.compile("事前资助|立项资助|研制(?:资助|补助)")
_CONVERTED = re.compile("转(?:成|化|为)|上升[为成]")
_SAYS_PAID = re.compile("(?:已经?|曾经?)(?:获得|享受|取得)|(?:获得|享受)过")


def paid_for_the_same(story: Story, past: Sequence[Stated], region: Region) -> bool:
    """Whether a sum received was for the very thing asked about: from another purse, in advance, before converting.

    Args:
        story: What is stated.
        past: The parts of it that are over.
        region: Whose policy pays: its own purse may have paid for something else.
    """
    if past and _CONVERTED.search(story.text):
        return True
    return any(is_of_the_same(one.words, region) for one in story.sums if one.role == "received")


def is_of_the_same(text: str, region: Region) -> bool:
    """Whether the clause of a sum received says that it was for what is asked about.

    >>> is_of_the_same("省里已经奖了", Region(province="山东省", city="威海市"))
    True
    """
    if _IN_ADVANCE.search(text):
        return True
    own = region.parts[-1][-1:] if region.parts else ""
    level = "县" if region.county else "市" if region.city else "省"
    for found in _OTHER_PURSE.finditer(text):
        places = [one for one in find_regions(text) if one.end in (found.start(), found.start() + 1)]
        elsewhere = any(region not in one.regions for one in places)
        if elsewhere or (found["who"] not in (level, own) and not (level == "县" and found["who"] == "区")):
            return True
    return False


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
