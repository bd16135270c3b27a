"""A document's text → its clauses, each at its place: 章, 条, 款, 项, paragraph, table row.

The nesting of label styles is not fixed in Chinese drafting; here a style opens a new level where it
is first met and returns to that level when it is met again. Two habits of converted texts are
understood: `1、` continuing `一、`-style numbering, and items glued behind a sentence's end. Article
numbers lost in conversion stay lost: such paragraphs are located by chapter and position.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.labels import Label, Style, read_label
from corpus.locators import COMMAS, HIGH, TITLE_MAX, Level, locate
from corpus.records import Clause, PolicyDocument
from corpus.tables import Row, read_table

_CODES = dict(zip(Style, "fbcsahnkdeolt", strict=True))
_BARE_HEADING = re.compile(r"^(?:附\s*则|总\s*则|备\s*注)[:：]?$")
_OPEN_END = re.compile(r"[:：]$")
_CLOSED_END = re.compile(r"[。；;！？!?，,、.…：:][”’）)]*$")
_GLUED_ITEM = re.compile(r"(?<=[。；;：:])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳])")
_GLUED_CLAUSE = re.compile(
    r"(?<=。)\s*(?=第[一二三四五六七八九十百]{1,5}条\s|[一二三四五六七八九十]{1,2}、[^，。；]{2,20}$)"
)
HEADING_MAX = 45
ATTACHMENT_LINE_MAX = 40


@dataclass(frozen=True)
class _Piece:
    """A line, or a part of one that begins with a glued label."""

    start: int
    text: str
    glued: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass
class _Walk:
    """The walk down a document: open levels, clauses so far, and the ids already given."""

    document: PolicyDocument
    stack: list[Level] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    rows: int = 0


def read_clauses(document: PolicyDocument) -> list[Clause]:
    """Cut a document into clauses, in order. Headings become `heads` of what stands under them.

    Every character of the text that is not white space lies in a clause, in a heading, or in the
    head of a table.
    """
    walk = _Walk(document)
    pieces = list(_pieces(document.text))
    index = 0
    while index < len(pieces):
        if "\t" in pieces[index].text:
            last = index
            while last < len(pieces) and "\t" in pieces[last].text:
                last += 1
            _take_table(walk, pieces[index:last])
            index = last
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        _take_piece(walk, pieces[index], following)
        index += 1
    return walk.clauses


def _pieces(text: str) -> Iterator[_Piece]:
    position = 0
    for line in text.split("\n"):
        if line.strip():
            cuts = [0, *_glued_cuts(line), len(line)]
            for order, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
                yield _Piece(position + start, line[start:end], glued=order > 0)
        position += len(line) + 1


def _glued_cuts(line: str) -> list[int]:
    """Where glued labels begin: an inline list that counts 1, 2, …, or a clause behind a full stop."""
    cuts: list[int] = []
    expected: dict[Style, int] = {}
    runs: dict[Style, list[int]] = {}
    if "\t" in line:
        return cuts
    for found in _GLUED_ITEM.finditer(line):
        label = read_label(line[found.end() :])
        if label and label.number == expected.get(label.style, 1):
            runs.setdefault(label.style, []).append(found.end())
            expected[label.style] = label.number + 1
    for run in runs.values():
        if len(run) >= 2:
            cuts += run
    cuts += [found.end() for found in _GLUED_CLAUSE.finditer(line) if 0 < found.end() < len(line)]
    return sorted(set(cuts) - {0})


def _take_piece(walk: _Walk, piece: _Piece, following: _Piece | None) -> None:
    label = _label_of(piece)
    if label is None:
        _take_paragraph(walk, piece)
        return
    elder = _open_level(walk.stack, label, piece)
    level = walk.stack[-1]
    level.is_heading = _is_heading(piece, label, following) and (elder is None or elder.is_heading)
    if not level.is_heading:
        level.paragraphs = 1
        _emit(walk, piece, ())


def _label_of(piece: _Piece) -> Label | None:
    text = piece.text
    if _BARE_HEADING.match(text):
        return Label(Style.CHAPTER, 0, 0)
    label = read_label(text)
    if label and label.style is Style.ATTACHMENT:
        if len(text) > ATTACHMENT_LINE_MAX or re.search(r"[。；，]", text):
            return None
    if label and label.style is Style.ARTICLE and label.length < len(text) and text[label.length - 1] not in " \u3000":
        return None  # 第七条规定的 … is a reference, not a label
    return label


def _is_heading(piece: _Piece, label: Label, following: _Piece | None) -> bool:
    if label.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.ATTACHMENT):
        return True
    body = piece.text[label.length :]
    if len(piece.text) > HEADING_MAX or "。" in body.rstrip("。") or following is None or following.glued:
        return False
    next_label = _label_of(following)
    if next_label is not None and next_label.style is label.style:
        return False
    if label.style in (Style.ARABIC_PAREN, Style.CIRCLED, Style.LETTER, Style.DASH):
        return False
    if body.endswith("。"):  # 1. 确定重点领域。 above its own paragraph
        return len(body) <= TITLE_MAX + 8 and next_label is None and "\t" not in following.text
    return not _CLOSED_END.search(body) or (body == "" and next_label is None)


def _open_level(stack: list[Level], label: Label, piece: _Piece) -> Level | None:
    """Open the level of a label and return the sibling that it follows, if there is one."""
    style, number = label.style, label.number
    elder: Level | None = None
    if style is Style.ATTACHMENT:
        stack.clear()
    elif style in HIGH:
        while stack and not (
            stack[-1].style is Style.ATTACHMENT or HIGH.get(stack[-1].style or style, 9) < HIGH[style]
        ):
            stack.pop()
    else:
        style = _same_level(stack, style, number)
        at = next((i for i, level in enumerate(stack) if level.style is style), None)
        if at is not None:
            elder = stack[at] if stack[at].number + 1 == number else None
            del stack[at:]
        while stack and stack[-1].style is None and not _OPEN_END.search(stack[-1].text):
            stack.pop()
    stack.append(Level(style, number, piece.text, is_heading=False))
    stack[-1].code = f"{_CODES[style]}{number or ''}"
    return elder


def _same_level(stack: list[Level], style: Style, number: int) -> Style:
    """`二、` after `1、` on one level is that level's next number in other digits."""
    if style not in COMMAS or any(level.style is style for level in stack):
        return style
    other = COMMAS[1 - COMMAS.index(style)]
    if any(level.style is other and level.number + 1 == number for level in stack):
        return other
    return style


