"""The records of conversion: a raw file as it came, and what a reader makes of its bytes."""

from dataclasses import dataclass

TEXT_MAX = 2_000_000  # characters of a file; cleaning takes ten seconds a million, the longest one seen has 200,000
HIDDEN_MAX = 200  # characters of one hidden text that are told, and hidden places of one file that are listed


@dataclass(frozen=True)
class RawFile:
    """A raw file as it came, from a disk or from a browser; its name tells its kind and is kept as the source."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """A line of a scan as it was read, with the lowest confidence of its words, from 0 to 1."""

    text: str
    confidence: float
    page: int


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Text that a reader of the page would not see. It is told and never part of the converted text.

    `how` is one of "vanish", "white", "tiny", "display:none", "comment", "deleted", "off_page", "alt", "tags",
    "zero_width", "sheet", "row", "column"; `text` has at most `HIDDEN_MAX` characters.
    """

    how: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Converted:
    """The text of one raw file, with what a reviewer should know of how it was read.

    `form` names the kind or the encoding ("utf-8", "gb18030", "docx", "pdf", "scan", "html", "xlsx", …). A row of a
    table is a line of tab-separated cells. `notes` are sentences in Chinese.
    """

    text: str
    form: str
    pages: int = 0
    hidden: tuple[Hidden, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    notes: tuple[str, ...] = ()
