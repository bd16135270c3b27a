"""A document's text → its clauses, each at its place: 章, 条, 款, 项, paragraph, table row.

The nesting of label styles is not fixed in Chinese drafting; here a style opens a new level where it
is first met and returns to that level when it is met again. Two habits of converted texts are
understood: `1、` continuing `一、`-style numbering, and items glued behind a sentence's end. Article
numbers lost in conversion stay lost: such paragraphs are located by chapter and position.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.dates import DATE
from corpus.describe import TITLE_END
from corpus.labels import Label, Style
from corpus.locators import COMMAS, HIGH, TITLE_MAX, Level, locate
from corpus.pieces import Piece, cut_pieces, label_of
from corpus.records import Clause, PolicyDocument
from corpus.tables import read_table, write_row_heads

_CODES = dict(zip(Style, "fbcsahnkdeolt", strict=True))
_TITLE_LINE = re.compile(rf"关于|{TITLE_END}")
_OPEN_END = re.compile(r"[:：]$")
_CLOSED_END = re.compile(r"[。；;！？!?，,、.…：:][”’）)]*$")
_SUMS_UP = re.compile(r"^(?:以上|上述|前述|前款|各)")  # speaks of all items, not of the last
# Date, print run and recipients below the signature belong to no article, wherever they stand.
_COLOPHON = re.compile(
    rf"^(?:抄\s*送\s*[:：].*|[（(]此件[^）)]*[）)]|(?:[\u4e00-\u9fff]{{4,24}}\s*)?{DATE}(?:\s*印发)?)$"
)
HEADING_MAX = 45
LOOKAHEAD_PIECES = 60


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
    pieces = list(cut_pieces(document.text))
    index = 0
    while index < len(pieces):
        if "\t" in pieces[index].text:
            last = index
            while last < len(pieces) and "\t" in pieces[last].text:
                last += 1
            _take_table(walk, pieces[index:last])
            index = last
            continue
        _take_piece(walk, pieces[index], pieces[index + 1 : index + 1 + LOOKAHEAD_PIECES])
        index += 1
    return walk.clauses


def _take_piece(walk: _Walk, piece: Piece, later: Sequence[Piece]) -> None:
    label = label_of(piece)
    if label is None:
        _take_paragraph(walk, piece, later)
        return
    elder = _open_level(walk.stack, label, piece)
    level = walk.stack[-1]
    level.has_talkative_elder = elder is not None and not elder.is_heading and elder.paragraphs > 1
    following = later[0] if later else None
    level.is_heading = (
        following is not None
        and not _closes(walk.stack, following)
        and _is_heading(piece, label, following)
        and (elder is None or elder.is_heading)
    )
    if not level.is_heading:
        level.paragraphs = 1
        _emit(walk, piece, ())


def _closes(stack: list[Level], following: Piece) -> bool:
    """Whether `following` leaves nothing under the innermost level, which then is no heading."""
    label = None if "\t" in following.text else label_of(following)
    if label is None:
        return _COLOPHON.match(following.text) is not None
    if label.style is Style.ATTACHMENT:
        return True
    if label.style in HIGH:
        own = stack[-1].style
        return own is not Style.ATTACHMENT and HIGH.get(own or label.style, 9) >= HIGH[label.style]
    style = _same_level(stack, label.style, label.number)
    return any(level.style is style for level in stack)


def _is_heading(piece: Piece, label: Label, following: Piece) -> bool:
    if label.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.ATTACHMENT):
        return True
    body = piece.text[label.length :]
    if len(piece.text) > HEADING_MAX or "。" in body.rstrip("。") or following.glued:
        return False
    next_label = label_of(following)
    if label.style in (Style.ARABIC_PAREN, Style.CIRCLED, Style.LETTER, Style.DASH):
        return False
    if body.endswith("。"):  # 1. 确定重点领域。 above its own paragraph
        if label.style is Style.ARTICLE or "，" in body:
            return False  # a short paragraph
        return len(body) <= TITLE_MAX + 8 and next_label is None and "\t" not in following.text
    return not _CLOSED_END.search(body) or (body == "" and next_label is None)


def _open_level(stack: list[Level], label: Label, piece: Piece) -> Level | None:
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


def _interrupted(stack: list[Level], later: Sequence[Piece]) -> Level | None:
    """The open item whose next sibling comes later: what stands between （一） and （二） belongs to （一）."""
    for piece in later:
        label = None if "\t" in piece.text else label_of(piece)
        if label is None:
            continue
        if label.style in HIGH or label.style is Style.ATTACHMENT:
            return None
        style = _same_level(stack, label.style, label.number)
        level = next((level for level in stack if level.style is style), None)
        if level is not None:
            return level if level.number + 1 == label.number else None
    return None


def _take_paragraph(walk: _Walk, piece: Piece, later: Sequence[Piece]) -> None:
    """An unlabelled paragraph belongs to the item it interrupts, or the innermost article, heading or attachment."""
    stack = walk.stack
    if _COLOPHON.match(piece.text):
        walk.stack = []
        _emit(walk, piece, (), suffix="落款", code="s")
        walk.stack = stack
        return
    owner = _interrupted(stack, later)
    has_article = any(level.style is Style.ARTICLE for level in stack)
    while stack and not (stack[-1].is_heading or stack[-1].style is Style.ARTICLE):
        if stack[-1] is owner or (stack[-1].has_talkative_elder and not _SUMS_UP.match(piece.text)):
            break
        if not has_article and stack[-1].style is not None and not any(level.is_heading for level in stack):
            break
        stack.pop()
    container = stack[-1] if stack else None
    is_root = container is None or (container.style is None and not container.code)
    first = container is None and len(piece.text) > 4
    if is_root and piece.text in walk.document.title and (first or _TITLE_LINE.search(piece.text)):
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


def _emit(walk: _Walk, piece: Piece, paragraph: tuple[int, ...], suffix: str = "", code: str = "") -> None:
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


def _take_table(walk: _Walk, pieces: list[Piece]) -> None:
    while walk.stack and not (walk.stack[-1].is_heading or walk.stack[-1].style in (Style.ARTICLE, Style.ATTACHMENT)):
        walk.stack.pop()
    if walk.stack:
        walk.stack[-1].paragraphs += 1
    for order, row in enumerate(read_table([piece.text for piece in pieces]), start=1):
        heads = write_row_heads(row)
        before = len(walk.clauses)
        _emit(walk, pieces[row.line], (), suffix=f" · 行{order}", code=f"r{order}")
        clause = walk.clauses[before]
        walk.clauses[before] = replace(clause, heads=(*clause.heads, heads) if heads else clause.heads)
