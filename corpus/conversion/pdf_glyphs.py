"""One page of a pdf → its characters at their places, what nobody would see of them, its rulings and pictures.

PDFium reads and draws the page; what is visible is judged by the drawing itself, so that white text, text under a
picture or under a white box, clipped and transparent text are all found by one rule.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.conversion.pages import Page, Piece, Ruling

RENDER_SCALE = 100 / 72  # pixels a point: 100 dpi shows every stroke of 6 pt type
CONTRAST_MIN = 24  # of 255 grey levels within a character's box; less cannot be seen
TINY_PT = 1.5
THIN_PT = 3.0  # a narrower filled box is a ruling
RULING_MIN_PT = 6.0
CHARACTERS_MAX = 30_000  # of one page
OBJECTS_MAX = 50_000
FORM_DEPTH_MAX = 8
DARK_MAX = 200  # of 255
INVISIBLE_MODES = (3, 7)
UPRIGHT_WITHIN = math.radians(8)  # a larger slant is a watermark
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
_BLANKS = (0x20, 0x09, 0xA0, 0x3000)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as the file states it, in points from the upper left corner of the page as drawn without turning.

    `text` begins with a space where the file has one before it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    angle: float
    mode: int
    order: int  # place of its object in the drawing order
    mapped: bool  # the font tells which character it is
    lent: bool = False  # the font is not in the file, and the colour is dark: a machine without that font draws nothing


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """All that a page holds, before it is turned."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    pictures: tuple[tuple[int, Ruling], ...]  # drawing order and place
    paths: int
    annotations: int


@dataclass(kw_only=True)
class Seen:
    """The characters of a page by whether a reader sees them."""

    visible: list[Glyph] = field(default_factory=list)
    hidden: list[tuple[str, Glyph]] = field(default_factory=list)
    slanted: list[Glyph] = field(default_factory=list)


def draw(page: Any) -> Drawn:  # noqa: ANN401 - pypdfium2's page; the library is imported where it is used
    """Read a page that is set to no rotation."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    rulings: list[Ruling] = []
    pictures: list[tuple[int, Ruling]] = []
    orders: dict[int, int] = {}
    paths = 0

    def place(x: float, y: float) -> tuple[float, float]:
        return x - left, top - y

    for order, (kind, handle, matrix) in enumerate(_objects(pdfium, page)):
        if order > OBJECTS_MAX:
            break
        orders[ctypes.cast(handle, ctypes.c_void_p).value or 0] = order
        if kind == _PATH:
            paths += 1
            rulings += _rulings(pdfium, handle, matrix, place)
        elif kind == _IMAGE:
            pictures.append((order, _bounds(pdfium, handle, matrix, place)))
    return Drawn(
        width=right - left,
        height=top - bottom,
        glyphs=tuple(_glyphs(pdfium, page, orders, place)),
        rulings=tuple(rulings),
        pictures=tuple(pictures),
        paths=paths,
        annotations=_annotations(pdfium, page),
    )


Place = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(pdfium: Any, page: Any) -> Iterator[tuple[int, Any, Matrix]]:  # noqa: ANN401 - the library's handles
    """Text, paths and pictures in drawing order, those within forms included, each with its form's matrix."""

    def within(form: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:  # noqa: ANN401 - as above
        for at in range(min(pdfium.FPDFFormObj_CountObjects(form), OBJECTS_MAX)):
            yield from opened(pdfium.FPDFFormObj_GetObject(form, at), matrix, depth)

    def opened(handle: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:  # noqa: ANN401 - as above
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind != _FORM:
            yield kind, handle, matrix
        elif depth < FORM_DEPTH_MAX:
            yield from within(handle, _multiply(_matrix(pdfium, handle), matrix), depth + 1)

    for at in range(min(pdfium.FPDFPage_CountObjects(page), OBJECTS_MAX)):
        yield from opened(pdfium.FPDFPage_GetObject(page, at), UNIT, 0)


def _matrix(pdfium: Any, handle: Any) -> Matrix:  # noqa: ANN401 - as above
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: Sequence[tuple[float, float]]) -> Ruling:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Ruling(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))


def _bounds(pdfium: Any, handle: Any, matrix: Matrix, place: Place) -> Ruling:  # noqa: ANN401 - as above
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    corners = [
        (left.value, bottom.value),
        (right.value, top.value),
        (left.value, top.value),
        (right.value, bottom.value),
    ]
    return _box([place(*_apply(matrix, x, y)) for x, y in corners])


