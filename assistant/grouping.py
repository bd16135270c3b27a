"""Mentions → achievements: which words belong together, and what one leaves unsaid and takes from its neighbours."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from assistant.asking import words
from assistant.mentions import KINDS, THINGS, Token

_CARRIED = ("standard", "organ", "item", "seat", "level", "role", "act")
STOP = re.compile(r"[，。；？！、+＋,;?!]")
_CHUNK = re.compile(
    r"[\s，。；？！、+＋,;?!:：（）()]|和|以?及|(?<!参)与|跟|又|另外?|还|再|并(?!列|第)|同时|比(?!例|对|较|赛)|而|加(?!起|一|在)"
    r"|(?<=[奖号])[”\"]?(?:[之以]?后(?!续|补)|升)"
)
CLASS = re.compile("[A-Z甲乙丙丁]类")
_OF_CLASS = re.compile(rf"{CLASS.pattern}[^，。；、,;]{{0,10}}$")
_HEADS_LIST = re.compile(r"[^，。；]{0,12}[:：]")
_TIMES = frozenset({"次", "场", "届"})
_NOW = re.compile(
    '(?:[，。；,;]|^[”"]?[之以]?后)[^，。；,;]{0,4}(?:今年|现在|这次|这回|如今|后来|头一回|首次)|^[”"]?升[为到成上]'
)
_BESIDE = re.compile('[”"]?[和与及跟、][“"]?')
UNNAMED_MIN = 4  # characters beyond common words by which a stretch names a thing of its own


@dataclass
class Group:
    """An achievement while it is being read."""

    start: int
    end: int
    own: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    count: int = 0
    heads: bool = False  # two of them: one …, one …: it only announces those that follow
    rank: int = 0
    unnamed: bool = False  # of a thing that the vocabulary has no name for
    rank_ahead: bool = False  # told before the thing, so that it holds for what is listed with it
    shared_rank: bool = False  # 都排第二, 同样是排第二

    def takes(self, kind: str, name: str) -> bool:
        """Whether a mention belongs to this achievement and does not open the next."""
        if kind in self.own:
            return self.own[kind] == name
        return not (kind in THINGS and any(other in self.own for other in THINGS if other != kind))


def group(tokens: Sequence[Token], plain: str) -> list[Group]:
    """Achievements in order: a stretch between stops that names a thing opens one, as does a second name of a kind."""
    stops = [match.start() for match in _CHUNK.finditer(plain)]
    groups: list[Group] = []
    for _, chunk in groupby(tokens, key=lambda token: bisect_right(stops, token.start)):
        _read_chunk(list(chunk), groups, plain, tokens)
    return _without_total([group for group in groups if group.own or group.rank or group.unnamed], tokens)


def _without_total(groups: list[Group], tokens: Sequence[Token]) -> list[Group]:
    """国标、行标、团标三项: a number behind a list, as great as the list is long, counts its entries, not the last."""
    last = groups[-1] if groups else None
    if last is not None and not last.own and last.count == len(groups) - 1 > 1:
        return groups[:-1]  # 两项都完成了: told of those before
    if last is None or last.count != len(groups) or len(groups) < 2 or any(one.count for one in groups[:-1]):
        return groups
    things = [token.start for token in tokens if token.kind in THINGS and last.start <= token.start]
    counts = [token.start for token in tokens if token.kind == "count" and last.start <= token.start]
    if things and counts and things[-1] < counts[0]:
        last.count = 0
    return groups


def _read_chunk(chunk: list[Token], groups: list[Group], plain: str, tokens: Sequence[Token]) -> None:
    names_thing = any(token.kind in THINGS for token in chunk)
    fresh = bool(groups) and (groups[-1].heads or names_thing and any(kind in groups[-1].own for kind in THINGS))
    if fresh and all(token.kind in KINDS and groups[-1].own.get(token.kind) == token.name for token in chunk):
        named = {token.kind: token.name for token in chunk}
        fresh = _is_another(named, groups[-1], plain[groups[-1].end : chunk[0].start])  # else the same thing again
    unnamed = not names_thing and (_counts_class(chunk, plain) or bool(groups) and _names_another(chunk, plain))
    fresh = fresh or unnamed
    for token in chunk:
        last = groups[-1] if groups else None
        if token.kind == "each":
            for group in groups:
                group.count = group.count or int(token.name)
            continue
        if token.kind == "count" and _counts_nothing(token, chunk, last, plain):
            continue
        if last is not None and _is_one_of_them(token, chunk) and _add_up(last.count, tokens, token.start):
            last.heads = True
        if last is None or fresh or _opens(token, last, chunk):
            last = Group(token.start, token.end, unnamed=unnamed)
            groups.append(last)
            fresh = False
        last.end = max(last.end, token.end)
        if token.kind == "count":
            last.count = int(token.name)
            last.heads = int(token.name) > 1 and _HEADS_LIST.match(plain, token.end) is not None
        elif token.kind == "rank":
            last.rank = int(token.name)
            last.rank_ahead = not any(kind in last.own for kind in THINGS)
            last.shared_rank = re.search(r"都|均|同样", plain[max(0, token.start - 6) : token.start]) is not None
        else:
            last.own[token.kind] = token.name
            last.forms[token.kind] = token.form


def _counts_nothing(token: Token, chunk: Sequence[Token], last: Group | None, plain: str) -> bool:
    """会开了三次; 三样合计: a number that is of no further thing."""
    if token.form in _TIMES and not _is_meeting(chunk, last):
        return True
    behind = [one.end for one in chunk if one.kind in THINGS and one.end <= token.start]
    if last is not None and any(kind in last.own for kind in THINGS):
        behind.append(last.end)
    if any(not plain[end : token.start].strip() for end in behind):
        return False  # 团标3项一共
    return words("summed").match(plain, token.end) is not None and not _HEADS_LIST.match(plain, token.end)


def _is_one_of_them(token: Token, chunk: Sequence[Token]) -> bool:
    """两项国标，一个排第一，一个排第二; 一项主导一项参与: what is told of each of those announced."""
    after = [one for one in chunk if one.start >= token.end]
    told = any(one.kind in ("rank", "role", "act") for one in after[:2])
    return token.kind == "count" and token.name == "1" and told and not any(one.kind in THINGS for one in after)


def _add_up(whole: int, tokens: Sequence[Token], start: int) -> bool:
    """Whether the numbers told from a place on are together a number told before: of 两项, 一项 and 一项."""
    told = 0
    for token in tokens:
        if token.kind == "count" and token.start >= start:
            told += int(token.name)
            if told >= whole:
                return told == whole > 1
    return False


def _is_meeting(chunk: Sequence[Token], last: Group | None) -> bool:
    """Whether times are counted of something that is held: a meeting."""
    return any(token.name == "会议" for token in chunk) or (last is not None and last.own.get("item") == "会议")


def _counts_class(chunk: Sequence[Token], plain: str) -> bool:
    """A类3张、B类2张: a class of something that the vocabulary has no name for."""
    return any(token.kind == "count" and _OF_CLASS.search(plain[: token.start]) for token in chunk)


def _names_another(chunk: Sequence[Token], plain: str) -> bool:
    """另外我们主导的一项成果被国外引用: a stretch that counts something and says what, in words of its own."""
    if not any(token.kind == "count" for token in chunk):
        return False
    start = max((m.end() for m in _CHUNK.finditer(plain, 0, chunk[0].start)), default=0)
    stop = _CHUNK.search(plain, chunk[-1].end)
    own = list(plain[start : stop.start() if stop else len(plain)])
    for token in chunk:
        for place in range(token.start - start, min(token.end - start, len(own))):
            own[place] = " "
    return len(words("common").sub("", "".join(own))) >= UNNAMED_MIN


def _opens(token: Token, last: Group, chunk: Sequence[Token]) -> bool:
    if token.kind == "count":
        done = last.rank > 0 and any(kind in last.own for kind in THINGS)
        return bool(last.count) or (done and token is chunk[0])
    if token.kind == "rank":
        return bool(last.rank) and str(last.rank) != token.name
    return not last.takes(token.kind, token.name)


def carry_over(groups: list[Group], plain: str) -> list[Group]:
    """Give each achievement what it leaves unsaid: from those before it, else from those behind."""
    groups = _merged(groups, plain)
    for order in (groups, list(reversed(groups))):
        before: Group | None = None
        for group in order:
            if before is not None and (order is groups or not _parted(group, before, plain)):
                _take_over(group, before)
            before = group
    for group, behind in pairwise(groups):
        between = plain[group.end : behind.start].strip()
        if group.rank and group.rank_ahead and not behind.rank and re.fullmatch("[、和及与]", between):
            behind.rank = group.rank  # 以第二起草单位做了国标1项、行标1项
    return [group for group in groups if not (group.heads and len(groups) > 1)]


def _parted(group: Group, behind: Group, plain: str) -> bool:
    """Whether a new thing is begun between two achievements: what is said of the second is not said of the first."""
    return re.search(r"[。；;]|另|又|还|再|同时", plain[group.end : behind.start]) is not None


def _merged(groups: list[Group], plain: str) -> list[Group]:
    """An achievement said again (这项国标) is the same one, where it adds no other name; the number may come later."""
    kept: list[Group] = []
    for group in groups:
        same = next((one for one in kept if _is_said_again(group, one, plain)), None)
        if same is None:
            kept.append(group)
        elif group.count and not same.count:
            same.count = group.count
    return kept


def _is_another(named: Mapping[str, str], before: Group, between: str) -> bool:
    """先得提名奖，今年得了这个奖; 提名奖和质量奖分别多少: what has fewer names is not what was named before."""
    graded = "grade" in before.own and "grade" not in named
    return _NOW.search(between) is not None or (graded and _BESIDE.fullmatch(between) is not None)


def _is_said_again(group: Group, before: Group, plain: str) -> bool:
    if len(before.own) > len(group.own) and _is_another(group.own, before, plain[before.end : group.start]):
        return False
    if group.rank or group.unnamed or before.heads or (group.count and before.count):
        return False
    if group.count and group.own != before.own:
        return False
    return all(before.own.get(kind) == name for kind, name in group.own.items())


def _take_over(group: Group, other: Group) -> None:
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


def _drafts(group: Group, other: Group) -> bool:
    """Whether roles and acts are told of this achievement: a standard, or nothing else named yet."""
    return "standard" in group.own or not any(kind in group.own for kind in ("organ", "item"))
