"""Answers that only ask back, or say that there is nothing: which region, which award, what is wrong."""

import re
from collections.abc import Collection, Sequence

from assistant import messages
from assistant.asking import says
from assistant.award_answer import Choice
from assistant.award_question import general_words
from assistant.contradictions import find_contradiction
from assistant.draft import Draft
from assistant.intents import Intent
from assistant.mentions import THINGS
from assistant.reading import Reading
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Clarification
from assistant.rewording import reword
from assistant.scope import Scope
from assistant.unclear_numbers import rests_on_unclear
from corpus.folding import fold
from corpus.records import Region

BARE_MAX = 4  # characters of a question that only says 奖励 or 标准政策
ALONE_MAX = 2  # characters below which nothing is asked, whatever they may stand for


def ask_which(choice: Choice, draft: Draft) -> Answer:
    kind = messages.KIND_NAMES[choice.kind]
    text = messages.WHICH_ONE.format(kind=kind, options="、".join(choice.options))
    return draft.finish(
        "needs_clarification", text, clarification=Clarification(missing=(choice.kind,), options=choice.options)
    )


def ask_region(reading: Reading, regions: Sequence[Region], draft: Draft) -> Answer:
    options = tuple(region.name for region in sorted(regions, key=lambda region: region.parts))
    listed = "、".join(options)
    if reading.regions:
        text = messages.NEAR_WHICH_REGION.format(region=reading.regions[0].name, options=listed)
    else:
        text = messages.WHICH_REGION.format(options=listed)
    return draft.finish("needs_clarification", text, clarification=Clarification(missing=("region",), options=options))


def ask_known_region(place: str, known: Collection[Region], draft: Draft) -> Answer:
    """A region stated beside the question that no gazetteer entry bears is asked again, not passed over."""
    options = tuple(region.name for region in sorted(known, key=lambda region: region.parts))
    text = messages.UNKNOWN_REGION.format(region=place, options="、".join(options))
    return draft.finish("needs_clarification", text, clarification=Clarification(missing=("region",), options=options))


def no_documents(scope: Scope, known: Collection[Region], draft: Draft) -> Answer:
    missing = "、".join(region.name for region in scope.missing)
    names = "、".join(sorted(region.name for region in known))
    lines = (messages.NO_REGION_DOCUMENTS.format(regions=missing), messages.HAS_REGIONS.format(regions=names))
    return draft.finish("not_found", "\n".join((*lines, messages.ASK_BUREAU)))


def greet(plain: str, draft: Draft) -> Answer | None:
    """A word of greeting or of thanks is returned; None for anything else."""
    said = messages.GREETING if says("greeting", plain) else messages.THANKS if says("thanks", plain) else None
    if said is None:
        return None
    return draft.finish("needs_clarification", said, clarification=Clarification(missing=("question",), options=()))


def ask_which_holds(asked: Sequence[str], draft: Draft) -> Answer | None:
    """Of a question that says something both ways it is asked which holds; None for any other.

    Args:
        asked: The questions of the talk, the last one being answered.
        draft: What the answer is made of.
    """
    *before, question = map(fold, asked)
    found = find_contradiction(question, before[-1] if before else "")
    if found is None:
        return None
    missing = Clarification(missing=("statement",), options=())
    return draft.finish("needs_clarification", messages.CONTRADICTION.format(**found._asdict()), clarification=missing)


def turn_away(asked: Sequence[str], reading: Reading, scope: Scope, draft: Draft) -> Answer | None:
    """The answer to what asks nothing yet, says a thing both ways, or what no clause can tell; None for anything else.

    A place without documents is no reason to ask back: whatever is asked about it has no answer.
    """
    if both_ways := ask_which_holds(asked, draft):
        return both_ways
    plain = reword(reading.text)
    named = any(concept.kind in THINGS for concept in reading.concepts)
    if says("others_asked", plain):
        return draft.finish("not_found", messages.OTHERS_ASKED)
    if says("paid_to_others", plain) and not named:
        return draft.finish("not_found", messages.PAID_TO_OTHERS)
    if says("no_count", plain) and reading.has(Intent.AMOUNT):
        missing = Clarification(missing=("count",), options=())
        return draft.finish("needs_clarification", messages.NO_SUCH_COUNT, clarification=missing)
    asks_sum = reading.has(Intent.AMOUNT) or reading.has(Intent.LIMIT) or not reading.intents
    if asks_sum and not scope.missing and rests_on_unclear(reading):
        missing = Clarification(missing=("number",), options=())
        return draft.finish("needs_clarification", messages.UNCLEAR_NUMBER, clarification=missing)
    if reading.earlier is None and not scope.missing and _says_nothing(reading):
        places = "、".join(region.name for region in reading.regions)
        text = messages.ASK_WHAT.format(place=places) if places else messages.ASK_WHERE_AND_WHAT
        return draft.finish("needs_clarification", text, clarification=Clarification(missing=("question",), options=()))
    return None


def _says_nothing(reading: Reading) -> bool:
    """Whether a question only names a place or the bare word for money, or is a character or a number."""
    said = "".join(reading.essence)
    alone = len(re.findall(r"\w", reading.text)) < ALONE_MAX or not re.search(r"[^\W\d_]", reading.text)
    money = 0 < len(said) <= BARE_MAX and not general_words(said) and reading.intents <= {Intent.AMOUNT}
    place = bool(reading.regions) and not (said or reading.intents)
    return not reading.concepts and (alone or money or place)


def refuse_input(plain: str) -> str | None:
    """The message for a question that cannot be answered as it is; None for one that can.

    Args:
        plain: The question without invisible characters.
    """
    if len(plain) > MAX_QUESTION_CHARACTERS:
        return messages.TOO_LONG.format(limit=MAX_QUESTION_CHARACTERS, length=len(plain))
    if not any(character.isalnum() for character in plain):
        return messages.EMPTY_QUESTION
    return None
