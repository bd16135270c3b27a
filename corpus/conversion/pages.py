"""What stands where on one page, whether a pdf draws it or a scan shows it: the input of the layout.

Lengths are points of a pdf or pixels of a scan; the origin is the top left corner and y grows downwards.
"""

import re
from dataclasses import dataclass

FULL_WITHIN = 1.7  # type sizes from the right margin; Chinese lines may break after every character
_UNBROKEN = re.compile(r"[A-Za-z0-9.,%/+-]{2,30}")  # what no line break divides


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text at its place: one character of a pdf, or a line that was read off a scan.

    `size` is the height of its type; `confidence` is 1 for text that was never a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A straight line that the page draws, level or upright: a border of cells, or the rule below a red head."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it is wider than high."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page, turned so that its text runs from left to right."""

    number: int  # from 1
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A printed line, or a row of a table, with what the joining of paragraphs needs to know.

    `floor` and `ceiling` are the left and right margin of its column; a row has tabs between its cells. `seams` tells
    that a figure in it was put together from two printed lines.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    floor: float
    ceiling: float
    confidence: float = 1.0
    is_row: bool = False
    has_seam: bool = False

    @property
    def is_indented(self) -> bool:
        """Whether it starts right of the margin, as the first line of a paragraph does."""
        return self.left > self.floor + 1.1 * self.size

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle, as a title does."""
        before, after = self.left - self.floor, self.ceiling - self.right
        return before > self.size and abs(before - after) < 1.5 * self.size

    def reaches(self, following: str) -> bool:
        """Whether it runs so near the right margin that the first word of the following line had no room left."""
        word = _UNBROKEN.match(following)
        room = self.size * (FULL_WITHIN + (0.6 * len(word.group()) if word else 0.0))
        return self.right >= self.ceiling - room
