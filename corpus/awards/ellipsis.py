"""What an entry leaves unsaid → what it takes over from the entries before it, from the clause's title and heads.

参与修订的 means the kind of standard named before it. An entry that names a thing of its own takes over nothing
but who did what to it, and that only from a heading or from a list of the same sort.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.awards.entries import Entry, whole
from corpus.awards.labelling import HEADS, KINDS, is_bare, label, names_of
from corpus.awards.limbs import Limb
from corpus.awards.normalize import normalize
from corpus.awards.subjects import align, align_crossed, enumerate_entries
from corpus.labels import read_label
from corpus.records import Clause

Labels = dict[str, tuple[str, ...]]
TITLE_MAX = 40  # characters of a title before a colon that opens a clause: （一）示范资助：…
HEAD_MAX = 60  # characters; a longer head is a paragraph, of which only its announcing sentence counts
_APPLICANT = re.compile(r"[^，的]{2,40}(?:企业|单位|机构|组织|个人|高校|院所|协会)")
_DOES = re.compile("对|获|承担|通过|被|主导|参与|主持|牵头|制定|修订|完成|评为|列入")
_SAYS_RANK = re.compile(r"，[^，：]*第[一二三四五六七八九十\d]{1,2}[^，：]*$")
_BY_LEVEL = re.compile("^(.+?)，?(?:[^，]{0,12})?(?:均|分别)?按照?((?:国家|省|市|[县区])级)$")


@dataclass
class Carried:
    """What the entries before a limb leave to it, and the labels of the heads above."""

    entries: Sequence[Entry] = ()
    heads: Labels = field(default_factory=dict)
    title: str = ""  # the words before the colon that opens the clause
    before: str = ""  # the sentence before, where it holds no figure; for reading only
    limb: Limb | None = None  # the limb that granted last: what follows in it is awarded too
    grants: bool = False  # the heads say that what follows is awarded


def title_of(text: str) -> str:
    """What stands before the colon that opens a clause: （一）示范项目资助：…; empty where there is none."""
    label_ = read_label(text)
    plain = normalize(text[label_.length if label_ else 0 :][: TITLE_MAX * 2]).text
    title = re.match("[^，。；：]{2,}(?=[：。])", plain[:TITLE_MAX])
    return title.group() if title and not re.search(r"\d|给予|奖励\d", title.group()) else ""


def labels_of_heads(clause: Clause) -> Labels:
    """The labels of the heads above a clause; an inner head's word for a kind goes before an outer one's."""
    labels: Labels = {}
    for head in reversed(clause.heads):
        text = normalize(head).text
        if len(text) > HEAD_MAX:
            text = re.split("[。；]", text)[-1] if text.endswith("：") else ""
        for kind, names in label(text).items():
            labels.setdefault(kind, names)
    return labels


def entries_for(subject: str, groups: tuple[int, ...], carried: Carried) -> list[Entry] | None:
    """One entry for each figure; a list stated before may be meant again."""
    count = sum(groups)
    if count == 1:
        own = whole(subject)
        if level := _BY_LEVEL.search(subject):
            own = whole(level.group(1))
            return [replace(own, labels=_merged(label(level.group(2)), own.labels))]
        if own.is_elliptic and own.text and len(carried.entries) > 1:  # the same for each of the list before it
            return [_again(entry, own) for entry in carried.entries]
        return enumerate_entries(subject)
    if entries := _align_alternatives(subject, count):
        return entries
    if len(groups) > 1 and len(set(groups)) == 1 and (entries := align_crossed(subject, len(groups), groups[0])):
        return entries
    own = whole(subject)
    if own.is_elliptic and len(carried.entries) == count:
        return [_again(entry, own) for entry in carried.entries]
    return None


def _again(entry: Entry, own: Entry) -> Entry:
    """An entry of the list before, with what is said of it now: 参与的 after a list of standards."""
    labels = _merged(own.labels, _fit_for(own.ranks, entry.labels))
    thing = entry.text.partition("：")[0]
    if own.ranks and entry.ranks:  # 参与制定国家标准的，排名第二位的: of the next, only the first half
        thing = _SAYS_RANK.sub("", thing)
    return replace(entry, text=f"{thing}：{own.text}", labels=labels, ranks=own.ranks or entry.ranks)


def _fit_for(ranks: tuple[int, ...], labels: Labels) -> Labels:
    """第二位 is not the lead drafter named before it, but may well be one that takes part."""
    keeps = not ranks or (labels.get("role") == ("参与",) and 1 not in ranks)
    return labels if keeps else {kind: names for kind, names in labels.items() if kind != "role"}


def _align_alternatives(subject: str, count: int) -> list[Entry] | None:
    """承担甲、乙的，或承担丙、丁的，分别…: each alternative is a list of its own; entries stand one after the other."""
    aligned = [align(part, count) for part in re.split("(?<=的)，或者?", subject)]
    if any(entries is None for entries in aligned):
        return align(subject, count)
    return [entry for entries in aligned for entry in entries or []]


def _merged(own: Labels, taken: Labels) -> Labels:
    joined = taken | own
    return {kind: joined[kind] for kind in KINDS if kind in joined}


def complete(entry: Entry, carried: Carried) -> tuple[Entry | None, frozenset[str]]:
    """An entry with what it takes over, and the names that it took; None when it is for nothing at all."""
    if len(entry.text) < 2 and carried.title and not carried.entries:
        found = label(carried.title)
        return replace(entry, text=carried.title, labels=_merged(found, carried.heads)), frozenset(names_of(found))
    leans = entry.is_elliptic or _names_applicant(entry, carried)
    missing = _missing_of_elliptic(entry, carried) if leans else _missing_of_named(entry, carried)
    if leans and not HEADS & (missing.keys() | entry.labels.keys()) and not carried.entries:
        if carried.title:
            return replace(entry, text=f"{carried.title}：{entry.text}"), frozenset()
        if not carried.heads and not entry.labels:
            return None, frozenset()
    if not HEADS & (missing.keys() | entry.labels.keys()):  # the title of the clause names the thing
        missing |= {kind: names for kind, names in label(carried.title).items() if kind in HEADS}
    missing = _fit_for(entry.ranks, missing)
    text = entry.text
    if leans and len(carried.entries) == 1:
        text = f"{carried.entries[0].text.partition('：')[0]}：{entry.text}"
    taken = frozenset(names_of(missing)) - frozenset(names_of(entry.labels))
    return replace(entry, labels=_merged(entry.labels, missing), text=text), taken


def _names_applicant(entry: Entry, carried: Carried) -> bool:
    """餐饮企业 after 通过认证的食品企业: it names who is paid, and means what was named before."""
    if not carried.entries or HEADS & entry.labels.keys():
        return False
    is_applicant = _APPLICANT.fullmatch(entry.text) is not None and not _DOES.search(entry.text)
    return is_applicant or entry.text.startswith("属")


def _missing_of_elliptic(entry: Entry, carried: Carried) -> Labels:
    """What the entries before it have in common, but for what was said of them in passing.

    参与的奖励12万元；修订的奖励9万元: the 9万元 are not for taking part in revising.
    """
    shared = _shared(carried.entries)
    for kind, other in (("role", "act"), ("act", "role")):
        passing = [label(before.text.rpartition("：")[2]) for before in carried.entries if "：" in before.text]
        if kind not in entry.labels and other in entry.labels and any(kind in said for said in passing):
            shared.pop(kind, None)
    missing = dict(carried.heads) | shared
    return missing | {kind: names for kind, names in label(carried.title).items() if kind not in missing}


def _missing_of_named(entry: Entry, carried: Carried) -> Labels:
    """An entry that names its thing takes over who did what to it, or whose committee it is."""
    before = _shared(carried.entries) if is_bare(entry.text) else {}
    if "standard" in entry.labels:
        said = {} if entry.labels.keys() & {"role", "act"} or not _all_have("standard", carried.entries) else before
        return {kind: names for kind, names in (carried.heads | said).items() if kind in ("role", "act")}
    if "organ" not in entry.labels:
        return {}
    if "level" not in entry.labels and "level" in before:
        return {"level": before["level"]} if _all_have("organ", carried.entries) else {}
    return {kind: names for kind, names in carried.heads.items() if kind in ("seat", "level")}


def with_prefix(entry: Entry, prefix: str) -> Entry:
    """An entry that names nothing of the field takes thing and level from the words before the colon."""
    if not prefix or HEADS & entry.labels.keys():
        return entry
    more = {kind: names for kind, names in label(prefix).items() if kind in HEADS or kind == "level"}
    return replace(entry, labels=_merged(entry.labels, more))


def _all_have(kind: str, entries: Sequence[Entry]) -> bool:
    return bool(entries) and all(kind in entry.labels for entry in entries)


def _shared(entries: Sequence[Entry]) -> Labels:
    """What all of several entries have in common, by kind."""
    if not entries:
        return {}
    first, *others = (entry.labels for entry in entries)
    return {kind: names for kind, names in first.items() if all(other.get(kind) == names for other in others)}
