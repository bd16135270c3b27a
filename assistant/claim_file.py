"""A claim as people write it down: the form that `jiangbu estimate`, the tool and the REST call take.

Sums are yuan, or text as documents print them (50万元). Unknown keys are refused: a slip of the pen in a key must not
change a sum.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant import messages
from assistant.claims import COUNT_MAX, YUAN_MAX
from assistant.claims.records import FEN
from assistant.plain_yaml import YamlRefused, read_plain_yaml
from assistant.reading import visible
from assistant.unclear_numbers import is_odd_numeral
from corpus.awards.normalize import normalize
from corpus.awards.numerals import AmountError, read_money, read_ratio

ACHIEVEMENTS_MAX = 100
FILE_BYTES_MAX = 256 * 1024
RANK_MAX = 100
WORDS_MIN = 2  # characters that name a thing done
_UNCLEAR_SUM = re.compile(  # 010: ten, or eight? 1.000: one, or a thousand? 1亿2千: 千 or 千万? 5 0万; 一百多万
    r"^\s*0\d|亿零?.千[元块]?\s*$|\.000(?!\d)\s*(?:元|块)?\s*$|\d\s+(?!\d{3}(?!\d))\d|[余多]"
)


class ClaimFileError(ValueError):
    """A claim that cannot be read; the message says which value of which line and what to write instead."""


def _yuan(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """A sum as yuan: a number, or 50万元."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(messages.BAD_SUM.format(value=_show(value)))
    if isinstance(value, str) and (_UNCLEAR_SUM.search(value) or any(map(is_odd_numeral, value))):
        raise ValueError(messages.BAD_SUM.format(value=value[:40]))
    if isinstance(value, str):
        try:
            return read_money(normalize(value).text, unit="元")
        except AmountError as error:
            raise ValueError(messages.BAD_SUM.format(value=value[:40])) from error
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(messages.BAD_SUM.format(value=_show(value))) from error


def _to_the_fen(yuan: Decimal) -> Decimal:
    if yuan != yuan.quantize(FEN):
        raise ValueError(messages.FINER_THAN_FEN.format(value=f"{yuan:f}"[:40]))
    return yuan


def _whole(value: Any) -> Any:  # noqa: ANN401
    """A whole number: true is none, though Python counts it as 1."""
    if isinstance(value, bool | float):
        raise ValueError(messages.BAD_NUMBER.format(value=_show(value)))
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]+\s*", value) is None:
        raise ValueError(messages.BAD_NUMBER.format(value=value[:40]))  # Python reads 1_0 as ten, ٣ as three
    return value


def _words(value: str) -> str:
    if len(visible(value)) < WORDS_MIN:
        raise ValueError(messages.NO_WORDS)
    return value


def _ratio(value: Any) -> Any:  # noqa: ANN401
    """A share as a ratio: 0.6, or 60%."""
    if isinstance(value, str):
        if re.search("[:：]", value) or any(map(is_odd_numeral, value)):
            raise ValueError(messages.BAD_SHARE.format(value=value[:40]))  # 1:1 is a half here, and 1 elsewhere
        try:
            return read_ratio(normalize(value).text) if not value.replace(".", "").isdigit() else Decimal(value)
        except (AmountError, InvalidOperation) as error:
            raise ValueError(messages.BAD_SHARE.format(value=value[:40])) from error
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Yuan = Annotated[
    Decimal, BeforeValidator(_yuan), Field(ge=0, le=YUAN_MAX, allow_inf_nan=False), AfterValidator(_to_the_fen)
]
Number = Annotated[int, BeforeValidator(_whole)]
Share = Annotated[Decimal, BeforeValidator(_ratio), Field(gt=0, le=1, allow_inf_nan=False)]


class AchievementEntry(BaseModel):
    """One thing done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Annotated[str, AfterValidator(_words)] = Field(max_length=200, description="做了什么，如：主导制定国家标准")
    fact: str = Field(default="", max_length=200, description="台账条目的编号；写了就按这一条算，不再按文字查找")
    count: Number = Field(default=1, ge=1, le=COUNT_MAX, description="几项")
    rank: Number = Field(default=0, ge=0, le=RANK_MAX, description="在起草单位中排第几；0 表示没有说明")
    co_leads: Number = Field(default=0, ge=0, le=COUNT_MAX, description="并列第一的单位共几家（含本单位）")
    share: Share | None = Field(default=None, description="各方约定的本单位份额，如 60%")
    base: Yuan | None = Field(default=None, description="按比例计算的基数：费用、贷款、销售收入，如 800万元")
    interest: Share | None = Field(default=None, description="贷款利率，如 3.45%")
    cost: Yuan | None = Field(default=None, description="实际发生的费用")
    received: Yuan = Field(default=Decimal(0), description="同一事项此前已领的奖补")
    stage: Literal["", "启动", "立项", "中期", "验收"] = Field(default="", description="只问分期拨付的哪一期")
    budget: Literal["", "市级", "县级"] = Field(default="", description="只问哪一级财政")
    project: str = Field(default="", max_length=60, description="同一项目的几项写同样的名字")


class ClaimEntry(BaseModel):
    """All that one applicant claims for one year in one region."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str = Field(min_length=2, max_length=60, description="地区，如：龙港市")
    as_of: date | None = Field(default=None, description="按哪一天判断文件是否有效")
    received: Yuan = Field(default=Decimal(0), description="同一年度、同一限额内已领的其他奖补")
    achievements: tuple[AchievementEntry, ...] = Field(
        min_length=1, max_length=ACHIEVEMENTS_MAX, description="成果清单，每项写明做了什么"
    )


