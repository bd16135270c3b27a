"""The facts of the ledger as programs get them, field by field; `LedgerView.describe` makes them."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from assistant.records import Record
from assistant.standing import Standing


class FactRecord(Record):
    """One award: who gets how much for what, with its proof. Sums are yuan as decimal text."""

    model_config = ConfigDict(serialize_by_alias=True)  # `construct` is a name of pydantic's own

    id: str
    document: str = Field(description="文件编号")
    title: str
    region: str
    locator: str = Field(description="条款位置")
    subject: str = Field(description="事项，由条文的字句组成")
    name: str = Field(description="事项的称呼：条文的字句，并补上列举时共用的级别、身份等")
    standard: tuple[str, ...] = Field(description="标准类别")
    act: tuple[str, ...] = Field(description="制定、修订")
    role: tuple[str, ...] = Field(description="主导、参与")
    organ: tuple[str, ...] = Field(description="技术组织")
    seat: tuple[str, ...] = Field(description="职务或工作")
    item: tuple[str, ...] = Field(description="其他事项")
    grade: tuple[str, ...] = Field(description="等级")
    level: tuple[str, ...] = Field(description="级别")
    inherited: tuple[str, ...] = Field(description="上述各项中，由前文承接而来的")
    who: str = Field(description="unit 单位，person 个人，government 政府，team 团队")
    kind: Literal["exact", "cap", "range", "rate"] = Field(description="定额、上限、区间、按比例")
    yuan: str | None
    low: str | None = Field(description="区间的下限")
    rate: str | None = Field(description="比例，0.3 即 30%")
    base: str = Field(description="比例的基数")
    ceiling: str | None = Field(description="按比例时的封顶")
    noun: str = Field(description="奖励、补助、资助等，照原文")
    per: str = Field(description="每项、每家等，照原文")
    once: bool
    yearly: bool
    budget: str = Field(description="市级、县级财政，文件分开写明时")
    ranks: tuple[int, ...] = Field(description="起草单位中的排名；空是没有写明")
    conditions: tuple[str, ...] = Field(description="条件，照原文")
    rests_on: tuple[str, ...] = Field(description="相对金额所依据的条目编号")
    anomalies: tuple[str, ...] = Field(description="疑点代码")
    construct_: str = Field(alias="construct", description="条文的写法：single、list、table 等")
    in_force_from: date | None
    in_force_until: date | None
    status: str = Field(description="文件自称的性质：issued、draft、unknown")
    quote: str = Field(description="条文原文")
    start: int = Field(description="原文在全文中的起点")
    end: int
    figure_start: int = Field(description="金额在全文中的起点")
    figure_end: int
    issuer: str | None
    document_number: str | None
    published: date | None
    standing: Standing = Field(description="文件在判断日期的效力")
    sum: str = Field(description="金额的中文说法")


class FactsReply(Record):
    """A page of the facts wanted."""

    total: int = Field(description="符合条件的总数")
    offset: int
    facts: tuple[FactRecord, ...]
