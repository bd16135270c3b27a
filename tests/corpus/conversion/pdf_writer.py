"""Small pdf files, written by hand so that a test says exactly what stands in them."""

import zlib
from collections.abc import Mapping, Sequence

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
    b" /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880"
    b" /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 90 /FontBBox [0 -120 1000 880] >> /DW 1000 >>] >>"
)
WIDTH, HEIGHT = 595, 842


def show(x: float, y: float, text: str, *, size: float = 12, mode: int = 0, grey: float = 0, matrix: str = "") -> str:
    """A line of text from its lower left corner; `matrix` turns it: "0 1 -1 0" reads upwards."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {mode} Tr {grey} g {matrix or '1 0 0 1'} {x} {y} Tm <{codes}> Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def fill(x: float, y: float, width: float, height: float, grey: float) -> str:
    """A filled box."""
    return f"{grey} g {x} {y} {width} {height} re f\n"


def picture(x: float, y: float, width: float, height: float, grey: int = 128) -> str:
    """A picture of one grey."""
    return f"q {width} 0 0 {height} {x} {y} cm\nBI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID {grey:02x}> EI Q\n"


def make_pdf(
    pages: Sequence[str], *, catalog: str = "", page: str = "", more: Mapping[int, bytes] | None = None, rotate: int = 0
) -> bytes:
    """A whole file: 1 the catalog, 2 the pages, 3 the font, then `more` (from 100), then each page with its content."""
    objects: dict[int, bytes] = {3: FONT, **(more or {})}
    numbers = []
    for at, content in enumerate(pages):
        own, stream = 1000 + 2 * at, 1001 + 2 * at
        numbers.append(own)
        objects[own] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} /Contents {stream} 0 R"
            f" /Resources << /Font << /F 3 0 R >> >> {page} >>"
        ).encode()
        objects[stream] = make_stream(content.encode("latin-1"))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects.setdefault(2, f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode())
    return write_objects(objects)


def make_stream(content: bytes, entries: str = "/Filter /FlateDecode") -> bytes:
    """A stream; deflated once unless its entries name no filter."""
    data = zlib.compress(content) if "FlateDecode" in entries else content
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def write_objects(objects: Mapping[int, bytes]) -> bytes:
    """The objects as a file with its table of places."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items()))
    trailer = f"trailer\n<< /Size {max(places) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 1\n0000000000 65535 f \n{table}{trailer}".encode()
