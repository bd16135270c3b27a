"""The words before an award's figures → one entry for each figure, aligned by position.

对主持制定国际、国家、行业标准的单位 has three entries; each is read with the words the entries share: the
head before the first (对主持制定), the noun behind the last (标准), the end (的单位). Where no single way of
cutting gives as many entries as there are figures, there is no alignment, and nothing is guessed.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from corpus.awards.labelling import HEADS, KINDS, is_elliptic, label, names_of, ranks_of

ENTRIES_MAX = 30
SEPARATORS_MAX = 10  # with more marks, only those that follow each other are cut at: at most 252 ways are tried
MARGIN = 0.5  # a cut that scores this close to the best one makes the list ambiguous

_SEPARATOR = re.compile(r"、|以及|及其|及|和(?!谐)|(?<!参)与|或者|或|/|(?<=[”》）])(?=[“《])|，(?=(?:国际|国家|行业|地方|团体|企业)标准|对|获|承担|主导|参与|通过|被|荣获|新)")
_STRONG = frozenset({"、", ""})
_SCOPE = (
    r"(?:[省市]?地方|国际(?:性|级)?|国家级?|全国|中国|省部?级?|市级?|[区县]级?|行业|团体|联盟|企业|区域|推荐性|强制性|[一-龥]{2,5}[省市区县])"
)
_GRADE = r"(?:[特一二三四]|A{1,5}级?|[1-5]A级?|[A-D]|[金银铜]|优秀|良好|合格|第[一二三四五六1-9])"
_DOING = r"(?:主导|参与|主持|协助|牵头|制定|制订|修订)"
_MODIFIER = f"(?:{_SCOPE}(?:团体|联盟|地方)?|{_GRADE}|{_DOING})"
_KIND_OF_STANDARD = re.compile("(?:行业|团体|联盟|企业|区域)$")
_SCOPED = re.compile(_SCOPE)
_IS_MODIFIER = re.compile(_MODIFIER)
_ENDS_SO = re.compile(f"{_MODIFIER}$")
_STARTS_SO = re.compile(_MODIFIER)
_PRIZE = re.compile(r"(?:(?:个人)?(?:终身成就|突出贡献|优秀青年|重大贡献|优秀贡献|组织|提名|优秀)|[特一二三四]等|[金银铜])奖?”?$")
_NAMED = re.compile(f"{_SCOPE}*(?:标准(?!化)|专业标准化|标准化)")
_DONE_LAST = re.compile(f"(?:{_DOING}|制（修）订|制修订|起草|第一|主要|参与|单位|企业)+$")
_DOING_LIST = re.compile(f"{_DOING}(?:[、和或及]{_DOING})+")
_SERIES = re.compile(f"(?:{_GRADE}|国际|国家级?|全国|省级?|市级?|行业|地方|团体)")
_IN_SERIES = re.compile(f"{_SERIES.pattern}$")
_DOES_LAST = re.compile(f"{_DOING}$")
_STARTS_DOING = re.compile(_DOING)
_LEAD = re.compile(
    r"^(?:(?:对于?|验收合格的?|[、或和及](?=主导|参与|制定|修订|主持|牵头|协助)|凡|经|将|被|已|首次|新|当年|近年|为|且|并|成功|每年?|一项|一个|通过|验收|获得|荣获|获批|获评|获|承担|担任|主导|主持|牵头|参与|参加|协助|负责|完成|制定|制订|修订|制（修）订|制修订"
    r"|发布|创建|建成|设立|认定|评定|评|入选|列入|新增|申请|组建|承办|举办|进入|由|政府部门|认可|的)|（含[^）]*）)+"
)
_END = re.compile(r"的(?:$|，|[一-龥]{0,24}$|[^的]{0,60}$)")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one figure is for: its text put together, labels by kind, ranks, the words of its own."""

    text: str
    own: str
    labels: dict[str, tuple[str, ...]]
    ranks: tuple[int, ...]

    @property
    def is_elliptic(self) -> bool:
        """Whether it names nothing that an award could be for, so that it takes that over."""
        return not HEADS & self.labels.keys() and is_elliptic(self.text)


def whole(text: str) -> Entry:
    """A subject that is not a list, or a list that one figure is for."""
    return Entry(text=text, own=text, labels=label(text), ranks=ranks_of(text))


_ENUMERATED = frozenset({"standard", "organ", "item", "grade", "level"})


