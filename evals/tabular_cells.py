"""What stands in the cells of a table of questions → the parts of a case. Sums are exact; nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

from corpus.awards.normalize import normalize
from corpus.dates import find_dates
from evals import case_words, words
from evals.cases import AnswerStatus, Persona, QuestionType
from evals.expressions import fen_of
from evals.printed import Figure, read_figures
from evals.tabular_clauses import SHOWN_MAX, CellError

CELL_MAX = 2_000  # characters
ID_MAX = 190
_Code = TypeVar("_Code", bound=str)


class Head(StrEnum):
    """The columns of a table, in the order of the template."""

    ID = "编号"
    QUESTION = "问题"
    ANSWER = "标准答案"
    CLAUSE = "依据条款"
    DOCUMENT = "文件"
    STATUS = "应答"
    SUM = "金额"
    KIND = "金额性质"
    MUST = "必含"
    MUST_NOT = "不得含"
    TYPE = "类型"
    PERSONA = "人群"
    HISTORY = "此前提问"
    DAY = "判断日期"
    REGION = "地区"
    WHY = "说明"


Kind = Literal["exact", "cap"]
KINDS: Mapping[str, Kind] = MappingProxyType({"固定": "exact", "上限": "cap", words.AMOUNT_KINDS["exact"]: "exact"})
STATUSES: Mapping[str, AnswerStatus] = MappingProxyType({words.STATUSES[code]: code for code in get_args(AnswerStatus)})
PERSONAS: Mapping[str, Persona] = MappingProxyType({words.PERSONAS[code]: code for code in get_args(Persona)})
TYPES: Mapping[str, QuestionType] = MappingProxyType({words.TYPES[code]: code for code in get_args(QuestionType)})

_NOTHING = re.compile(
    r"(?:没有|未作?|无|未见)(?:相关|具体|这项|此项|该项|明确|任何)*(?:的)?(?:规定|奖励|奖补|政策|提及|收录)(?=$|[。；，！、（\s])"
    r"|查无|无此"
)
_STEPS = re.compile(r"[=÷×+*%]|合计|共计|总计|一共|总共|减去|加上|乘以|除以|扣除|已领|差额|补齐|半|分之|倍|其中|提高")
_NOT = re.compile(
    r"(?:不是|而非|并非|非|原为|原来|由|从|误为|不应|不到|低于|少于|(?<!不)高于|(?<!不)多于|(?<!不)超过)$"
)
_RANGE = re.compile(r"[~至到-]")
_FULL_SUM = re.compile(r"(?:不超过|不高于|最高|最多|上限|为|人民币|：)*\0(?:整|以内|以下|封顶|/?[每]?[项个家年次])?")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums of an answer in yuan; what they are, where the words say so of all of them."""

    yuan: tuple[Decimal, ...] = ()
    kind: Kind | None = None


def choose(choices: Mapping[str, _Code]) -> Callable[[str], _Code]:
    """A reader of a cell that holds one of a few names; it raises `CellError` for any other.

    >>> choose(KINDS)("上限")
    'cap'
    """

    def read(cell: str) -> _Code:
        if cell not in choices:
            raise CellError(case_words.CELL_CHOICE.format(given=cell[:SHOWN_MAX], known="、".join(choices)))
        return choices[cell]

    return read


def read_id(cell: str) -> str:
    """An id as a case may have one."""
    if re.search(r"[\s/]", cell) or len(cell) > ID_MAX:
        raise CellError(case_words.CELL_ID.format(given=cell[:SHOWN_MAX], limit=ID_MAX))
    return cell


def read_list(cell: str) -> tuple[str, ...]:
    """What ；, or a new line, parts.

    >>> read_list("公示； 7天;")
    ('公示', '7天')
    """
    return tuple(one.strip() for one in re.split(r"[；;\n]", cell) if one.strip())


