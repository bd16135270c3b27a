"""Raw lines → clean lines: white space, page-break joins and conversion debris, with every drop listed.

The only characters removed are white space and the debris named in `DEBRIS`; nothing is reworded.
Each removed piece of debris is reported as a `Dropped` with its offsets in the raw text, so that a
test can show that no character was lost.
"""

import re
from dataclasses import dataclass

from corpus.labels import Style, read_label
from corpus.words import crosses_word

# What conversion leaves behind, by reason. Each pattern is matched within one raw line.
DEBRIS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bookmark", re.compile(r"\[bookmark:[^\]\n]{0,80}\]")),
    ("page number", re.compile(r"^[ \t\u3000]*—\s*\d{1,4}\s*—[ \t\u3000]*$")),
    ("markdown emphasis", re.compile(r"\*\*")),
    ("table rule", re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")),
    ("markdown bullet", re.compile(r"^[ \t]*-(?=[ \t]+(?:[（(附]|[A-H][.．]))")),
)
TABLE_BAR = "table bar"
_DRAWN_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")  # | 国家标准 | 20 | is a row of cells
_CJK = r"\u3400-\u9fff，。、；：？！“”‘’（）《》〈〉【】〔〕"
_GAP = re.compile(rf"(?<=([{_CJK}0-9A-Za-z%％)\]]))[ \u3000\xa0]+(?=([{_CJK}0-9A-Za-z(\[]))")
_HEADING_STYLES = {Style.PART, Style.CHAPTER, Style.SECTION, Style.CHINESE_COMMA, Style.CHINESE_PAREN}
_SENTENCE_END = re.compile(r"[。！？；：;:!?.…][”’）)》]*$")
_MID_SENTENCE_END = re.compile(r"[，、,（(《“‘]$")
_MID_SENTENCE_START = re.compile(r"^[，。、；：）)》”’,;]")
_DATE_LINE = re.compile(r"^[\d一二三四五六七八九十〇零○]{4}\s*年.{1,6}月.{1,4}日")
_ADDRESSEES = re.compile(r"^各[^。；]{2,200}[：:]$")  # 各区人民政府： opens the text below its title
DOCUMENT_NUMBER = re.compile(r"^[\u4e00-\u9fa5]{2,10}\s*[〔\[［(（]\s*[12][0-9]{3}\s*[〕\]］)）]\s*[0-9]{1,5}\s*号$")
_DATED_HEAD = re.compile(r"^[（(](发布|召开|印发|公布)(时间|日期)")
TORN_LINE_MIN = 25  # a shorter line without a full stop is a heading or a signature, not a torn line
HEADING_MAX = 45


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A piece of a raw file that is in no document: where it stood, what it was and why it went."""

    source: str
    start: int
    end: int
    reason: str
    text: str


def strip_debris(line: str, offset: int, source: str) -> tuple[str, list[Dropped]]:
    """Remove the debris from one raw line; a tab stands where a bar parted cells.

    Args:
        line: One line.
        offset: Its place in the raw file.
        source: The file's name.

    >>> strip_debris("| 国家标准 | 20 |", 0, "made-up.md")[0]
    ' 国家标准 \\t 20 '
    """
    spans: list[tuple[int, int, str]] = []
    bars = [found.start() for found in re.finditer(r"\|", line)] if _DRAWN_ROW.match(line) else []
    for reason, pattern in DEBRIS:
        spans += [(found.start(), found.end(), reason) for found in pattern.finditer(line)]
    spans += [(at, at + 1, TABLE_BAR) for at in bars if not any(start <= at < end for start, end, _ in spans)]
    dropped, kept, position = [], "", 0
    for start, end, reason in sorted(spans):
        if start < position:
            continue
        kept += line[position:start] + ("\t" if start in bars[1:-1] else "")
        text = line[start:end]
        dropped.append(Dropped(source=source, start=offset + start, end=offset + end, reason=reason, text=text))
        position = end
    return kept + line[position:], dropped


def mend_spaces(line: str) -> str:
    """Drop the spaces that conversion put inside words and numbers; keep those between words.

    >>> mend_spaces("通过验收并获 得市级项目的给予 10 万元")
    '通过验收并获得市级项目的给予10万元'
    >>> mend_spaces("市财政局 市场监督管理局印发")
    '市财政局 市场监督管理局印发'
    """
    line = line.replace("\u3000", " ").replace("\xa0", " ").strip()
    label = read_label(line)
    head, body = (line[: label.length], line[label.length :]) if label else ("", line)

    def mend(gap: re.Match[str]) -> str:
        left, right = gap.group(1), gap.group(2)
        if left.isascii() and right.isascii():
            return " "
        if _is_letter(left) or _is_letter(right):
            return " "
        if left.isascii() or right.isascii() or not (left.isalpha() and right.isalpha()):
            return ""  # a number beside Chinese, or punctuation
        return "" if crosses_word(body[: gap.start()].rstrip(), body[gap.end() :]) else " "

    mended = _GAP.sub(mend, body.strip())
    bare = re.sub(r"\s+", "", head)
    # 2. 2021年度 … would otherwise read as the number 2.2021
    apart = mended and (
        bare.startswith("第") or (bare[:1].isdigit() and bare.endswith((".", "．")) and mended[0].isdigit())
    )
    return bare + (" " if apart else "") + mended


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def is_row(line: str) -> bool:
    """Whether a raw line is a table row: cells apart by tabs."""
    return "\t" in line.strip(" \n")


def _is_heading(line: str) -> bool:
    label = read_label(line)
    if label is None or len(line) > HEADING_MAX or re.search(r"[。；：;:]", line):
        return False
    return label.style in _HEADING_STYLES


def continues(line: str, following: str, tail: int | None = None) -> bool:
    """Whether a page break tore one sentence into `line` and `following`.

    Args:
        line: What precedes, possibly joined from several raw lines.
        following: The raw line after it.
        tail: Length of the last raw line in `line`; a short one ended there on purpose.

    >>> continues("对上一年度在本市承办过展会活动的各类企业和机构，分", "别一次性补助")
    True
    >>> continues("三、推动重点领域突破，提升装备制造业竞争力", "围绕高端装备创新")
    False
    """
    apart = (_DATED_HEAD.match(line), _DATED_HEAD.match(following), _ADDRESSEES.match(following))
    if not line or is_row(line) or is_row(following) or any(apart):
        return False
    label = read_label(line)
    if label is not None and label.style is Style.ARTICLE and label.length >= len(line):
        return read_label(following) is None  # 第二条 alone on its line
    if _MID_SENTENCE_START.match(following):
        return not _SENTENCE_END.search(line) or following[0] in "）)》”’"
    if read_label(following) is not None or _DATE_LINE.match(following) or DOCUMENT_NUMBER.match(following):
        return False
    if _MID_SENTENCE_END.search(line):
        return True
    if _SENTENCE_END.search(line) or line[-1] in "”’）)》":
        return False
    if (len(line) if tail is None else tail) < TORN_LINE_MIN:
        return False
    return crosses_word(line, following) or not _is_heading(line)


def join_lines(lines: list[str]) -> list[str]:
    """Join the lines that page breaks tore apart; a space stays between two Latin words."""
    joined: list[str] = []
    tail = 0
    for line in lines:
        torn = bool(joined) and continues(joined[-1], line, tail)
        tail = len(line)
        if torn:
            last = joined[-1]
            label = read_label(last)
            alone = label is not None and label.length >= len(last)
            seam = " " if alone or (_is_letter(last[-1]) and _is_letter(line[0])) else ""
            joined[-1] = last + seam + line
        else:
            joined.append(line)
    return joined