def enumerate_entries(text: str) -> list[Entry]:
    """The entries of a list that one figure is for; the whole subject where it is no plain list.

    Roles and acts that share a figure stay together: 主持或参与修订 is one award.

    >>> [entry.labels["standard"] for entry in enumerate_entries("主持或参与修订国际、国家标准的")]
    [('国际标准',), ('国家标准',)]
    """
    separators = list(_SEPARATOR.finditer(_masked(text)))
    for count in range(min(len(separators), ENTRIES_MAX) + 1, 1, -1):
        scored = [pair for pair in _candidates(text, count, windows=True) if pair[0] > 0]
        for _, entries in sorted(scored, key=lambda pair: -pair[0])[:1]:
            owns = [label(entry.own) for entry in entries]
            kinds = [kind for kind in KINDS if all(own.get(kind) for own in owns)]
            values = {tuple(own[kind] for kind in kinds if kind in _ENUMERATED) for own in owns}
            # A mark left uncut may only stand within the last entry: 省、市标准化示范、试点项目 are two.
            inner = sum(text[found.start() : found.end()] in _STRONG for found in separators) - (count - 1)
            cuts_all = inner <= sum(map(entries[-1].own.count, "、"))
            nested = {*label(text).get("organ", ())}  # 甲或乙委员会的工作组 is for working groups alone
            if any(not {*entry.labels.get("organ", ())} <= nested for entry in entries):
                return [whole(text)]
            if cuts_all and _ENUMERATED & set(kinds) and len(values) == len(entries):
                return entries
    return [whole(text)]


def align(text: str, count: int) -> list[Entry] | None:
    """Cut a subject into `count` entries; None where no cut, or more than one, fits.

    Args:
        text: Normalised words before the figures.
        count: How many figures there are; at least 2.

    >>> [entry.text for entry in align("主持制定国际、国家、行业标准的单位", 3)]
    ['主持制定国际标准的单位', '主持制定国家标准的单位', '主持制定行业标准的单位']
    >>> align("获得甲奖、乙奖、丙奖的单位", 2) is None
    True
    """
    if not 2 <= count <= ENTRIES_MAX:
        return None
    if ranked := _by_rank(text, count):
        return ranked
    scored = sorted(_candidates(text, count), key=lambda pair: -pair[0])
    if not scored:  # “某奖一等奖、二等奖”: a list within quotation marks
        bare = re.sub("[“”]", "", text)
        return align(bare, count) if bare != text else None
    best, entries = scored[0]
    doing = _DOING_LIST.search(text)
    if doing and len(_SEPARATOR.split(doing.group())) == count:
        kinds = {kind for kind in ("act", "role") if len({entry.labels.get(kind) for entry in entries}) == count}
        if not kinds:
            return None  # 制定、修订国际标准、国家标准 with two figures: of the acts or of the standards?
    for score, other in scored[1:]:
        if best - score < MARGIN and [e.labels for e in other] != [e.labels for e in entries]:
            return None
        if best - score >= MARGIN:
            break
    return entries if best > 0 else None


def align_crossed(text: str, outer: int, inner: int) -> list[Entry] | None:
    """Cut two lists that are crossed, 主导、参与制定国际标准、国家标准, into outer × inner entries, outer first.

    Only for figures that stand in `outer` groups of `inner`; each list has to be of one kind.
    """
    spans = [match.span() for match in _SEPARATOR.finditer(_masked(text))]
    if len(spans) != outer + inner - 2 or min(outer, inner) < 2:
        return None
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    rest = pieces[outer - 1 :]
    first, last = (
        _crossing([_completed(half, at) for at in range(len(half))]) for half in (pieces[:outer], rest)
    )
    if first is None or last is None or first[0] == last[0]:
        return None
    common = {k: names for k, names in label(text).items() if k not in (first[0], last[0])}
    return [
        Entry(
            text=f"{pieces[a]}·{rest[b]}",
            own=rest[b],
            labels={k: v for k in KINDS if (v := {**common, first[0]: first[1][a], last[0]: last[1][b]}.get(k))},
            ranks=(),
        )
        for a in range(outer)
        for b in range(inner)
    ]


def _crossing(pieces: Sequence[str]) -> tuple[str, list[tuple[str, ...]]] | None:
    """The one kind in which all pieces differ, and their names of it."""
    found = [label(piece) for piece in pieces]
    for kind in KINDS:
        values = [own.get(kind, ()) for own in found]
        if all(len(names) == 1 for names in values) and len(set(values)) == len(values):
            return kind, values
    return None