def read_must(cell: str) -> tuple[str | tuple[str, ...], ...]:
    """What has to appear; | parts the wordings of one thing.

    >>> read_must("一年|1年；公示")
    (('一年', '1年'), '公示')
    """
    groups = (tuple(one.strip() for one in re.split(r"[|｜]", entry) if one.strip()) for entry in read_list(cell))
    return tuple(group[0] if len(group) == 1 else group for group in groups if group)


def read_history(cell: str) -> tuple[str, ...]:
    """Earlier questions: one a line, or parted by ； where all stand on one."""
    lines = tuple(line.strip() for line in cell.split("\n") if line.strip())
    return lines if len(lines) > 1 else read_list(cell)


def read_day(cell: str) -> date:
    """A day, as 2026-06-30, 2026/6/30 or 2026年6月30日.

    Raises:
        CellError: It is none, or there is no such day.
    """
    written = cell.replace("/", "-").strip()
    days = find_dates(written)
    if len(days) != 1 or not re.fullmatch(r"[\w〇○.\- ]{8,12}(?: 00:00:00)?", written):
        raise CellError(case_words.CELL_DAY.format(given=cell[:SHOWN_MAX]))
    return days[0]


def read_sums(cell: str) -> Sums:
    """The sums of a cell that holds nothing else.

    >>> read_sums("最高50万元；二十五万元").yuan
    (Decimal('500000'), Decimal('250000'))

    Raises:
        CellError: A part of it is no sum with a unit of money.
    """
    figures = [_only_sum(part) for part in re.split(r"[；;、\n]", cell) if part.strip()]
    if not figures:
        raise CellError(case_words.CELL_SUM.format(given=cell[:SHOWN_MAX]))
    return Sums(yuan=tuple(fen_of(one.value) for one in figures), kind=_kind_of(figures))


def find_sums(answer: str) -> Sums:
    """The sums that an expected answer states in words; none is all right.

    Raises:
        CellError: It holds sums, and which of them are the answer is not clear.
    """
    figures = [one for one in read_figures(answer) if one.sort == "money"]
    if not figures:
        return Sums()
    if reason := _unclear(answer, figures):
        raise CellError(case_words.CELL_SUM_UNCLEAR.format(given=answer[:SHOWN_MAX], reason=reason))
    values = tuple(dict.fromkeys(fen_of(one.value) for one in figures))
    return Sums(yuan=values, kind=_kind_of(figures))


def says_nothing_is_there(answer: str) -> bool:
    """Whether an expected answer says that there is no such rule.

    >>> says_nothing_is_there("文件没有规定"), says_nothing_is_there("公示7天")
    (True, False)
    """
    return _NOTHING.search(answer) is not None


def _only_sum(part: str) -> Figure:
    text = normalize(part).text
    figures = [one for one in read_figures(text) if one.sort == "money"]
    if len(figures) == 1 and not figures[0].is_about:
        (figure,) = figures
        if _FULL_SUM.fullmatch(text[: figure.start] + "\0" + text[figure.end :]):
            return figure
    raise CellError(case_words.CELL_SUM.format(given=part.strip()[:SHOWN_MAX]))


def _kind_of(figures: list[Figure]) -> Kind | None:
    """A plain sum may be short for a ceiling, so only 不超过 and the like say what it is."""
    return "cap" if all(one.is_cap for one in figures) else None


def _unclear(answer: str, figures: list[Figure]) -> str:
    """Why it is not clear which of the sums are the answer; empty where it is."""
    text = normalize(answer).text
    figures = [one for one in read_figures(text) if one.sort == "money"]
    if any(one.is_about for one in figures):
        return case_words.UNCLEAR_ABOUT
    if any(_NOT.search(text[: one.start]) for one in figures):
        return case_words.UNCLEAR_NOT
    if any(_RANGE.fullmatch(text[one.end : later.start]) for one, later in zip(figures, figures[1:], strict=False)):
        return case_words.UNCLEAR_RANGE
    if len({one.value for one in figures}) > 1 and _STEPS.search(text):
        return case_words.UNCLEAR_STEPS
    return ""
