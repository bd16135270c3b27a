"""Of awards that fit by name, the one that a question's other words mean; and awards that only such words name.

A vocabulary has no name for every prize. Where it has none, a run of characters that a question shares with one award
and with few others is as good as a name; where several awards bear the same name, what else they say decides.
"""

import re
from collections.abc import Collection, Sequence

from assistant.award_fit import THINGS, kinds_by_name
from assistant.award_question import general_words
from assistant.ranking import bigrams
from corpus.awards import AwardFact
from corpus.awards.labelling import without_names
from corpus.folding import fold

RUN_MIN = 3  # characters in a row that a question and an award share
RUN_MAX = 8
RUN_FACTS_MAX = 6  # awards of one document that may share it
MATCHED_MIN = 2  # word pairs by which one award is told from another
MATCHED_SHARE = 0.75
PLAIN_MAX, SPECIAL_MIN = (
    1,
    4,
)  # word pairs of its own beside its name: an award for the thing itself, one for a case of it
_LATIN = re.compile(r"[A-Z][A-Z0-9]+")


def most_meant(facts: Sequence[AwardFact], words: Sequence[str], names: Collection[str]) -> list[AwardFact]:
    """Of facts that bear the same name, those whose other words the question has; and no special case it does not name.

    Args:
        facts: That fit what the question names.
        words: What the question says beside its concepts.
        names: The concepts that it names; an award for the thing itself is for no other one.
    """
    own = [_own_pairs(fact) for fact in facts]
    asked = bigrams(words)
    matched = [len(pairs & asked) for pairs in own]
    best = max(matched, default=0)
    if best >= MATCHED_MIN:
        kept = [at for at, count in enumerate(matched) if count >= MATCHED_SHARE * best]
    else:
        kept = list(range(len(facts)))
    left = {at: len(own[at] - asked) for at in kept}
    plain = [set(facts[at].labels) for at in kept if left[at] <= PLAIN_MAX and _things(facts[at].labels) <= set(names)]
    special = [
        at for at in kept if left[at] >= SPECIAL_MIN and any(_nested(one, set(facts[at].labels)) for one in plain)
    ]
    return [facts[at] for at in kept if at not in special]


def named_entries(facts: Sequence[AwardFact], words: Sequence[str]) -> list[AwardFact]:
    """Of facts some of which are later entries in another's words (…的企业：餐饮企业), those whose entry is named."""
    asked = bigrams(words)
    heads = [fact.subject for fact in facts]
    entries = [fact for fact in facts if any(fact.subject.startswith(f"{head}：") for head in heads)]
    named = [fact for fact in entries if asked & bigrams([fold(fact.subject.rpartition("：")[2])])]
    return named or list(facts)


def _things(labels: Sequence[str]) -> set[str]:
    return {name for name in labels if kinds_by_name()[name] in (*THINGS, "grade")}


def _nested(first: set[str], second: set[str]) -> bool:
    return first <= second or second <= first


def named_by_words(facts: Sequence[AwardFact], words: Sequence[str], length: int = RUN_MIN) -> list[AwardFact]:
    """The facts of one document that share the longest run of characters with the question, where few do.

    Args:
        facts: All that may be meant.
        words: The question's stretches without the words of asking.
        length: Characters that the run must have.
    """
    held = [re.sub(r"\s", "", fold(f"{fact.subject} {fact.amount.base} {fact.context}")) for fact in facts]
    for size in range(RUN_MAX, length - 1, -1):
        runs = {word[at : at + size] for word in words for at in range(len(word) - size + 1)}
        if size == RUN_MIN:
            runs |= {token for word in words for token in _LATIN.findall(word)}
        found = {run: [at for at, text in enumerate(held) if run in text] for run in runs}
        places = {at for where in found.values() if 0 < len(where) <= RUN_FACTS_MAX for at in where}
        if places:
            asked = bigrams(words)
            counts = {at: sum(pair in held[at] for pair in asked) for at in places}
            best = max(counts.values())
            return [facts[at] for at in sorted(places) if counts[at] >= MATCHED_SHARE * best]
    return []


def each_named(facts: Sequence[AwardFact], words: Sequence[str]) -> list[AwardFact]:
    """Of facts for the same thing, all of whose own words the question says some: 立项 and 完成任务."""
    asked = bigrams(words)
    return [fact for fact in facts if len(_own_pairs(fact) & asked) >= MATCHED_MIN]


def named_by_head(facts: Sequence[AwardFact], words: Sequence[str]) -> list[AwardFact]:
    """The one fact of a document whose words end in the noun in which a word of the question ends.

    设立高等教育课程 for 开了专业课程; a noun that every award and every question has (单位, 项目) names none.
    """
    heads = {word[-2:] for word in words if len(word) >= RUN_MIN}
    found = [fact for fact in facts if (own := general_words(fact.subject)) and own[-1][-2:] in heads]
    return found if len(found) == 1 else []


def shares_run(first: str, second: str, length: int = 4) -> bool:
    """Whether two texts share a run of characters.

    >>> shares_run("缴纳官方规定费用", "所缴纳的官方规定费用"), shares_run("评估费", "官方规定费用")
    (True, False)
    """
    return any(first[at : at + length] in second for at in range(len(first) - length + 1))


def _own_pairs(fact: AwardFact) -> frozenset[str]:
    """The word pairs of an award beside the names of concepts and the words of all awards."""
    return bigrams(general_words(without_names(fold(fact.subject))))