def _by_rank(text: str, count: int) -> list[Entry] | None:
    """前三位 stands for three entries where three figures follow."""
    found = re.search(r"前([二三四五六七八九十]|\d{1,2})(?:位|名)", text)
    ranks = ranks_of(found.group()) if found else ()
    if len(ranks) != count or _SEPARATOR.search(_masked(text)[found.end() if found else 0 :]):
        return None
    return [Entry(text=text, own=f"第{rank}位", labels=label(text), ranks=(rank,)) for rank in ranks]


def _candidates(text: str, count: int, *, windows: bool = False) -> Iterator[tuple[float, list[Entry]]]:
    """Ways of cutting into `count` entries, each with its score; with `windows`, only at marks that follow each other."""
    masked = _masked(text)
    separators = [match.span() for match in _SEPARATOR.finditer(masked)]
    if len(separators) < count - 1:
        return
    cuts: Iterator[tuple[tuple[int, int], ...]]
    if windows or len(separators) > SEPARATORS_MAX:
        strong = [span for span in separators if text[span[0] : span[1]] in _STRONG]
        cuts = iter(dict.fromkeys((*_windows(separators, count - 1), *_windows(strong, count - 1))))
    else:
        cuts = combinations(separators, count - 1)
    for cut in cuts:
        entries = _entries(text, cut)
        yield _score(text, separators, cut, entries), entries


def _windows(separators: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[tuple[int, int], ...]]:
    return (tuple(separators[at : at + size]) for at in range(len(separators) - size + 1))


@lru_cache(maxsize=4096)
def _masked(text: str) -> str:
    """The text with what stands in brackets and quotation marks blotted out; the marks stay."""
    depth, masked = 0, []
    for character in text:
        if character in "（“《〈":
            depth += 1
            masked.append(character)
        elif character in "）”》〉":
            depth = max(0, depth - 1)
            masked.append(character)
        else:
            masked.append("·" if depth else character)
    return "".join(masked)


