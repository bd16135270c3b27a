"""A question that asks for a sum and for something else besides: taken apart, answered one by one, put together."""

import re
from collections.abc import Sequence

from assistant.asking import says
from assistant.intents import Intent, read_intents
from assistant.records import Amount, Answer, Citation, Step, Warning_
from assistant.rewording import reword

PARTS_MAX = 3
BARE_MAX = 4  # characters of a sentence that only belongs to the one before
_ENDS = re.compile(r"(?<=[？?；;。])|(?<=[，,])(?=另外|还有|顺便|再问|还想问)")
_BESIDE = frozenset({Intent.MATERIALS, Intent.DEADLINE, Intent.WHO, Intent.DURATION, Intent.CONSEQUENCE})
_ASKS_ALONE = re.compile("(?:呢|多少钱?|几[万块]|多少万)[？?；;。]?$")
_MARKER = re.compile(r"\[(\d+)\]")


def take_apart(question: str, *, in_talk: bool = False) -> list[str]:
    """The parts of a question: what asks for a sum with its story, then each sentence that asks for something else.

    Args:
        question: As asked.
        in_talk: Whether questions came before; then each sentence may ask on its own (良好呢？市级的多少).

    >>> take_apart("某市主导制定国标奖多少？另外评审结果公示多少天？")
    ['某市主导制定国标奖多少？', '另外评审结果公示多少天？']
    >>> take_apart("某市主导制定国标奖多少？")
    ['某市主导制定国标奖多少？']
    >>> take_apart("良好呢？合格又是多少", in_talk=True)
    ['良好呢？', '合格又是多少']
    """
    sentences = _joined([part for part in _ENDS.split(question) if part.strip()])
    alone = all(_ASKS_ALONE.search(part.strip()) and not says("total", part) for part in sentences)
    if in_talk and 1 < len(sentences) <= PARTS_MAX and alone:
        return sentences
    intents = [read_intents(reword(sentence)) for sentence in sentences]
    other = [at for at, own in enumerate(intents) if own & _BESIDE and Intent.AMOUNT not in own]
    asks = any(Intent.AMOUNT in own for own in intents)
    if not asks or not other or len(other) >= PARTS_MAX:
        return [question]
    story = "".join(sentence for at, sentence in enumerate(sentences) if at not in other)
    return [story, *(sentences[at] for at in other)]


def _joined(sentences: Sequence[str]) -> list[str]:
    """A sentence of a word or two (多少？) asks nothing of its own."""
    joined: list[str] = []
    for sentence in sentences:
        if joined and len(sentence) <= BARE_MAX and not sentence.rstrip("？?。").endswith("呢"):
            joined[-1] += sentence
        else:
            joined.append(sentence)
    return joined


def put_together(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer from those to the parts; markers and steps are numbered on, nothing is said twice.

    Args:
        question: As asked.
        answers: To its parts, in order; at least one.
    """
    texts: list[str] = []
    citations: list[Citation] = []
    steps: list[Step] = []
    amounts: list[Amount] = []
    warnings: list[Warning_] = []
    for answer in answers:
        shift = len(citations)
        texts.append(_renumber(answer.answer, shift))
        citations += [one.model_copy(update={"marker": one.marker + shift}) for one in answer.citations]
        steps += [
            one.model_copy(update={"citation": None if one.citation is None else one.citation + shift})
            for one in answer.calculation
        ]
        amounts += answer.amounts
        warnings += [warning for warning in answer.warnings if warning not in warnings]
    best = next((answer for answer in answers if answer.status == "answered"), answers[0])
    return best.model_copy(
        update={
            "question": question,
            "answer": "\n\n".join(texts),
            "citations": tuple(citations),
            "calculation": tuple(steps),
            "amounts": tuple(amounts),
            "warnings": tuple(warnings),
            "clarification": next((answer.clarification for answer in answers if answer.clarification), None),
            "elapsed_ms": round(sum(answer.elapsed_ms for answer in answers), 1),
        }
    )


def _renumber(text: str, shift: int) -> str:
    return _MARKER.sub(lambda found: f"[{int(found.group(1)) + shift}]", text)
