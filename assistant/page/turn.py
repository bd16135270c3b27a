"""One turn of the talk as HTML: the question, the figures, the answer, its steps and its sources."""

import re
from decimal import Decimal
from html import escape

from assistant.page.citation import Documents, card_html, card_id
from assistant.page.markup import badge_html
from assistant.page.validity import Badge, warning_badge
from assistant.page.wording import (
    AI_LABEL,
    ANSWER_BY,
    AS_OF,
    BASIS,
    CEILING,
    CHOICES_HEADING,
    CITATIONS_HEADING,
    DISCLAIMER,
    OTHER_WARNING,
    PENDING,
    QUESTION_BY,
    STATUS,
    STEPS_HEADING,
)
from assistant.records import Amount, Answer, Clarification, Step, Warning_

WAN = Decimal(10_000)


def turn_html(turn: str, question: str, body: str, *, busy: bool = False) -> str:
    """A whole turn; `body` is HTML made by one of the functions below."""
    return (
        f'<article class="jb-turn" data-turn="{escape(turn)}" aria-busy="{"true" if busy else "false"}">'
        f'<div class="jb-question"><span class="jb-hidden">{QUESTION_BY}：</span>{escape(question)}</div>'
        f'<div class="jb-answer"><h2 class="jb-hidden">{ANSWER_BY}</h2>{body}</div></article>'
    )


def pending_html() -> str:
    """What stands in the place of the answer until its first words are there."""
    return f'<p class="jb-pending">{PENDING}</p>'


def notice_html(message: str) -> str:
    """A sentence from us, such as why a question was not taken."""
    return f'<p class="jb-notice">{escape(message)}</p>'


def partial_html(text: str) -> str:
    """The first part of an answer's text, while the rest is on its way."""
    return f'<div class="jb-text">{escape(text)}</div>'


def answer_html(turn: str, answer: Answer, documents: Documents) -> str:
    """The finished answer."""
    cards = [
        card_html(citation, documents=documents, as_of=answer.as_of, turn=turn, is_open=place == 0)
        for place, citation in enumerate(answer.citations)
    ]
    markers = {citation.marker for citation in answer.citations}
    status = STATUS[answer.status]
    return "".join(
        (
            f'<p class="jb-status">{badge_html(Badge(label=status, tone="plain"))}</p>' if status else "",
            _amounts(answer.amounts),
            f'<div class="jb-text">{_with_markers(answer.answer, turn, markers)}</div>',
            _choices(answer.clarification),
            _warnings(answer.warnings),
            _steps(answer.calculation, turn, markers),
            _section("jb-cards", CITATIONS_HEADING, "".join(cards)),
            _foot(answer),
        )
    )


def spoken_yuan(yuan: Decimal) -> str:
    """Money as people write it, exact.

    >>> [spoken_yuan(Decimal(yuan)) for yuan in ("250000", "8000", "166666.67", "12500")]
    ['25 万元', '8,000 元', '166,666.67 元', '1.25 万元']
    """
    if yuan >= WAN and yuan % 100 == 0:
        return f"{(yuan / WAN).normalize():,f} 万元"
    return f"{yuan:,f} 元"


def _amounts(amounts: tuple[Amount, ...]) -> str:
    rows = [
        f'<div class="jb-amount"><dt>{escape(amount.label)}</dt>'
        f"<dd><strong>{spoken_yuan(amount.yuan)}</strong>"
        + (badge_html(Badge(label=CEILING, tone="warn")) if amount.kind == "cap" else "")
        + "</dd></div>"
        for amount in amounts
    ]
    return f'<dl class="jb-amounts">{"".join(rows)}</dl>' if rows else ""


def _with_markers(text: str, turn: str, markers: set[int]) -> str:
    def button(match: re.Match[str]) -> str:
        return _marker(turn, int(match[1])) if int(match[1]) in markers else match[0]

    return re.sub(r"\[([0-9]{1,3})\]", button, escape(text))


def _marker(turn: str, marker: int) -> str:
    return (
        f'<button type="button" class="jb-cite" data-card="{card_id(turn, marker)}"'
        f' aria-label="{BASIS} {marker}">[{marker}]</button>'
    )


def _choices(clarification: Clarification | None) -> str:
    if clarification is None or not clarification.options:
        return ""
    buttons = [choice_html(option) for option in clarification.options]
    return f'<p class="jb-hint">{CHOICES_HEADING}</p><div class="jb-choices">{"".join(buttons)}</div>'


def choice_html(option: str) -> str:
    """A button that asks what it says."""
    return f'<button type="button" class="jb-choice" data-ask="{escape(option)}">{escape(option)}</button>'


def _warnings(warnings: tuple[Warning_, ...]) -> str:
    rows = [
        f"<li>{badge_html(warning_badge(warning.code, OTHER_WARNING))}<span>{escape(warning.message)}</span></li>"
        for warning in warnings
    ]
    return f'<ul class="jb-warnings">{"".join(rows)}</ul>' if rows else ""


def _steps(steps: tuple[Step, ...], turn: str, markers: set[int]) -> str:
    rows = [
        f'<li><span class="jb-step">{escape(step.step)}</span>'
        f'<span class="jb-sum">{escape(step.expression)} = {step.yuan:,f} 元'
        f"{_marker(turn, step.citation) if step.citation in markers else ''}</span></li>"
        for step in steps
    ]
    return _section("jb-steps", STEPS_HEADING, f"<ol>{''.join(rows)}</ol>" if rows else "")


def _section(name: str, heading: str, html: str) -> str:
    return f'<section class="{name}"><h3>{heading}</h3>{html}</section>' if html else ""


def _foot(answer: Answer) -> str:
    label = AI_LABEL if answer.engine == "llm" else ""
    day = f"{AS_OF} {answer.as_of.isoformat()}"
    return f'<p class="jb-foot"><span>{label}{DISCLAIMER}</span><span>{day}</span></p>'
