"""Policies as an office would print them: flat OpenDocument files that LibreOffice turns into docx and pdf.

A title in the middle, paragraphs indented by two characters, ruled tables, a running head and page numbers
— 1 — as red-headed documents have them. No punctuation hangs in the margin: LibreOffice 7.4 forgets to draw it.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

TIMEOUT_S = 240
_FIGURE = re.compile(r"^(?:最高)?\d+$")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'Noto Serif CJK SC'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph">
<style:text-properties style:font-name="F" style:font-name-asian="F" fo:font-size="16pt" style:font-size-asian="16pt"
 fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-indent="{indent}pt"
 fo:line-height="28pt" fo:text-align="justify" style:punctuation-wrap="simple"/></style:style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
<style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-size="14pt" style:font-size-asian="14pt"/></style:style>
</office:styles>
<office:automatic-styles><style:style style:name="Cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-top="25mm" fo:margin-bottom="25mm" fo:margin-left="28mm" fo:margin-right="26mm"/>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p text:style-name="Foot">{running}</text:p></style:header>
<style:footer><text:p text:style-name="Foot">— <text:page-number text:select-page="current">1</text:page-number>
 —</text:p>
</style:footer></style:master-page></office:master-styles>
<office:body><office:text>
"""
_TAIL = "</office:text></office:body></office:document>\n"


def flat_document(lines: Iterable[str], running: str, *, indented: bool = True) -> str:
    """A flat OpenDocument text of the lines: the first is the title, rows of tab-separated cells are ruled tables."""
    body: list[str] = []
    for is_table, group in groupby(enumerate(lines), key=lambda line: "\t" in line[1]):
        if is_table:
            body.append(_table([line.split("\t") for _, line in group]))
            continue
        for place, line in group:
            style = "Title" if place == 0 else "Body"
            body.append(f'<text:p text:style-name="{style}">{escape(line)}</text:p>')
    head = _HEAD.format(spaces=_SPACES, indent=32 if indented else 0, running=escape(running))
    return head + "\n".join(body) + _TAIL


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    sums = max(len(row) - next((at for at, cell in enumerate(row) if _FIGURE.match(cell)), len(row)) for row in rows)
    drawn = (_row(row, width, sums if at == 0 else 0) for at, row in enumerate(rows))
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f"<table:table>{columns}" + "\n".join(drawn) + "</table:table>"


def _row(row: list[str], width: int, sums: int) -> str:
    """A row; what is missing to the width is merged: in a head half into the cell above several sums, else in front."""
    missing = width - len(row)
    last = min(sums - 1, missing) if sums > 1 and missing else 0
    spans = [1] * len(row)
    spans[-1] += last
    spans[0] += missing - last
    cells = "".join(
        f'<table:table-cell table:style-name="Cell" table:number-columns-spanned="{span}">'
        f"<text:p>{escape(cell)}</text:p></table:table-cell>" + "<table:covered-table-cell/>" * (span - 1)
        for cell, span in zip(row, spans, strict=True)
    )
    return f"<table:table-row>{cells}</table:table-row>"


def soffice() -> str | None:
    """Where LibreOffice is, if it is."""
    return shutil.which("soffice")


def convert_all(files: list[Path], form: str, folder: Path) -> None:
    """Let LibreOffice write the files as `form` (pdf, docx) into the folder, with a profile of its own."""
    program = soffice()
    assert program is not None
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=TIMEOUT_S)
