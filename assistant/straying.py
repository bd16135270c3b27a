"""A turn of a talk that has nothing of our field: 中午食堂吃啥 after a sum is refused, and not given that sum again.

A short turn takes over what the talk is about, so that its place and its concepts say nothing about itself.
"""

import re

from assistant.asking import says
from assistant.intents import Intent
from assistant.ranking import Ranker
from assistant.reading import Reading, read_question
from assistant.scope import is_field_word
from assistant.stated import Story, read_story
from corpus.regions import find_regions

KNOWN_MIN = 0.5  # share of a turn's word pairs that the documents hold anywhere, below which it speaks of other things
_ASKER = re.compile("公司|单位|企业|我们|你们")  # words of our field that every story has
_LEAD = re.compile("^(?:那么?|对了|另外|再问|还有|以及|哎|嗯)[，, ]?")  # a turn that begins so need not go on
_NUMBER = re.compile(r"[\d一二两三四五六七八九十](?:家|个|项|件|人|位|名|[%％]|万|元|成)")  # 四家, as an answer
_LOOSE = frozenset({Intent.WHO, Intent.CONSEQUENCE, Intent.DEADLINE, Intent.DURATION, Intent.COUNT})


def strays(reading: Reading, ranker: Ranker) -> bool:
    """Whether a question that follows others is, by its own words, one of another field.

    Args:
        reading: The question with what it takes over.
        ranker: Knows the words of the documents.
    """
    if reading.earlier is None:
        return False
    own = read_question(_LEAD.sub("", reading.text), ())
    if own.concepts or _states(read_story(own.text)) or says("of_talk", own.text):
        return False
    if is_field_word(_ASKER.sub(" ", " ".join(own.essence))):
        return False
    if says("by_the_way", reading.text):
        return True
    about_place = bool(find_regions(own.text)) or says("follows", own.text)
    return not about_place and own.intents <= _LOOSE and ranker.share_known(own.essence) < KNOWN_MIN


def _states(story: Story) -> bool:
    if _NUMBER.search(story.text):
        return True
    told = story.parts or story.sums or story.loose_count or story.co_leads or story.units
    return bool(told or story.says_total or story.budget or story.stage or story.years > 1)
