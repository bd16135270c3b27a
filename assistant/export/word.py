"""A talk as a Word file (DOCX). The only door to python-docx."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.export import words
from assistant.export.records import Source, Transcript, Turn
from assistant.page.wording import DISCLAIMER, TITLE

BODY, HEADS, LATIN = "宋体", "黑体", "Times New Roman"
_SIZES = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
_WIDTHS_CM = {3: (8.0, 4.2, 3.4), 4: (7.2, 4.4, 2.8, 1.2)}  # by the number of columns
_STYLES = ("Normal", "List Bullet", "Quote", *_SIZES)


def write_word(talk: Transcript) -> bytes:
    """The whole file."""
    file = Document()
    _set_page(file, talk)
    file.add_heading(talk.title, level=0)
    file.add_paragraph(f"{words.MADE}：{talk.made.isoformat()}")
    for turn in talk.turns:
        _add_turn(file, turn)
    file.add_paragraph()
    file.add_paragraph().add_run(DISCLAIMER).bold = True
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _set_page(file: Any, talk: Transcript) -> None:  # noqa: ANN401 - python-docx has no public type for it
    """A4, Chinese fonts named for Chinese characters, whose font Word looks up separately."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for style in (file.styles[name] for name in _STYLES):
        head = style.name in _SIZES
        style.font.name = LATIN
        style.font.size = Pt(_SIZES.get(style.name, 10.5))
        style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font goes before a named one
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), HEADS if head else BODY)
    properties = file.core_properties
    properties.title, properties.author, properties.language = talk.title, TITLE, "zh-CN"
    properties.created = properties.modified = datetime.combine(talk.made, time())
    # 人工智能生成合成内容标识办法, article 5: a label within the file as well as in its words
    properties.comments = words.GENERATED if any(turn.generated for turn in talk.turns) else ""


def _add_turn(file: Any, turn: Turn) -> None:  # noqa: ANN401
    file.add_heading(turn.heading, level=1)
    file.add_paragraph().add_run(turn.question).bold = True
    file.add_paragraph("；".join(turn.asked_of))
    file.add_heading(words.ANSWER, level=2)
    if turn.status:
        file.add_paragraph().add_run(turn.status).bold = True
    for line in filter(None, (*turn.answer.split("\n"), turn.options, turn.label)):
        file.add_paragraph(line)
    _add_table(file, words.AMOUNTS, words.AMOUNT_HEADS, turn.amounts)
    if turn.warnings:
        file.add_heading(words.WARNINGS, level=2)
        for warning in turn.warnings:
            file.add_paragraph(warning, style="List Bullet")
    _add_table(file, words.STEPS, words.STEP_HEADS, turn.steps)
    if turn.sources:
        file.add_heading(words.SOURCES, level=2)
        for source in turn.sources:
            _add_source(file, source)


def _add_source(file: Any, source: Source) -> None:  # noqa: ANN401
    file.add_heading(source.head, level=3)
    for line in source.lines:
        file.add_paragraph(line, style="List Bullet")
    file.add_paragraph(source.quote, style="Quote")


def _add_table(file: Any, heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
    if not rows:
        return
    file.add_heading(heading, level=2)
    table = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, _WIDTHS_CM[len(heads)], strict=True):
        column.width = Cm(width)
        for cell in column.cells:  # Word goes by the cells' own width, others by the column's
            cell.width = Cm(width)
