"""A question, read: its regions, concepts, intents and words; and a follow-up read with what came before.

No language model is involved. The question itself is never changed: everything here is matched on a
folded copy.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.asking import says, words
from assistant.denials import is_denied
from assistant.elsewhere import without_homes, without_partners, without_places_of_work
from assistant.intents import Intent, asks_of_document, read_intents
from assistant.leaning import leans, names_nothing_else
from assistant.levels import settle_levels
from assistant.rewording import reword
from corpus.folding import fold
from corpus.records import Region
from corpus.region_sounds import find_by_sound
from corpus.regions import Mention, find_regions, narrow
from corpus.vocabulary import Concept, Found, find_mentions

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_OWN_LEVEL = re.compile(
    r"(?:自己的|自家的|本级的?)?(?:级|地方标准|团体|团标|(?:专业)?标准化?(?:分?技术委员会|技术组织)|专业标委会|标委会|TC|SC|药监|药品监督管理局)"
)
OF_WIDER_PLACE = re.compile(
    rf"的?(?:某[个一]?)?(?:[省市县区]级|{_OWN_LEVEL.pattern}|企标|企业标准|标准(?!化)|领跑|专业|分?技术委员会|质量奖|专利奖|试点|[特一二三]等奖)"
)
_PROCEDURE = frozenset(
    {
        Intent.MATERIALS,
        Intent.DEADLINE,
        Intent.WHO,
        Intent.DURATION,
        Intent.CONSEQUENCE,
        Intent.PERMISSION,
        Intent.VALIDITY,
    }
)
_THINGS = frozenset({"standard", "organ", "item"})
_DENIED_BEFORE = re.compile("(?:(?<!是)不是|并非|而非|非|不含)$")
_ASIDE_PLACE = re.compile(
    "(?:听|听说|据说|去了?|跑了?|飞|赴|出口到?|销往|卖到|隔壁的?|总部在|来自|对手是)$"
)  # before a place that is not meant
_BARE_STANDARD = re.compile(
    "^(?:那么?|换成|要是|如果|改成)?(?:国际|国家|行业|地方|团体)(?=的?(?:呢|多少|几万|[？?]|$))"
)
SHORT_QUESTION = 12  # characters; a shorter one without a concept of its own goes with what came before


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a question asks, as far as it can be told."""

    text: str  # visible characters only, as asked
    regions: tuple[Region, ...]
    concepts: tuple[Concept, ...]
    levels: tuple[str, ...]  # names of regions that say a level: 浙江省 in a question about 龙港
    intents: frozenset[Intent]
    essence: tuple[str, ...]  # the stretches of text left without regions, concepts and fillers
    asks_validity: bool  # whether, from when or until when a document holds
    carried: str = ""  # the essence that a follow-up inherits, for searching only
    earlier: "Reading | None" = None  # the question before, about the same place
    follows: bool = False  # whether it leans on that question

    @classmethod
    def of_regions(cls, regions: tuple[Region, ...]) -> "Reading":
        """A reading that names places and nothing else."""
        text = "".join(region.name for region in regions)
        return cls(
            text=text, regions=regions, concepts=(), levels=(), intents=frozenset(), essence=(), asks_validity=False
        )

    def has(self, intent: Intent) -> bool:
        """Whether the question asks for this sort of thing."""
        return intent in self.intents

    @property
    def search_text(self) -> str:
        """What to search with: the question, the concepts' full names, what it inherits."""
        return " ".join(part for part in (self.text, self.carried) if part)


def visible(text: str) -> str:
    """The text without control, zero-width, bidirectional and tag characters.

    >>> visible("国\\u200b家标准\\x07")
    '国家标准'
    """
    return _HIDDEN.sub("", text).strip()


@cache
def _fillers() -> re.Pattern[str]:
    lines = (files("assistant") / "fillers.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")))


