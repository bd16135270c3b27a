"""The automatic numbers of a Word document: 第一条, 一、, （一） are often not in the text at all but in its numbering.

Word counts each list level, starts deeper levels anew below each number, and writes a number by the pattern of its
level (`第%1条`). Lists of one definition go on counting together, unless one of them says where it starts.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.labels import write_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "koreanDigital2",
    "japaneseDigitalTenThousand",
    "taiwaneseDigital",
}
_DASHES = "—–-－―"


@dataclass
class _Level:
    """How one level of a list is written, and where it starts."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    is_legal: bool = False  # every number of the pattern in Arabic digits
    has_gap: bool = True
    style: str = ""  # the paragraph style that is numbered by it
    restart: int | None = None  # the level whose numbers start this one anew; 0: never


@dataclass
class _Definition:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)
    begun: list[bool] = field(default_factory=lambda: [False] * LEVELS)


@dataclass
class _List:
    definition: _Definition
    starts: dict[int, int] = field(default_factory=dict)  # levels that this list starts itself
    own_levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """Counts on as the paragraphs of a document are read in order."""

    def __init__(self, part: "Element | None") -> None:
        """Read `word/numbering.xml`; None where the document has none."""
        self.unknown: set[str] = set()
        self._lists: dict[str, _List] = {}
        if part is not None:
            self._read(part)

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list, as printed; empty where nothing is printed."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < LEVELS:
            return ""
        definition = found.definition
        self._count(found, level)
        shown = self._level(found, level)
        if shown.form == "none" and "%" not in shown.pattern:
            return ""
        if shown.form == "bullet":
            return "——" if shown.pattern and all(one in _DASHES for one in shown.pattern) else ""
        text = shown.pattern
        for at in range(LEVELS):
            mark = f"%{at + 1}"
            if mark in text:
                form = "decimal" if shown.is_legal and at != level else self._level(found, at).form
                count = definition.counts[at] if definition.begun[at] else self._level(found, at).start
                text = text.replace(mark, self._write(count, form))
        return text + (" " if text and shown.has_gap else "")

    def level_of(self, list_id: str, style: str) -> int:
        """The level of a list that a paragraph style stands for; the first where none says so."""
        found = self._lists.get(list_id)
        levels = found.definition.levels if found else {}
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def _count(self, found: _List, level: int) -> None:
        definition = found.definition
        if level in found.starts:
            definition.counts[level], definition.begun[level] = found.starts.pop(level), True
        elif definition.begun[level]:
            definition.counts[level] += 1
        else:
            definition.counts[level], definition.begun[level] = self._level(found, level).start, True
        for deeper in range(level + 1, LEVELS):
            restart = self._level(found, deeper).restart
            if restart is None or (restart and level < restart):
                definition.begun[deeper] = False

    @staticmethod
    def _level(found: _List, level: int) -> _Level:
        return found.own_levels.get(level) or found.definition.levels.get(level) or _Level(pattern="")

    def _write(self, number: int, form: str) -> str:
        written = write_in_form(number, form)
        if written is None:
            self.unknown.add(form)
            return str(number)
        return written

    def _read(self, part: "Element") -> None:
        abstract: dict[str, _Definition] = {}
        by_style_link: dict[str, _Definition] = {}
        links: dict[str, str] = {}
        for one in part.iterfind(f"{W}abstractNum"):
            id_ = one.get(f"{W}abstractNumId") or ""
            abstract[id_] = _Definition(levels=dict(_read_levels(one)))
            if (name := _value(one, "styleLink")) is not None:
                by_style_link[name] = abstract[id_]
            if (name := _value(one, "numStyleLink")) is not None:
                links[id_] = name
        for id_, name in links.items():
            abstract[id_] = by_style_link.get(name, abstract[id_])
        for one in part.iterfind(f"{W}num"):
            definition = abstract.get(_value(one, "abstractNumId") or "", _Definition())
            made = _List(definition=definition)
            for override in one.iterfind(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"), 0)
                if (start := _value(override, "startOverride")) is not None:
                    made.starts[at] = _number(start, 1)
                made.own_levels |= dict(_read_levels(override))
            self._lists[one.get(f"{W}numId") or ""] = made


def _read_levels(parent: "Element") -> list[tuple[int, _Level]]:
    levels = []
    for one in parent.iterfind(f"{W}lvl"):
        restart = _value(one, "lvlRestart")
        level = _Level(
            form=_value(one, "numFmt") or "decimal",
            pattern=_value(one, "lvlText") or "",
            start=_number(_value(one, "start"), 0),
            is_legal=one.find(f"{W}isLgl") is not None,
            has_gap=(_value(one, "suff") or "tab") != "nothing",
            style=_value(one, "pStyle") or "",
            restart=None if restart is None else _number(restart, 0),
        )
        levels.append((_number(one.get(f"{W}ilvl"), 0), level))
    return levels


def _value(parent: "Element", name: str) -> str | None:
    found = parent.find(W + name)
    return None if found is None else found.get(f"{W}val")


def _number(text: str | None, default: int) -> int:
    """A small number; the default where it is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default


def write_in_form(number: int, form: str) -> str | None:
    """A number as Word writes it in one of its formats; None for a format that is not known.

    >>> [write_in_form(4, form) for form in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "upperLetter")]
    ['四', '④', 'iv', 'D']
    """
    if form in _CHINESE:
        return write_number(number)
    if form == "chineseLegalSimplified":
        return write_number(number).translate(_LEGAL)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("decimal", "decimalHalfWidth", "decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return str(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form.startswith("decimalFullWidth"):
        return str(number).translate(_FULL_WIDTH)
    if form in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 1 <= number < 400:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[number - 1] if 1 <= number <= len(signs) else None
    return "" if form in ("none", "bullet") else None


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
