"""A question as it was typed or pasted → plain words, for reading only.

Markup and emoji around words, blanks and line breaks within them, words said twice and words half in pinyin say nothing
about what is asked; what is left is read like any other question.
"""

import re
from functools import cache
from html import unescape

from assistant.reading import visible
from assistant.spelling import short_words
from corpus.pinyin import sounds

TIDIED_MAX = 2000  # characters of an earlier question: markup, and then enough of its words
SPREAD_MIN, SPREAD_SHARE = 8, 0.8  # characters that stand alone, by which a text is typed with blanks between all
DOUBLED_MIN = 3  # words said twice, by which all are
_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_INLINE = frozenset("a b i u s em strong span font mark sub sup small big code kbd label".split())
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,6});")
_KEYCAP = re.compile("([0-9*#])\ufe0f?\u20e3(?![项个件张次种家])")  # marks a line of a list; before 项 it is a number
_SIGNS = str.maketrans({"✖": "×", "✕": "×", "➕": "+"})
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3]+")
_COUNTED = re.compile(f"(?<=[项个件张次种家])(?:{_EMOJI.pattern})(?=[一-龥])")
_ALONE = re.compile(r"(?<!\S)\S(?!\S)")
_BLANK_WITHIN = re.compile(r"(?<=\S)[ \t\u3000](?=\S)")
_BREAK = re.compile(r"\s*[\r\n]\s*")
_BLANK_BEFORE_STOP = re.compile(r"(?<=[一-龥]) +(?=[？！?!])")
_TWICE = re.compile(r"([一-龥]{2,6})\1")
_SYLLABLE = re.compile(r"(?<=[一-龥])[a-zA-Z]{1,6}(?![a-zA-Z])|(?<![a-zA-Z])[a-zA-Z]{1,6}(?=[一-龥])")


def tidy(text: str) -> str:
    """The words of a question; a text without such marks stays as it is.

    >>> tidy("<b>某市</b>&nbsp;主导制定🏭国标<br/>奖多少"), tidy("主chi制定hang业标准")
    ('某市 主导制定国标 奖多少', '主持制定行业标准')
    """
    bare = _TAG.sub(_without_tag, visible(text))  # hidden characters within a tag keep it from being seen
    plain = _ENTITY.sub(lambda found: unescape(found.group()), bare).replace("\xa0", " ")
    plain = _EMOJI.sub("", _COUNTED.sub("，", _KEYCAP.sub(" ", plain.translate(_SIGNS))))
    plain = _BLANK_BEFORE_STOP.sub("", _BREAK.sub(" ", _closed_up(plain).strip()))
    if len(set(_TWICE.findall(plain))) >= DOUBLED_MIN:
        plain = _TWICE.sub(r"\1", plain)
    return _SYLLABLE.sub(_spelt, plain)


def _without_tag(tag: re.Match[str]) -> str:
    return "" if tag["name"].lower() in _INLINE else " "


def _closed_up(text: str) -> str:
    """郑 州 市   奖 多 少: without the blanks within words, where nearly every character stands alone."""
    alone = len(_ALONE.findall(text))
    if alone < SPREAD_MIN or alone < SPREAD_SHARE * len(text.split()):
        return text
    return re.sub(r"[ \t\u3000]{2,}", " ", _BLANK_WITHIN.sub("", text))


def _spelt(found: re.Match[str]) -> str:
    """A syllable beside a character with which it makes a word of the field: 主chi, jiang励."""
    text, syllable = found.string, found.group().lower()
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return _halves().get((before, syllable, "")) or _halves().get(("", syllable, after)) or found.group()


@cache
def _halves() -> dict[tuple[str, str, str], str]:
    """What a syllable stands for behind one character, or before another."""
    halves: dict[tuple[str, str, str], str] = {}
    for first, second in (tuple(word) for word in short_words() if len(word) == 2):
        for syllable in sounds(second):
            halves.setdefault((first, syllable, ""), second)
        for syllable in sounds(first):
            halves.setdefault(("", syllable, second), first)
    return halves
