"""What a file is made of: the answers of a talk, each citation with what is known of its document."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.claim_answer import without_steps
from assistant.export import words
from assistant.page.shown import ai_label
from assistant.records import Answer, Citation
from assistant.standing import standing_of
from assistant.sums import say_expression

Documents = Callable[[str], Mapping[str, Any] | None]
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)

_RECKONED = re.compile(r"(?:min|max)?\(?[0-9., */+-]+\)?")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One citation, and lines that say where it is from and whether it holds."""

    head: str
    lines: tuple[str, ...]
    quote: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One question with its answer, as rows of text."""

    heading: str
    question: str
    asked_of: tuple[str, ...]
    status: str
    answer: str
    options: str
    amounts: tuple[tuple[str, ...], ...]
    warnings: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    sources: tuple[Source, ...]
    generated: bool  # whether a language model had a part in the words
    label: str  # that a language model had a part in the words, where they do not say it themselves


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """A talk to be written to a file."""

    title: str
    made: date
    turns: tuple[Turn, ...]


def make_transcript(
    title: str, answers: Sequence[Answer], regions: Sequence[str | None], documents: Documents, made: date
) -> Transcript:
    """A talk from its answers, oldest first.

    Args:
        title: Of the file; ours where it is empty.
        answers: As the assistant gave them.
        regions: The region that each question was asked for besides its words.
        documents: Finds a document by id.
        made: The day of the export.
    """
    turns = tuple(
        _turn(number, answer, region, documents)
        for number, (answer, region) in enumerate(zip(answers, regions, strict=True), start=1)
    )
    return Transcript(title=printable(title).replace("\n", " ") or words.TITLE, made=made, turns=turns)


def printable(text: str) -> str:
    """Text without characters that no file format holds or that turn the direction of reading."""
    return _UNPRINTABLE.sub("", text).strip()


def _reviewed(answer: Answer) -> list[str]:
    """The answer that somebody has put their name to, where there is one; it comes first."""
    one = answer.reviewed
    return [] if one is None else [words.REVIEWED.format(reviewer=one.reviewer, day=one.reviewed_on), one.answer, ""]


def _expression(expression: str) -> str:
    """An expression of the calculator as people write it; anything else as it is."""
    return say_expression(expression) if _RECKONED.fullmatch(expression) else printable(expression)


def _turn(number: int, answer: Answer, region: str | None, documents: Documents) -> Turn:
    asked_of = [f"{words.REGION}：{printable(region)}"] if region else []
    clarification = answer.clarification
    return Turn(
        heading=words.QUESTION.format(number=number),
        question=printable(answer.question),
        asked_of=(*asked_of, f"{words.AS_OF}：{answer.as_of.isoformat()}"),
        status=words.STATUS[answer.status],
        answer=printable("\n".join([*_reviewed(answer), without_steps(answer.answer, len(answer.calculation))])),
        options=words.OPTIONS.format(options="、".join(map(printable, clarification.options))) if clarification else "",
        amounts=tuple(
            (printable(amount.label), f"{amount.yuan:,f}", words.AMOUNT_KINDS[amount.kind]) for amount in answer.amounts
        ),
        warnings=tuple(printable(warning.message) for warning in answer.warnings),
        steps=tuple(
            (printable(step.step), _expression(step.expression), f"{step.yuan:,f}", _marker(step.citation))
            for step in answer.calculation
        ),
        sources=tuple(_source(citation, documents(citation.document), answer.as_of) for citation in answer.citations),
        generated=answer.engine == "llm",
        label=ai_label(answer),
    )


def _marker(citation: int | None) -> str:
    return "" if citation is None else f"[{citation}]"


def _source(citation: Citation, document: Mapping[str, Any] | None, day: date) -> Source:
    lines = [words.SOURCE_PLACE.format(region=citation.region, locator=citation.locator)]
    if document is not None:
        if document.get("document_number"):
            lines.append(words.SOURCE_NUMBER.format(number=document["document_number"]))
        if document.get("published"):
            lines.append(words.SOURCE_DATE.format(day=document["published"]))
        lines.append(words.SOURCE_STANDING.format(day=day.isoformat(), standing=standing_of(document, day).label))
    return Source(
        head=words.SOURCE_HEAD.format(marker=citation.marker, title=printable(citation.title)),
        lines=tuple(map(printable, lines)),
        quote=printable(citation.quote),
    )
