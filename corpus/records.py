"""The records of the corpus stage: one policy, its clauses, and the passages that are searched.

Data flows one way: `PolicyDocument` → `Clause` → `Passage`. All offsets are half-open character
offsets into `PolicyDocument.text`, the stored text; `text[start:end]` is what a citation quotes.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What a document says of its own standing; whether it is in force on a day is computed."""

    ISSUED = "issued"  # 已印发
    DRAFT = "draft"  # 征求意见稿
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of document it is, told from its title and text."""

    AWARD_POLICY = "award_policy"  # 奖补政策：写明金额
    MEASURE = "measure"  # 管理办法、实施方案、意见
    NATIONAL_POLICY = "national_policy"  # 国家、部委文件
    LIST = "list"  # 名单、重点领域
    NOTICE = "notice"  # 通知、公告
    STANDARD = "standard"  # 标准文本


@dataclass(frozen=True, kw_only=True)
class Region:
    """An administrative region; empty strings from the first unknown level down.

    The nation itself is `Region()`; 直辖市 have no city level.
    """

    province: str = ""
    city: str = ""
    county: str = ""

    @property
    def name(self) -> str:
        """Full name, e.g. 浙江省温州市龙港市; 全国 for the nation."""
        return (self.province + self.city + self.county) or "全国"

    @property
    def parts(self) -> tuple[str, ...]:
        """The levels that are known, from province down."""
        return tuple(level for level in (self.province, self.city, self.county) if level)

    def covers(self, other: "Region") -> bool:
        """Whether `other` lies within this region or is this region.

        >>> Region(province="浙江省").covers(Region(province="浙江省", city="温州市"))
        True
        """
        return other.parts[: len(self.parts)] == self.parts


@dataclass(frozen=True, kw_only=True)
class Superseded:
    """That a newer version of a document has taken its place, or is to."""

    by: str  # id of the newer one
    title: str
    since: date  # first day on which the newer one counts


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A stretch of a document's text that was read off a picture, and not for sure."""

    start: int
    end: int
    confidence: float  # from 0 to 1


@dataclass(frozen=True, kw_only=True)
class PolicyDocument:
    """One policy document, as stored under `corpus/documents/` or the user's home.

    What the text does not say is `None`; nothing here is guessed.
    """

    id: str  # stable, from region or issuer and year: "longgang-2023"
    title: str
    region: Region
    issuer: str | None
    document_number: str | None  # 文号
    published: date | None  # 发布、印发日期
    in_force_from: date | None
    in_force_until: date | None  # last day of validity
    status: Status
    kind: Kind
    repeals: tuple[str, ...]  # titles of the documents that this one repeals
    source: str  # name of the raw file it was read from
    text: str
    doubts: tuple[Doubt, ...] = ()  # in order; none for a document that came as text
    uploaded: bool = False  # sent by staff through the service, and accepted by a named reviewer
    supersedes: tuple[str, ...] = ()  # ids of the older versions that this one takes the place of
    supersedes_from: date | None = None  # first day on which it does
    superseded: Superseded | None = None  # told by the newer version when the library is read, never stored

    @property
    def short_title(self) -> str:
        """The title without who issued it: what stands between 《 and 》 in a compilation's heading."""
        inner = re.search(r"(?:印发|发布|印发了|公布|印)\s*《(.+)》", self.title)
        return inner.group(1) if inner else self.title


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause at its place in a document: 条, 款, 项, a paragraph, or a table row.

    `start:end` is the clause's own text, label included, without its sub-clauses' text unless they
    stand in the same paragraph.
    """

    id: str  # "longgang-2023#5.2", from place
    document_id: str
    locator: str  # for people: 第六条（一）, 五、奖励 · 2, 附件1 · 行3
    heads: tuple[str, ...]  # headings and list heads above it, outermost first
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A clause, or a part of a long one, in the size that is searched.

    `context` stands before `text` when it is embedded and indexed, never when it is quoted.
    """

    id: str  # content-addressed: sha256 of document id, context, text and offsets
    clause_id: str
    document_id: str
    start: int
    end: int
    text: str  # document.text[start:end]
    context: str  # region, title, chapter, list head
