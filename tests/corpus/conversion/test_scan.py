"""Scans: what is read is right or told as unsure; pictures that are none are refused."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.conversion import ocr, scan
from corpus.conversion.pdf import read_pdf, read_scanned_pdf
from corpus.errors import UnreadableFile

pytest.importorskip("rapidocr", reason="the group `scan` is not installed")
numpy = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402 - after the group is known to be there

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
LINES = (
    "海州市标准化工作奖励办法",
    "第一条主导制定国家标准的，每项奖励37万元。",
    "第二条参与制定的，每项奖励8.5万元。",
)
needs_font = pytest.mark.skipif(
    not FONT.exists(), reason="no Noto CJK font to draw a scan with: apt install fonts-noto-cjk"
)


def drawn(*lines: str, size: int = 33, width: int = 1100) -> Image.Image:
    image = Image.new("L", (width, 90 + 70 * len(lines)), 255)
    pen = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        pen.text((80, 40 + 70 * place), line, font=ImageFont.truetype(str(FONT), size), fill=20)
    return image


def saved(image: Image.Image, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return drawn(*LINES)


@needs_font
def test_a_clean_scan_is_read_for_sure(page: Image.Image) -> None:
    converted = scan.read_scan(saved(page))
    assert "".join(converted.text.split()) == "".join(LINES)
    assert (converted.form, converted.pages, converted.unsure) == ("scan", 1, ())


@needs_font
@pytest.mark.parametrize("angle", [90, 180, 3])
def test_a_scan_that_lies_askew_is_set_straight(page: Image.Image, angle: int) -> None:
    converted = scan.read_scan(saved(page.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)))
    assert "".join(converted.text.split()) == "".join(LINES)


@needs_font
def test_a_scan_within_a_pdf_is_recognised(page: Image.Image) -> None:
    content = saved(page.convert("RGB"), "PDF")
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(content)
    assert refused.value.code == "scanned"
    converted = read_scanned_pdf(content)
    assert "".join(converted.text.split()) == "".join(LINES)
    assert converted.form == "scan"


@needs_font
def test_a_ruled_table_of_a_scan_becomes_rows() -> None:
    image = Image.new("L", (1100, 420), 255)
    pen = ImageDraw.Draw(image)
    for y in (60, 150, 240, 330):
        pen.line((80, y, 1000, y), fill=0, width=3)
    for x in (80, 400, 700, 1000):
        pen.line((x, 60, x, 330), fill=0, width=3)
    cells = ("类别", "级别", "金额（万元）", "标准化试点", "国家级", "22", "标准化试点", "省级", "11")
    for place, cell in enumerate(cells):
        at = ((100, 420, 720)[place % 3], 85 + 90 * (place // 3))
        pen.text(at, cell, font=ImageFont.truetype(str(FONT), 36), fill=10)
    lines = scan.read_scan(saved(image)).text.split("\n")
    assert lines[0].split("\t")[:2] == ["类别", "级别"]
    assert lines[1:] == ["标准化试点\t国家级\t22", "标准化试点\t省级\t11"]


@dataclass
class Found:
    """What the engine says of a picture."""

    boxes: Any = ()
    txts: tuple[str, ...] = ()
    word_results: Any = ()


def engine_that_reads(monkeypatch: pytest.MonkeyPatch, first: str, again: str, score: float = 1.0) -> None:
    """An engine that reads one line in full size as `first`, and its crop as `again`."""
    box = [(10, 10), (10 + 30 * len(first), 10), (10 + 30 * len(first), 50), (10, 50)]
    words = [
        (each, score, [(10 + 30 * at, 10), (40 + 30 * at, 10), (40 + 30 * at, 50), (10 + 30 * at, 50)])
        for at, each in enumerate(first)
    ]

    def read(picture: Any, *, use_det: bool, **_: object) -> Found:
        return Found([box], (first,), [words]) if use_det else Found(txts=(again,))

    monkeypatch.setattr(ocr, "_engine", lambda: read)


BLANK = numpy.full((80, 900, 3), 255, dtype="uint8")


@pytest.mark.parametrize(
    ("again", "confidence"),
    [
        ("第三条每项奖励30万元。", 1.0),
        ("第三条每顶奖励 30 万元", 1.0),
        ("第三条每项奖励80万元。", 0.0),
        ("第三条每项奖励3.0万元。", 0.0),
        ("第三条每项奖励30元。", 0.0),
        ("", 0.0),
    ],
)
def test_a_figure_that_is_read_in_two_ways_has_no_confidence(
    monkeypatch: pytest.MonkeyPatch, again: str, confidence: float
) -> None:
    engine_that_reads(monkeypatch, "第三条每项奖励30万元。", again)
    (line,) = ocr.read_lines(BLANK)
    assert min(piece.confidence for piece in line.pieces) == confidence


@pytest.mark.parametrize(("score", "unsure"), [(0.89, True), (0.9, False)])
def test_the_least_sure_character_decides_for_its_line(
    monkeypatch: pytest.MonkeyPatch, score: float, unsure: bool
) -> None:
    engine_that_reads(monkeypatch, "第三条每项奖励30万元。", "第三条每项奖励30万元。", score)
    buffer = io.BytesIO()
    Image.fromarray(BLANK).save(buffer, "PNG")
    converted = scan.read_scan(buffer.getvalue())
    assert [one.text for one in converted.unsure] == (["第三条每项奖励30万元。"] if unsure else [])


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("not_image", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
        ("not_image", b"GIF89a" + b"\0" * 200),
        ("image_too_small", saved(Image.new("L", (59, 400), 255))),
        ("image_too_large", saved(Image.new("1", (8000, 7600), 1))),
        ("no_text", saved(Image.new("L", (400, 300), 255))),
    ],
)
def test_a_picture_that_cannot_be_read_is_refused_by_its_reason(code: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        scan.read_scan(content)
    assert refused.value.code == code
    assert "下一步：" in refused.value.words


def test_more_pages_than_can_be_recognised_are_refused() -> None:
    frames = [Image.new("1", (70, 70), 1)] * (scan.SCANS_MAX + 1)
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(UnreadableFile) as refused:
        scan.read_scan(out.getvalue())
    assert refused.value.code == "too_many_scans"


def test_without_its_packages_a_scan_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    ocr._engine.cache_clear()
    with pytest.raises(UnreadableFile) as refused:
        ocr.read_lines(BLANK)
    assert refused.value.code == "recognition_missing"
