"""The words of one award → its labels: which concepts of the field it is for.

Reads a text that was put together for one award alone (an entry of a list with its shared head and end), so
that no neighbour's word stands in it.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from corpus.labels import read_number
from corpus.regions import find_regions
from corpus.vocabulary import Concept, concepts

KINDS = ("standard", "act", "role", "organ", "seat", "item", "grade", "level")
HEADS = frozenset({"standard", "organ", "seat", "item"})  # what an award is for; the other kinds only qualify it
# A bracket that widens or narrows the words before it names no award of its own.
_ASIDE = re.compile(
    r"在[^，。；]{1,16}基础上|试点项目涉及的?|（(?:含|包括|包含|原|以下|简称|指|其中|不含)[^（）]{4,}）|，?不含[^，（）]*|（[^（）]*(?:除外|为准|不在此列)）"
)
_SUFFIX_LEVEL = {"省": "省级", "市": "市级", "区": "县级", "县": "县级", "旗": "县级"}
_INTERNATIONAL = re.compile("国际[级性]|国际[^，。；]{0,16}(?:奖|赛)")
# 参与制定国家标准的主要起草单位: who takes part as a main drafter is a main drafter.
_LEADS_IN = re.compile("参与(?![、或和及]).{0,60}(?:主导|主要起草)")
_OFFICE = re.compile(r"^[一-龥]{0,8}(?:局|部门|厅|政府(?!质量))")
_PLACE_ONLY = re.compile(r"(?:在|入驻|落户|设在|注册(?:地|于)在?|[来到]|位于)$")
_SEPARATED = re.compile(r"[、，和及与或/]")
_NESTED = ("技术委员会", "分技术委员会", "工作组")
_RANKED = re.compile(
    r"(?:排名|排序|排位|位列|列|位次|署名)?(?:在)?(?:第([一二三四五六七八九十\d]{1,2})[位名]?(?:至|到|-)第?([一二三四五六七八九十\d]{1,2})(?=[位名]|（|）|的|参|起草|$|，|、)"
    r"|(?:前)([一二三四五六七八九十两\d]{1,2})(?!款|述|项|年)(?:位|名|个|家)?(?:至|到|-)([一二三四五六七八九十\d]{1,2})?[位名]?"
    r"|前([一二三四五六七八九十两\d]{1,2})(?:位|名|个|家|的?(?=单位|起草))|第([一二三四五六七八九十\d]{1,2})(?:[位名]|起草|承担|完成|参与起草|顺位|排名))"
)
RANK_MAX = 30
_NAMES_RANKS = re.compile("排名|名次|排序|位列|位次|署名")
_ANY_RANK = re.compile(
    r"第([一二三四五六七八九十\d]{1,2})(?![条款章项节步部年期季届])(?:位|名)?(?:[至到-]第?([一二三四五六七八九十\d]{1,2})(?:位|名)?)?(?:（含）)?((?:以后|及以后|之后|及其后)?)"
)
_ORDINAL = r"[一二三四五六七八九十\d]{1,2}"
_LISTED_RANKS = re.compile(
    rf"第{_ORDINAL}[位名]?(?:[、,，和及或与/]第?{_ORDINAL}[位名]?)+(?:(?<=[位名])|(?=起草|承担|完成|参与|参编|顺位|的?单位))"
    rf"|(?<=排名|排序|位列|位次|署名)(?:在|为)?第{_ORDINAL}[位名]?(?:[、,，和及或与/]第?{_ORDINAL}[位名]?)+(?![条款章项])"
)
_NOTHING = re.compile(
    r"[\d一二三四五两]+[项个件](?:（含）)?(?:及?以上)?|对于?|凡|经过|的|名次|以[后前内下]|含|制|项|[在为]|获评|获批|获得?|入选|列入|其|考核|评价|复审|复评|续展|相应|对应|各|一般|重大|重点|普通|单位|企业|组织|机构|个人|项目|标准|获得|荣获|通过|验收|其中|分别|首次|新|给予|奖励|补助|资助|每一?[项家个件种]|以及|[、，和及与或“”（）：/]|由|为|评为|级|为?期|奖|称号|荣誉|被|认定|评定|成为|承担|完成|发布|实施|且|并|起草|排名|位|第|前|名|至|后|在|[一二三四五六七八九十\d\-]|属于|是|按照?|则|者|同时|再|另|当年|年度|每年"
)


@cache
def _by_kind() -> dict[str, tuple[Concept, ...]]:
    return {kind: tuple(c for c in concepts() if c.kind == kind) for kind in KINDS}


@lru_cache(maxsize=65536)
def label(text: str) -> dict[str, tuple[str, ...]]:
    """The concepts that a normalised text names, by kind, in the order of `KINDS`; do not change the result.

    >>> label("主持制定国家标准的单位")
    {'standard': ('国家标准',), 'act': ('制定',), 'role': ('主导',)}
    >>> label("全国技术委员会分技术委员会（SC）秘书处承担单位")
    {'organ': ('分技术委员会',), 'seat': ('秘书处',), 'level': ('国家级',)}
    """
    text = _ASIDE.sub("", text)
    found = {
        kind: names
        for kind, members in _by_kind().items()
        if (names := tuple(concept.name for concept in members if concept.award.search(text)))
    }
    _keep_inner_organ(found, text)
    items = found.get("item", ())
    if "领跑者" in items:
        _drop(found, "standard", {"企业标准"})
    if "采用国际标准" in items:
        _drop(found, "standard", {"国际标准"})
    if not HEADS & found.keys() - {"standard"} and found.get("standard", ())[:1] in (
        ("国际标准",),
        ("国家标准",),
        ("行业标准",),
    ):
        _drop(found, "level", {"国际级", "国家级"})
    if (
        "会议" in items
        or not {"organ", "seat"} & found.keys()
        and "标准化人才" not in items
        and not _INTERNATIONAL.search(text)
    ):
        _drop(found, "level", {"国际级"})
    if {"主导", "参与"} <= set(found.get("role", ())) and _LEADS_IN.search(text):
        _drop(found, "role", {"参与"})
    if levels := _levels_of_regions(text):
        known = [name for name in found.get("level", ()) if name != "市级" or "县级" not in levels]
        found["level"] = tuple(dict.fromkeys([*known, *levels]))
    return found


def _drop(found: dict[str, tuple[str, ...]], kind: str, names: set[str]) -> None:
    left = tuple(name for name in found.get(kind, ()) if name not in names)
    if left:
        found[kind] = left
    else:
        found.pop(kind, None)


def _keep_inner_organ(found: dict[str, tuple[str, ...]], text: str) -> None:
    """全国技术委员会分技术委员会 is a subcommittee: of organs that follow each other the last one counts."""
    if len(found.get("organ", ())) < 2:
        return
    members = {concept.name: concept.award for concept in _by_kind()["organ"]}
    places = sorted((m.start(), m.end(), name) for name in _NESTED for m in members[name].finditer(text))
    kept = {places[-1][2]} if places else set()
    superseded = False
    for (_, end, name), (start, _, following) in zip(reversed(places[:-1]), reversed(places[1:]), strict=True):
        between = text[end:start]
        if not _SEPARATED.search(between) and "秘书处" not in between and name != following:
            superseded = True
        elif not (superseded and between in ("或", "/", "或者")):
            superseded = False
        if not superseded:
            kept.add(name)
    _drop(found, "organ", set(_NESTED) - kept)


def _levels_of_regions(text: str) -> tuple[str, ...]:
    """浙江省 says 省级, 温州市 市级, and a county-level city 县级."""
    levels = []
    mentions = find_regions(text)
    starts = {mention.start for mention in mentions}  # 广州市黄埔区 is a district
    for mention in mentions:
        if mention.name[-1] not in _SUFFIX_LEVEL or _PLACE_ONLY.search(text[: mention.start]):
            continue
        if len(mention.name) == 2 and re.search("[一-龥]$", text[: mention.start]):
            continue  # 范县 in 示范县
        if _OFFICE.match(text[mention.end :]) or mention.end in starts:
            continue
        region = mention.regions[0]
        if region.county:
            levels.append("县级")
        elif region.city or region.province.endswith("市"):
            levels.append("市级")
        else:
            levels.append("省级")
    return tuple(dict.fromkeys(levels))


def names_of(found: dict[str, tuple[str, ...]], kinds: Iterable[str] = KINDS) -> tuple[str, ...]:
    """All names of some kinds, in the order of the kinds."""
    return tuple(name for kind in kinds for name in found.get(kind, ()))


def is_elliptic(text: str) -> bool:
    """Whether a text names no thing of its own, so that it takes over what stands before it.

    >>> is_elliptic("参与修订的"), is_elliptic("获得食安山东品牌的")
    (True, False)
    """
    return not HEADS & label(text).keys() and is_bare(text)


@lru_cache(maxsize=65536)
def is_bare(text: str) -> bool:
    """Whether a text names a thing and nothing else, so that who does what to it stands elsewhere.

    >>> is_bare("国家标准"), is_bare("将自有知识产权转化为国家标准的企业")
    (True, False)
    """
    return len(_NOTHING.sub("", _any_concept().sub("", _ASIDE.sub("", text)))) < 2


def without_names(text: str) -> str:
    """A text without the words that name concepts.

    >>> without_names("主导药品国家标准")
    ' 药品 '
    """
    return _any_concept().sub(" ", text)


@cache
def _any_concept() -> re.Pattern[str]:
    patterns = [concept.award.pattern for kind in KINDS for concept in _by_kind()[kind]]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def rank_lists(text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where a text lists places among the drafters, and which.

    >>> rank_lists("作为第二、第三起草单位")
    [(2, 7, (2, 3))]
    """
    return [
        (found.start(), found.end(), tuple(int(read_number(one)) for one in re.findall(_ORDINAL, found.group())))
        for found in _LISTED_RANKS.finditer(text)
    ]