def read_question(text: str, known: Iterable[Region], region: str | None = None) -> Reading:
    """Read one question on its own.

    Args:
        text: The question as asked.
        known: The regions that have documents.
        region: A region stated beside the question; one named in the question wins.
    """
    plain = visible(text)
    mentions = find_regions(plain)
    if (nearer := without_homes(without_partners(without_places_of_work(plain, mentions)))) != plain:
        plain, mentions = nearer, find_regions(nearer)
    folded, meant = fold(plain), reword(plain)
    known = tuple(known)
    if not any(m.is_full_name for m in mentions) and len(folded) == len(plain):
        in_folded = find_regions(folded)  # 蕭山區; not first, since folding spoils 乾县
        mentions = in_folded if not mentions or any(m.is_full_name for m in in_folded) else mentions
    if not mentions:
        mentions = find_by_sound(plain, known)
    # 温州市级 and 山东省级 are levels before they are places.
    meant_places = [m for m in mentions if not _ASIDE_PLACE.search(plain[: m.start])]
    mentions = meant_places or mentions
    own = [m for m in mentions if plain[m.end : m.end + 1] != "级"]
    regions = narrow(own, known)
    if all(any(wide.covers(r) for m in mentions if m not in own for r in m.regions) for wide in regions):
        regions = narrow(mentions, known)  # 嵊泗县级出多少：浙江省标委会
    if not regions and region:
        regions = narrow(find_regions(region), known)
    found = [one for one in mentioned(meant) if not _is_aside(one, meant)]
    bare = list(plain)
    for start, end in [(m.start, m.end) for m in mentions if narrow([m], known)]:
        bare[start:end] = " " * (end - start)
    intents = read_intents(meant)
    names_other = bool(found) or bool(intents - {Intent.VALIDITY, Intent.DEADLINE, Intent.LIST, Intent.LIMIT})
    of_document = asks_of_document(meant, names_other=names_other)
    return Reading(
        text=plain,
        regions=tuple(regions),
        concepts=tuple(one.concept for one in found),
        levels=tuple(dict.fromkeys(m.name for m in mentions if _is_level(m, plain, regions))),
        intents=intents,
        asks_validity=Intent.VALIDITY in intents and of_document,
        essence=_essence("".join(bare)),
    )


def mentioned(meant: str) -> list[Found]:
    """The first mention of each concept, but of those that are only named to say that they were not done."""
    mentions = settle_levels(find_mentions(meant), meant)
    denied = [one for one in mentions if is_denied(meant, one.start, one.end)]
    kept = [one for one in mentions if one not in denied]
    if any(one.concept.kind in _THINGS for one in denied) and any(one.concept.kind in _THINGS for one in kept):
        kept = [one for one in kept if one.concept.kind != "result"]  # 没通过 is told of the one that was denied
    return list({one.concept.name: one for one in reversed(kept)}.values())[::-1]


def of_place(reading: Reading, region: Region) -> Reading:
    """What a question that names several places asks of one of them: its text without the names of the others."""
    kept = list(reading.text)
    for mention in find_regions(reading.text):
        if region not in mention.regions and not any(one.covers(region) for one in mention.regions):
            end = mention.end + bool(re.match("[、,，和与及跟]", reading.text[mention.end : mention.end + 1]))
            kept[mention.start : end] = " " * (end - mention.start)
    own = read_question(re.sub(" *(?:分别|各自|依次|[、,，]? +)", " ", "".join(kept)), ())
    return replace(own, regions=(region,), levels=reading.levels, carried=reading.carried)


def _is_aside(found: Found, meant: str) -> bool:
    """起草排名第三, 起草 of a standard said to be revised, 国家标准创新贡献奖: words that say something else."""
    after = meant[found.end :]
    if found.concept.kind == "standard":
        return re.match(r"化|创新|贡献奖", after) is not None
    if meant[found.start : found.end] != "起草":
        return False
    return "修订" in meant or re.match(r"排|单位|名单|人", after) is not None


def _is_level(mention: Mention, text: str, regions: list[Region]) -> bool:
    """浙江省 beside 龙港, or 聊城市 before 地方标准, says whose standard, committee or honour is meant."""
    following = text[mention.end :]
    if _DENIED_BEFORE.search(text[: mention.start]):
        return False  # 不是浙江省级
    if following.startswith("级") and words("of_budget").match(following, 1):
        return False  # 县级出多少: the money of the place itself
    if any(region.covers(other) and region != other for region in mention.regions for other in regions):
        return OF_WIDER_PLACE.match(following.lstrip()) is not None
    return _OWN_LEVEL.match(following) is not None


def _essence(text: str) -> tuple[str, ...]:
    """The stretches that carry meaning: at least two characters once fillers are gone."""
    left = _fillers().sub(" ", fold(text))
    return tuple(part for part in re.split(r"[^\w%/.-]+", left) if len(part) >= 2)


