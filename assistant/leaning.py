"""Whether the words of a question show that it leans on the one before: 那…呢, 说错了, a bare 国标."""

import re

from assistant.asking import says
from assistant.rewording import reword
from corpus.folding import fold
from corpus.vocabulary import find_mentions

_INTERJECTION = re.compile("^(?:(?:哎[呀哟]?|唉|诶|欸|呃|额|嗯+|啊|哦|噢|喔|嗨|那啥)[，,、 ]*)+")


def leans(text: str) -> bool:
    """Whether a question begins or ends as one that goes on: 那…, 换成…, …呢.

    >>> leans("哎，说错了，是修订"), leans("良好行为4A多少")
    (True, False)
    """
    return says("follows", _INTERJECTION.sub("", fold(text)))


def names_nothing_else(text: str) -> bool:
    """Whether a question is nothing but the name of something.

    >>> names_nothing_else("国标？"), names_nothing_else("国标奖多少")
    (True, False)
    """
    meant = reword(text)
    bare = list(meant)
    for found in find_mentions(meant):
        bare[found.start : found.end] = " " * (found.end - found.start)
    return re.search(r"\w", meant) is not None and re.search(r"\w", "".join(bare)) is None
