"""Which documents a question is about, told from its regions and from titles it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from assistant.reading import Reading
from corpus.folding import fold
from corpus.labels import read_number
from corpus.records import PolicyDocument, Region

TITLE_OVERLAP_MIN = 5  # characters of a title that a question has to repeat to mean it
_CITED = re.compile(r"《([^《》]{4,60}(?:办法|意见|方案|规定|细则|条例|措施)(?:[（(][^（）()]{1,12}[）)])?)》")
_TITLE = re.compile("《([^《》]{4,60})》")
_MARKS = re.compile(r"[“”\"《》〈〉（）()\s]")
_ISSUERS = re.compile(r"([一二三四五六七八九十\d]{1,3})个?部[门委]")
_QUOTED_WORD = re.compile("“([一-龥]{3,8})”")
_SORT = re.compile("规划|办法|意见|方案|纲要|要点|名单|细则|条例|措施|通知")
_COMMON = re.compile("领跑者|标准|质量|奖励|管理|实施|市|省|区|县|年")
SHORT_NAME_MIN, SHORT_NAME_MAX = 3, 8  # characters of a title that with its sort name it for short
_GENERIC = re.compile(
    r"企业标准“?领跑者”?制度|企业标准“?领跑者”?|企标领跑者(?:制度)?|市场监管(?:总局|局|部门)|市场监督管理(?:总局|局)|人民政府(?:办公[厅室])?|管理办法|实施方案|实施意见|标准化|印发|关于|通知|[“”《》〈〉（）()\s]"
)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The documents a question may be answered from.

    `own` are those of the regions named (and of regions above them that are not the nation);
    `below` those of regions inside a named one, when it has none itself; `missing` the named regions
    without any.
    """

    own: tuple[PolicyDocument, ...]
    below: tuple[PolicyDocument, ...]
    national: tuple[PolicyDocument, ...]
    missing: tuple[Region, ...]
    named: tuple[PolicyDocument, ...]  # whose title the question names
    is_sure: bool = False  # whether it names them for certain, so that no other document may answer
    is_meant: bool = False  # whether it speaks of a document at all


def find_scope(reading: Reading, documents: Sequence[PolicyDocument]) -> Scope:
    """Find the documents that a question may be answered from."""
    own: list[PolicyDocument] = []
    below: list[PolicyDocument] = []
    missing: list[Region] = []
    regional = [document for document in documents if document.region != Region()]
    for region in reading.regions:
        above = [d for d in regional if d.region.covers(region)]
        inside = [d for d in regional if region.covers(d.region) and d.region != region]
        own += above
        if not above:
            below += inside
            if not inside:
                missing.append(region)
    cited = _cited(reading.text, own or below, documents)
    named = tuple(cited or (d for d in (own or below or documents) if names_title(reading.text, d.title)))
    return Scope(
        own=tuple(dict.fromkeys(own)),
        below=tuple(dict.fromkeys(below)),
        national=tuple(document for document in documents if document.region == Region()),
        missing=tuple(missing),
        named=named,
        is_sure=bool(cited) and (bool(reading.regions) or len({document.region for document in cited}) == 1),
        is_meant=bool(named) and _SORT.search(reading.text) is not None,
    )


def _cited(question: str, local: Sequence[PolicyDocument], documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    """The documents that a question names in so many words: those of its places, and national ones."""
    national = [document for document in documents if document.region == Region()]
    able = dict.fromkeys([*local, *(national if local else documents)])
    return [document for document in able if cites_title(question, document.title)]


@cache
def _field_words() -> re.Pattern[str]:
    lines = (files("assistant") / "field_words.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")))


def is_in_field(reading: Reading, scope: Scope) -> bool:
    """Whether a question can be one of our field at all, by its words; a document's name or a place says so too."""
    if reading.regions or reading.concepts or reading.carried or scope.named:
        return True
    return is_field_word(reading.text)


def is_field_word(text: str) -> bool:
    """Whether a text holds a word of our field."""
    return _field_words().search(fold(text)) is not None


def unknown_title(reading: Reading, scope: Scope, documents: Sequence[PolicyDocument]) -> str | None:
    """The title that a question cites in 《》 and no document bears or mentions; None when there is none."""
    cited = _CITED.search(reading.text)
    if cited is None or scope.named:
        return None
    title = cited.group(1)
    known = any(title in document.title or title in document.text for document in documents)
    return None if known else title


@lru_cache(maxsize=4096)
def cites_title(question: str, title: str) -> bool:
    """Whether a question names a title for certain: in 《》, by its number of issuers, its quoted word, or for short.

    >>> cites_title("十七部门的团标意见怎么说", "某委等十七部门联合印发《关于促进团体标准发展的意见》")
    True
    >>> cites_title("新的梯度培育办法", "优质中小企业梯度培育管理暂行办法")
    True
    >>> cites_title("质量月活动", "全国“质量月”活动")
    True
    >>> cites_title("某市领跑者方案", "某省印发《企业标准“领跑者”制度实施方案》")
    False
    """
    given = _MARKS.sub("", title)
    if any(
        len(_MARKS.sub("", cited)) > TITLE_OVERLAP_MIN and _MARKS.sub("", cited) in given
        for cited in _TITLE.findall(question)
    ):
        return True
    if {read_number(n) for n in _ISSUERS.findall(question)} & {read_number(n) for n in _ISSUERS.findall(title)}:
        return True
    if any(word in question for word in _QUOTED_WORD.findall(title) if "领跑者" not in word):
        return True
    for found in _SORT.finditer(question):
        before = question[max(0, found.start() - SHORT_NAME_MAX) : found.start()]
        names = (before[at:] for at in range(len(before) - SHORT_NAME_MIN + 1))
        name = next((one for one in names if one in given), "")
        if name and not _COMMON.search(name) and found.group() in given.partition(name)[2]:
            return True
    return False


@lru_cache(maxsize=4096)
def names_title(question: str, title: str) -> bool:
    """Whether a question repeats enough of a title, its generic words aside.

    >>> names_title("海岛渔业发展奖补资金办法怎么申请", "某市印发《海岛渔业发展奖补资金办法》")
    True
    >>> names_title("企业标准领跑者制度怎么申请", "某省印发《企业标准“领跑者”制度实施方案》")
    False
    """
    asked, given = _GENERIC.sub("", question), _GENERIC.sub("", title)
    match = SequenceMatcher(None, asked, given, autojunk=False).find_longest_match()
    return match.size >= TITLE_OVERLAP_MIN and not given[match.b : match.b + match.size].isdigit()