def read_conversation(questions: Iterable[str], known: Iterable[Region], region: str | None = None) -> Reading:
    """Read the last of several questions with what it takes over from the earlier ones.

    The region carries over until another is named. A question that follows up (那…呢, or too short to
    stand alone) takes over the concepts whose kind it does not name anew, and the intents when it
    has none.
    """
    known = tuple(known)
    earlier: Reading | None = None
    asked: list[Reading] = []
    for text in questions:
        current = read_question(text if earlier is None else _with_head(text, earlier), known)
        earlier = current if earlier is None else _follow(_meant(current, asked), current)
        asked.append(earlier)
    if earlier is None:
        raise ValueError("Cannot read a conversation without questions. Next: pass at least one.")
    if not earlier.regions and region:
        earlier = replace(earlier, regions=tuple(narrow(find_regions(region), known)))
    return earlier


def _with_head(text: str, earlier: Reading) -> str:
    """国际的呢, after a question about a standard: 国际标准的呢."""
    kinds = {concept.kind for concept in earlier.concepts}
    if "standard" not in kinds or kinds & {"organ", "item"}:
        return text
    return _BARE_STANDARD.sub(lambda found: f"{found.group()}标准", visible(text))


def _meant(current: Reading, asked: list[Reading]) -> Reading:
    """The question that a new one leans on: the last, or the one that it returns to."""
    if says("returns", current.text):
        named = {concept.name for concept in current.concepts}
        for one in reversed(asked):
            if named & {concept.name for concept in one.concepts}:
                return one
    return asked[-1]


def _follow(earlier: Reading, current: Reading) -> Reading:
    regions = current.regions or earlier.regions
    wider = current.regions and all(
        any(wide.covers(own) and wide != own for own in earlier.regions) for wide in current.regions
    )
    if wider and (current.levels or all(OF_WIDER_PLACE.match(current.text, m.end) for m in find_regions(current.text))):
        regions = earlier.regions or regions  # 温州市级的呢, about a place within it
    same_place = earlier if regions == earlier.regions else None
    things = [{concept.kind for concept in one.concepts} & _THINGS for one in (earlier, current)]
    if not is_follow_up(current) and not (things[0] == things[1] != {"item"} and names_nothing_else(current.text)):
        return replace(current, regions=regions, earlier=same_place)
    kinds = {concept.kind for concept in current.concepts}
    if "item" in kinds:
        kinds |= {"grade", "level", "seat", "organ", "standard", "act", "role"}
    if current.levels:
        kinds.add("level")
    kept = [concept for concept in earlier.concepts if concept.kind not in kinds]
    asks_how = bool(current.intents & _PROCEDURE) or says("procedure", current.text)
    turns = earlier.has(Intent.AMOUNT) and not current.has(Intent.AMOUNT) and asks_how
    if turns:
        kept = []  # 什么时候申报, after a sum: no longer about that one award
    carried = (
        ""
        if turns
        else " ".join(dict.fromkeys([*(concept.name for concept in kept), *(earlier.essence or [earlier.carried])]))
    )
    return replace(
        current,
        regions=regions,
        concepts=tuple(dict.fromkeys([*kept, *current.concepts])),
        levels=current.levels or (() if "level" in kinds or "item" in kinds else earlier.levels),
        intents=current.intents or (frozenset() if turns else earlier.intents),
        asks_validity=_asks_validity(earlier, current),
        carried=carried,
        earlier=earlier,
        follows=not turns,
    )


def _asks_validity(earlier: Reading, current: Reading) -> bool:
    """有效期呢 after a question about a title's 有效期 is about the title's again."""
    if not current.intents:
        return earlier.asks_validity
    of_other = Intent.VALIDITY in earlier.intents and not earlier.asks_validity
    return current.asks_validity and not of_other


def is_follow_up(reading: Reading) -> bool:
    """Whether a question leans on the one before it."""
    if says("turns", reading.text):
        return False
    if leans(reading.text):
        return True
    kinds = {concept.kind for concept in reading.concepts}
    if kinds & {*_THINGS, "topic"}:
        return False
    return (
        bool(kinds & {"role", "act"}) or says("joint", reading.text) or len("".join(reading.essence)) <= SHORT_QUESTION
    )