@lru_cache(maxsize=65536)
def ranks_of(text: str) -> tuple[int, ...]:
    """The places among the drafters that a text names; empty where it names none.

    >>> ranks_of("主要起草单位（指排名前2位）"), ranks_of("排名第二位至第四位"), ranks_of("第一起草单位")
    ((1, 2), (2, 3, 4), (1,))
    >>> ranks_of("作为第二、第三起草单位"), ranks_of("排名第二、三、四位")
    ((2, 3), (2, 3, 4))
    """
    ranks: set[int] = set()
    for start, end, listed in reversed(rank_lists(text)):
        text = text[:start] + "".join(f"第{rank}位" for rank in listed) + text[end:]
    if _NAMES_RANKS.search(text):
        for found in _ANY_RANK.finditer(text):
            first, last = (read_number(group) if group else 0 for group in found.groups()[:2])
            if found.group(3):
                ranks |= set(range(first, RANK_MAX + 1))
            else:
                ranks |= set(range(first, max(first, min(last, RANK_MAX)) + 1))
    for found in _RANKED.finditer(text):
        first, last, from_, to, top, one = (read_number(group) if group else 0 for group in found.groups())
        if first and last:
            ranks |= set(range(first, min(last, RANK_MAX) + 1))
        elif from_ and to:
            ranks |= set(range(from_, min(to, RANK_MAX) + 1))
        elif top:
            ranks |= set(range(1, min(top, RANK_MAX) + 1))
        elif one:
            ranks.add(one)
    return tuple(sorted(rank for rank in ranks if rank > 0))
