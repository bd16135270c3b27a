"""What holds for every answer, whatever a model did: it is the rules engine's, but for words that say nothing."""

from assistant.answer import Assistant
from assistant.llm import wording
from assistant.llm.prompts import prompt_for
from assistant.lock import printed_figures, unsupported
from assistant.records import Answer
from evals.hostile import liars
from tests.assistant.llm.situations import Situation
from tests.assistant.policies import DAY

LEAK = 12  # characters of a prompt in a row
SAME = ("id", "question", "status", "amounts", "citations", "warnings", "calculation", "as_of")
LIES = (*liars.FIGURES, *liars.IN_WORDS, *liars.DENIALS, *liars.PROMISES, *liars.MARKUP, *liars.INJECTED)


def check_untouched(answer: Answer, situation: Situation, rules: Assistant) -> None:
    """Figures, clauses, warnings and steps are those of the rules engine; its text is there in full, with no lie."""
    ruled = rules.answer(situation.question, DAY)
    if answer.engine == "rules":
        assert timeless(answer) == timeless(ruled)
        return
    base = answered_from(answer, situation, rules) or ruled
    own = {"question": situation.asked}  # what the rules engine was asked may be shorter
    for name in SAME:
        assert getattr(answer, name) == getattr(base.model_copy(update=own), name), name
    check_words(answer, base, situation)


def answered_from(answer: Answer, situation: Situation, rules: Assistant) -> Answer | None:
    """What the rules engine says to the question that is said to be understood, if one is."""
    before, after = wording.UNDERSTOOD.split("{question}")
    if not answer.answer.startswith(before):
        return None
    restated = answer.answer.removeprefix(before).partition(after)[0]
    return rules.answer(situation.question.model_copy(update={"question": restated}), DAY)


def check_words(answer: Answer, base: Answer, situation: Situation) -> None:
    """All of the rules engine's words, in their order, the label, and no figure, lie or prompt around them."""
    around, rest = [], answer.answer
    for paragraph in base.answer.split("\n\n"):
        before, found, rest = rest.partition(paragraph)
        assert found, paragraph
        around.append(before)
    assert rest.endswith(wording.AI_LABEL)
    options = answer.clarification.options if answer.clarification else ()
    known_options = base.clarification.options if base.clarification else ()
    own = "\n".join((*around, rest, *answer.suggestions, *(one for one in options if one not in known_options)))
    assert printed_figures(own) - printed_figures(situation.said) == set()
    assert [lie for lie in LIES if lie in own and lie not in situation.said] == []
    assert leaks(own) <= leaks(situation.said)
    said = (*situation.history, situation.asked)
    assert unsupported(answer, said, ()) == unsupported(base.model_copy(update={"question": situation.asked}), said, ())


def leaks(text: str) -> set[str]:
    """The runs of a prompt that a text holds."""
    prompts = "\n".join(prompt_for(task).instruction for task in ("understand", "reword"))
    return {run for start in range(len(prompts) - LEAK) if (run := prompts[start : start + LEAK]) in text}


def timeless(answer: Answer) -> Answer:
    """The answer but for the time it took."""
    return answer.model_copy(update={"elapsed_ms": 0.0})
