"""pdf → text: the structure is checked, each page is read or recognised, and the pages are laid out together."""

from dataclasses import dataclass, field
from typing import Any

from corpus.conversion import page_wording
from corpus.conversion.layout import LaidOut, lay_out
from corpus.conversion.page_wording import refuse_page
from corpus.conversion.pages import Page
from corpus.conversion.pdf_glyphs import Drawn, Seen, draw, make_page, turn_of
from corpus.conversion.pdf_safety import check_pdf
from corpus.conversion.pdf_sight import picture_share, see, tell_hidden
from corpus.conversion.records import Converted, Hidden

TOLERANCE_PT = 3.0  # rulings closer than this are one
SCAN_SHARE = 0.5  # of a page that a picture covers: a scan, whatever text lies under it
PICTURE_SHARE = 0.04  # a smaller picture is a seal or a sign
UNMAPPED_SHARE = 0.03  # of the characters; more and the text layer says nothing
DRAWN_PATHS_MIN = 30  # paths of a page without text: type that was turned into curves
SHOWN_MAX = 60  # characters of a note
EDGES_SHOWN = 4


@dataclass(kw_only=True)
class _Reading:
    """What has been read so far; the pages that have to be recognised stay open."""

    pages: list[Page] = field(default_factory=list)
    scans: dict[int, int] = field(default_factory=dict)  # number of the page, its place in the file
    hidden: list[Hidden] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_pdf(content: bytes) -> Converted:
    """Read a pdf whose pages have text of their own.

    Raises:
        UnreadableFile: Encrypted, damaged, too large, with scripts or attachments, or without any text; with the code
            "scanned" where pages have to be recognised, which takes other limits: `read_scanned_pdf`.
    """
    return _read(content, recognises=False)


def read_scanned_pdf(content: bytes) -> Converted:
    """Read a pdf; pages without text of their own are recognised.

    Raises:
        UnreadableFile: As `read_pdf`; and where there are too many such pages, or nothing to recognise them with.
    """
    return _read(content, recognises=True)


def _read(content: bytes, *, recognises: bool) -> Converted:
    check_pdf(content)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise refuse_page("damaged") from error
    try:
        reading = _Reading()
        for number in range(1, len(document) + 1):
            _read_page(document, number, reading)
        if reading.scans and not recognises:
            raise refuse_page("scanned", count=len(reading.scans))
        laid = _lay_out(document, reading)
    except pypdfium2.PdfiumError as error:
        raise refuse_page("damaged") from error
    finally:
        document.close()
    if not laid.text.strip():
        raise refuse_page("no_text")
    return Converted(
        text=laid.text,
        form="scan" if len(reading.scans) == len(reading.pages) else "pdf",
        pages=len(reading.pages),
        hidden=tuple(reading.hidden),
        unsure=laid.unsure,
        notes=(*_edge_notes(laid), *reading.notes),
    )


def _read_page(document: Any, number: int, reading: _Reading) -> None:  # noqa: ANN401 - pypdfium2's document
    page = document[number - 1]
    page.set_rotation(0)  # the text tells by itself how it stands
    page.close()
    page = document[number - 1]
    drawn = draw(page)
    seen = see(page, drawn)
    page.close()
    notes = reading.notes
    if _is_scan(drawn, seen):
        reading.scans[number] = number - 1
        reading.pages.append(Page(number=number, width=drawn.width, height=drawn.height, pieces=()))
        if seen.hidden:
            notes.append(page_wording.LAYER_UNUSED.format(page=number))
        return
    turn = turn_of(seen.visible)
    reading.pages.append(make_page(drawn, seen.visible, number, turn))
    reading.hidden += tell_hidden(seen.hidden)
    if seen.slanted:
        shown = "".join(glyph.text for glyph in seen.slanted)[:SHOWN_MAX]
        notes.append(page_wording.SLANTED.format(page=number, shown=shown))
    if picture_share(drawn) > PICTURE_SHARE:
        notes.append(page_wording.PICTURES.format(page=number))
    if drawn.annotations:
        notes.append(page_wording.ANNOTATIONS.format(page=number, count=drawn.annotations))


def _is_scan(drawn: Drawn, seen: Seen) -> bool:
    """Whether the page has to be recognised: a picture of a page, or type whose characters nobody can tell."""
    unmapped = sum(not glyph.mapped for glyph in seen.visible)
    if unmapped > UNMAPPED_SHARE * max(len(seen.visible), 1):
        return True
    if not seen.visible:
        return bool(drawn.pictures) or drawn.paths >= DRAWN_PATHS_MIN
    return picture_share(drawn) >= SCAN_SHARE and len(seen.hidden) > len(seen.visible)


def _lay_out(document: Any, reading: _Reading) -> LaidOut:  # noqa: ANN401 - pypdfium2's document
    """The text of all pages; those that are pictures are recognised first."""
    sure_from = 0.0
    if reading.scans:
        from corpus.conversion import scan

        recognised = scan.recognise_pages(document, reading.scans)
        reading.notes += [page_wording.RECOGNISED.format(page=number) for number in reading.scans]
        reading.pages = [recognised.get(page.number, page) for page in reading.pages]
        sure_from = scan.SURE_FROM
    return lay_out(reading.pages, TOLERANCE_PT, sure_from)


def _edge_notes(laid: LaidOut) -> list[str]:
    if not laid.edges:
        return []
    shown = "；".join(dict.fromkeys(edge.strip()[:SHOWN_MAX] for edge in laid.edges[:EDGES_SHOWN]))
    return [page_wording.EDGES.format(count=len(laid.edges), shown=shown)]
