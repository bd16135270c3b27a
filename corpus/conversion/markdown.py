"""Markdown → plain lines: raw HTML as a browser shows it, links by their words, pictures and link targets left out.

Headings, emphasis and drawn tables stay for `corpus.cleaning`, which lists what it takes from them. Every pattern looks
at one line and at a bounded stretch of it, so that no run of brackets takes long.
"""

import re
from dataclasses import replace

from corpus.conversion.records import Converted, Hidden
from corpus.conversion.text import read_text

_TAG = re.compile(rb"<[A-Za-z/!?]|&[#A-Za-z]|!?\[[^\[\]\n]{0,300}\]\s?[(\[:]|^ {0,3}(?:>|```|~~~)", re.MULTILINE)
_TARGET = r"<?(?=[^\s()<>]{0,50}[:/#.])[!-'*-;=?-~]{1,2000}>?(?:[ \t]+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]*"
_IMAGE = re.compile(rf"!\[([^\[\]\n]{{0,300}})\](?:\({_TARGET}\)|\[[^\[\]\n]{{0,100}}\])")
_LINK = re.compile(rf"\[([^\[\]\n]{{1,300}})\]\({_TARGET}\)")
_DEFINITION = re.compile(rf"^ {{0,3}}\[[^\[\]\n]{{1,100}}\]:[ \t]*{_TARGET}$")
_QUOTED = re.compile(r"^ {0,3}>[> \t]*")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_AUTOMATIC = re.compile(r"<((?:https?|mailto):[!-;=?-~]{1,500})>")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")


def has_markup(content: bytes) -> bool:
    """Whether a Markdown file holds more than text, headings, emphasis and drawn tables."""
    return _TAG.search(content) is not None or b"\x00" in content


def read_markdown(content: bytes) -> Converted:
    """The text of a Markdown file; `form` names its encoding.

    Raises:
        UnreadableFile: As for any text.
    """
    from corpus.conversion.html import read_fragment

    read = read_text(content)
    hidden: list[Hidden] = list(read.hidden)
    lines = [line for raw in read.text.split("\n") if (line := _plain(raw, hidden)) is not None]
    shown = read_fragment("\n".join(lines), hidden)
    return replace(read, text=shown, hidden=tuple(hidden))


def _plain(line: str, hidden: list[Hidden]) -> str | None:
    """A line without pictures, targets and quote marks; None for one that nobody would see."""
    if _FENCE.match(line) or _DEFINITION.match(line):
        return None
    line = _QUOTED.sub("", line)

    def picture(found: re.Match[str]) -> str:
        if found.group(1).strip():
            hidden.append(Hidden(how="alt", text=found.group(1)))
        return ""

    return _LINK.sub(r"\1", _AUTOMATIC.sub(r"\1", _IMAGE.sub(picture, line)))
