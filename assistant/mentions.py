"""What a question mentions, in order: concepts, ranks among the drafters, numbers of things."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.asking import says, words
from assistant.claims import COUNT_MAX
from assistant.denials import is_denied
from assistant.figures import StatedSum
from assistant.levels import level_of, settle_levels
from assistant.organs import is_under
from assistant.reading import OF_WIDER_PLACE
from corpus.awards.numerals import read_number
from corpus.regions import find_regions
from corpus.vocabulary import Found, find_mentions

THINGS = ("standard", "organ", "item")
KINDS = frozenset({*THINGS, "seat", "level", "grade", "role", "act"})
_AND_LEVEL, _LEVEL_AND = re.compile(r"\s*[+＋]\s*[市县区]级"), re.compile(r"[市县区]级\s*[+＋]\s*$")  # two budgets
_ASSESSED = re.compile("评估(?:确定|认定|评出|出了?)[^，。；]{0,20}$")  # an honour that the asker gave to others
_OR = re.compile(r"(?:的)?(?:还是|或者?|/)")
_OR_BEFORE = re.compile(r"(?:还是|或者?|/)$")
_OF_DRAFTERS = re.compile("[^，。；,;]{2,30}的(?:主导|主要|牵头|主持)(?:起草|完成|编制)[者人]")
_COUNT = re.compile(
    r"(?P<each>各|均|都是)?(?P<n>\d{1,6}|[一二两三四五六七八九十百零]+)(?P<u>个|项|件|种|张|款|次|场|届|部|名|位|人)(?!(?P=u)|清单|性|算|月|工作日|小时|类别|国家(?!标准|级|技术)|品牌|城市|部分|季度|以上|百分点|年|[一二三四]等奖里|前|单位|档|级别|起草|市(?!级|地|标)|县(?!级|地|标)|城市|地方(?!标准|技术)|地区|文件|办法)"
    r"|(?<!\d)(?<!\d )[×xX*] ?(?P<m>\d{1,6}|[一二三四五六七八九十])(?![\d.])"
)
_BARE_COUNT = re.compile(r"\s?(?P<n>[1-9]\d?)(?=\s*(?:[、,，+＋。；;?？]|和|$|\s))")
_NOT_COUNT = re.compile(
    r"(?:(?<!是)不是|不算|并非|不属于)$|每[一1]?[个项家种款张][^，。；,;]{0,8}(?:算|计|作|为)$|(?:第|每|按|前|同|某|这|(?<=.)那|哪|上|下|另|其中|首|多|几|任|满|超过)$"
)
_RANK_LIST = re.compile(
    r"(?:排名?|排在|位列|单位)?(?P<list>第?[一二三四五六七八九十\d]{1,2}(?:[、,，和及与]第?[一二三四五六七八九十\d]{1,2})+)(?:位|名|顺位|(?=的))|(?P<all>第[一二三四五六七八九十\d]{1,2}(?:[、,，和及与]第[一二三四五六七八九十\d]{1,2})+)"
)
_RANK_SPAN = re.compile(
    r"第?(?P<a>[一二三四五六七八九十\d]{1,2})(?:至|到|[-~—])第?(?P<b>[一二三四五六七八九十\d]{1,2})(?:位|名)"
)
_RANK = re.compile(
    r"(?:排名?|排序|名次|位列|排行|(?<!并)列)(?:在|老)?(?:起草单位)?第?(?P<a>[一二三四五六七八九十\d]{1,2})(?![\d至到~\-万个项]|、第?[一二三四五六七八九十\d])"
    r"|第(?P<b>[一二三四五六七八九十\d]{1,2})(?:起草|完成|承担|位|名|顺位|参与|家起草|(?=(?:的|家)?呢|[？?]|$))"
    r"|(?<=[标准])第(?P<c>[一二三四五六七八九十\d]{1,2})(?=[+＋、，,；;\s)）])"
)
_PATENT_AWARD = re.compile("奖|获|得|拿|评|授权|登记|申请|质押|贷款|保险|导航|维权|运营|多少|几")
_FIRST_FEW = re.compile(
    r"前(?P<n>[二两三四五2-5])(?:位|名|家)(?:起草单位)?(?=[^，。；]{0,8}(?:(?:全|均|都)(?:是|为|在)?(?:本|我|区内|市内|县内)|一共|合计))"
)
_PEOPLE = re.compile(r"[^，。；]{0,12}(?:委员|召集人|专家|个人|主席|秘书长)")
_SAYS_LEVEL = re.compile("的?[省市县区]级")  # 临沂省级试点: not one of the city's own
PRICE_GAP = 6  # characters between a count and the sum said to be paid for it


@dataclass(frozen=True)
class Token:
    kind: str
    name: str
    start: int
    end: int
    form: str = ""


def find_tokens(plain: str, sums: Sequence[StatedSum]) -> list[Token]:
    """Mentions of concepts, ranks and counts, in order."""
    ranks = list(_ranks(plain))
    taken = [(one.start, one.end) for one in sums] + [(rank.start, rank.end) for rank in ranks]
    found = [*_named(plain, sums), *ranks, *_counts(plain, sums, taken)]
    return sorted(dict.fromkeys(found), key=lambda token: (token.start, token.end))


def _named(plain: str, sums: Sequence[StatedSum]) -> Iterable[Token]:
    """Concepts, with numbers right behind them (国标1、行标2), and places that say a level (福建省的二等奖)."""
    mentions = [one for one in settle_levels(find_mentions(plain), plain) if one.concept.kind in KINDS]
    following: list[Found | None] = [*mentions[1:], None]
    priced = {one.start for one in sums}
    for one, after in zip(mentions, following, strict=False):
        if one.concept.kind == "role" and one.end in priced:
            continue  # 主导50万两家对半: what the rule pays, not what was done
        not_own = is_denied(plain, one.start, one.end) or _ASSESSED.search(plain[: one.start]) is not None
        not_own = not_own or (one.concept.kind == "level" and _is_of_two_budgets(one, plain))
        if not not_own and not _is_aside(one, after, plain):
            yield Token(one.concept.kind, one.concept.name, one.start, one.end, plain[one.start : one.end])
        if bare := _BARE_COUNT.match(plain, one.end):
            yield Token("count", bare["n"], bare.start("n"), bare.end("n"))
    for place in find_regions(plain):
        if _SAYS_LEVEL.match(plain, place.end):
            continue
        levels = {level_of(region) for region in place.regions} - {""}
        if OF_WIDER_PLACE.match(plain, place.end) and len(levels) == 1 and plain[place.end : place.end + 1] != "级":
            yield Token("level", levels.pop(), place.start, place.end, place.name)


def _is_of_two_budgets(one: Found, plain: str) -> bool:
    return _AND_LEVEL.match(plain, one.end) is not None or _LEVEL_AND.search(plain[: one.start]) is not None


def _counts(plain: str, sums: Sequence[StatedSum], taken: Sequence[tuple[int, int]]) -> Iterable[Token]:
    """Numbers of things done; not of people (员工两百人), prices (一个产品奖5万) or none (一个都没有)."""
    for match in _COUNT.finditer(plain):
        if _NOT_COUNT.search(plain[: match.start()]) or any(s < match.end() and match.start() < e for s, e in taken):
            continue
        priced = any(_is_price(plain, match.end(), one.start) for one in sums)
        denied = re.match(r"[^，。；,;]{0,8}(?:都|也)没有", plain[match.end() :])
        people = match["u"] in ("人", "位", "名") and not _PEOPLE.match(plain, match.end())
        number = read_number((match["n"] or match["m"]).replace("两", "二"))
        if not (priced or denied or people) and 0 < number <= COUNT_MAX:
            kind = "each" if match["each"] else "count"
            yield Token(kind, str(number), match.start(), match.end(), match["u"] or "")


def _is_price(plain: str, end: int, start: int) -> bool:
    """一个产品奖5万: a count right before a sum, in the same clause."""
    return 0 <= start - end <= PRICE_GAP and not re.search("[，。；,;、能拿领]|可以|申请", plain[end:start])


def _is_aside(one: Found, after: Found | None, plain: str) -> bool:
    """Whether a mention only belongs to another word: 国家标准化, 企业标准领跑者, 分委会会议, 市级资助."""
    kind, next_ = one.concept.kind, plain[one.end : one.end + 6]
    if kind == "standard" and re.match(r"化|创新|贡献奖", next_):
        return True
    if after is not None and after.concept.kind == kind and _OR.fullmatch(plain[one.end : after.start]):
        return True
    if (_OR_BEFORE.search(plain[: one.start]) and kind in ("act", "role")) or (
        kind == "role" and _OF_DRAFTERS.match(plain, one.end)  # 参与制定法规的主导起草者: who of those that take part
    ):
        return True
    if one.concept.name == "企业标准" and re.match("[^，。；,;]{0,12}领跑", plain[one.end :]):
        return True
    if after is not None and kind == "organ" and after.concept.name == "会议":
        return after.start - one.end <= 3
    if one.concept.name == "专利" and not _PATENT_AWARD.search(_clause_around(plain, one.start)):
        return True  # 用的是自己的专利
    if kind == "grade" and re.match(r"的?(?:人员|员工|个人|团队|职工|骨干)", next_):
        return True
    if one.concept.name == "制定" and plain[one.start : one.end] == "起草":
        return re.match(r"排|单位|名单|人|时", next_) is not None or "修订" in plain
    if after is not None and kind == "organ" and after.concept.kind == "organ" and one.concept != after.concept:
        return after.concept.name != "技术委员会" and is_under(plain[one.end : after.start], plain)
    return kind == "level" and words("of_budget").match(next_) is not None


def _clause_around(plain: str, place: int) -> str:
    start = max((stop.end() for stop in re.finditer("[，。；,;]", plain[:place])), default=0)
    return re.split("[，。；,;]", plain[start:])[0]


def _ranks(plain: str) -> Iterable[Token]:
    taken: list[tuple[int, int]] = []
    for match in _RANK_SPAN.finditer(plain):
        first, last = (int(read_number(match[name])) for name in ("a", "b"))
        if 0 < first < last <= 20 and re.search(
            r"全|均|都|三家|两家|[一二三四五六七八九\d]家|分别", plain[match.end() : match.end() + 12]
        ):
            taken.append(match.span())
            yield from (Token("rank", str(rank), match.start(), match.end()) for rank in range(first, last + 1))
    for match in _FIRST_FEW.finditer(plain):
        taken.append(match.span())
        last = int(read_number(match["n"].replace("两", "二")))
        yield from (Token("rank", str(rank), match.start(), match.end()) for rank in range(1, last + 1))
    for match in _RANK_LIST.finditer(plain):
        taken.append(match.span())
        for number in re.findall(r"[一二三四五六七八九十\d]{1,2}", match["list"] or match["all"]):
            yield Token("rank", str(int(read_number(number))), match.start(), match.end())
    for match in _RANK.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            if re.search(r"不$", plain[: match.start()]) or says("negated", plain[: match.start()]):
                continue
            yield Token(
                "rank", str(int(read_number(match["a"] or match["b"] or match["c"]))), match.start(), match.end()
            )