def _entries(text: str, cut: Sequence[tuple[int, int]]) -> list[Entry]:
    starts = [0, *(end for _, end in cut)]
    ends = [*(start for start, _ in cut), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    lead, first = _split_lead(pieces)
    last, end = _split_end(pieces[-1])
    owns = [first, *pieces[1:-1], last]
    owns = [_completed(owns, at) for at in range(len(owns))]
    return [_entry(owns, at, lead, end) for at in range(len(owns))]


def _split_lead(pieces: Sequence[str]) -> tuple[str, str]:
    """The words that all entries share before the first one's own."""
    first = pieces[0]
    rest = _STARTS_SO.match(pieces[1])
    at = _masked(first).rfind("，") + 1
    if (own := _ENDS_SO.search(first, at)) and rest and _is_bare(own.group(), pieces[1][rest.end() :]):
        at = own.start()  # …项目优秀、良好: all before 优秀 is shared
    verbs = _LEAD.match(first[at:])
    if verbs and at + verbs.end() < len(first) and not _IS_MODIFIER.fullmatch(first[at:]):
        at += verbs.end()
    elif not verbs and not own and (thing := _NAMED.search(first, at)):  # 企业参与制定国际标准
        at = thing.start()
    return first[:at], first[at:]


def _split_end(last: str) -> tuple[str, str]:
    masked = _masked(last)
    if (such := re.search("等(?!奖|级|次|[^，]{0,2}奖)", masked)) and such.start() > 0:
        return last[: such.start()], last[such.start() :]
    comma = masked.find("，", 1)
    if comma > 0 and comma < len(last) - 1 and "的" not in masked[:comma]:  # 行业标准，主导制定单位
        return last[:comma], last[comma:]
    at = masked.find("的")
    while at >= 0 and re.match(r"的[一-龥]*(?:标准|团体标准|奖|项目)(?:的|$)", masked[at:]):
        at = masked.find("的", at + 1)
    return (last[:at], last[at:]) if at > 0 else (last, "")


def _is_bare(modifier: str, rest: str) -> bool:
    """Whether a modifier stands without its noun: 行业 before 地方标准 does, 示范企业 before 优势企业 does not."""
    return not _KIND_OF_STANDARD.search(modifier) or rest.startswith(("标准", "的团体", "的标准")) or not rest


def _completed(owns: Sequence[str], at: int) -> str:
    """国家 before 行业标准 is 国家标准: a bare modifier takes the noun of the next entry that has one."""
    own = owns[at]
    if at == len(owns) - 1 or not _IS_MODIFIER.fullmatch(own):
        return own
    for following in owns[at + 1 :]:
        starts = (_SCOPED if _SCOPED.fullmatch(own) else _STARTS_SO).match(following)
        if starts is None:
            return own
        if not _IS_MODIFIER.fullmatch(following) and starts.end() < len(following):
            rest = following[starts.end() :]
            return own + rest if _is_bare(own, rest) and not _IS_MODIFIER.fullmatch(rest.rstrip("的")) else own
    return own


def _entry(owns: Sequence[str], at: int, lead: str, end: str) -> Entry:
    own = owns[at]
    labels = dict(label(own))
    around = {"end": label(end), "lead": label(lead)}
    if end.startswith("等"):  # 甲、乙和丙等对口单位: the noun behind 等 is what they all are
        labels |= around["end"]
    for kind in KINDS:
        for found in (around["end"], around["lead"]):
            if kind not in labels and kind in found:
                labels[kind] = found[kind]
    _share(labels, owns, at)
    ordered = {kind: labels[kind] for kind in KINDS if kind in labels}
    stem = _stem(owns[0], own) if at else ""
    return Entry(text=f"{lead}{stem}{own}{end}", own=own, labels=ordered, ranks=ranks_of(own) or ranks_of(end) or ranks_of(lead))


def _stem(first: str, own: str) -> str:
    """What the first entry says before the word that the others replace: 某省专利奖 of 某省专利奖一等奖."""
    ending = _PRIZE.search(first)
    return first[: ending.start()] if ending and _PRIZE.fullmatch(own.partition("的")[0]) else ""


def _share(labels: dict[str, tuple[str, ...]], owns: Sequence[str], at: int) -> None:
    """Take over what an entry leaves to its neighbours: the seat from those behind it, the thing from the first."""
    if "organ" in labels and "seat" not in labels and at < len(owns) - 1:
        for following in owns[at + 1 :]:
            if seat := label(following).get("seat"):
                labels["seat"] = seat
                break
    for kind in ("act", "role"):  # 国际标准、国家标准制定的: what is done stands once, at the end
        if kind not in labels and all(kind not in label(other) for other in owns[:-1]):
            if (ending := _DONE_LAST.search(owns[-1])) and (done := label(ending.group()).get(kind)):
                labels[kind] = done
    if at and "seat" in labels and "organ" not in labels:
        first = label(owns[0])
        for kind in ("organ", "level"):
            if kind in first:
                labels.setdefault(kind, first[kind])
    if at and is_elliptic(owns[at]):
        first = label(owns[0])
        for kind in KINDS:
            if kind in first and all({*label(other).get(kind, ())} <= {*first[kind]} for other in owns[1:]):
                labels.setdefault(kind, first[kind])
    if at and "level" not in labels and not any("level" in label(other) for other in owns[1:]):
        first = label(owns[0])
        if "organ" in labels.keys() & first.keys() or labels.get("item") and labels.get("item") == first.get("item"):
            labels |= {"level": first["level"]} if "level" in first else {}


@lru_cache(maxsize=4096)
def _weight(separator: str, is_cut: bool) -> float:
    if separator in _STRONG:
        return 1.0 if is_cut else -2.0
    if separator == "，":
        return 0.3 if is_cut else 0.0
    return 0.6 if is_cut else -0.5


def _score(text: str, separators: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]], entries: list[Entry]) -> float:
    """How well a cut reads: lists are cut at every mark, and their entries are of one kind and differ."""
    score = sum(_weight(text[start:end], (start, end) in cut) for start, end in separators)
    owns = [label(entry.own) for entry in entries]
    starts = [0, *(end for _, end in cut)]
    ends = [*(start for start, _ in cut), len(text)]
    masked = _masked(text)
    for entry, start, end in zip(entries, starts, ends, strict=True):
        for before, after in itertools.pairwise(masked[start:end].split("、")):
            if _DOES_LAST.search(before) and _STARTS_DOING.match(after):
                score += 2.0  # 制定、修订 share the figure
            elif _IN_SERIES.search(before) and _SERIES.match(after):
                score -= 10.0  # 一、二等奖 are two
        score -= 2.0 * (len(label(entry.own).get("standard", ())) > 1)
    differ = len({names_of(own) for own in owns}) == len(owns)
    if differ and any(all(own.get(kind) for own in owns) for kind in KINDS):
        score += 3.0
    if any(not entry.own for entry in entries):
        score -= 10.0
    texts = [entry.text for entry in entries]
    return score - (5.0 if len(set(texts)) < len(texts) else 0.0)
