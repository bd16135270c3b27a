"""One way of cutting a subject → its entries, each with the words that all of them share.

What stands before the first entry's own words (对主持制定), the noun behind the last (标准) and the end
(的单位) belong to every entry; what an entry leaves unsaid it takes over from its neighbours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.awards.labelling import HEADS, KINDS, is_elliptic, label, ranks_of
from corpus.awards.marks import (
    DONE_LAST,
    ENDS_SO,
    IS_MODIFIER,
    KIND_OF_STANDARD,
    LEAD,
    NAMED,
    PRIZE,
    SCOPED,
    STARTS_SO,
    masked,
)


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


def cut_entries(text: str, cut: Sequence[tuple[int, int]]) -> list[Entry]:
    """The entries of a subject that is cut at some marks, given as (start, end)."""
    starts = [0, *(end for _, end in cut)]
    ends = [*(start for start, _ in cut), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    lead, first = _split_lead(pieces)
    last, end = _split_end(pieces[-1])
    owns = [first, *pieces[1:-1], last]
    owns = [_with_ordinal(owns, at) for at in range(len(owns))]
    owns = [completed(owns, at) for at in range(len(owns))]
    return [_entry(owns, at, lead, end) for at in range(len(owns))]


def _with_ordinal(owns: Sequence[str], at: int) -> str:
    """第二、三起草单位: the 第 stands once."""
    shares = at and re.search(r"第[一二三四五六七八九十\d]{1,2}$", owns[at - 1])
    own = owns[at]
    return (
        f"第{own}"
        if shares and re.match(r"[一二三四五六七八九十\d]{1,2}(?:起草|完成|承担|参与|[位名]|$)", own)
        else own
    )


def _split_lead(pieces: Sequence[str]) -> tuple[str, str]:
    """The words that all entries share before the first one's own."""
    first = pieces[0]
    rest = STARTS_SO.match(pieces[1])
    at = masked(first).rfind("，") + 1
    if (own := ENDS_SO.search(first, at)) and rest and _is_bare(own.group(), pieces[1][rest.end() :]):
        at = own.start()  # …项目优秀、良好: all before 优秀 is shared
    verbs = LEAD.match(first[at:])
    if verbs and at + verbs.end() < len(first) and not IS_MODIFIER.fullmatch(first[at:]):
        at += verbs.end()
    elif not verbs and not own and (thing := NAMED.search(first, at)):  # 企业参与制定国际标准
        at = thing.start()
    return first[:at], first[at:]


def _split_end(last: str) -> tuple[str, str]:
    blotted = masked(last)
    if (such := re.search("等(?!奖|级|次|[^，]{0,2}奖)", blotted)) and such.start() > 0:
        return last[: such.start()], last[such.start() :]
    comma = blotted.find("，", 1)
    if comma > 0 and comma < len(last) - 1 and "的" not in blotted[:comma]:  # 行业标准，主导制定单位
        return last[:comma], last[comma:]
    at = blotted.find("的")
    while at >= 0 and re.match(r"的[一-龥]*(?:标准|团体标准|奖|项目)(?:的|$)", blotted[at:]):
        at = blotted.find("的", at + 1)
    return (last[:at], last[at:]) if at > 0 else (last, "")


def _is_bare(modifier: str, rest: str) -> bool:
    """Whether a modifier stands without its noun: 行业 before 地方标准 does, 示范企业 before 优势企业 does not."""
    return not KIND_OF_STANDARD.search(modifier) or rest.startswith(("标准", "的团体", "的标准")) or not rest


def completed(owns: Sequence[str], at: int) -> str:
    """国家 before 行业标准 is 国家标准: a bare modifier takes the noun of the next entry that has one."""
    own = owns[at]
    if at == len(owns) - 1 or not IS_MODIFIER.fullmatch(own):
        return own
    for following in owns[at + 1 :]:
        starts = (SCOPED if SCOPED.fullmatch(own) else STARTS_SO).match(following)
        if starts is None:
            return own
        if not IS_MODIFIER.fullmatch(following) and starts.end() < len(following):
            rest = following[starts.end() :]
            return own + rest if _is_bare(own, rest) and not IS_MODIFIER.fullmatch(rest.rstrip("的")) else own
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
    return Entry(
        text=f"{lead}{stem}{own}{end}", own=own, labels=ordered, ranks=ranks_of(own) or ranks_of(end) or ranks_of(lead)
    )


def _stem(first: str, own: str) -> str:
    """What the first entry says before the word that the others replace: 某省专利奖 of 某省专利奖一等奖."""
    ending = PRIZE.search(first)
    return first[: ending.start()] if ending and PRIZE.fullmatch(own.partition("的")[0]) else ""


def _share(labels: dict[str, tuple[str, ...]], owns: Sequence[str], at: int) -> None:
    """Take over what an entry leaves to its neighbours: the seat from those behind it, the thing from the first."""
    found = [label(own) for own in owns]
    if "organ" in labels and "seat" not in labels and at < len(owns) - 1:
        if seats := [other["seat"] for other in found[at + 1 :] if "seat" in other]:
            labels["seat"] = seats[0]
    _share_last(labels, owns, found)
    if not at:
        return
    first = found[0]
    if "seat" in labels and "organ" not in labels:
        for kind in ("organ", "level"):
            if kind in first:
                labels.setdefault(kind, first[kind])
    if is_elliptic(owns[at]):
        for kind in KINDS:
            if kind in first and all({*other.get(kind, ())} <= {*first[kind]} for other in found[1:]):
                labels.setdefault(kind, first[kind])
    _share_level(labels, found)


def _share_last(
    labels: dict[str, tuple[str, ...]], owns: Sequence[str], found: Sequence[dict[str, tuple[str, ...]]]
) -> None:
    """国际标准、国家标准制定的: what is done stands once, at the end."""
    ending = DONE_LAST.search(owns[-1])
    for kind in ("act", "role") if ending else ():
        if kind not in labels and all(kind not in other for other in found[:-1]):
            if ending and (done := label(ending.group()).get(kind)):
                labels[kind] = done


def _share_level(labels: dict[str, tuple[str, ...]], found: Sequence[dict[str, tuple[str, ...]]]) -> None:
    """国际技术委员会、分技术委员会: the level stands once, at the first of a kind."""
    first = found[0]
    if "level" in labels or "level" not in first or any("level" in other for other in found[1:]):
        return
    same_item = labels.get("item") and labels.get("item") == first.get("item")
    if "organ" in labels.keys() & first.keys() or same_item:
        labels["level"] = first["level"]
