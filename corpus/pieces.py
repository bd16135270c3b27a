"""A document's text → pieces: its lines, cut again where an item is glued behind a sentence's end.

Here it is told whether a piece begins with a label at all: 第七条规定的 … is a reference, 附件见后 a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.labels import Label, Style, read_label

_BARE_HEADING = re.compile(r"^(?:附\s*则|总\s*则|备\s*注)[:：]?$")
_GLUED_ITEM = re.compile(r"(?<=[。；;：:])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳])")
_GLUED_CLAUSE = re.compile(
    r"(?<=。)\s*(?=第[一二三四五六七八九十百]{1,5}条\s|[一二三四五六七八九十]{1,2}、[^，。；]{2,20}$)"
)
ATTACHMENT_LINE_MAX = 40


@dataclass(frozen=True)
class Piece:
    """A line, or a part of one that begins with a glued label."""

    start: int
    text: str
    glued: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def cut_pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text in order; blank lines are none."""
    position = 0
    for line in text.split("\n"):
        if line.strip():
            cuts = [0, *_glued_cuts(line), len(line)]
            for order, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
                yield Piece(position + start, line[start:end], glued=order > 0)
        position += len(line) + 1


def _glued_cuts(line: str) -> list[int]:
    """Where glued labels begin: an inline list that counts 1, 2, …, or a clause behind a full stop."""
    cuts: list[int] = []
    expected: dict[Style, int] = {}
    runs: dict[Style, list[int]] = {}
    if "\t" in line:
        return cuts
    for found in _GLUED_ITEM.finditer(line):
        label = read_label(line[found.end() :])
        if label and label.number == expected.get(label.style, 1):
            runs.setdefault(label.style, []).append(found.end())
            expected[label.style] = label.number + 1
    for run in runs.values():
        if len(run) >= 2:
            cuts += run
    cuts += [found.end() for found in _GLUED_CLAUSE.finditer(line) if 0 < found.end() < len(line)]
    return sorted(set(cuts) - {0})


def label_of(piece: Piece) -> Label | None:
    """The label that a piece begins with, if what it begins with is one; 附则 counts as a chapter."""
    text = piece.text
    if _BARE_HEADING.match(text):
        return Label(Style.CHAPTER, 0, 0)
    label = read_label(text)
    if label and label.style is Style.ATTACHMENT:
        if len(text) > ATTACHMENT_LINE_MAX or re.search(r"[。；，]", text):
            return None
    if label and label.style is Style.ARTICLE and label.length < len(text) and text[label.length - 1] not in " \u3000":
        return None  # 第七条规定的 … is a reference, not a label
    return label
