"""The few pieces of HTML everything else is made of. All data passes through `escape` here or at its use."""

from html import escape
from urllib.parse import quote, urlencode

from assistant.page.validity import Badge

CONTEXT_CHARACTERS = 140
BREAKS = "\n。；"


def badge_html(badge: Badge) -> str:
    """A badge as a span.

    >>> badge_html(Badge(label="a<b", tone="warn"))
    '<span class="jb-badge jb-warn">a&lt;b</span>'
    """
    return f'<span class="jb-badge jb-{badge.tone}">{escape(badge.label)}</span>'


def document_link(document_id: str, start: int, end: int) -> str:
    """The address of the document's page with one quotation highlighted, ready for an attribute."""
    place = urlencode({"start": start, "end": end})
    return escape(f"/documents/{quote(document_id, safe='')}?{place}#quote")


def passage_html(text: str, start: int, end: int) -> str:
    """`text[start:end]` marked, with some of the text around it, cut at a sentence where one is near."""
    left = max(0, start - CONTEXT_CHARACTERS)
    right = min(len(text), end + CONTEXT_CHARACTERS)
    if left:
        breaks = [text.find(mark, left, start - CONTEXT_CHARACTERS // 2) for mark in BREAKS]
        left = min((place + 1 for place in breaks if place >= 0), default=left)
    if right < len(text):
        breaks = [text.rfind(mark, end + CONTEXT_CHARACTERS // 2, right) for mark in BREAKS]
        right = max((place + 1 for place in breaks if place >= 0), default=right)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return (
        f"{'…' if left else ''}{escape(before)}<mark>{escape(text[start:end])}</mark>"
        f"{escape(after)}{'…' if right < len(text) else ''}"
    )
