"""An answer worded anew: the model writes between the answer's paragraphs and cannot touch them.

Each paragraph of the rules answer, with its figures and markers, is a unit. The model is told what sort of paragraph
each is and writes one line to stand before it, which holds no figure and no claim (`allowed`). So a figure cannot
change, nor come to stand beside what it is not for, and no marker can come to point elsewhere.
"""

import re
from dataclasses import dataclass

from assistant import messages
from assistant.llm import wording
from assistant.llm.allowed import Names, names_in, strange_places, strange_words
from assistant.llm.framing import NUMERAL, has_markup
from corpus.folding import fold

UNITS_MAX = 9
LINE_MAX = 60  # characters
_AWARD_NOUN = re.compile("奖[励补](?=的?(?:事项|问题|情况|内容|方面|规定|政策|文件|条款|条文))")
_NUMBERED = re.compile(r"^\s*(?:第\d+行|\d+)\s*[.、，：:）)]?\s*")


@dataclass(frozen=True)
class Units:
    """The paragraphs of an answer, and the question."""

    texts: tuple[str, ...]
    question: str = ""

    @classmethod
    def of(cls, answer: str, question: str = "") -> "Units":
        """Cut an answer into its paragraphs, the steps of a calculation with what they come to.

        >>> Units.of("甲：5万元[1]\\n\\n根据乙：“……”[1]").texts
        ('甲：5万元[1]', '根据乙：“……”[1]')
        """
        parts: list[str] = []
        for part in filter(str.strip, answer.split("\n\n")):
            if parts and part.startswith(messages.CLAIM_HOW):  # the page shows the steps as a table of its own
                parts[-1] += f"\n\n{part}"
            else:
                parts.append(part)
        return cls(tuple(parts), question)

    def asked(self) -> str:
        """What the model is asked to write."""
        numbered = enumerate(map(_sort_of, self.texts), start=1)
        lines = (wording.WORDS_LINE.format(number=number, sort=sort) for number, sort in numbered)
        return "\n".join((wording.WORDS_ASKED.format(question=self.question, count=len(self.texts)), *lines))

    def faults_of(self, written: str) -> list[str]:
        """What is wrong with the model's lines, in words for the model; empty when they may be shown."""
        lines = _lines(written)
        if len(lines) != len(self.texts):
            return [wording.WORDS_LINES.format(count=len(self.texts))]
        faults = []
        if any(len(line) > LINE_MAX for line in lines):
            faults.append(wording.WORDS_LONG.format(limit=LINE_MAX))
        if has_markup(found := "\n".join(lines)) or NUMERAL.search(fold(found)):
            faults.append(wording.WORDS_FIGURES)
        for line, unit in zip(lines, self.texts, strict=True):
            faults += _claims(line, unit, self.question)
        return list(dict.fromkeys(faults))

    def put_together(self, written: str) -> str:
        """The answer with the model's lines before its paragraphs, which are as they were."""
        pairs = zip(_lines(written), self.texts, strict=True)
        return "\n\n".join(part for pair in pairs for part in pair)


def _lines(written: str) -> list[str]:
    """The lines of a reply, without the numbers that models put before them."""
    lines = (_NUMBERED.sub("", line).strip() for line in written.splitlines())
    return [line for line in lines if line]


def _claims(line: str, unit: str, question: str) -> list[str]:
    """What words before a unit say that it does not: names that it and the question do not share, words that link not.

    A name that only the unit holds may be a condition (不合格), and to say it of the asker would be a claim.
    """
    own = names_in(_AWARD_NOUN.sub("", line))
    named = [name for text in (unit, question) for name in _not_named(own, names_in(text))]
    strange = strange_words(own.words, "linking")
    if messages.CLAIM_HOW not in unit:
        strange += [word for word in own.words if "算" in word]
    words = list(dict.fromkeys((*named, *strange)))[:6]
    return [wording.WORDS_STRANGE.format(words="、".join(words))] if words else []


def _not_named(own: Names, given: Names) -> list[str]:
    """The names that another text does not hold."""
    return [one.name for one in own.concepts - given.concepts] + strange_places(own, given)


def _sort_of(text: str) -> str:
    """What a paragraph is. Its words are not shown: there is nothing in them that the model may use, and it would."""
    if any(text.startswith(opening.partition("{")[0]) for opening in (messages.ACCORDING_TO, messages.MORE_FROM)):
        return wording.UNIT_QUOTE
    return wording.UNIT_STEPS if messages.CLAIM_HOW in text else wording.UNIT_RESULT
