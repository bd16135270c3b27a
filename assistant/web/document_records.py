"""Documents and findings as programs get them, field by field, with an example of each."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from assistant.records import Record
from assistant.standing import Standing


class DocumentHead(Record):
    """What is known of a document besides its text; null is not stated."""

    id: str
    title: str
    region: str
    issuer: str | None
    document_number: str | None = Field(description="文号")
    published: date | None
    in_force_from: date | None
    in_force_until: date | None = Field(description="有效期的最后一天")
    status: str = Field(description="文件自称的性质：issued、draft、unknown")
    kind: str
    uploaded: bool = Field(description="是否经上传、审核收入")
    supersedes: tuple[str, ...] = Field(description="所替代的旧版本的编号")
    superseded_by: str | None = Field(description="替代它的新版本的编号")
    superseded_from: date | None = Field(description="新版本替代它的第一天")


class DocumentListed(DocumentHead):
    """A document in the list."""

    standing: Standing = Field(description="在判断日期的效力")
    clauses: int = Field(description="条款数")
    facts: int = Field(description="读出的金额数")
    added: bool = Field(description="是否用户自行收入")


class DocumentsReply(Record):
    """All documents."""

    documents: tuple[DocumentListed, ...]


class ClauseRecord(Record):
    """A clause at its place in the text."""

    id: str
    locator: str = Field(description="条款位置")
    heads: tuple[str, ...] = Field(description="上级标题，由外到内")
    start: int
    end: int


class DocumentReply(DocumentHead):
    """A document, whole."""

    repeals: tuple[str, ...] = Field(description="所废止文件的题名")
    source: str
    text: str
    clauses: tuple[ClauseRecord, ...]


class Finding(Record):
    """Something in a source that could not be read, or that looks wrong."""

    code: str
    kind: Literal["reject", "anomaly"]
    document: str
    region: str
    locator: str
    message: str
    text: str = Field(description="原文")
    start: int
    end: int
    facts: tuple[str, ...] = Field(default=(), description="涉及的台账条目")


class LintReply(Record):
    """All findings."""

    findings: tuple[Finding, ...]


_HEAD: dict[str, Any] = {
    "id": "weihai-2021",
    "title": "（题名）",
    "region": "山东省威海市",
    "issuer": "（发文机关）",
    "document_number": None,
    "published": "2021-06-01",
    "in_force_from": "2021-07-01",
    "in_force_until": "2026-06-30",
    "status": "issued",
    "kind": "award_policy",
    "uploaded": False,
    "supersedes": [],
    "superseded_by": None,
    "superseded_from": None,
}
LIST_EXAMPLE: dict[str, Any] = {
    "documents": [
        _HEAD
        | {
            "standing": {"code": "in_force", "label": "有效（至 2026-06-30）"},
            "clauses": 42,
            "facts": 21,
            "added": False,
        }
    ]
}
DOCUMENT_EXAMPLE: dict[str, Any] = _HEAD | {
    "repeals": [],
    "source": "（原始文件名）",
    "text": "第一条 …",
    "clauses": [{"id": "weihai-2021#1", "locator": "第一条", "heads": [], "start": 0, "end": 5}],
}
LINT_EXAMPLE: dict[str, Any] = {
    "findings": [
        {
            "code": "unit_differs",
            "kind": "anomaly",
            "document": "weihai-2021",
            "region": "山东省威海市",
            "locator": "第三条",
            "message": "（说明）",
            "text": "（原文）",
            "start": 0,
            "end": 4,
            "facts": [],
        }
    ]
}
