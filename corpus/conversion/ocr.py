"""A picture of a page → its characters at their places, each with a confidence. The only file that knows rapidocr.

Its models come in the package; nothing is fetched. A line with figures is read twice, the second time from a crop of
another size: where the two readings of its figures differ, the line has no confidence at all.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.conversion.page_wording import refuse_page
from corpus.conversion.pages import Piece

DETECTION_SIDE = 1280  # pixels of the longer side on which lines are looked for; they are read in full size
SECOND_SCALE = 0.8  # of a line's crop when it is read again
SECOND_MARGIN = 0.25  # of its height, added above and below
LINES_MAX = 2_000  # of one page
FIGURE = re.compile(r"[0-9０-９]|[〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟][万亿元%％成倍]")
_FIGURES = re.compile(r"[0-9.%]+|[〇一二两三四五六七八九十百千万亿元壹贰叁肆伍陆柒捌玖拾佰仟]+")
_PUNCTUATION = re.compile(r"[，。、；：！？（）()《》“”‘’\"',;:!?—…·]$")
_WIDE = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One recognised line: its characters, its corners clockwise from the upper left, whether both readings agree."""

    pieces: tuple[Piece, ...]
    corners: tuple[tuple[float, float], ...]

    @property
    def text(self) -> str:
        return "".join(piece.text.strip() for piece in self.pieces)


@cache
def _engine() -> Any:  # noqa: ANN401 - rapidocr's engine; the library is imported where it is used
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise refuse_page("recognition_missing") from error
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": 8000,
            "Global.text_score": 0.0,  # a line that is hardly read is told, not dropped
            "Det.limit_type": "max",
            "Det.limit_side_len": DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read_lines(picture: Any) -> list[ReadLine]:  # noqa: ANN401 - an array of height, width and three colours
    """All lines of a picture, in no particular order."""
    found = _engine()(picture, use_det=True, use_cls=False, return_word_box=True, return_single_char_box=True)
    if not found.txts:
        return []
    lines = []
    results = zip(found.boxes, found.txts, found.word_results, strict=True)
    for box, text, characters in list(results)[:LINES_MAX]:
        corners = tuple((float(x), float(y)) for x, y in box)
        pieces = _pieces(characters, corners)
        if "".join(piece.text.strip() for piece in pieces) != "".join(text.split()):
            pieces = (_whole(text, corners, 0.0),)  # characters without a place: the line stays whole
        if FIGURE.search(text) and not _agrees(picture, corners, text):
            pieces = tuple(_doubted(piece) for piece in pieces)
        lines.append(ReadLine(pieces=pieces, corners=corners))
    return lines


def _pieces(characters: Any, corners: tuple[tuple[float, float], ...]) -> tuple[Piece, ...]:  # noqa: ANN401 - as told
    """One piece a character, in the order in which they were read and all as high as their line.

    The engine's own boxes of single characters are rough: in a picture on its side some stand above their line.
    """
    top, bottom = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    size = _height(corners)
    pieces: list[Piece] = []
    space = ""
    for text, score, box in characters:
        if not text.strip():
            space = " "
            continue
        left = max(min(float(x) for x, _ in box), pieces[-1].left + 1 if pieces else 0.0)
        pieces.append(
            Piece(
                text=space + text.strip(),
                left=left,
                top=top,
                right=max(left + 1, *(float(x) for x, _ in box)),
                bottom=bottom,
                size=size,
                # Half-width and full-width brackets look alike; no figure depends on them.
                confidence=1.0 if _PUNCTUATION.match(text.strip()) else float(score),
            )
        )
        space = ""
    return tuple(pieces)


def _whole(text: str, corners: tuple[tuple[float, float], ...], confidence: float) -> Piece:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Piece(
        text="".join(text.split()),
        left=min(xs),
        top=min(ys),
        right=max(xs),
        bottom=max(ys),
        size=_height(corners),
        confidence=confidence,
    )


def _doubted(piece: Piece) -> Piece:
    return Piece(
        text=piece.text,
        left=piece.left,
        top=piece.top,
        right=piece.right,
        bottom=piece.bottom,
        size=piece.size,
        confidence=0.0,
    )


def _height(corners: tuple[tuple[float, float], ...]) -> float:
    """The height of the type, taken as that of the line; the places of characters are too rough for less."""
    (_, first), _, _, (_, last) = corners
    return max(abs(last - first), 1.0)


def _agrees(picture: Any, corners: tuple[tuple[float, float], ...], text: str) -> bool:  # noqa: ANN401 - an array
    """Whether the figures of a line are read the same from a crop with more margin at another scale."""
    import cv2

    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    margin = (max(ys) - min(ys)) * SECOND_MARGIN
    top, bottom = max(int(min(ys) - margin), 0), int(max(ys) + margin)
    left, right = max(int(min(xs) - margin), 0), int(max(xs) + margin)
    crop = picture[top:bottom, left:right]
    if crop.size == 0:
        return False
    small = cv2.resize(crop, None, fx=SECOND_SCALE, fy=SECOND_SCALE, interpolation=cv2.INTER_AREA)
    again = _engine()(small, use_det=False, use_cls=False, return_word_box=False)
    return bool(again.txts) and figures_of(again.txts[0]) == figures_of(text)


def figures_of(text: str) -> list[str]:
    """The figures of a line in order, whatever stands between them.

    >>> figures_of("（二）奖励 50万元、30％")
    ['二', '50', '万元', '30%']
    """
    plain = "".join(text.translate(_WIDE).split()).replace(",", "")
    return [found for found in _FIGURES.findall(plain) if found.strip(".")]
