"""A whole document as one plain page, the quotation in question highlighted."""

from collections.abc import Mapping
from html import escape

from assistant.page.wording import BACK_TO_ASK, DOCUMENT_FACTS, QUOTE_HERE, TITLE


def sheet_html(title: str, body: str) -> str:
    """A page outside the chat: our stylesheet, no script."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/page/base.css">'
        f"<title>{escape(title)} · {TITLE}</title></head>"
        f'<body class="jb-sheet"><main>{body}</main></body></html>'
    )


def document_html(document: Mapping[str, object], start: int | None, end: int | None) -> str:
    """The page of one document; a place outside the text highlights nothing."""
    title, text = str(document.get("title", "")), str(document.get("text", ""))
    facts = [
        f"<div><dt>{label}</dt><dd>{escape(fact_text(document.get(key)))}</dd></div>"
        for key, label in DOCUMENT_FACTS
        if document.get(key)
    ]
    shown, jump = escape(text), ""
    if start is not None and end is not None and 0 <= start < end <= len(text):
        jump = f'<a href="#quote">{QUOTE_HERE}</a>'
        shown = (
            f'{escape(text[:start])}<mark id="quote" tabindex="-1">{escape(text[start:end])}</mark>{escape(text[end:])}'
        )
    body = (
        f'<nav><a href="/">{BACK_TO_ASK}</a>{jump}</nav><h1>{escape(title)}</h1>'
        f'<dl class="jb-facts">{"".join(facts)}</dl><div class="jb-fulltext">{shown}</div>'
    )
    return sheet_html(title, body)


def fact_text(value: object) -> str:
    """A fact for people; a region may come as its levels.

    >>> fact_text({"province": "甲省", "city": "乙市", "county": ""})
    '甲省乙市'
    """
    if isinstance(value, Mapping):
        return "".join(str(part) for part in value.values() if part)
    return str(value)
