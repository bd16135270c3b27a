"""A policy's clean lines → what it is: title, issuer, number, region, dates, status, kind, id.

Everything is read from the text; what the text does not say stays unknown. A title that is not
printed is put together from the document's own first sentence and says so.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from corpus.cleaning import DOCUMENT_NUMBER
from corpus.dates import DATE, find_dates, read_date, read_validity
from corpus.labels import read_label
from corpus.pinyin import spell
from corpus.records import Kind, PolicyDocument, Region, Status
from corpus.regions import find_regions, narrow

TITLE_END = (
    r"(?:办法|意见|通知|方案|规定|细则|条例|规划|要点|纲要|公告|名单|措施|政策|决定|标准|计划|通告)"
    r"(?:[（(][^（）()]{2,12}[）)])?$"
)
_FORWARDED = re.compile(r"(?:印发|发布|转发|公布)\s*《(.+)》\s*的?\s*(?:通知|公告)$")
_PUBLISHED = re.compile(rf"(?:发布|印发|公布|召开)(?:时间|日期)\s*[:：]\s*{DATE}")
_SIGNED = re.compile(rf"(?:^|\s){DATE}\s*(?:印发|发布)?\s*$")
_DRAFT = re.compile(r"征求意见稿|公开征求意见|[（(]草案[）)]")
_ISSUED = re.compile(r"(?:印发|发布)了?(?=《|关于)")  # a compilation's heading says that it was
_ISSUER = re.compile(r"^(.{2,60}?)(?:联合)?(?:印发|发布|正式发布|联合开展|关于|印《)")
_NATIONAL = re.compile(
    r"国务院|中共中央|国家|总局|全国|部委|工业和信息化部|中国人民银行|知识产权局和|等[0-9十一二三四五六七八九]+部门"
)
_MONEY = re.compile(r"[0-9一二三四五六七八九十百千.]+\s*万?元")
_AWARD = re.compile(r"奖励|补助|资助|激励|补贴|奖补")
OPENING_MIN, OPENING_MAX = 8, 50  # characters of a first line that can be a title
_ABOUT_AWARDS = re.compile("标准|奖|资助|补助|扶持|政策")
HEAD_LINES = 25
AWARD_SENTENCES_MIN = 3
MENTIONS_MIN = 3  # a region named less often than this is not what a document is for


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the user states about a document; each wins over what the text says."""

    id: str | None = None
    title: str | None = None
    region: Region | None = None
    issuer: str | None = None
    document_number: str | None = None
    published: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    status: Status | None = None
    kind: Kind | None = None


def describe(lines: list[str], *, heading: str | None, source: str, file_stem: str, given: Given) -> PolicyDocument:
    """Describe one policy from its clean lines.

    Args:
        lines: Clean, non-empty lines.
        heading: The heading under which a compilation prints it, if it comes from one.
        source: Name of the raw file.
        file_stem: The raw file's name without its ending, the last resort for a title.
        given: What the user states; it wins.

    Returns:
        The document without a final id: `id` is a proposal that the library makes unique.
    """
    text = "\n".join(lines)
    printed = heading or printed_title(lines) or opening_title(lines)
    region = given.region or read_region(printed, lines)
    title = given.title or printed or _derived_title(lines, region) or file_stem
    published = given.published or _published(lines)
    validity = read_validity(text, published)
    start = given.in_force_from or validity.in_force_from
    is_draft = bool(_DRAFT.search(title)) or any(
        _DRAFT.search(line) and len(line) < 60 and "。" not in line for line in lines[:8]
    )
    is_issued = bool(published or start or _ISSUED.search(title))
    status = given.status or (Status.DRAFT if is_draft else Status.ISSUED if is_issued else Status.UNKNOWN)
    return PolicyDocument(
        id=given.id or propose_id(region, start or published),
        title=title,
        region=region,
        issuer=given.issuer or _issuer(printed, lines),
        document_number=given.document_number or _document_number(lines),
        published=published,
        in_force_from=start,
        in_force_until=given.in_force_until or validity.in_force_until,
        status=status,
        kind=given.kind or read_kind(title, text, region),
        repeals=validity.repeals,
        source=source,
        text=text,
    )


def printed_title(lines: list[str]) -> str | None:
    """The title a single policy prints near its top, possibly over several lines.

    >>> printed_title(["某市人民政府", "关于促进标准化工作的", "若干意见", "各区人民政府："])
    '某市人民政府关于促进标准化工作的若干意见'
    """
    for index, line in enumerate(lines[:HEAD_LINES]):
        bare = line.lstrip("# ")
        if (
            read_label(bare)
            or len(bare) > 70
            or re.search(r"[。；]", bare)
            or not re.search(rf"关于|{TITLE_END}", bare)
        ):
            continue
        title = bare
        for following in lines[index + 1 : index + 4]:
            if re.search(TITLE_END, title.replace(" ", "")):
                break
            title += following.lstrip("# ")
        if not re.search(TITLE_END, title.replace(" ", "")):
            continue
        if (
            index
            and lines[index - 1].endswith(("人民政府", "委员会", "局", "办公室", "管委会"))
            and title.startswith("关于")
        ):
            title = lines[index - 1] + title
        forwarded = _FORWARDED.search(title.replace(" ", ""))
        return forwarded.group(1) if forwarded else title
    return None