def _rulings(pdfium: Any, handle: Any, matrix: Matrix, place: Place) -> list[Ruling]:  # noqa: ANN401 - as above
    """The level and upright lines of a path: thin boxes that are filled, and straight edges that are stroked."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroke)
    whole = _multiply(_matrix(pdfium, handle), matrix)
    found: list[Ruling] = []
    for points in _subpaths(pdfium, handle):
        placed = [place(*_apply(whole, x, y)) for x, y in points]
        box = _box(placed)
        thin = min(box.right - box.left, box.bottom - box.top) <= THIN_PT
        if thin and (stroke.value or mode.value):
            found.append(box)
        elif stroke.value:
            closed = zip(placed, [*placed[1:], placed[0]], strict=True)
            edges = [_box(edge) for edge in closed]
            found += [edge for edge in edges if min(edge.right - edge.left, edge.bottom - edge.top) <= 1.0]
    return [each for each in found if max(each.right - each.left, each.bottom - each.top) >= RULING_MIN_PT]


def _subpaths(pdfium: Any, handle: Any) -> list[list[tuple[float, float]]]:  # noqa: ANN401 - as above
    """The corners of each part of a path; a part with curves is left out."""
    parts: list[list[tuple[float, float]]] = []
    curved = False
    for at in range(min(pdfium.FPDFPath_CountSegments(handle), OBJECTS_MAX)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE_TO:
            parts.append([])
            curved = False
        if kind not in (_MOVE_TO, _LINE_TO) and parts:
            curved = True
            parts[-1] = []
        if parts and not curved:
            parts[-1].append((x.value, y.value))
    return [part for part in parts if len(part) > 1]


def _glyphs(pdfium: Any, page: Any, orders: dict[int, int], place: Place) -> Iterator[Glyph]:  # noqa: ANN401 - as above
    text_page = page.get_textpage()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    spaced = ""
    for at in range(min(text_page.count_chars(), CHARACTERS_MAX)):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        if pdfium.FPDFText_IsGenerated(text_page, at) == 1 or code in _BLANKS:
            spaced = " " if code in _BLANKS and pdfium.FPDFText_IsGenerated(text_page, at) == 0 else spaced
            continue
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text_page, at) == 1 or code in (0, 0xFFFD, 0xFFFE, 0xFFFF)
        unmapped = unmapped or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF
        pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
        pdfium.FPDFText_GetMatrix(text_page, at, matrix)
        handle = pdfium.FPDFText_GetTextObject(text_page, at)
        size = pdfium.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
        corners = _box([place(box.left, box.top), place(box.right, box.bottom)])
        yield Glyph(
            text=spaced + ("\ufffd" if unmapped else _usual(chr(code))),
            left=corners.left,
            top=corners.top,
            right=corners.right,
            bottom=corners.bottom,
            size=size,
            angle=-pdfium.FPDFText_GetCharAngle(text_page, at),  # PDFium counts with the clock
            mode=pdfium.FPDFTextObj_GetTextRenderMode(handle),
            order=orders.get(ctypes.cast(handle, ctypes.c_void_p).value or 0, -1),
            mapped=not unmapped,
            lent=_is_lent(pdfium, text_page, at, handle),
        )
        spaced = ""


def _is_lent(pdfium: Any, text_page: Any, at: int, handle: Any) -> bool:  # noqa: ANN401 - as above
    font = pdfium.FPDFTextObj_GetFont(handle)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text_page, at, red, green, blue, alpha)
    is_dark = max(red.value, green.value, blue.value) <= DARK_MAX and alpha.value >= DARK_MAX
    return is_dark and pdfium.FPDFFont_GetIsEmbedded(font) == 0


def _usual(character: str) -> str:
    """The usual character for a radical or a compatibility form that fonts put in its place: ⼀ is 一."""
    import unicodedata

    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character


def _annotations(pdfium: Any, page: Any) -> int:  # noqa: ANN401 - as above
    """How many annotations the page has that are no links."""
    count = 0
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), OBJECTS_MAX)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        if pdfium.FPDFAnnot_GetSubtype(annotation) not in (2, 16):  # a link, a pop-up of another
            count += 1
        pdfium.FPDFPage_CloseAnnot(annotation)
    return count


def turn_of(glyphs: Sequence[Glyph]) -> int:
    """By how many quarter turns against the clock most characters stand."""
    turns = Counter(round(glyph.angle / (math.pi / 2)) % 4 for glyph in glyphs)
    return turns.most_common(1)[0][0] if turns else 0


def is_slanted(glyph: Glyph, turn: int) -> bool:
    """Whether a character leans against the direction in which its page is read."""
    off = (glyph.angle - turn * math.pi / 2 + math.pi) % (2 * math.pi) - math.pi
    return abs(off) > UPRIGHT_WITHIN


def make_page(drawn: Drawn, glyphs: Sequence[Glyph], number: int, turn: int) -> Page:
    """The page turned so that its text runs from left to right."""
    around = _turning(drawn, turn)
    pieces = []
    for glyph in glyphs:
        box = _box([around(glyph.left, glyph.top), around(glyph.right, glyph.bottom)])
        pieces.append(
            Piece(text=glyph.text, left=box.left, top=box.top, right=box.right, bottom=box.bottom, size=glyph.size)
        )
    rulings = tuple(_box([around(each.left, each.top), around(each.right, each.bottom)]) for each in drawn.rulings)
    width, height = (drawn.width, drawn.height) if turn % 2 == 0 else (drawn.height, drawn.width)
    return Page(number=number, width=width, height=height, pieces=tuple(pieces), rulings=rulings)


def _turning(drawn: Drawn, turn: int) -> Place:
    return (
        lambda x, y: (x, y),
        lambda x, y: (drawn.height - y, x),
        lambda x, y: (drawn.width - x, drawn.height - y),
        lambda x, y: (y, drawn.width - x),
    )[turn]
