"""Scans → text: pictures of pages, alone or within a pdf, are set straight, recognised and laid out.

What is read with too little confidence is told line by line; nothing is guessed and nothing is left out.
"""

import io
import math
import statistics
from collections.abc import Mapping
from typing import Any

from corpus.conversion import ocr, page_wording
from corpus.conversion.layout import lay_out
from corpus.conversion.page_wording import refuse_page
from corpus.conversion.pages import Page, Piece, Ruling
from corpus.conversion.records import Converted

# Measured on 28 drawn pages with 336 awards (24 to 44 px type; noise, blur, skew, halved, JPEG 22, faint, black and
# white): 310 right for sure, 20 right and unsure, 6 refused by the ledger on a page that nobody could read, none wrong.
SURE_FROM = 0.9
DPI = 200  # at which pages of a pdf are drawn for recognition
PIXELS_MAX = 60_000_000
SIDE_MIN = 60  # pixels
WIDTH_USUAL = 1654  # A4 at 200 dpi; a much smaller picture is enlarged
SCANS_MAX = 30  # pages of one file
SKEW_MIN = math.radians(0.15)
SKEW_MAX = math.radians(15)
UPRIGHT_SHARE = 0.5  # lines that have to be wider than high
TOLERANCE_PX = 9.0  # rulings closer than this are one
RULING_MIN_PX = 60
RULING_SIZES = 1.4  # heights of a line
RULING_THICK_PX = 12
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")


def read_scan(content: bytes) -> Converted:
    """Read a picture of a page, or the pages of a TIFF.

    Raises:
        UnreadableFile: No picture, too large, too small, too many pages, or nothing could be read.
    """
    pages = [recognise(picture, number) for number, picture in enumerate(_pictures(content), start=1)]
    laid = lay_out(pages, TOLERANCE_PX, SURE_FROM)
    if not laid.text.strip():
        raise refuse_page("no_text")
    notes = [page_wording.RECOGNISED.format(page=page.number) for page in pages]
    if laid.edges:
        shown = "；".join(dict.fromkeys(laid.edges[:4]))
        notes.insert(0, page_wording.EDGES.format(count=len(laid.edges), shown=shown))
    return Converted(text=laid.text, form="scan", pages=len(pages), unsure=laid.unsure, notes=tuple(notes))


def recognise_pages(document: Any, places: Mapping[int, int]) -> dict[int, Page]:  # noqa: ANN401 - pypdfium2's document
    """Recognise pages of a pdf, by number; their lengths are points, as those of the other pages."""
    if len(places) > SCANS_MAX:
        raise refuse_page("too_many_scans", count=len(places), limit=SCANS_MAX)
    pages = {}
    for number, place in places.items():
        page = document[place]
        width, height = page.get_size()
        scale = min(DPI / 72, math.sqrt(PIXELS_MAX / 2 / max(width * height, 1.0)))
        picture = page.render(scale=scale, may_draw_forms=False).to_numpy()[:, :, :3]
        page.close()
        pages[number] = _scaled(recognise(picture.copy(), number), 1 / scale)
    return pages


