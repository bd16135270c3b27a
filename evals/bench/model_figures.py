"""Figures that reach a user and should not: a reading of its own, which trusts no check of the assistant's.

Three ways for a figure to be wrong. It is stated as the answer and the gold has another (`evals.scoring`). It stands
in no quote, step or word of the asker (`assistant.lock`). Or it came from the model: it stands in what is left of an
answer once all that the rules engine wrote is taken away, and the asker did not say it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.llm.framing import Said
from assistant.llm.wording import AI_LABEL
from assistant.lock import unsupported
from assistant.messages import say_date
from assistant.records import Answer, Question
from corpus.folding import fold
from evals.cases import Gold
from evals.loading import Sources
from evals.printed import read_sums
from evals.scoring import to_fen

_WORDS = frozenset("一什伍参參拾漆陌兆")  # 一并, 参与, 什么: numbers only beside another or before a unit
_UNITS = frozenset("万千百亿元倍成折")


def foreign_numbers(answer: Answer, ruled: Iterable[Answer], question: Question) -> list[str]:
    """The numbers that neither the rules engine nor the asker wrote, in any script; empty for a sound answer.

    Args:
        answer: As the user gets it.
        ruled: All that the rules engine answered on the way.
        question: What was asked, with what was asked before.
    """
    own = [*ruled]
    shown = "\n".join((answer.answer, *answer.suggestions, *_options([answer])))
    written = [AI_LABEL, *(one for ruled_ in own for one in ruled_.answer.split("\n\n")), *_options(own)]
    for text in sorted(filter(None, written), key=len, reverse=True):
        shown = shown.replace(text, "\n")
    said = Said(question.question, question.history, question.region or "").all
    told = {fold(number) for number in _numbers(said)}
    return [number for number in _numbers(shown) if fold(number) not in told]


def unsupported_figures(answer: Answer, ruled: Sequence[Answer], question: Question) -> list[str]:
    """What the number lock finds in an answer that the model had a hand in."""
    sources = [one.answer for one in ruled] + [warning.message for one in ruled for warning in one.warnings]
    return unsupported(answer, question.history, [*sources, say_date(answer.as_of)])


def sums_in(text: str) -> frozenset[Decimal]:
    """The sums of money in a text to the fen, in digits or characters, as a ceiling or not.

    >>> sorted(map(int, sums_in("奖励10、5万元，另有三千元")))
    [3000, 50000, 100000]
    """
    return frozenset(to_fen(Decimal(one.value.numerator) / one.value.denominator) for one in read_sums(text))


def expected_sums(gold: Gold, question: Question, sources: Sources) -> frozenset[Decimal]:
    """The sums that an answer in free text may hold: the gold's, the asker's, and all of the clauses it rests on."""
    said = "\n".join((question.question, *question.history))
    return frozenset(map(to_fen, gold.yuan)) | sums_in(said) | sums_in("\n".join(_gold_lines(gold, sources)))


def _gold_lines(gold: Gold, sources: Sources) -> list[str]:
    """The paragraphs where the gold quotes stand; without quotes, the whole of the documents that it names."""
    if not gold.quote:
        return [sources.documents[id_].text for id_ in gold.ids if id_ in sources.documents]
    lines = []
    for place in sources.places_of(gold):
        text = sources.documents[place.document].text
        end = text.find("\n", place.end)
        lines.append(text[text.rfind("\n", 0, place.start) + 1 : end if end >= 0 else len(text)])
    return lines


def _options(answers: Iterable[Answer]) -> list[str]:
    return [option for one in answers if one.clarification is not None for option in one.clarification.options]


def _numbers(text: str) -> list[str]:
    """Runs of characters that count, whatever their script."""
    marked = "".join(" " if unicodedata.numeric(letter, None) is None else "n" for letter in text)
    runs = [found.span() for found in re.finditer("n+", marked)]
    return [text[start:end] for start, end in runs if text[start:end] not in _WORDS or text[end : end + 1] in _UNITS]