EXAMPLE = """\
# 测算清单。金额写元数，或写 50万元；不需要的项可以不写。
region: 威海市            # 地区
as_of: 2023-06-30         # 按哪一天判断文件是否有效；不写就是今天
received: 0               # 同一年度、同一限额内已领的其他奖补
achievements:
  - what: 主持制定国家标准   # 做了什么
    count: 2               # 几项
  - what: 主持修订行业标准
  - what: 承担山东省专业标准化技术委员会秘书处
# 每项还可以写：
#   fact: 编号           台账条目的编号（jiangbu facts --json 的 id），按这一条算
#   rank: 2              在起草单位中排第几
#   co_leads: 3          并列第一的单位共几家（含本单位）
#   share: 60%           各方约定的本单位份额
#   base: 800万元        按比例计算的基数：费用、贷款、销售收入
#   interest: 3.45%      贷款利率
#   cost: 30万元         实际发生的费用
#   received: 5万元      同一事项此前已领的奖补
#   stage: 启动          只问分期拨付的哪一期
#   budget: 县级         只问哪一级财政
#   project: 甲          同一项目的几项写同样的名字
"""


def read_claim(data: Any) -> ClaimEntry:  # noqa: ANN401 - parsed JSON or YAML
    """Check a claim.

    >>> claim = read_claim({"region": "某市", "achievements": [{"what": "主导制定国家标准", "base": "5万元"}]})
    >>> claim.achievements[0].base
    Decimal('50000')

    Raises:
        ClaimFileError: It does not have the form; the message names the first fault.
    """
    try:
        return ClaimEntry.model_validate(data)
    except ValidationError as error:
        raise ClaimFileError(say_fault(error)) from error


def parse_claim(text: str) -> ClaimEntry:
    """Read a claim from YAML or JSON text (JSON is YAML).

    Raises:
        ClaimFileError: It is too large, no YAML, or not of the form.
    """
    if len(text.encode("utf-8", "replace")) > FILE_BYTES_MAX:
        raise ClaimFileError(messages.CLAIM_TOO_LARGE.format(limit=FILE_BYTES_MAX // 1024))
    try:
        data = read_plain_yaml(text)
    except YamlRefused as error:
        where = messages.AT_LINE.format(line=error.line) if error.line else ""
        raise ClaimFileError(messages.CLAIM_NO_YAML.format(where=where)) from error
    return read_claim(data)


def say_fault(error: ValidationError) -> str:
    """The first fault in the users' language: where, which value, what to write."""
    fault = error.errors()[0]
    places = [str(part) for part in fault["loc"]]
    where = ""
    if len(places) > 1 and places[0] == "achievements" and places[1].isdigit():
        where = messages.AT_ACHIEVEMENT.format(number=int(places[1]) + 1)
        places = places[2:]
    if not places:
        return where + messages.CLAIM_NO_MAPPING
    name = messages.CLAIM_FIELDS.get(places[-1], places[-1][:40])
    if fault["type"] == "value_error":
        return f"{where}{name}：{fault['ctx']['error']}"
    said = messages.CLAIM_FAULTS.get(fault["type"], messages.CLAIM_FAULTS["other"])
    return where + said.format(field=name, value=_show(fault.get("input")), **_bounds(fault))


def _show(value: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """A value for a message; never the whole of a list or mapping, which may be endless."""
    return str(value)[:40] if isinstance(value, str | int | float | Decimal | date) else messages.A_GROUP


def _bounds(fault: Any) -> dict[str, str]:  # noqa: ANN401 - pydantic's error record
    context = fault.get("ctx") or {}

    def bound(*names: str) -> str:
        value = next((context[name] for name in names if name in context), "")
        return re.sub(r"Decimal\('([^']*)'\)", r"\1", str(value))

    allowed = "、".join(filter(None, re.findall(r"'([^']*)'", str(context.get("expected", "")))))
    return {"low": bound("ge", "gt", "min_length"), "high": bound("le", "max_length"), "allowed": allowed}
