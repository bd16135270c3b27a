"""How the characters of a Word document look, as far as it decides whether anybody sees them, and who numbers them.

A property stands on the run, in its style, in the paragraph's style or in the defaults, the nearest wins. White
characters on a coloured ground are seen; on white they are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.conversion.word_numbers import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TINY_HALF_POINTS = 2  # a size of one point or less
NEAR_WHITE = 0xF0  # of each colour; nobody tells such a grey from white paper
_CHAIN_MAX = 12  # styles based on styles
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Look:
    """What decides whether characters are seen; None where nothing is said."""

    vanishes: bool | None = None
    colour: str | None = None
    half_points: int | None = None
    ground: str | None = None
    is_struck: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This look, and where it says nothing the other."""
        return Look(
            vanishes=other.vanishes if self.vanishes is None else self.vanishes,
            colour=other.colour if self.colour is None else self.colour,
            half_points=other.half_points if self.half_points is None else self.half_points,
            ground=other.ground if self.ground is None else self.ground,
            is_struck=other.is_struck if self.is_struck is None else self.is_struck,
        )

    @property
    def hidden_how(self) -> str:
        """How characters of this look are hidden: "vanish", "deleted", "white", "tiny", or empty."""
        if self.vanishes:
            return "vanish"
        if self.is_struck:
            return "deleted"
        if self.half_points is not None and self.half_points <= TINY_HALF_POINTS:
            return "tiny"
        if self.colour is None:
            return ""
        ground = self.ground or "FFFFFF"
        both_white = _is_white(self.colour) and _is_white(ground)
        return "white" if both_white or self.colour.upper() == ground.upper() else ""


def _is_white(colour: str) -> bool:
    try:
        value = int(colour, 16)
    except ValueError:
        return False
    return len(colour) == 6 and all((value >> shift) & 0xFF >= NEAR_WHITE for shift in (0, 8, 16))


def read_look(properties: "Element | None") -> Look:
    """What an `rPr` element says."""
    if properties is None:
        return Look()
    colour = properties.find(f"{W}color")
    size = properties.find(f"{W}sz")
    return Look(
        vanishes=_toggle(properties, "vanish"),
        colour=None if colour is None else _colour(colour),
        half_points=None if size is None else _small_number(size.get(f"{W}val")),
        ground=read_ground(properties),
        is_struck=_toggle(properties, "strike") or _toggle(properties, "dstrike"),
    )


def read_ground(properties: "Element | None") -> str | None:
    """The colour behind the characters of a run, paragraph or cell; "auto" and none are None."""
    if properties is None:
        return None
    highlight = properties.find(f"{W}highlight")
    if highlight is not None and highlight.get(f"{W}val") not in ("none", "white", None):
        return "highlighted"
    shading = properties.find(f"{W}shd")
    if shading is None:
        return None
    if shading.get(f"{W}themeFill") is not None:
        return "theme"
    fill = shading.get(f"{W}fill")
    return None if fill in (None, "auto") else fill


def _colour(element: "Element") -> str:
    theme = element.get(f"{W}themeColor")
    if theme in ("background1", "light1") and element.get(f"{W}themeShade") is None:
        return "FFFFFF"
    return element.get(f"{W}val") or "auto"


def _toggle(properties: "Element", name: str) -> bool | None:
    found = properties.find(W + name)
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF


def _small_number(text: str | None) -> int | None:
    try:
        return int(float(text)) if text and len(text) < 8 else None
    except ValueError:
        return None


class Styles:
    """The styles of one document."""

    def __init__(self, part: "Element | None") -> None:
        """Read `word/styles.xml`; None where the document has none."""
        self._styles: dict[str, Element] = {}
        self._default = Look()
        self._paragraph_default = ""
        if part is None:
            return
        self._default = read_look(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in part.iterfind(f"{W}style"):
            id_ = style.get(f"{W}styleId") or ""
            self._styles[id_] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._paragraph_default = id_

    def look_of(self, run_style: str, paragraph_style: str) -> Look:
        """What the styles of a run say of it, below what the run says itself."""
        look = Look()
        for style in (*self._chain(run_style), *self._chain(paragraph_style or self._paragraph_default)):
            look = look.over(read_look(style.find(f"{W}rPr")))
        return look.over(self._default)

    def list_of(self, paragraph_style: str) -> tuple[str, int | None, str] | None:
        """The list that numbers paragraphs of a style: its id, the level if stated, the style that says so."""
        for style in self._chain(paragraph_style or self._paragraph_default):
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is not None and (found := read_list(numbering)) is not None:
                return (*found, style.get(f"{W}styleId") or "")
        return None

    def paints_tables(self, table_style: str) -> bool:
        """Whether a table style colours the ground of cells, so that white characters are seen on it."""
        return any(read_ground(parent) for style in self._chain(table_style) for parent in _parents_of_shading(style))

    def _chain(self, id_: str) -> Iterator["Element"]:
        for _ in range(_CHAIN_MAX):
            style = self._styles.get(id_)
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            id_ = "" if based is None else based.get(f"{W}val") or ""


def _parents_of_shading(style: "Element") -> Iterator["Element"]:
    for shading in style.iter(f"{W}shd"):
        parent = shading.getparent()
        if parent is not None:
            yield parent


def read_list(numbering: "Element") -> tuple[str, int | None] | None:
    """List id and level of an `numPr` element; None where it names no list."""
    id_, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
    if id_ is None:
        return None
    return id_.get(f"{W}val") or "", None if level is None else _small_number(level.get(f"{W}val"))