def opening_title(lines: list[str]) -> str | None:
    """The first line, where it reads like a title though it does not end like one: 某市标准化专项资金资助项目.

    >>> opening_title(["佛山市标准化专项资金资助项目", "一、国际标准"])
    '佛山市标准化专项资金资助项目'
    >>> opening_title(["为加强管理，制定本办法。"]) is None
    True
    """
    first = lines[0].lstrip("# ").strip() if lines else ""
    is_line = OPENING_MIN <= len(first) <= OPENING_MAX and not re.search("[。；：，]", first) and not read_label(first)
    names_place = any(mention.is_full_name for mention in find_regions(first))
    return first if is_line and names_place and _ABOUT_AWARDS.search(first) else None


def _derived_title(lines: list[str], region: Region) -> str | None:
    """Region, subject and what the text calls itself, marked as not printed."""
    opening = " ".join(lines[:3])
    itself = re.search(r"制定本([\u4e00-\u9fa5]{2,6}?)[。，]", opening)
    subject = re.search(
        r"为(?:了)?(?:进一步)?(?:(?:加强|规范|促进|推进|深化)和?)+([\u4e00-\u9fa5]{2,12}?)[，、,]", opening
    )
    if not itself:
        return None
    leaf = region.parts[-1] if region.parts else ""
    return f"{leaf}{subject.group(1) if subject else ''}{itself.group(1)}（原文未印标题）"


def read_region(title: str | None, lines: list[str]) -> Region:
    """The region a document is for: named in its title, else in its head, else most often in its text."""
    if title:
        own = re.sub(r"[《〈][^》〉]*[》〉]?", "", title)  # without the titles it cites
        for part in (own, title):
            if named := narrow(m for m in find_regions(part) if m.is_full_name or m.in_place or m.start == 0):
                return _with_district(named[0], title)
        if _NATIONAL.search(own):
            return Region()
    ends = [line for line in (*lines[:12], *lines[-6:]) if len(line) < 40 and "政府" in line]
    for line in ends:
        if named := narrow(m for m in find_regions(line) if m.is_full_name):
            return named[0]
    counts: Counter[Region] = Counter()
    for mention in find_regions("\n".join(lines)):
        if mention.is_full_name and len(mention.regions) == 1:
            counts[mention.regions[0]] += 1
    least = max(MENTIONS_MIN, *(count / 3 for count in counts.values()), 0)
    often = [region for region, count in counts.items() if count >= least]
    return max(often, key=lambda region: (len(region.parts), counts[region]), default=Region())


def _with_district(region: Region, title: str) -> Region:
    """河南省郑州市 stays; a county named later in the same title refines its city."""
    inside = [r for r in narrow(m for m in find_regions(title) if m.is_full_name) if region.covers(r)]
    return inside[0] if inside else region


def read_kind(title: str, text: str, region: Region) -> Kind:
    """Tell the kind of document from its title and from whether it sets amounts."""
    if re.search(r"[A-Z]{2}/T\s*\d+", title):
        return Kind.STANDARD
    if re.search(r"名单|重点领域", title) and "征集" not in title:
        return Kind.LIST
    awards = sum(1 for sentence in re.split(r"[。；\n]", text) if _MONEY.search(sentence) and _AWARD.search(sentence))
    table = re.search(r"(?:补助|奖励|奖补|资助)[^\n]{0,12}[（(]\s*万?元\s*[）)]", text)
    if region != Region() and (awards >= AWARD_SENTENCES_MIN or table):
        return Kind.AWARD_POLICY
    if re.search(r"(?:通知|公告)》?$", title) and "印发" not in title:
        return Kind.NOTICE
    return Kind.NATIONAL_POLICY if region == Region() else Kind.MEASURE


def _issuer(title: str | None, lines: list[str]) -> str | None:
    found = _ISSUER.match(title) if title else None
    if found and not found.group(1).startswith("《"):
        return found.group(1).strip()
    for line in (*lines[:4], *lines[-6:]):
        bare = re.sub(r"文件$", "", line.strip())
        if re.fullmatch(r"(?:[\u4e00-\u9fa5]{2,20}(?:人民政府|人民政府办公室|委员会|局)\s*){1,4}", bare):
            return bare
    return None


def _document_number(lines: list[str]) -> str | None:
    for line in lines[:15]:
        bare = line.replace(" ", "")
        if DOCUMENT_NUMBER.match(bare):
            return bare
    return None


def _published(lines: list[str]) -> date | None:
    for line in lines[:HEAD_LINES]:
        if found := _PUBLISHED.search(line):
            return read_date(found)
    for line in (*lines[:HEAD_LINES], *lines[-8:]):
        if found := _SIGNED.search(line):
            named = find_dates(found.group())
            return named[0] if named else None
    return None


def propose_id(region: Region, day: date | None) -> str:
    """`longgang-2023`: the region's last name in pinyin and the year it takes effect.

    >>> propose_id(Region(province="浙江省", city="温州市", county="龙港市"), date(2023, 1, 1))
    'longgang-2023'
    """
    leaf = region.parts[-1] if region.parts else "国家"
    short = re.sub(r"(?<=..)(?:自治区|特别行政区|省|市|区|县|旗)$", "", leaf)
    return f"{spell(short)}-{day.year if day else 'undated'}"
