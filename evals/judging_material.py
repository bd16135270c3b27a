"""A row of a run → the texts that a judge reads: the question, the answer, what it rests on, and what is right."""

from dataclasses import dataclass

from assistant.records import Answer, Citation, Question
from evals import words
from evals.cases import Gold
from evals.judging_records import Metric, Skip
from evals.probes import AnswerProbe
from evals.runs import Row

_FENCE = str.maketrans("<>", "＜＞")  # the texts stand between tags; one that closes its tag would be read as orders


@dataclass(frozen=True, kw_only=True)
class Material:
    """The texts of one answer; `context` and `reference` are empty where there is nothing."""

    question: str
    answer: str
    context: str
    reference: str

    def lacks(self, metric: Metric) -> Skip | None:
        """Why this cannot be judged in that respect, if it cannot."""
        if metric == "faithfulness" and not self.context:
            return "no_citations"
        return "no_gold" if metric == "correctness" and not self.reference else None

    def texts(self, metric: Metric) -> dict[str, str]:
        """What the criteria of a metric have places for."""
        match metric:
            case "faithfulness":
                return {"context": f"{self.question}\n\n{self.context}", "outputs": self.answer}
            case "correctness":
                return {"inputs": self.question, "outputs": self.answer, "reference_outputs": self.reference}
            case "relevance":
                return {"inputs": self.question, "outputs": self.answer}


def read_material(row: Row, probe: AnswerProbe) -> Material:
    """The texts of a row, by its first round: the worst one would make the sample darker than the run."""
    answer = Answer.model_validate(row.rounds[0].outcome.back)
    return Material(
        question=_asked(probe.question).translate(_FENCE),
        answer=answer.answer.translate(_FENCE),
        context="\n".join(map(_cited, answer.citations)).translate(_FENCE),
        reference=_right(probe.gold).translate(_FENCE),
    )


def _asked(question: Question) -> str:
    before = [words.ASKED_BEFORE.format(question=one) for one in question.history]
    about = [] if question.region is None else [words.ASKED_IN.format(region=question.region)]
    day = [] if question.as_of is None else [words.ASKED_ON.format(day=question.as_of)]
    return "\n".join([*before, *about, *day, words.ASKED.format(question=question.question)])


def _cited(one: Citation) -> str:
    return f"[{one.marker}] {one.region}《{one.title}》{one.locator}：{one.quote}"


def _right(gold: Gold) -> str:
    """The gold in words; only a status says too little to judge by, unless it is that of a refusal."""
    sums = "、".join(f"{yuan:f}" for yuan in gold.yuan)
    must = "；".join(one if isinstance(one, str) else "/".join(one) for one in gold.must)
    told = (
        (words.RIGHT_CAP if gold.kind == "cap" else words.RIGHT_SUM, sums),
        (words.RIGHT_MUST, must),
        (words.RIGHT_MUST_NOT, "；".join(gold.must_not)),
        (words.RIGHT_QUOTE, "；".join(gold.quote)),
        (words.RIGHT_WHY, gold.why),
    )
    lines = [line.format(text=text) for line, text in told if text]
    if not lines and gold.status == "answered":
        return ""
    statuses = [one for one in (gold.status, gold.also_status) if one is not None]
    return "\n".join([words.RIGHT_OR.join(words.RIGHT_STATUS[one] for one in statuses), *lines])
