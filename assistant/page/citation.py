"""One citation as a card: whose rule it is, whether it holds, and the quote in its place in the document."""

from collections.abc import Callable, Mapping
from datetime import date
from html import escape

from assistant.page.markup import badge_html, document_link, passage_html
from assistant.page.validity import validity_badge
from assistant.page.wording import FULL_TEXT, NEW_WINDOW
from assistant.records import Citation

Documents = Callable[[str], Mapping[str, object] | None]


def card_html(citation: Citation, *, documents: Documents, as_of: date, turn: str, is_open: bool) -> str:
    """The card of one citation. A quote that the stored text does not bear out is shown without a place."""
    document = documents(citation.document)
    text = str(document.get("text", "")) if document is not None else ""
    in_place = bool(citation.quote) and text[citation.start : citation.end] == citation.quote
    passage = passage_html(text, citation.start, citation.end) if in_place else f"<mark>{escape(citation.quote)}</mark>"
    badge = badge_html(validity_badge(document, as_of)) if document is not None else ""
    link = (
        f'<a href="{document_link(citation.document, citation.start, citation.end)}" target="_blank"'
        f' rel="noopener noreferrer">{FULL_TEXT}<span class="jb-hidden">{NEW_WINDOW}</span></a>'
        if document is not None
        else ""
    )
    return (
        f'<details class="jb-card" id="{card_id(turn, citation.marker)}"{" open" if is_open else ""}>'
        f'<summary><span class="jb-marker">[{citation.marker}]</span>'
        f'<span class="jb-source"><span class="jb-source-title">{escape(citation.title)}</span>'
        f'<span class="jb-where">{escape(citation.region)} · {escape(citation.locator)}</span></span>'
        f"{badge}</summary>"
        f'<blockquote class="jb-passage">{passage}</blockquote><p class="jb-card-foot">{link}</p></details>'
    )


def card_id(turn: str, marker: int) -> str:
    """The id of a card, for the markers in the answer to open it."""
    return f"jb-{turn}-{marker}"
