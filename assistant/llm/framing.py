"""Whether a frame that a model filled may be believed, and how far. It may say no more than the user did.

A question put plainly holds only what the user said and the names of the field: no other number, no other region, and
nothing of a kind that the user named otherwise. Even so it may mean something else; so it answers at once only where
it is made of the user's own clauses and leaves out none that says something. Else it is shown to the user, who decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.llm import wording
from assistant.llm.allowed import Names, names_in, strange_places, strange_words
from assistant.lock import printed_figures
from assistant.reading import visible
from corpus.folding import fold

Standing = Literal["own_words", "guess"]
_BREAK = re.compile(r"[，。；：！？、,;:!?\s]+")
_MARKUP = re.compile(r"[<>\[\]{}`#*_|\\]|https?:|www\.", re.IGNORECASE)
_NUMERALS = "二两三四五六七八九十百千万亿半双倍零〇壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
NUMERAL = re.compile(rf"[\d.]*\d|[{_NUMERALS}]+")  # 一 is in too many words
_NUMBER = re.compile(rf"[\d.]*\d|[一{_NUMERALS}]+")
_ASKS = re.compile("什么|哪|几|吗|呢|谁|是否|是不是|还是|有没有")
# A clause with one of these is never left out.
_SAYS = re.compile(
    "[不没未无非别除但只仅已前后年月外境搬合联挂逾超迟撤消废首再重续转罚欠复旧原按奖补贴助]|个人|学生|共同|假(?!期)|多少|什么|怎|哪|谁"
)


@dataclass(frozen=True)
class Said:
    """What the user said: the question, those before, a region beside it."""

    question: str
    history: Sequence[str] = ()
    region: str = ""

    @property
    def all(self) -> str:
        """All of it, as one text."""
        return "\n".join((*self.history, self.region, self.question))


def faults_of(restated: str, said: Said) -> list[str]:
    """What a question put plainly holds that the user did not say, in words for the model; empty when there is none."""
    if has_markup(restated):
        return [wording.FRAME_MARKUP]
    own, theirs = names_in(restated), names_in(said.all)
    folded = fold(said.all)
    new = {*_NUMBER.findall(fold(restated))} - {*_NUMBER.findall(folded), "一"}
    faults = [wording.FRAME_NUMBER.format(number=number) for number in sorted(new)]
    if printed_figures(restated) - printed_figures(said.all):
        faults.append(wording.FRAME_FIGURES)
    faults += _other_names(own, theirs)
    if strange := strange_words(own.words, "asking", folded):
        faults.append(wording.FRAME_WORDS.format(words="、".join(strange[:5])))
    return faults


def faults_of_asking(asked: str, said: Said) -> list[str]:
    """What is wrong with a question to the user: it asks, holds no number, and not even the user's words for money."""
    if has_markup(asked):
        return [wording.FRAME_MARKUP]
    own = names_in(asked)
    faults = [] if _ASKS.search(asked) else [wording.FRAME_ASKS]
    faults += [wording.FRAME_NUMBER.format(number=number) for number in sorted({*NUMERAL.findall(fold(asked))})]
    faults += _other_names(own, names_in(said.all))
    if strange := strange_words(own.words, "asking_back"):
        faults.append(wording.FRAME_WORDS.format(words="、".join(strange[:5])))
    return faults


def _other_names(own: Names, theirs: Names) -> list[str]:
    """Places that the user did not name, and what the user named otherwise."""
    strange = strange_places(own, theirs)
    faults = [wording.FRAME_REGION.format(regions="、".join(strange[:3]))] if strange else []
    for concept in own.concepts - theirs.concepts:
        rivals = [one.name for one in theirs.concepts if one.kind == concept.kind != "other"]
        if rivals:
            faults.append(wording.FRAME_OTHERWISE.format(named=concept.name, said="、".join(rivals)))
    return faults


def has_markup(text: str) -> bool:
    """Whether a text holds what is no plain sentence: brackets, markup, an address, a control character."""
    return _MARKUP.search(text) is not None or visible(text) != text.strip()


def standing_of(restated: str, said: Said) -> Standing:
    """Whether a faultless question is the user's own, shortened, or a guess.

    >>> said = Said("你好呀，麻烦问一下，龙港主导国家标准奖多少")
    >>> standing_of("龙港主导国家标准奖多少", said), standing_of("龙港主导制定国家标准奖多少", said)
    ('own_words', 'guess')
    """
    kept, clauses = _clauses(restated), _clauses(said.question)
    rest = iter(clauses)
    if not all(clause in rest for clause in kept):  # in their order
        return "guess"
    return "own_words" if not any(_tells(clause) for clause in clauses if clause not in kept) else "guess"


def left_out(restated: str, said: Said) -> list[str]:
    """The user's clauses that a question in the user's own words leaves out."""
    kept = _clauses(restated)
    return [clause for clause in _clauses(said.question) if clause not in kept]


def _tells(clause: str) -> bool:
    """Whether a clause says something that an answer may hang on."""
    names = names_in(clause)
    return bool(names.concepts or names.places or NUMERAL.search(clause) or _SAYS.search(clause))


def _clauses(text: str) -> list[str]:
    return [clause for clause in _BREAK.split(fold(text)) if clause]
