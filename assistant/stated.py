"""A question → what the asker did, as a list of achievements, and what is to be worked out of it.

A question names things one after another (两个国标和一个行标, 第1、2位). Every mention opens a new achievement when the
one before already has another of its kind; what it leaves unsaid it takes from its neighbours. Nothing is looked up.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, zip_longest

from assistant.claims import COUNT_MAX
from assistant.claims.scope import stage_named
from assistant.figures import StatedSum, count_co_leads, find_interest, find_part, find_sums
from assistant.reading import OF_WIDER_PLACE
from assistant.rewording import reword
from corpus.awards.numerals import read_number
from corpus.regions import find_regions
from corpus.vocabulary import Found, find_mentions

THINGS = ("standard", "organ", "item")
_CARRIED = ("standard", "organ", "item", "seat", "level", "role", "act")
_KINDS = frozenset({*THINGS, "seat", "level", "grade", "role", "act"})
_NEGATED = re.compile(r"(?:不是|并非|非|无|不含|不算|没有?|未|除了?|而不是)(?:并列|合并|联合|共同)?[“\"]?$")
_STOP = re.compile(r"[，。；？！、+＋,;?!]")
_CHUNK = re.compile(
    r"[\s，。；？！、+＋,;?!:：（）()]|和|以?及|(?<!参)与|跟|又|另外?|还|再|并(?!列|第)|同时|比(?!例|对|较|赛)|而|加(?!起|一|在)"
)
_SUMMED = re.compile(r"(?:各|分别|都|合计|合起|加|一共|一起|总共|共|一块|全部|总|通通|同时|分别|最多|能|还能|是|里)")
_OF_BUDGET = re.compile(r"(?:补助|资助|奖励|奖补|合计|财政|资金|配套|那份|那一?半|总共|加|能|给|和?[市县区]级)")
_OR = re.compile(r"(?:的)?(?:还是|或者?|/)")
_OR_BEFORE = re.compile(r"(?:还是|或者?|/)$")
_OF_THEM = re.compile(r"(?:其中|这|对这|我市|我区|本市|本区)(?:的|有)?(?P<n>[\d一二两三四五六七八九])家")
_QUOTED_RULE = re.compile('[“"][^”"]*(?:第|位|元|%|\\d)[^”"]*[”"]')
_HEADS_LIST = re.compile(r"[^，。；]{0,12}[:：]")
_COUNT = re.compile(
    r"(?P<each>各|均|都是)?(?P<n>\d{1,6}|[一二两三四五六七八九十百]+)(?P<u>个|项|件|种|张|款|次|场|届|部|名|位|人)(?!清单|月|工作日|小时|类别|国家(?!标准|级|技术)|品牌|城市|部分|季度|以上|百分点|年|[一二三四]等奖里|前|单位|档|级别|起草)"
    r"|(?<!\d)[×xX*](?P<m>\d{1,6})(?![\d.])"
)
_BARE_COUNT = re.compile(r"\s?(?P<n>[1-9]\d?)(?=\s*(?:[、,，+＋。；;?？]|和|$|\s))")
_NOT_COUNT = re.compile(r"(?:第|每|前|同|某|这|那|哪|上|下|另|其中|首|多|几|任|满|超过|年)$")
_RANKED = re.compile(
    r"第?(?P<n>[一二三四五六七八九十\d]{1,2})(?=(?:[、,，和及与至到\-~—]第?[一二三四五六七八九十\d]{1,2})*(?:位|名|顺位|起草|完成单位|参与))"
)
_RANK_LIST = re.compile(
    r"(?:排名?|排在|位列|单位)?(?P<list>第?[一二三四五六七八九十\d]{1,2}(?:[、,，和及与]第?[一二三四五六七八九十\d]{1,2})+)(?:位|名|顺位)"
)
_RANK_SPAN = re.compile(
    r"第?(?P<a>[一二三四五六七八九十\d]{1,2})(?:至|到|[-~—])第?(?P<b>[一二三四五六七八九十\d]{1,2})(?:位|名)"
)
_RANK = re.compile(
    r"(?:排名?|排序|名次|位列|排行|列)(?:在|老)?(?:起草单位)?第?(?P<a>[一二三四五六七八九十\d]{1,2})(?![\d、至到~\-万个项])"
    r"|第(?P<b>[一二三四五六七八九十\d]{1,2})(?:起草|完成|承担|位|名|顺位|参与|家起草|(?=(?:的|家)?呢|[？?]|$))"
)
_TOTAL = re.compile(
    r"合计|合一起|合在一起|放一起|加一起|一起算|一共|总共|加起来|加一块|加在一起|合起来|合共|共奖|共补|共给|一块儿?(?:多少|能)|总额|总计|总的|全部加|两样|三样|通共|能拿满|[两三四]笔"
)
_ASKS_SUM = re.compile(r"多少(?![天日年个家人项名次月分岁倍小])|几[万多元]|共[奖补给得][？?]?$|合计[？?]?$|封顶[？?]?$")
_SPANS = re.compile(r"封顶|顶格|全年|本年度|年度|同一单位|一起报|一块报")
_EACH = re.compile(
    r"各(?:得|拿|是|为|给|奖|补|多少|自|封顶|最高|最多|几)|分别|每家|每个单位|每个人|列出(?!算式|依据|公式|计算|步骤|条款)"
)
_LEFT = re.compile(
    r"还(?:拿|领|补)(?:得到|得|多少)|还(?:能|可以?|剩|有)[^，。；]{0,8}(?:拿|领|得|申|报|奖|补|剩|给|多少|几)|剩(?:下|余)?(?:多少|几|的)|剩余|余额|还剩|额度还|再(?:拿|领|得|给)(?:到|得)?(?:多少|几|个)"
)
_GAP = re.compile(
    r"差(?:多少|几|额是|距|了多少)|相差|(?<![最顶至很])多(?:多少|几多|拿多少|几万|出多少|奖多少|给多少|奖几万|领多少)|少(?:多少|拿多少|几万)|高(?:多少|出|几万)|多拿(?:多少|几)|能多(?:拿|领|得)|差几|低多少"
)
_STAFF = re.compile(
    r"(?:发给|分给|奖给|奖励给|给|用于|拿出)[^，。；]{0,16}?(?:个人|工程师|员工|职工|团队|人员|骨干|起草人|技术人员|做标准的)|(?:个人|员工|团队|人员|骨干)[^，。；]{0,12}(?:最多|上限|能拿|能分)"
)
_UPGRADE = re.compile(
    r"升(?:级|到|成|为|上|(?=[一二三四五\d]A|国家|省级))|晋级|晋升|提升(?:到|为)|补差|差额|补齐|再申领|补发|又上了|又评上|又拿(?:到|了)|又成了"
)
_SAME_PROJECT = re.compile(
    r"同一个?(?:标准)?(?:项目|产品|标准|工程|服务|事项)|同一[款种]产品|同一项|先[^，。；]{1,12}后"
)
_BUDGET_PART = re.compile(
    r"(?P<who>市|县|区|区市)(?:里|级)?财政[^，。；]{0,16}(?:出|承担|分担|负担|付|拿)|(?P<purse>市|县|区)(?:里|级)?(?:财政)?(?:要|得)?(?:出|承担|负担|掏)(?:多少|几)|由[^，。；]{0,12}(?P<whose>市|县|区)级?财政(?:分担|承担|负担)"
)
_COST = re.compile(
    r"(?:实际|一共|总共|账上|前后|前前后后|做下来)[^，。；]{0,10}(?:花|用|支出|费用|投入|成本)|(?:花|费用|支出|投入)[^，。；]{0,4}(?:了|是|为|只有)"
)
_SERIES_WORD = "系列"
_TWO_BUDGETS = re.compile(
    r"市[+＋]县|[市省区县]级[、和+＋与][市省区县]级(?:合计|加)|两级(?:合计|财政|加|都|一共)|市县(?:两级|合计|加|一起|都)|市加县"
)
_BOTH = re.compile(r"市(?:里|级|上)?[^，。；]{0,6}县(?:里|级)")


PRICE_GAP = 6  # characters between a count and the sum said to be paid for it
UNNAMED_MIN = 6  # characters beyond common words by which a stretch names a thing of its own
_COMMON = re.compile(
    r"[\s\W]|我们|公司|单位|企业|今年|去年|同年|一年里?|另外|又|还有?|再|并|同时|以及|和|的|了|已经?|都|发布|通过|获得?|拿|评上|新|承担|产品|项目|"
    r"多少|一共|能|奖励?|补助|资助|给|是|在|有|等着批|手上|备案|好|验收|某|家|这|那|也|批准|区里|市里|由|所|做|搞"
)


class Wanted(StrEnum):
    """What is to be worked out."""

    TOTAL = "total"
    EACH = "each"  # one by one
    EACH_AND_TOTAL = "each_and_total"
    LEFT = "left"  # what may still be had
    GAP = "gap"  # the difference of two
    STAFF = "staff"  # what of it may go to people


@dataclass(frozen=True, kw_only=True)
class Stated:
    """One achievement in the asker's words."""

    text: str  # to be read like a question of its own
    count: int = 1
    rank: int = 0
    start: int = 0
    end: int = 0
    names: tuple[tuple[str, str], ...] = ()  # kind and name of every concept, its own and taken over


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything that a question states towards a sum."""

    text: str
    parts: tuple[Stated, ...]
    wanted: Wanted
    sums: tuple[StatedSum, ...] = ()
    interest: Decimal | None = None
    co_leads: int = 0
    part: Decimal | None = None
    of_them: int = 0  # how many of the joint leaders are meant, where not one
    stage: str = ""
    budget: str = ""  # 市 or 县: whose part of a shared burden is asked for
    same_project: bool = False
    upgrade: bool = False
    says_total: bool = False
    loose_count: int = 0  # a number of things, where none is named
    before: tuple[Stated, ...] = ()  # what earlier questions named, which this one follows up
    states_cost: bool = False

    @property
    def adds_budgets(self) -> bool:
        """Whether what two budgets pay is to be added."""
        return _TWO_BUDGETS.search(self.text) is not None or (self.says_total and _BOTH.search(self.text) is not None)

    @property
    def asks_sum(self) -> bool:
        """Whether it makes a claim and asks how much."""
        doubts = any(one.role == "premise" for one in self.sums)
        return self.is_claim and (doubts or _ASKS_SUM.search(self.text) is not None)

    @property
    def is_claim(self) -> bool:
        """Whether a sum has to be worked out, and not only looked up."""
        spans = self.says_total or _SPANS.search(self.text) is not None
        several = len(self.parts) > 1 and spans and self.wanted is not Wanted.EACH
        counted = self.loose_count > 1 or any(part.count > 1 for part in self.parts)
        stated = any(one.role in ("base", "received") for one in self.sums)
        added = self.adds_budgets or _SERIES_WORD in self.text
        changed = self.co_leads > 0 or self.part is not None or bool(self.stage) or bool(self.budget) or self.upgrade
        return (
            several or counted or stated or changed or added or self.wanted in (Wanted.LEFT, Wanted.GAP, Wanted.STAFF)
        )


@dataclass
class _Group:
    """An achievement while it is being read."""

    start: int
    end: int
    own: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    count: int = 0
    heads: bool = False  # two of them: one …, one …: it only announces those that follow
    rank: int = 0
    unnamed: bool = False  # of a thing that the vocabulary has no name for
    shared_rank: bool = False  # 都排第二, 同样是排第二

    def takes(self, kind: str, name: str) -> bool:
        """Whether a mention belongs to this achievement and does not open the next."""
        if kind in self.own:
            return self.own[kind] == name
        return not (kind in THINGS and any(other in self.own for other in THINGS if other != kind))


@dataclass(frozen=True)
class _Token:
    kind: str
    name: str
    start: int
    end: int
    form: str = ""


def read_story(text: str) -> Story:
    """Read what a question states.

    >>> [(part.count, part.text) for part in read_story("主导制定国标2项、行标1项，一共多少").parts]
    [(2, '主导制定国标2项'), (1, '行标1项 主导 制定')]
    """
    plain = _QUOTED_RULE.sub(lambda quoted: "·" * len(quoted.group()), reword(text))
    sums = find_sums(plain)
    tokens = _tokens(plain, sums)
    groups = _carried(_grouped(tokens, plain), plain)
    blank = [(one.start, one.end) for one in tokens if one.kind not in _KINDS] + [(one.start, one.end) for one in sums]
    parts = tuple(_stated(group, index, groups, plain, blank) for index, group in enumerate(groups))
    return Story(
        text=plain,
        parts=parts,
        wanted=_wanted(plain),
        sums=tuple(sums),
        interest=find_interest(plain),
        co_leads=count_co_leads(plain),
        part=find_part(plain),
        of_them=_of_them(plain),
        stage=stage_named(plain) if re.search(r"启动|首期|首批|第一笔|尾款", plain) or "通过后" in plain else "",
        budget=_budget_part(plain),
        same_project=_SAME_PROJECT.search(plain) is not None,
        upgrade=_UPGRADE.search(plain) is not None,
        says_total=_TOTAL.search(plain) is not None,
        loose_count=0 if groups else next((int(one.name) for one in tokens if one.kind == "count"), 0),
        states_cost=_COST.search(plain) is not None,
    )


def _budget_part(plain: str) -> str:
    found = _BUDGET_PART.search(plain)
    who = (found["who"] or found["whose"] or found["purse"]) if found else ""
    return {"市": "市", "县": "县", "区": "县", "区市": "县"}.get(who, "")


def _of_them(plain: str) -> int:
    found = _OF_THEM.search(plain) if _TOTAL.search(plain) else None
    return int(read_number(found["n"].replace("两", "二"))) if found else 0


def _wanted(plain: str) -> Wanted:
    if _STAFF.search(plain):
        return Wanted.STAFF
    if _LEFT.search(plain):
        return Wanted.LEFT
    if _GAP.search(plain) and not _UPGRADE.search(plain):
        return Wanted.GAP
    if _EACH.search(plain):
        return Wanted.EACH_AND_TOTAL if _TOTAL.search(plain) else Wanted.EACH
    return Wanted.TOTAL


def _tokens(plain: str, sums: Sequence[StatedSum]) -> list[_Token]:
    """Mentions of concepts, ranks and counts, in order."""
    taken = [(one.start, one.end) for one in sums]
    mentions = [one for one in find_mentions(plain) if one.concept.kind in _KINDS]
    found = [
        _Token(one.concept.kind, one.concept.name, one.start, one.end, plain[one.start : one.end])
        for one, after in zip_longest(mentions, mentions[1:])
        if not _NEGATED.search(plain[: one.start]) and not _is_aside(one, after, plain)
    ]
    for one in mentions:
        if bare := _BARE_COUNT.match(plain, one.end):  # 国标1、行标2
            found.append(_Token("count", bare["n"], bare.start("n"), bare.end("n")))
    for place in find_regions(plain):
        if place.name.endswith(("省", "自治区")) and OF_WIDER_PLACE.match(plain, place.end):
            found.append(_Token("level", "省级", place.start, place.end, place.name))  # 福建省的二等奖
    ranks = list(_ranks(plain))
    found += ranks
    taken += [(one.start, one.end) for one in ranks]
    for match in _COUNT.finditer(plain):
        if _NOT_COUNT.search(plain[: match.start()]) or any(s < match.end() and match.start() < e for s, e in taken):
            continue
        if any(0 <= one.start - match.end() <= PRICE_GAP for one in sums):
            continue  # 一个产品奖5万 is a price
        number = read_number((match["n"] or match["m"]).replace("两", "二"))
        if 0 < number <= COUNT_MAX:
            kind = "each" if match["each"] else "count"
            found.append(_Token(kind, str(number), match.start(), match.end()))
    return sorted(found, key=lambda token: (token.start, token.end))


def _is_aside(one: Found, after: Found | None, plain: str) -> bool:
    """Whether a mention only belongs to another word: 国家标准化, 企业标准领跑者, 分委会会议, 市级资助."""
    kind, next_ = one.concept.kind, plain[one.end : one.end + 6]
    if kind == "standard" and next_.startswith("化") or re.match(r"(?:都|也)?没(?:有|做|参)", next_):
        return True
    if after is not None and after.concept.kind == kind and _OR.fullmatch(plain[one.end : after.start]):
        return True
    if _OR_BEFORE.search(plain[: one.start]) and kind in ("act", "role"):
        return True
    if after is not None and one.concept.name == "企业标准" and after.concept.name == "领跑者":
        return after.start - one.end <= 3
    if after is not None and kind == "organ" and after.concept.name == "会议":
        return after.start - one.end <= 3
    if kind == "grade" and re.match(r"的?(?:人员|员工|个人|团队|职工|骨干)", next_):
        return True
    if one.concept.name == "制定" and plain[one.start : one.end] == "起草":
        return re.match(r"排|单位|名单|人|时", next_) is not None or "修订" in plain
    if after is not None and one.concept.name == "技术委员会" and after.concept.kind == "organ":
        return after.start - one.end <= 1 and after.concept.name != "技术委员会"
    return kind == "level" and _OF_BUDGET.match(next_) is not None


def _ranks(plain: str) -> Iterable[_Token]:
    taken: list[tuple[int, int]] = []
    for match in _RANK_SPAN.finditer(plain):
        first, last = (int(read_number(match[name])) for name in ("a", "b"))
        if 0 < first < last <= 20 and re.search(
            r"全|均|都|三家|两家|[一二三四五六七八九\d]家|分别", plain[match.end() : match.end() + 12]
        ):
            taken.append(match.span())
            yield from (_Token("rank", str(rank), match.start(), match.end()) for rank in range(first, last + 1))
    for match in _RANK_LIST.finditer(plain):
        taken.append(match.span())
        for number in re.findall(r"[一二三四五六七八九十\d]{1,2}", match["list"]):
            yield _Token("rank", str(int(read_number(number))), match.start(), match.end())
    for match in _RANK.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            if re.search(r"(?:没有?|未|不是|并非|不)$", plain[: match.start()]):
                continue
            yield _Token("rank", str(int(read_number(match["a"] or match["b"]))), match.start(), match.end())


def _grouped(tokens: Sequence[_Token], plain: str) -> list[_Group]:
    """Achievements in order: a stretch between stops that names a thing opens one, as does a second name of a kind."""
    stops = [match.start() for match in _CHUNK.finditer(plain)]
    groups: list[_Group] = []
    for _, chunk in groupby(tokens, key=lambda token: bisect_right(stops, token.start)):
        _read_chunk(list(chunk), groups, plain)
    return [group for group in groups if group.own or group.rank]


def _read_chunk(chunk: list[_Token], groups: list[_Group], plain: str) -> None:
    names_thing = any(token.kind in THINGS for token in chunk)
    fresh = bool(groups) and (groups[-1].heads or names_thing and any(kind in groups[-1].own for kind in THINGS))
    if fresh and all(token.kind in _KINDS and groups[-1].own.get(token.kind) == token.name for token in chunk):
        fresh = False  # the same thing named again
    unnamed = not names_thing and bool(groups) and _names_another(chunk, plain)
    fresh = fresh or unnamed
    for token in chunk:
        last = groups[-1] if groups else None
        if token.kind == "each":
            for group in groups:
                group.count = group.count or int(token.name)
            continue
        if token.kind == "count" and _SUMMED.match(plain, token.end) and not _HEADS_LIST.match(plain, token.end):
            continue
        if last is None or fresh or _opens(token, last):
            last = _Group(token.start, token.end, unnamed=unnamed)
            groups.append(last)
            fresh = False
        last.end = max(last.end, token.end)
        if token.kind == "count":
            last.count = int(token.name)
            last.heads = int(token.name) > 1 and _HEADS_LIST.match(plain, token.end) is not None
        elif token.kind == "rank":
            last.rank = int(token.name)
            last.shared_rank = re.search(r"都|均|同样", plain[max(0, token.start - 6) : token.start]) is not None
        else:
            last.own[token.kind] = token.name
            last.forms[token.kind] = token.form


def _names_another(chunk: Sequence[_Token], plain: str) -> bool:
    """另外我们主导的一项成果被国外引用: a stretch that counts something and says what, in words of its own."""
    if not any(token.kind == "count" for token in chunk):
        return False
    start = max((m.end() for m in _CHUNK.finditer(plain, 0, chunk[0].start)), default=0)
    stop = _CHUNK.search(plain, chunk[-1].end)
    words = list(plain[start : stop.start() if stop else len(plain)])
    for token in chunk:
        for place in range(token.start - start, min(token.end - start, len(words))):
            words[place] = " "
    return len(_COMMON.sub("", "".join(words))) >= UNNAMED_MIN


def _opens(token: _Token, last: _Group) -> bool:
    if token.kind == "count":
        return bool(last.count)
    if token.kind == "rank":
        return bool(last.rank) and str(last.rank) != token.name
    return not last.takes(token.kind, token.name)


def _carried(groups: list[_Group], plain: str) -> list[_Group]:
    """Give each achievement what it leaves unsaid: from those before it, else from those behind."""
    groups = _merged(groups)
    for order in (groups, list(reversed(groups))):
        before: _Group | None = None
        for group in order:
            if before is not None and (order is groups or not _parted(group, before, plain)):
                _take_over(group, before)
            before = group
    return [group for group in groups if not (group.heads and len(groups) > 1)]


def _parted(group: _Group, behind: _Group, plain: str) -> bool:
    """Whether a new thing is begun between two achievements: what is said of the second is not said of the first."""
    return re.search(r"[。；;]|另|又|还|再|同时", plain[group.end : behind.start]) is not None


def _merged(groups: list[_Group]) -> list[_Group]:
    """An achievement said again (这项国标) is the same one, where it adds no other name; the number may come later."""
    kept: list[_Group] = []
    for group in groups:
        same = next((one for one in kept if _is_said_again(group, one)), None)
        if same is None:
            kept.append(group)
        elif group.count and not same.count:
            same.count = group.count
    return kept


def _is_said_again(group: _Group, before: _Group) -> bool:
    if group.rank or group.unnamed or before.heads or (group.count and before.count):
        return False
    if group.count and group.own != before.own:
        return False
    return all(before.own.get(kind) == name for kind, name in group.own.items())


def _take_over(group: _Group, other: _Group) -> None:
    has_thing = group.unnamed or any(kind in group.own for kind in THINGS)
    if other.unnamed:
        return
    for kind in _CARRIED:
        if kind in group.own or kind not in other.own:
            continue
        if kind in THINGS and has_thing:
            continue
        if kind in ("role", "act") and (group.rank or not _drafts(group, other)):
            if not (kind == "act" and _drafts(group, other)):
                continue
        if kind == "seat" and has_thing and "organ" not in group.own:
            continue
        if kind == "level" and has_thing:
            continue
        group.own[kind] = other.own[kind]
    if not group.rank and other.shared_rank and "role" not in group.forms and _drafts(group, other):
        group.rank = other.rank


def _drafts(group: _Group, other: _Group) -> bool:
    """Whether roles and acts are told of this achievement: a standard, or nothing else named yet."""
    return "standard" in group.own or not any(kind in group.own for kind in ("organ", "item"))


def _stated(
    group: _Group, index: int, groups: Sequence[_Group], plain: str, blank: Sequence[tuple[int, int]]
) -> Stated:
    """The achievement as a text of its own: its words, up to the next stop, and the names that it takes over."""
    floor = groups[index - 1].end if index else 0
    start = max([floor if floor <= group.start else 0, *(m.end() for m in _STOP.finditer(plain, 0, group.start))])
    ahead = groups[index + 1].start if index + 1 < len(groups) and groups[index + 1].start >= group.end else len(plain)
    stop = _STOP.search(plain, group.end)
    end = min(ahead, stop.start() if stop else len(plain))
    taken = [name for kind, name in group.own.items() if kind not in group.forms]
    bare = list(plain)
    for place in range(start, end):
        if any(first <= place < last for first, last in blank):
            bare[place] = " "
    return Stated(
        text=" ".join(["".join(bare[start:end]).strip(), *taken]).strip(),
        count=group.count or 1,
        rank=group.rank,
        start=start,
        end=end,
        names=tuple(group.own.items()),
    )


def follow(earlier: Story, current: Story) -> Story:
    """那要是三家并列呢: a follow-up keeps what the earlier question stated and it does not state anew."""
    parts = tuple(_completed(part, earlier.parts[-1]) if earlier.parts else part for part in current.parts)
    before = (*earlier.before, *earlier.parts)
    if not parts:
        loose = Stated(text=current.text, count=current.loose_count or 1)
        if current.says_total and len(before) > 1:
            parts = before
        elif current.wanted is Wanted.GAP and len(before) > 1:
            parts = before[-2:]
        elif len(earlier.parts) == 1:
            parts = (replace(earlier.parts[0], count=current.loose_count or earlier.parts[0].count),)
        else:
            parts = earlier.parts or ((loose,) if current.loose_count else ())
    if current.wanted is Wanted.GAP and len(current.parts) == 1 and earlier.parts:
        parts = (earlier.parts[-1], *parts)  # 4A的比这个多几万
    names_thing = any(kind in THINGS for part in current.parts for kind, _ in part.names)
    return replace(
        current,
        parts=parts,
        before=before,
        co_leads=current.co_leads or (0 if names_thing else earlier.co_leads),
        sums=current.sums or tuple(one for one in earlier.sums if one.role == "base"),
        interest=current.interest or earlier.interest,
    )


def _completed(part: Stated, before: Stated) -> Stated:
    """A part of a follow-up with the names that the part before it had and it does not name anew."""
    kinds = {kind for kind, _ in part.names}
    if "item" in kinds:
        return part
    if part.count == 1:
        part = replace(part, count=before.count)
    if "organ" in kinds:
        kinds |= {"standard", "item", "role", "act", "grade"}
    if "standard" in kinds:
        kinds |= set(THINGS)
    taken = tuple((kind, name) for kind, name in before.names if kind not in kinds)
    if part.rank and "role" not in kinds:
        taken = tuple((kind, name) for kind, name in taken if kind != "role")
    return replace(part, names=(*part.names, *taken))
