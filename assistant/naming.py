"""What an award is called in an answer: in its own words where they are short, else by what it is for.

What a list shares is said with each: the act, the level and the head that stand only with another of its entries.
"""

import re

from assistant.award_fit import THINGS, kinds_by_name
from corpus.awards import AwardFact
from corpus.vocabulary import find_concepts

SUBJECT_MAX = 46  # characters of an award's own words in a line
PLAIN_MAX = 24  # the same where a later entry of a list stands in its head's words
END_MIN = 20  # characters that the end of long words must have to stand for them
_ROLE, _ACT = "主导|牵头|主持|参与|参加|协助", "制修订|制定|制订|修订|起草"
_LEAD = re.compile(r"^(?:对，|对于?|凡)?(?:每(?![个家项名位件年]))?(?=[一-龥“（])")
_TRAIL = re.compile(r"的(?:单位|企业|企事业单位|单位组织)?$")
_ONLY_ROLE = re.compile(rf"：对?(?P<role>{_ROLE})?(?:标准)?(?P<act>{_ACT})?(?:、修订)?(?:标准)?(?:的)?$")
_ROLE_AND_ACT = re.compile(rf"(?P<role>{_ROLE})(?P<act>{_ACT})")
# What only the first entry of a list needed.
_DANGLING = re.compile("且经(?=(?:国家|行业|地方|团体)标准)|(?<=承担)并(?=分|工作组)")
_TELLS = {  # by kind, how an award's own words tell it
    "level": re.compile("国际|国家|全国|中国|中华|[省市县区](?!场)|级"),
    "act": re.compile("[制修]"),
    "item": re.compile("试点|示范|人才|奖"),
}
_ORDER = ("role", "act", "level", "standard", "item", "organ", "seat", "grade")


def name_award(fact: AwardFact) -> str:
    """What an award is for, in its own words where they are short, else by its labels."""
    own = _DANGLING.sub("", _TRAIL.sub("", _LEAD.sub("", fact.subject)))
    only = _ONLY_ROLE.search(own)
    if only and not fact.ranks and _things(fact):  # 主持制定国家标准的：参与的 is 参与制定国家标准
        own = _with_role(_TRAIL.sub("", own[: only.start()]), only, fact)
        own = own if len(own) <= PLAIN_MAX else _by_labels(fact) or own
    missing = list(fact.inherited if fact.rests_on and not only else _untold(fact, own))
    if len(own) > SUBJECT_MAX:
        own = _last_pieces(own, fact) or _by_labels(fact) or own[: SUBJECT_MAX * 2]
        missing = []
    missing.sort(key=lambda name: _ORDER.index(kinds_by_name()[name]))
    return f"{own}（{''.join(missing)}）" if missing else own


def _things(fact: AwardFact) -> list[str]:
    return [name for name in fact.labels if kinds_by_name()[name] in THINGS]


def _with_role(head: str, only: re.Match[str], fact: AwardFact) -> str:
    """The head of a list with the role and the act of a later entry in place of its own."""
    acts = [name for name in fact.labels if kinds_by_name()[name] == "act"]
    act = "" if len(acts) != 1 else acts[0]

    def put(own: re.Match[str]) -> str:
        return (only["role"] or own["role"]) + (act or only["act"] or own["act"])

    return _ROLE_AND_ACT.sub(put, head, count=1)


def _untold(fact: AwardFact, own: str) -> list[str]:
    """The labels of an award that its own words do not tell: 分技术委员会秘书处 of a list of national committees."""
    named = {found.concept.name for found in find_concepts(own)}
    by_kind = ((name, _TELLS.get(kinds_by_name()[name])) for name in fact.labels if name not in named)
    return [name for name, tells in by_kind if tells is not None and not tells.search(own)]


def _last_pieces(own: str, fact: AwardFact) -> str:
    """The end of long words, from a stop on, where it tells all that the award is for; empty where it does not."""
    pieces = own.split("，")
    for start in range(1, len(pieces)):
        end = "，".join(pieces[start:])
        named = {found.concept.name for found in find_concepts(end)}
        told = {name for name in fact.labels if kinds_by_name()[name] in ("role", "act", *THINGS)} <= named
        if len(end) <= SUBJECT_MAX:
            plain = len(fact.labels) == 1 and len(end) >= END_MIN  # one label alone would say too little
            return end if told and fact.labels or plain else ""
    return ""


def _by_labels(fact: AwardFact) -> str:
    """What an award is for in the words of its labels; empty where that would be for several things, or for none."""
    kinds = kinds_by_name()
    if len(_things(fact)) != 1 or len(fact.labels) == 1:
        return ""
    return "".join(sorted(fact.labels, key=lambda name: _ORDER.index(kinds[name])))
