"""Web pages → the lines that a reader sees: parsed as browsers do, nothing fetched, nothing run.

The tree is walked with a stack of our own, so that thousands of nested elements are no trouble. What a page hides
(styles, attributes, comments) is told; scripts, navigation and forms are no text of a policy.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.conversion import wording
from corpus.conversion.merged import Cell, write_rows
from corpus.conversion.records import HIDDEN_MAX, Converted, Hidden
from corpus.conversion.text import read_text
from corpus.conversion.web_styles import Seen, StyleSheet, see
from corpus.conversion.word_numbers import write_in_form

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

TABLES_WITHIN_MAX = 20  # tables within tables
SPAN_MAX = 500
HELD_MAX = 50_000  # rows of one table
_NO_TEXT = frozenset(
    "script style template head iframe object embed svg math canvas audio video select button datalist textarea "
    "noscript noframes applet map area frameset".split()
)
_FURNITURE = frozenset(("nav", "footer", "aside"))
_BLOCKS = frozenset(
    "address article blockquote body center dd details dialog div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 "
    "h6 header hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHINESE = re.compile("[\u3400-\u9fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NO_TAG = re.compile(r"<(?!/?[A-Za-z][A-Za-z0-9-]{0,30}(?:[\s/][^<>]{0,2000})?>|!--)")


def read_html(content: bytes) -> Converted:
    """The text of a web page; its encoding is told by the content, whatever the page says of it.

    Raises:
        UnreadableFile: The bytes are no text, or tables are nested too deep.
    """
    from selectolax.lexbor import LexborHTMLParser

    read = read_text(content)
    page = _Page(hidden=list(read.hidden))
    root = LexborHTMLParser(read.text).root
    lines = page.lines(root) if root is not None else []
    notes = list(page.notes())
    return Converted(text="\n".join(lines), form="html", hidden=tuple(page.hidden), notes=tuple(notes))


def read_fragment(text: str, hidden: list[Hidden]) -> str:
    """A text with some raw HTML in it, as Markdown may hold; its lines stay as they are."""
    from selectolax.lexbor import LexborHTMLParser

    page = _Page(hidden=hidden, keeps_lines=True)
    root = LexborHTMLParser("<body><pre>\n" + _NO_TAG.sub("&lt;", text)).root
    return "\n".join(page.lines(root)) if root is not None else ""


@dataclass
class _List:
    """A list whose items are numbered."""

    form: str
    number: int


@dataclass
class _Page:
    """Walks one page; `lines` may be asked of any element of it."""

    hidden: list[Hidden]
    keeps_lines: bool = False
    furniture: int = 0
    unknown_signs: int = 0
    styles: StyleSheet = field(default_factory=StyleSheet)
    tables_within: int = 0

    def notes(self) -> Iterator[str]:
        """What a reviewer should know."""
        if self.furniture:
            yield wording.FURNITURE
        if self.unknown_signs:
            yield wording.UNKNOWN_SIGNS.format(count=self.unknown_signs)

    def lines(self, root: "Node", above: Seen | None = None) -> list[str]:
        """The lines that are seen of an element."""
        if self.tables_within == 0:
            for style in root.css("style"):
                self.styles.add(style.text(deep=True))
        walk = _Walk(self)
        walk.through(root, above or Seen())
        return walk.written()

    def tell(self, how: str, text: str) -> None:
        """Tell of hidden text, that of one element as one."""
        bare = _SPACES.sub(" ", text).strip()
        if bare:
            self.hidden.append(Hidden(how=how, text=bare[:HIDDEN_MAX]))


class _Walk:
    """Gathers the lines of one element; a line ends where a block begins or ends."""

    def __init__(self, page: _Page) -> None:
        self._page = page
        self._lines: list[str] = []
        self._line: list[str] = []
        self._lists: list[_List | None] = []

    def through(self, root: "Node", above: Seen) -> None:
        """Go through an element and all in it, in order."""
        stack: list[tuple[Node | None, Seen, str]] = [(root, above, "")]
        while stack:
            node, seen, leaving = stack.pop()
            if node is None:
                self._leave(leaving)
                continue
            inside = self._enter(node, seen)
            if inside is None:
                continue
            stack.append((None, seen, node.tag or ""))
            children = []
            child = node.first_child
            while child is not None:
                children.append((child, inside, ""))
                child = child.next
            stack += reversed(children)

    def written(self) -> list[str]:
        """The lines so far."""
        self._break()
        return self._lines

    def _enter(self, node: "Node", seen: Seen) -> Seen | None:
        """Take a node in; how its children are seen, or None where they are not gone through."""
        if node.is_text_node:
            self._text(node.text_content or "")
            return None
        tag = (node.tag or "").lower()
        if node.is_comment_node:
            comment = node.comment_content or ""
            if _CHINESE.search(comment):
                self._page.tell("comment", comment)
            return None
        if tag in _NO_TEXT or tag.startswith(("-", "!")):
            return None
        attributes = node.attributes
        inside = see(tag, attributes, self._page.styles.declared(tag, attributes), seen)
        if inside.how:
            self._page.tell(inside.how, node.text(deep=True))
            return None
        if tag in _FURNITURE:
            self._page.furniture += bool(_CHINESE.search(node.text(deep=True)))
            return None
        if tag == "table":
            self._break()
            self._lines += self._table(node, inside)
            return None
        self._begin(tag, attributes)
        return inside

    def _begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag in _BLOCKS or tag == "br":
            self._break(keep_empty=tag == "br" and self._page.keeps_lines)
        if tag == "img" and (attributes.get("alt") or "").strip():
            self._page.tell("alt", attributes["alt"] or "")
        elif tag == "ol":
            start = attributes.get("start") or "1"
            form = _LIST_FORMS.get(attributes.get("type") or "1", "decimal")
            plain = "none" in (attributes.get("style") or "")
            self._lists.append(None if plain else _List(form, int(start) if re.fullmatch("[0-9]{1,5}", start) else 1))
        elif tag in ("ul", "menu"):
            self._lists.append(None)
        elif tag == "li" and self._lists and (counted := self._lists[-1]) is not None:
            value = attributes.get("value") or ""
            counted.number = int(value) if re.fullmatch("[0-9]{1,5}", value) else counted.number
            self._line.append(f"{write_in_form(counted.number, counted.form) or counted.number}. ")
            counted.number += 1

    def _leave(self, tag: str) -> None:
        if tag in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._break()

    def _text(self, text: str) -> None:
        text, signs = _PRIVATE.subn("□", text)
        self._page.unknown_signs += signs
        if not self._page.keeps_lines:
            self._line.append(_SPACES.sub(" ", text))
            return
        first, *more = text.split("\n")
        self._line.append(first)
        for line in more:
            self._break(keep_empty=True)
            self._line.append(line)

    def _break(self, *, keep_empty: bool = False) -> None:
        line = "".join(self._line)
        self._line.clear()
        if self._page.keeps_lines:
            if keep_empty or line.strip():
                self._lines.append(line)
        elif line.strip():
            self._lines.append(line.strip().replace("\t", " "))

    def _table(self, table: "Node", seen: Seen) -> list[str]:
        self._page.tables_within += 1
        if self._page.tables_within > TABLES_WITHIN_MAX:
            raise wording.refuse("too_deep")
        try:
            rows = list(_rows_of(table))
            if len(rows) > HELD_MAX:
                raise wording.refuse("too_many_cells", limit=HELD_MAX)
            is_layout = any(one.mem_id != table.mem_id for one in table.css("table")) or all(
                len(cells) < 2 for cells in rows
            )
            captions = [self._page.lines(one, seen) for one in _children(table) if one.tag == "caption"]
            cells = list(self._cells(rows, seen))
        finally:
            self._page.tables_within -= 1
        lines = [line for caption in captions for line in caption]
        if is_layout:  # a table that only puts things beside each other
            return lines + [line for cell in cells for line in cell.text.split("\n") if line]
        return lines + write_rows(cells)

    def _cells(self, rows: list[list["Node"]], seen: Seen) -> Iterator[Cell]:
        taken: dict[int, int] = {}  # column → the first row that is free again
        for number, row in enumerate(rows):
            column = 0
            for node in row:
                while taken.get(column, 0) > number:
                    column += 1
                attributes = node.attributes
                wide, high = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
                high = min(high, len(rows) - number)
                text = "\n".join(self._page.lines(node, self._ground_of(node, seen)))
                for at in range(column, column + wide):
                    taken[at] = number + high
                yield Cell(row=number, column=column, rows=high, columns=wide, text=text)
                column += wide

    def _ground_of(self, cell: "Node", seen: Seen) -> Seen:
        """How a cell is seen: its row and the row's group may colour it."""
        between: list[Node] = []
        node = cell.parent
        while node is not None and node.tag != "table":
            between.append(node)
            node = node.parent
        for one in reversed(between):
            seen = see(one.tag or "", one.attributes, self._page.styles.declared(one.tag or "", one.attributes), seen)
        return replace(seen)


def _children(node: "Node") -> Iterator["Node"]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _rows_of(table: "Node") -> Iterator[list["Node"]]:
    """The cells of each row of a table, not those of tables within it."""
    for part in _children(table):
        rows = [part] if part.tag == "tr" else list(_children(part)) if part.tag in ("tbody", "thead", "tfoot") else []
        for row in rows:
            if row.tag == "tr":
                yield [cell for cell in _children(row) if cell.tag in ("td", "th")]


def _span(text: str | None) -> int:
    return min(int(text), SPAN_MAX) if text and re.fullmatch("[1-9][0-9]{0,5}", text) else 1
