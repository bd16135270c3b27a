"""A quotation's place in its document: the text around it, and the address of the page that shows it."""

from urllib.parse import quote, urlencode

CONTEXT_CHARACTERS = 220
BREAKS = "\n。；"


def document_link(document_id: str, start: int, end: int) -> str:
    """The address of the document's page with one quotation highlighted.

    >>> document_link("a/b", 1, 2)
    '/documents/a%2Fb?start=1&end=2#quote'
    """
    return f"/documents/{quote(document_id, safe='')}?{urlencode({'start': start, 'end': end})}#quote"


def passage_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after `text[start:end]`, cut at a sentence where one is near; “…” where it is cut."""
    left = max(0, start - CONTEXT_CHARACTERS)
    right = min(len(text), end + CONTEXT_CHARACTERS)
    if left:
        breaks = [text.find(mark, left, start - CONTEXT_CHARACTERS // 2) for mark in BREAKS]
        left = min((place + 1 for place in breaks if place >= 0), default=left)
    if right < len(text):
        breaks = [text.rfind(mark, end + CONTEXT_CHARACTERS // 2, right) for mark in BREAKS]
        right = max((place + 1 for place in breaks if place >= 0), default=right)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return f"{'…' if left else ''}{before}", f"{after}{'…' if right < len(text) else ''}"
