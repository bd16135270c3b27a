"""Faults of reading a question and a conversation: what is named in it and passed over, or taken for something else."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Assistant
from assistant.award_question import Asked
from assistant.award_search import AwardSearch, Found
from assistant.reading import Reading
from assistant.records import Answer, Question
from assistant.stated import Story
from corpus.records import PolicyDocument, Region
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch

AnswerTo = Callable[[Assistant, Question, date], Answer]
ReadAll = Callable[[Iterable[str], Iterable[Region], str | None], Reading]
Follow = Callable[[Reading, Reading], Reading]
FindAsked = Callable[[AwardSearch, Asked, Sequence[PolicyDocument]], Found]


def asking(name: str, breaks: str, change: Callable[[Asked], Asked]) -> Mutant:
    """What is asked of the ledger, otherwise than it was asked."""

    def broken(find: FindAsked) -> FindAsked:
        return lambda self, asked, documents: find(self, change(asked), documents)

    target = "assistant.award_search:AwardSearch.find_asked"
    return Mutant(name=name, stage=Stage.READING, breaks=breaks, patches=(Patch(target=target, broken=broken),))


def _without(*kinds: str) -> Callable[[Asked], Asked]:
    def change(asked: Asked) -> Asked:
        levels = () if "level" in kinds else asked.levels
        return replace(asked, levels=levels, groups={k: v for k, v in asked.groups.items() if k not in kinds})

    return change


def _taking(kind: str, name: str, for_other: str) -> Callable[[Asked], Asked]:
    """A name of a kind, taken for another."""

    def change(asked: Asked) -> Asked:
        named = tuple(for_other if one == name else one for one in asked.groups.get(kind, ()))
        return replace(asked, groups=asked.groups | ({kind: named} if named else {}))

    return change


def questioned(name: str, stage: Stage, breaks: str, change: Callable[[Question], Question]) -> Mutant:
    """A question, otherwise than it was put."""

    def broken(answer: AnswerTo) -> AnswerTo:
        return lambda self, question, today: answer(self, change(question), today)

    return Mutant(
        name=name,
        stage=stage,
        breaks=breaks,
        patches=(Patch(target="assistant.answer:Assistant.answer", broken=broken),),
    )


def _changed(**fields: object) -> Callable[[Question], Question]:
    return lambda question: question.model_copy(update=fields)


def _reading(name: str, breaks: str, target: str, broken: Callable[..., object]) -> Mutant:
    patches = (Patch(target=target, broken=broken),)
    return Mutant(name=name, stage=Stage.READING, breaks=breaks, patches=patches)


def _in_wider_place(read: ReadAll) -> ReadAll:
    def call(questions: Iterable[str], known: Iterable[Region], region: str | None = None) -> Reading:
        reading = read(questions, known, region)
        return replace(reading, regions=tuple(dict.fromkeys(replace(one, county="") for one in reading.regions)))

    return call


def _nowhere(read: ReadAll) -> ReadAll:
    def call(questions: Iterable[str], known: Iterable[Region], region: str | None = None) -> Reading:
        return replace(read(questions, known, region), regions=())

    return call


def _following(name: str, breaks: str, broken: Callable[[Follow], Follow]) -> Mutant:
    patches = (Patch(target="assistant.reading:_follow", broken=broken),)
    return Mutant(name=name, stage=Stage.CONVERSATION, breaks=breaks, patches=patches)


def _with_stale_place(follow: Follow) -> Follow:
    def call(earlier: Reading, current: Reading) -> Reading:
        return follow(earlier, replace(current, regions=earlier.regions or current.regions))

    return call


def _with_all_before(follow: Follow) -> Follow:
    def call(earlier: Reading, current: Reading) -> Reading:
        taken = follow(earlier, current)
        return replace(taken, concepts=tuple(dict.fromkeys([*earlier.concepts, *taken.concepts])))

    return call


def _without_concepts(follow: Follow) -> Follow:
    return lambda earlier, current: replace(follow(earlier, current), concepts=current.concepts, carried="")


def _of_its_own(_: Callable[[Story, Story], Story]) -> Callable[[Story, Story], Story]:
    return lambda earlier, current: current


def _same(_: object) -> Callable[[str], str]:
    return lambda text: text


MUTANTS = (
    _reading("place_ignored", "No place is read.", "assistant.reading:read_conversation", _nowhere),
    _reading("county_ignored", "A county is read as its city.", "assistant.reading:read_conversation", _in_wider_place),
    questioned(
        "stated_place_ignored", Stage.READING, "The place stated beside a question is ignored.", _changed(region=None)
    ),
    asking("level_ignored", "Whose it is, the nation's, a province's or a city's, is ignored.", _without("level")),
    asking("act_ignored", "修订 is ignored: an award for making a standard answers.", _without("act")),
    asking("role_mistaken", "参与 is read as 主导.", _taking("role", "参与", "主导")),
    asking("grade_ignored", "The grade of a prize or a certificate is ignored.", _without("grade")),
    asking("organ_mistaken", "分技术委员会 is read as 技术委员会.", _taking("organ", "分技术委员会", "技术委员会")),
    asking("standard_mistaken", "行业标准 is read as 国家标准.", _taking("standard", "行业标准", "国家标准")),
    asking("rank_unread", "The place among the drafters is not read.", lambda asked: replace(asked, rank=0)),
    asking("budget_unread", "Out of which budget is ignored.", lambda asked: replace(asked, budget="")),
    _reading(
        "negation_ignored",
        "What is only named to say that it is not so counts as asked for.",
        "assistant.denials:is_denied",
        lambda _: lambda plain, start, end: False,
    ),
    _reading("spelling_unrepaired", "Words typed by their sound stay as typed.", "assistant.spelling:correct", _same),
    _reading(
        "width_unfolded",
        "Full-width letters and digits stay as they are.",
        "corpus.folding:fold",
        lambda _: str.upper,
    ),
    _reading(
        "traditional_unread",
        "Traditional characters stay as they are.",
        "corpus.folding:fold",
        lambda _: lambda text: unicodedata.normalize("NFKC", text).upper(),
    ),
    _reading("hidden_kept", "Invisible characters count.", "assistant.reading:visible", lambda _: str.strip),
    _reading(
        "rewording_lost",
        "Questions are not brought into the words that the reading knows.",
        "assistant.rewording:_entries",
        lambda _: lambda: (),
    ),
    questioned("history_ignored", Stage.CONVERSATION, "What was asked before is ignored.", _changed(history=())),
    questioned(
        "history_short",
        Stage.CONVERSATION,
        "Of what was asked before only the last question counts.",
        lambda question: question.model_copy(update={"history": question.history[-1:]}),
    ),
    _following("nothing_taken_over", "A follow-up takes over no more than the place.", _without_concepts),
    _following("stale_place", "A place named anew does not replace the one before.", _with_stale_place),
    _following("stale_things", "Things named anew do not replace those before.", _with_all_before),
    Mutant(
        name="story_not_followed",
        stage=Stage.CONVERSATION,
        breaks="A follow-up forgets the numbers, sums and joint leaders told before.",
        patches=(Patch(target="assistant.following:follow", broken=_of_its_own),),
    ),
)
