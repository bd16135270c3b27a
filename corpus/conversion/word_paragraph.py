"""One paragraph of a Word document → its text as printed, with what hangs on it: text boxes, notes, hidden words."""

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.conversion.records import HIDDEN_MAX, Hidden
from corpus.conversion.word_numbers import Numbering, W
from corpus.conversion.word_styles import Styles, read_ground, read_list, read_look

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWN = ("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",)
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_WRAPPERS = tuple(
    W + name
    for name in ("hyperlink smartTag customXml sdt sdtContent ins moveTo fldSimple dir bdo ruby rubyBase").split()
)
_GONE = (f"{W}del", f"{W}moveFrom")
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_SIGNS = {"f0b3": "≥", "f0a3": "≤", "f0b4": "×", "f0b1": "±", "f0b7": "·", "f0b0": "°", "f0b8": "÷", "f0b9": "≠"}
_MARKS = {f"{W}noBreakHyphen": "-", f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t"}
UNKNOWN_SIGN = "□"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PAGE_REFERENCE = re.compile(r"\t+(?=\s*\d{1,4}\s*$)")  # of a line in a table of contents


@dataclass
class Paragraph:
    """A paragraph as printed; `goes_on` where its end was deleted, so that the next one continues it."""

    text: str = ""
    boxes: list["Element"] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id
    goes_on: bool = False


class ParagraphReader:
    """Reads paragraphs in order; what nobody sees goes to `hidden`."""

    def __init__(self, styles: Styles, numbering: Numbering, hidden: list[Hidden]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._hidden = hidden
        self.pictures = 0
        self.unknown_signs = 0

    def read(self, element: "Element", ground: str | None) -> Paragraph:
        """Read one paragraph that stands on a ground of that colour; None is the paper."""
        properties = element.find(f"{W}pPr")
        style = "" if properties is None else _style(properties, "pStyle")
        run = _Run(self, style, read_ground(properties) or ground)
        run.walk(element)
        text = _tidy("".join(run.printed))
        label = self._label(properties, style)
        deleted = None if properties is None else properties.find(f"{W}rPr/{W}del")
        read = Paragraph(text=label + text if text.strip() else "", boxes=run.boxes, notes=run.notes)
        read.goes_on = deleted is not None
        return read

    def _label(self, properties: "Element | None", style: str) -> str:
        direct = None if properties is None else properties.find(f"{W}numPr")
        named = None if direct is None else read_list(direct)
        inherited = self._styles.list_of(style)
        if named is None:
            if inherited is None:
                return ""
            id_, level, by = inherited
            stated = None if direct is None else direct.find(f"{W}ilvl")
            if stated is not None:
                level = int(stated.get(f"{W}val") or 0)
            return self._numbering.label(id_, self._numbering.level_of(id_, by) if level is None else level)
        id_, level = named
        return self._numbering.label(id_, self._numbering.level_of(id_, style) if level is None else level)

    def sign(self, element: "Element") -> str:
        """A character of a symbol font, where it is known; else a mark that there is one."""
        code = (element.get(f"{W}char") or "").lower()
        if (element.get(f"{W}font") or "").lower() == "symbol" and code in _SIGNS:
            return _SIGNS[code]
        self.unknown_signs += 1
        return UNKNOWN_SIGN

    def known(self, text: str) -> str:
        """A text with a mark for each character that only a symbol font can draw."""
        text, unknown = _PRIVATE.subn(UNKNOWN_SIGN, text)
        self.unknown_signs += unknown
        return text

    def hide(self, how: str, text: str) -> None:
        """Tell of a hidden text; pieces that follow one another are one."""
        last = self._hidden[-1] if self._hidden else None
        if last is not None and last.how == how and how != "alt" and len(last.text) + len(text) <= HIDDEN_MAX:
            self._hidden[-1] = Hidden(how=how, text=last.text + text)
        elif text.strip():
            self._hidden.append(Hidden(how=how, text=text[:HIDDEN_MAX]))

    def look_of(self, run: "Element", style: str, ground: str | None) -> str:
        """How the characters of a run are hidden; empty where they are seen."""
        properties = run.find(f"{W}rPr")
        own = read_look(properties)
        look = own.over(self._styles.look_of("" if properties is None else _style(properties, "rStyle"), style))
        if look.ground is None and ground is not None:
            look = replace(look, ground=ground)
        return look.hidden_how


class _Run:
    """Gathers the characters of one paragraph."""

    def __init__(self, reader: ParagraphReader, style: str, ground: str | None) -> None:
        self._reader = reader
        self._style = style
        self._ground = ground
        self.printed: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []

    def walk(self, parent: "Element") -> None:
        """Go through the runs in an element, in order."""
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag in _WRAPPERS:
                self.walk(child)
            elif child.tag in _GONE:
                self._reader.hide("deleted", "".join(one.text or "" for one in child.iter(f"{W}delText", f"{W}t")))
            elif child.tag == f"{_MC}AlternateContent":
                self._alternative(child)
            elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
                self.printed.append("".join(one.text or "" for one in child.iter(f"{_MATH}t")))

    def _run(self, run: "Element") -> None:
        how = self._reader.look_of(run, self._style, self._ground)
        for child in run:
            if child.tag == f"{W}t":
                self._say(how, child.text or "")
            elif child.tag == f"{W}delText":
                self._reader.hide("deleted", child.text or "")
            elif child.tag in _MARKS:
                self._say(how, _MARKS[child.tag])
            elif child.tag == f"{W}sym":
                self._say(how, self._reader.sign(child))
            elif child.tag in _REFERENCES:
                self.notes.append((_REFERENCES[child.tag], child.get(f"{W}id") or ""))
            elif child.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(child)
            elif child.tag == f"{_MC}AlternateContent":
                self._alternative(child)
            elif child.tag == f"{W}ruby":
                self.walk(child)

    def _say(self, how: str, text: str) -> None:
        if how:
            self._reader.hide(how, text)
        else:
            self.printed.append(self._reader.known(text))

    def _alternative(self, element: "Element") -> None:
        """Of the two forms of one thing the newer."""
        choice = element.find(f"{_MC}Choice")
        if choice is None:
            return
        for child in choice:
            if child.tag in (f"{W}drawing", f"{W}pict"):
                self._drawing(child)
            elif child.tag == f"{W}r":
                self._run(child)

    def _drawing(self, element: "Element") -> None:
        boxes = [box for box in element.iter(f"{W}txbxContent") if _is_outermost(box, element)]
        self.boxes += boxes
        self._reader.pictures += sum(1 for _ in element.iter(_PICTURE, _IMAGE))
        for drawn in element.iter(*_DRAWN):
            self._reader.hide("alt", drawn.get("descr") or "")


def _is_outermost(box: "Element", within: "Element") -> bool:
    """Whether a text box stands in no other one, and in the form of a drawing that is read."""
    parent = box.getparent()
    while parent is not None and parent is not within:
        if parent.tag in (f"{W}txbxContent", f"{_MC}Fallback"):
            return False
        parent = parent.getparent()
    return True


def _style(properties: "Element", name: str) -> str:
    found = properties.find(W + name)
    return "" if found is None else found.get(f"{W}val") or ""


def _tidy(text: str) -> str:
    """Tabs become spaces, but for the one before a page number: with a tab a line would be read as a row of cells."""
    return "\n".join(
        "\t".join(part.replace("\t", " ") for part in _PAGE_REFERENCE.split(line, maxsplit=1))
        for line in text.split("\n")
    )
