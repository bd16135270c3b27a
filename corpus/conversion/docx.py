"""Word documents → the lines that a reader of the page sees, in order, numbers that Word makes by itself included.

Read from the XML, since nothing less tells apart what is printed, what is hidden and what was deleted. Page heads and
feet are no text of the policy and are only looked through for marks of secrecy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.conversion import wording
from corpus.conversion.package import open_package, parse_xml
from corpus.conversion.records import HIDDEN_MAX, Converted, Hidden
from corpus.conversion.secrecy import refuse_secret
from corpus.conversion.word_numbers import Numbering, W
from corpus.conversion.word_paragraph import Paragraph, ParagraphReader
from corpus.conversion.word_styles import Styles, read_ground
from corpus.conversion.word_tables import TableRow, lay_out, read_cells

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADS_AND_FEET = re.compile(r"^word/(?:header|footer)\d*\.xml$")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INNER = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo")
_GONE = (f"{W}del", f"{W}moveFrom")


def read_docx(content: bytes) -> Converted:
    """The text of a Word document.

    Raises:
        UnreadableFile: It is refused; see `corpus.conversion.package`.
    """
    parts = open_package(content, "docx")
    if "word/document.xml" not in parts:
        raise wording.refuse("not_a_document", kind=wording.FORM_NAMES["docx"])
    for name, part in parts.items():
        if _HEADS_AND_FEET.match(name):
            refuse_secret(plain_text(one) for one in parse_xml(part).iter(f"{W}p"))
    reader = _Reader(parts)
    body = parse_xml(parts["word/document.xml"]).find(f"{W}body")
    lines = reader.blocks(body) if body is not None else []
    return Converted(
        text="\n".join(lines), form="docx", hidden=(*reader.hidden, *_comments(parts)), notes=tuple(reader.notes())
    )


def plain_text(element: "Element") -> str:
    """All characters of an element, hidden or not."""
    return "".join(one.text or "" for one in element.iter(f"{W}t", f"{W}delText"))


def _tree(parts: Mapping[str, bytes], name: str) -> "Element | None":
    return parse_xml(parts[name]) if name in parts else None


def _comments(parts: Mapping[str, bytes]) -> Iterator[Hidden]:
    tree = _tree(parts, "word/comments.xml")
    for comment in () if tree is None else tree.iterfind(f"{W}comment"):
        if text := plain_text(comment).strip():
            yield Hidden(how="comment", text=text[:HIDDEN_MAX])


def _notes_of(parts: Mapping[str, bytes], kind: str) -> dict[str, "Element"]:
    """Footnotes or endnotes by id, without the lines that part them from the text."""
    tree = _tree(parts, f"word/{kind}s.xml")
    found = () if tree is None else tree.iterfind(f"{W}{kind}")
    return {one.get(f"{W}id") or "": one for one in found if one.get(f"{W}type") in (None, "normal")}


@dataclass
class _Around:
    """Where a paragraph stands: the colour behind it, and what waits to be put below the paragraph or table."""

    ground: str | None = None
    below: list[str] = field(default_factory=list)


class _Reader:
    """Walks through one document in order; numbers and notes count on."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.hidden: list[Hidden] = []
        self._styles = Styles(_tree(parts, "word/styles.xml"))
        self._numbering = Numbering(_tree(parts, "word/numbering.xml"))
        self._paragraphs = ParagraphReader(self._styles, self._numbering, self.hidden)
        self._footnotes = {
            "footnote": _notes_of(parts, "footnote"),
            "endnote": _notes_of(parts, "endnote"),
        }
        self._told_notes = {"footnote": 0, "endnote": 0}
        self._nested = False

    def blocks(self, parent: "Element", around: _Around | None = None) -> list[str]:
        """The lines of the paragraphs and tables in an element."""
        around = around or _Around()
        lines: list[str] = []
        torn = ""  # a paragraph whose end was deleted goes on in the next one
        for block in _blocks_in(parent, self.hidden):
            if block.tag == f"{W}tbl":
                lines += self._table(block, around)
                continue
            read = self._paragraphs.read(block, around.ground)
            text, torn = torn + read.text, ""
            if read.goes_on:
                torn = text
            elif text.strip():
                lines += text.split("\n")
            lines += self._beside(read, around)
        return [*lines, torn] if torn.strip() else lines

    def notes(self) -> Iterator[str]:
        """What a reviewer should know."""
        if self._paragraphs.pictures:
            yield wording.PICTURES.format(count=self._paragraphs.pictures)
        if self._paragraphs.unknown_signs:
            yield wording.UNKNOWN_SIGNS.format(count=self._paragraphs.unknown_signs)
        for form in sorted(self._numbering.unknown):
            yield wording.UNKNOWN_NUMBERING.format(format=form[:40])
        if self._nested:
            yield wording.NESTED_TABLES

    def _beside(self, read: Paragraph, around: _Around) -> list[str]:
        """The lines of the text boxes that hang on a paragraph, and of its notes."""
        lines: list[str] = []
        for box in read.boxes:
            lines += self.blocks(box, _Around(ground=None, below=around.below))
        for kind, id_ in read.notes:
            note = self._footnotes[kind].get(id_)
            if note is None:
                continue
            self._told_notes[kind] += 1
            head = wording.FOOTNOTE if kind == "footnote" else wording.ENDNOTE
            text = " ".join(self.blocks(note, _Around(below=around.below)))
            lines.append(head.format(number=self._told_notes[kind]) + text.strip())
        return lines

    def _table(self, table: "Element", around: _Around) -> list[str]:
        style = table.find(f"{W}tblPr/{W}tblStyle")
        painted = style is not None and self._styles.paints_tables(style.get(f"{W}val") or "")
        below: list[str] = []
        rows = [self._row(cells, painted, below) for cells in read_cells(table, self.hidden)]
        return [*lay_out(rows, self.hidden), *below]

    def _row(self, cells: Iterable["Element"], painted: bool, below: list[str]) -> TableRow:
        texts = []
        for cell in cells:
            ground = read_ground(cell.find(f"{W}tcPr")) or ("style" if painted else None)
            inside = _Around(ground=ground)
            own = [block for block in _blocks_in(cell, []) if block.tag == f"{W}tbl"]
            for nested in own:
                self._nested = True
                below += self._table(nested, inside)
            texts.append((cell, "\n".join(self._cell_lines(cell, inside))))
        return texts

    def _cell_lines(self, cell: "Element", around: _Around) -> list[str]:
        lines: list[str] = []
        for block in _blocks_in(cell, self.hidden):
            if block.tag == f"{W}p":
                read = self._paragraphs.read(block, around.ground)
                lines += [*read.text.split("\n"), *self._beside(read, around)]
        return [line.strip() for line in lines if line.strip()]


def _blocks_in(parent: "Element", hidden: list[Hidden]) -> Iterator["Element"]:
    """The paragraphs and tables in an element, through what only wraps them; what was deleted is told."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _INNER:
            yield from _blocks_in(child, hidden)
        elif child.tag in _GONE:
            if text := plain_text(child).strip():
                hidden.append(Hidden(how="deleted", text=text[:HIDDEN_MAX]))
        elif child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is not None:
                yield from _blocks_in(choice, hidden)