def _take_paragraph(walk: _Walk, piece: _Piece) -> None:
    """An unlabelled paragraph belongs to the innermost article, heading or attachment."""
    stack = walk.stack
    has_article = any(level.style is Style.ARTICLE for level in stack)
    while stack and not (stack[-1].is_heading or stack[-1].style is Style.ARTICLE):
        if not has_article and stack[-1].style is not None and not any(level.is_heading for level in stack):
            break
        stack.pop()
    container = stack[-1] if stack else None
    if container is None and len(piece.text) > 4 and piece.text in walk.document.title:
        _emit(walk, piece, (), suffix="标题", code="t")
        return
    if container is None:
        container = Level(None, 0, "", is_heading=True, code="")
        stack.append(container)
    container.paragraphs += 1
    if container.style is Style.ATTACHMENT and container.paragraphs == 1 and _is_title(piece.text):
        container.text += " " + piece.text
    if _OPEN_END.search(piece.text):
        head = Level(None, container.paragraphs, piece.text, is_heading=False, code=f"p{container.paragraphs}")
        stack.append(head)
        _emit(walk, piece, ())
        return
    _emit(walk, piece, (container.paragraphs,))


def _is_title(text: str) -> bool:
    """An attachment's own title: one short line without a full stop."""
    return len(text) <= HEADING_MAX and not _CLOSED_END.search(text)


def _emit(walk: _Walk, piece: _Piece, paragraph: tuple[int, ...], suffix: str = "", code: str = "") -> None:
    path = walk.stack
    codes = [level.code for level in path if level.code]
    if any(level.style is Style.ARTICLE for level in path):
        codes = [level.code for level in path if level.code and HIGH.get(level.style or Style.DASH, 9) >= 4]
        attached = [level.code for level in path if level.style is Style.ATTACHMENT]
        codes = attached + [c for c in codes if c not in attached]
    codes += [f"p{number}" for number in paragraph] + ([code] if code else [])
    base = f"{walk.document.id}#{'.'.join(codes) or 'p0'}"
    clause_id, repeat = base, 2
    while clause_id in walk.ids:
        clause_id, repeat = f"{base}~{repeat}", repeat + 1
    walk.ids.add(clause_id)
    own = path[-1] if path and not paragraph and not code and path[-1].text == piece.text else None
    heads = tuple(level.text for level in path if level is not own and level.text)
    walk.clauses.append(
        Clause(
            id=clause_id,
            document_id=walk.document.id,
            locator=(locate(path, paragraph) + suffix).strip(" ·") or "正文",
            heads=heads,
            start=piece.start,
            end=piece.end,
        )
    )


def _take_table(walk: _Walk, pieces: list[_Piece]) -> None:
    while walk.stack and not (walk.stack[-1].is_heading or walk.stack[-1].style in (Style.ARTICLE, Style.ATTACHMENT)):
        walk.stack.pop()
    if walk.stack:
        walk.stack[-1].paragraphs += 1
    for order, row in enumerate(read_table([piece.text for piece in pieces]), start=1):
        heads = _row_heads(row)
        before = len(walk.clauses)
        _emit(walk, pieces[row.line], (), suffix=f" · 行{order}", code=f"r{order}")
        clause = walk.clauses[before]
        walk.clauses[before] = replace(clause, heads=(*clause.heads, heads) if heads else clause.heads)


def _row_heads(row: Row) -> str:
    """What a row knows of its table: `类别：农业；领域` – carried cells with their heads, then the column heads."""
    carried = [
        f"{row.heads[column] or '类别'}：{cell[0]}"
        for column, cell in enumerate(row.carried)
        if cell is not None and not re.fullmatch(r"[\d.]+", cell[0])
    ]
    columns = [head for head in dict.fromkeys(row.heads) if head]
    return "；".join([*carried, " / ".join(columns)] if columns else carried)
