"""What a pdf may not be or do: each is refused before anything draws it, with a code of its own, in Chinese."""

import io
import re
from collections.abc import Callable

import pytest

from corpus.conversion.pdf_safety import IMAGE_PIXELS_MAX, PAGES_MAX, check_pdf
from corpus.errors import UnreadableFile
from tests.corpus.conversion.pdf_writer import make_pdf, make_stream, show

PLAIN = show(72, 700, "第一条奖励三十万元。")
ZEROS = 33 * 1024 * 1024  # a megabyte more than one stream may hold


def encrypted() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([PLAIN]))))
    writer.encrypt(user_password="", owner_password="geheim", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(body: str) -> bytes:
    return make_pdf([PLAIN], catalog=f"/OpenAction << /Type /Action {body} >>")


def picture_of(side: int) -> bytes:
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return make_pdf([PLAIN], more={100: make_stream(b"\x00", entries + " /Filter /FlateDecode")})


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "html renamed": ("not_pdf", lambda: b"<html><body>%PDF</body></html>"),
    "encrypted": ("encrypted", encrypted),
    "truncated": ("truncated", lambda: make_pdf([PLAIN])[:-40]),
    "cut in the middle": ("truncated", lambda: make_pdf([PLAIN])[:600]),
    "pages within themselves": (
        "page_loop",
        lambda: make_pdf([PLAIN], more={2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    ),
    "pages told twice": ("page_loop", lambda: make_pdf([PLAIN], more={2: b"<< /Kids [1000 0 R 1000 0 R] /Count 2 >>"})),
    "too many pages": ("too_many_pages", lambda: make_pdf([PLAIN] * (PAGES_MAX + 1))),
    "a count that lies": ("too_many_pages", lambda: make_pdf([PLAIN] * 201).replace(b"/Count 201", b"/Count 1  ")),
    "script in a name tree": ("scripts", lambda: make_pdf([PLAIN], catalog="/Names << /JavaScript << /Names [] >> >>")),
    "script on opening": ("scripts", lambda: action("/S /JavaScript /JS (app.alert\\(1\\))")),
    "script in an object nobody uses": (
        "scripts",
        lambda: make_pdf([PLAIN], more={100: b"<< /S /JavaScript /JS (x) >>"}),
    ),
    "attachment": ("embedded", lambda: make_pdf([PLAIN], catalog="/Names << /EmbeddedFiles << /Names [] >> >>")),
    "attached stream": ("embedded", lambda: make_pdf([PLAIN], more={100: make_stream(b"MZ", "/Type /EmbeddedFile")})),
    "launch": ("actions", lambda: action("/S /Launch /F (cmd.exe)")),
    "submit": ("actions", lambda: action("/S /SubmitForm /F (http://127.0.0.1:9099)")),
    "another file": ("actions", lambda: action("/S /GoToR /F (other.pdf)")),
    "dynamic form": ("dynamic_form", lambda: make_pdf([PLAIN], catalog="/AcroForm << /XFA [] /Fields [] >>")),
    "a stream that unpacks": ("bomb", lambda: make_pdf([PLAIN], more={100: make_stream(b"\0" * ZEROS)})),
    "flate within flate": (
        "nested_filters",
        lambda: make_pdf([PLAIN], more={100: make_stream(b"x", "/Filter [/FlateDecode /FlateDecode]")}),
    ),
    "a picture of a wall": ("bomb", lambda: picture_of(int(IMAGE_PIXELS_MAX**0.5) + 1)),
    "no pages": ("damaged", lambda: make_pdf([])),
    "garbage": ("truncated", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40),
    "garbage with an end": ("damaged", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n5\n%%EOF"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_is_refused_by_its_reason(name: str) -> None:
    code, make = HOSTILE[name]
    with pytest.raises(UnreadableFile) as refused:
        check_pdf(make())
    assert refused.value.code == code
    assert "下一步：" in refused.value.words
    assert not re.search(r"Traceback|Error|/tmp", refused.value.words)


def test_a_plain_pdf_passes_with_its_pages_counted() -> None:
    assert check_pdf(make_pdf([PLAIN] * PAGES_MAX)) == PAGES_MAX


def test_a_picture_at_the_limit_passes() -> None:
    assert check_pdf(picture_of(int(IMAGE_PIXELS_MAX**0.5))) == 1


def test_a_plain_link_passes() -> None:
    link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://www.gov.cn) >> >>]"
    assert check_pdf(make_pdf([PLAIN], page=link)) == 1
