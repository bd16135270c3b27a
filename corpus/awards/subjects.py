"""The words before an award's figures → one entry for each figure, aligned by position.

对主持制定国际、国家、行业标准的单位 has three entries. Where no single way of cutting gives as many entries as
there are figures, there is no alignment, and nothing is guessed.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from corpus.awards.entries import Entry, completed, cut_entries, whole
from corpus.awards.labelling import KINDS, label, names_of, rank_lists, ranks_of
from corpus.awards.marks import DOES_LAST, DOING_LIST, IN_SERIES, SEPARATOR, SERIES, STARTS_DOING, STRONG, masked

ENTRIES_MAX = 30
SEPARATORS_MAX = 10  # with more marks, only those that follow each other are cut at: at most 252 ways are tried
MARGIN = 0.5  # a cut that scores this close to the best one makes the list ambiguous
_JOINED = re.compile("以及|[、和及与或]")
_ENUMERATED = frozenset({"standard", "organ", "item", "grade", "level"})


def enumerate_entries(text: str) -> list[Entry]:
    """The entries of a list that one figure is for; the whole subject where it is no plain list.

    Roles and acts that share a figure stay together: 主持或参与修订 is one award.

    >>> [entry.labels["standard"] for entry in enumerate_entries("主持或参与修订国际、国家标准的")]
    [('国际标准',), ('国家标准',)]
    """
    separators = list(SEPARATOR.finditer(masked(text)))
    for count in range(min(len(separators), ENTRIES_MAX) + 1, 1, -1):
        scored = [pair for pair in _candidates(text, count, windows=True) if pair[0] > 0]
        for _, entries in sorted(scored, key=lambda pair: -pair[0])[:1]:
            owns = [label(entry.own) for entry in entries]
            kinds = [kind for kind in KINDS if all(own.get(kind) for own in owns)]
            values = {tuple(own[kind] for kind in kinds if kind in _ENUMERATED) for own in owns}
            # A mark left uncut may only stand within the last entry: 省、市标准化示范、试点项目 are two.
            inner = sum(text[found.start() : found.end()] in STRONG for found in separators) - (count - 1)
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
    doing = DOING_LIST.search(text)
    if doing and len(SEPARATOR.split(doing.group())) == count:
        kinds = {kind for kind in ("act", "role") if len({entry.labels.get(kind) for entry in entries}) == count}
        if not kinds:
            return None  # 制定、修订国际标准、国家标准 with two figures: of the acts or of the standards?
    for score, other in scored[1:]:
        if best - score < MARGIN and [e.labels for e in other] != [e.labels for e in entries]:
            return None
        if best - score >= MARGIN:
            break
    return entries if best > 0 and not _joins_what_is_parted(entries) else None


def _joins_what_is_parted(entries: Sequence[Entry]) -> bool:
    """甲奖、乙奖和丙奖 with two figures: an entry that joins two of what the others are one of tells no cut."""
    for entry in entries:
        parts = _JOINED.split(entry.own)
        if len(parts) < 2:
            continue
        others = [other for other in entries if other is not entry]
        named = [{kind: names for kind, names in label(part).items() if kind in _ENUMERATED} for part in parts]
        common = set.intersection(*(set(own) for own in named))
        differ = any(len({own[kind] for own in named}) > 1 for kind in common)
        if differ and any(all(kind in label(other.own) for other in others) for kind in common):
            return True
        if not label(entry.own) and len({one[-1:] for one in (*parts, *(other.own for other in others))}) == 1:
            return True
    return False


def align_crossed(text: str, outer: int, inner: int) -> list[Entry] | None:
    """Cut two lists that are crossed, 主导、参与制定国际标准、国家标准, into outer × inner entries, outer first.

    Only for figures that stand in `outer` groups of `inner`; each list has to be of one kind.
    """
    spans = [match.span() for match in SEPARATOR.finditer(masked(text))]
    if len(spans) != outer + inner - 2 or min(outer, inner) < 2:
        return None
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    rest = pieces[outer - 1 :]
    first, last = (_crossing([completed(half, at) for at in range(len(half))]) for half in (pieces[:outer], rest))
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
    if len(ranks) != count or SEPARATOR.search(masked(text)[found.end() if found else 0 :]):
        return None
    return [Entry(text=text, own=f"第{rank}位", labels=label(text), ranks=(rank,)) for rank in ranks]


def _candidates(text: str, count: int, *, windows: bool = False) -> Iterator[tuple[float, list[Entry]]]:
    """Ways of cutting into `count` entries, each with its score; with `windows`, only at neighbouring marks."""
    separators = [match.span() for match in SEPARATOR.finditer(_blotted(text, count))]
    if len(separators) < count - 1:
        return
    cuts: Iterator[tuple[tuple[int, int], ...]]
    if windows or len(separators) > SEPARATORS_MAX:
        strong = [span for span in separators if text[span[0] : span[1]] in STRONG]
        cuts = iter(dict.fromkeys((*_windows(separators, count - 1), *_windows(strong, count - 1))))
    else:
        cuts = combinations(separators, count - 1)
    for cut in cuts:
        entries = cut_entries(text, cut)
        yield _score(text, separators, cut, entries), entries


def _blotted(text: str, count: int) -> str:
    """The text without what is no list of its own: 第二、第三起草单位, who share one of the figures that follow."""
    blotted = masked(text)
    for start, end, ranks in rank_lists(text):
        if len(ranks) != count:
            blotted = blotted[:start] + "·" * (end - start) + blotted[end:]
    return blotted


def _windows(separators: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[tuple[int, int], ...]]:
    return (tuple(separators[at : at + size]) for at in range(len(separators) - size + 1))


@lru_cache(maxsize=4096)
def _weight(separator: str, is_cut: bool) -> float:
    if separator in STRONG:
        return 1.0 if is_cut else -2.0
    if separator == "，":
        return 0.3 if is_cut else 0.0
    return 0.6 if is_cut else -0.5


def _score(
    text: str, separators: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]], entries: list[Entry]
) -> float:
    """How well a cut reads: lists are cut at every mark, and their entries are of one kind and differ."""
    score = sum(_weight(text[start:end], (start, end) in cut) for start, end in separators)
    owns = [label(entry.own) for entry in entries]
    starts = [0, *(end for _, end in cut)]
    ends = [*(start for start, _ in cut), len(text)]
    blotted = _blotted(text, len(entries))
    for entry, start, end in zip(entries, starts, ends, strict=True):
        for before, after in itertools.pairwise(blotted[start:end].split("、")):
            if DOES_LAST.search(before) and STARTS_DOING.match(after):
                score += 2.0  # 制定、修订 share the figure
            elif IN_SERIES.search(before) and SERIES.match(after):
                score -= 10.0  # 一、二等奖 are two
        score -= 2.0 * (len(label(entry.own).get("standard", ())) > 1)
    differ = len({names_of(own) for own in owns}) == len(owns)
    if differ and any(all(own.get(kind) for own in owns) for kind in KINDS):
        score += 3.0
    if any(not entry.own for entry in entries):
        score -= 10.0
    texts = [entry.text for entry in entries]
    return score - (5.0 if len(set(texts)) < len(texts) else 0.0)
