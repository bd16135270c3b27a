"""What is looked at in a pdf before anything draws it: its structure, its size when unpacked, and what it would do.

The objects are walked by pypdf; streams are unpacked here, a bounded piece at a time, and only to count them.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from corpus.conversion.page_wording import refuse_page

PAGES_MAX = 200
OBJECTS_MAX = 100_000
STREAM_BYTES_MAX = 32 * 1024 * 1024  # unpacked, of one stream that is no image
TOTAL_BYTES_MAX = 128 * 1024 * 1024  # unpacked, of all of them
IMAGE_PIXELS_MAX = 60_000_000  # A4 at 600 dpi has 35 million
FILTERS_MAX = 2  # ASCII85 around Flate is usual
DEPTH_MAX = 60  # of direct objects in each other
PIECE_BYTES = 1024 * 1024
HEAD_BYTES = 1024
TAIL_BYTES = 2048

_ACTIONS = {"/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition", "/Trans3D"}
_FLATE = ("/FlateDecode", "/Fl")


def check_pdf(content: bytes) -> int:
    """Refuse a pdf that is not whole, not plain, or too large; the number of its pages otherwise.

    Raises:
        UnreadableFile: With the code of the reason, as in `page_wording.REFUSALS`.
    """
    if b"%PDF-" not in content[:HEAD_BYTES]:
        raise refuse_page("not_pdf")
    tail = content.rstrip(b"\x00\r\n\t ")[-TAIL_BYTES:]
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF", tail)
    if start is None or int(start.group(1)) >= len(content):
        raise refuse_page("truncated")
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise refuse_page("encrypted")
        pages = _count_pages(reader)
        _walk(reader)
    except FileNotDecryptedError as error:
        raise refuse_page("encrypted") from error
    except LimitReachedError as error:
        raise refuse_page("bomb", limit=STREAM_BYTES_MAX >> 20) from error
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError) as error:
        raise refuse_page("damaged") from error  # pypdf meets broken structures with any of these
    return pages


def _count_pages(reader: Any) -> int:  # noqa: ANN401 - pypdf's reader, imported inside the functions alone
    """Walk the tree of pages without trusting its counts."""
    root = reader.trailer["/Root"].get_object()
    waiting, seen, pages = [root["/Pages"]], set(), 0
    while waiting:
        node = waiting.pop()
        key = getattr(node, "idnum", None)
        if key is not None and key in seen:
            raise refuse_page("page_loop")
        seen.add(key)
        node = node.get_object()
        if "/Kids" in node:
            waiting += list(node["/Kids"].get_object())
        else:
            pages += 1
        if pages > PAGES_MAX:
            raise refuse_page("too_many_pages", limit=PAGES_MAX)
        if len(seen) > OBJECTS_MAX:
            raise refuse_page("too_many_objects", limit=OBJECTS_MAX)
    if not pages:
        raise refuse_page("damaged")
    return pages


def _walk(reader: Any) -> None:  # noqa: ANN401 - as above
    """Look at every object that the file lists, whether a page uses it or not."""
    total = 0
    numbers = _object_numbers(reader)
    if len(numbers) > OBJECTS_MAX:
        raise refuse_page("too_many_objects", limit=OBJECTS_MAX)
    from pypdf.errors import PdfReadError
    from pypdf.generic import IndirectObject

    for number, generation in sorted(numbers):
        try:
            found = IndirectObject(number, generation, reader).get_object()
        except PdfReadError:
            continue  # a free or dangling entry: nothing that a page could show
        for part in _parts(found):
            _check_dictionary(part)
            if hasattr(part, "_data"):
                total += _unpacked(part)
            if total > TOTAL_BYTES_MAX:
                raise refuse_page("bomb", limit=TOTAL_BYTES_MAX >> 20)


def _object_numbers(reader: Any) -> set[tuple[int, int]]:  # noqa: ANN401 - as above
    plain = {(number, generation) for generation, table in reader.xref.items() for number in table}
    return plain | {(number, 0) for number in reader.xref_objStm}


def _parts(found: Any, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 - any pdf object
    """The dictionaries within an object, itself included; references are not followed."""
    if depth > DEPTH_MAX:
        raise refuse_page("damaged")
    if isinstance(found, dict):
        yield found
        for value in dict.values(found):
            yield from _parts(value, depth + 1)
    elif isinstance(found, list):
        for value in list.__iter__(found):
            yield from _parts(value, depth + 1)


def _check_dictionary(found: dict[str, Any]) -> None:
    """Refuse what runs, opens, sends or carries something."""
    names = set(dict.keys(found))
    kind, action = str(dict.get(found, "/Type", "")), str(dict.get(found, "/S", ""))
    if names & {"/JS", "/JavaScript"} or action == "/JavaScript":
        raise refuse_page("scripts")
    if names & {"/EmbeddedFiles", "/EF", "/RichMedia", "/RichMediaContent"} or kind == "/EmbeddedFile":
        raise refuse_page("embedded")
    if action in _ACTIONS and kind in ("", "/Action"):
        raise refuse_page("actions", action=action.strip("/"))
    if "/XFA" in names:
        raise refuse_page("dynamic_form")


def _unpacked(stream: Any) -> int:  # noqa: ANN401 - a pdf stream
    """How many bytes a stream holds when unpacked; an image is judged by its pixels."""
    filters = dict.get(stream, "/Filter", [])
    filters = filters.get_object() if hasattr(filters, "get_object") else filters
    names = [str(each) for each in filters] if isinstance(filters, list) else [str(filters)]
    if len(names) > FILTERS_MAX or sum(name in _FLATE for name in names) > 1:
        raise refuse_page("nested_filters")
    if str(dict.get(stream, "/Subtype", "")) == "/Image":
        if _number(stream, "/Width") * _number(stream, "/Height") > IMAGE_PIXELS_MAX:
            raise refuse_page("bomb", limit=TOTAL_BYTES_MAX >> 20)
        return 0
    data = bytes(stream._data)  # what lies in the file; `get_data` would unpack it without a bound
    size = _inflated(data) if names[:1] and names[0] in _FLATE else len(data)
    if size > STREAM_BYTES_MAX:
        raise refuse_page("bomb", limit=STREAM_BYTES_MAX >> 20)
    return size


def _number(stream: Any, name: str) -> int:  # noqa: ANN401 - a pdf stream
    value = dict.get(stream, name, 0)
    value = value.get_object() if hasattr(value, "get_object") else value
    return abs(int(value))


def _inflated(data: bytes) -> int:
    """The size of deflated data, counted piece by piece up to the limit of one stream."""
    inflate, size, rest = zlib.decompressobj(), 0, data
    while rest and size <= STREAM_BYTES_MAX:
        try:
            size += len(inflate.decompress(rest, PIECE_BYTES))
        except zlib.error:
            return size  # a damaged end: what could be unpacked is counted
        if inflate.eof:
            break
        rest = inflate.unconsumed_tail
    return size
