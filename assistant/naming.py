"""What an award is called in an answer: in its own words where they are short, else by what it is for."""

import re

from assistant.award_fit import THINGS, kinds_by_name
from corpus.awards import AwardFact

SUBJECT_MAX = 46  # characters of an award's own words in a line
_ONLY_ROLE = re.compile(r"：(?:主导|牵头|主持|参与|参加|协助)?(?:制修订|制定|制订|修订|起草)?$")
_ORDER = ("level", "role", "act", "standard", "item", "organ", "seat", "grade")


def name_award(fact: AwardFact) -> str:
    """What an award is for, in its own words where they are short, else by its labels."""
    own = re.sub(r"^(?:对于?|凡|每)(?=[一-龥])", "", fact.subject)
    own = re.sub(r"的(?:单位|企业|企事业单位|单位组织)?$", "", own)
    if fact.rests_on and fact.inherited:
        own += f"（{'、'.join(fact.inherited)}）"
    kinds = kinds_by_name()
    names_thing = any(kinds[name] in THINGS for name in fact.labels)
    if _ONLY_ROLE.search(own) and names_thing and not fact.ranks:  # 主导制定国家标准：参与 is 参与制定国家标准
        return "".join(sorted(fact.labels, key=lambda name: _ORDER.index(kinds[name])))
    if len(own) <= SUBJECT_MAX or not names_thing:
        return own[: SUBJECT_MAX * 2]
    return "".join(sorted(fact.labels, key=lambda name: _ORDER.index(kinds[name])))