def _pictures(content: bytes) -> list[Any]:
    """The pages of a picture file as arrays of blue, green and red."""
    import numpy
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            count = getattr(image, "n_frames", 1)
            if count > SCANS_MAX:
                raise refuse_page("too_many_scans", count=count, limit=SCANS_MAX)
            pictures = []
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > PIXELS_MAX:
                    raise refuse_page("image_too_large", limit=PIXELS_MAX // 1_000_000)
                if min(frame.size) < SIDE_MIN:
                    raise refuse_page("image_too_small")
                flat = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", flat.size, "white")
                paper.alpha_composite(flat)
                pictures.append(numpy.array(paper.convert("RGB"))[:, :, ::-1].copy())
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise refuse_page("not_image") from error  # Pillow meets broken pictures with any of these
    return pictures


def recognise(picture: Any, number: int) -> Page:  # noqa: ANN401 - an array of height, width and three colours
    """The page that a picture shows, set upright and straight."""
    import cv2

    if picture.shape[1] < WIDTH_USUAL / 2:
        times = min(WIDTH_USUAL / picture.shape[1], 3.0)
        picture = cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    lines = ocr.read_lines(picture)
    if lines and _upright_share(lines) < UPRIGHT_SHARE:
        turned = [cv2.rotate(picture, way) for way in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE)]
        picture, lines = max(((each, ocr.read_lines(each)) for each in turned), key=lambda pair: _surety(pair[1]))
    elif lines and _surety(lines) < 0.8:
        turned_round = cv2.rotate(picture, cv2.ROTATE_180)
        again = ocr.read_lines(turned_round)
        if _surety(again) > _surety(lines):
            picture, lines = turned_round, again
    skew = _skew(lines)
    straight = _straighten(picture, skew) if abs(skew) >= SKEW_MIN else picture
    if straight is not picture:
        lines = ocr.read_lines(straight)
    return Page(
        number=number,
        width=float(straight.shape[1]),
        height=float(straight.shape[0]),
        pieces=tuple(piece for line in lines for piece in line.pieces),
        rulings=tuple(find_rulings(straight, _ruling_least(lines))),
    )


def _upright_share(lines: list[ocr.ReadLine]) -> float:
    long = [line for line in lines if len(line.text) > 2] or lines
    wide = [line for line in long if abs(line.corners[1][0] - line.corners[0][0]) >= _drop(line)]
    return len(wide) / len(long)


def _drop(line: ocr.ReadLine) -> float:
    return abs(line.corners[3][1] - line.corners[0][1])


def _surety(lines: list[ocr.ReadLine]) -> float:
    """The middle confidence of all characters."""
    return statistics.median([piece.confidence for line in lines for piece in line.pieces] or [0.0])


def _skew(lines: list[ocr.ReadLine]) -> float:
    """The slant of the longer lines in radians, clockwise positive; 0 where it is none or too large to mend."""
    slants = [
        math.atan2(line.corners[1][1] - line.corners[0][1], line.corners[1][0] - line.corners[0][0])
        for line in lines
        if len(line.pieces) >= 6
    ]
    slant = statistics.median(slants) if slants else 0.0
    return slant if abs(slant) <= SKEW_MAX else 0.0


def _straighten(picture: Any, skew: float) -> Any:  # noqa: ANN401 - arrays
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(skew), 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _ruling_least(lines: list[ocr.ReadLine]) -> int:
    """How long a ruling has to be, in pixels: longer than the strokes of the type, or 工 and 国 become tables."""
    sizes = [piece.size for line in lines for piece in line.pieces]
    return max(RULING_MIN_PX, round(RULING_SIZES * statistics.median(sizes))) if sizes else RULING_MIN_PX


def find_rulings(picture: Any, least: int) -> list[Ruling]:  # noqa: ANN401 - an array
    """The level and upright lines of a picture that are at least so many pixels long."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 12)
    rulings = []
    for kernel in ((least, 1), (1, least)):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        lines = cv2.dilate(
            cv2.morphologyEx(ink, cv2.MORPH_OPEN, shape), cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
        )
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, width, height, _ in boxes[1:]:
            if min(width, height) <= RULING_THICK_PX and max(width, height) >= least:
                rulings.append(
                    Ruling(left=float(left), top=float(top), right=float(left + width), bottom=float(top + height))
                )
    return rulings


def _scaled(page: Page, by: float) -> Page:
    """The same page in other units."""
    return Page(
        number=page.number,
        width=page.width * by,
        height=page.height * by,
        pieces=tuple(
            Piece(
                text=piece.text,
                left=piece.left * by,
                top=piece.top * by,
                right=piece.right * by,
                bottom=piece.bottom * by,
                size=piece.size * by,
                confidence=piece.confidence,
            )
            for piece in page.pieces
        ),
        rulings=tuple(
            Ruling(left=each.left * by, top=each.top * by, right=each.right * by, bottom=each.bottom * by)
            for each in page.rulings
        ),
    )
