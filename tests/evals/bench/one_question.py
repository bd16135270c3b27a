"""One invented policy and one question about it, for the tests of the comparison with a language model."""

from collections.abc import Mapping
from datetime import date

from assistant.llm import Bounds
from assistant.records import Question
from evals.bench.model_questions import Asked
from evals.cases import Gold, QuestionCase
from evals.loading import Sources
from evals.probes import AnswerProbe
from tests.evals.made_up import policy

DAY = date(2026, 11, 21)
TEXT = "第五条 主导制定海棠标准的，每项奖励三十万元；参与的，奖励5万元。\n第六条 每年至多80万元。\n第七条 自愿申报。\n"
BOUNDS = Bounds(first_token_s=5, total_s=10, reply_tokens=200)


def sources() -> Sources:
    return Sources((policy("haitang", "海棠市", TEXT),))


def asked(gold: Mapping[str, object], question: str = "主导海棠标准奖多少", lot: str = "plain") -> Asked:
    case = QuestionCase(id="q-1", type="award_lookup", question=question, gold=Gold.model_validate(gold))
    probe = AnswerProbe(
        id="q-1", case=case, type=case.type, question=Question(id="q-1", question=question, as_of=DAY), gold=case.gold
    )
    return Asked(lot=lot, suite="made-up", probe=probe)


GOLD = {"status": "answered", "yuan": ["300000"], "document": "haitang", "quote": ["每项奖励三十万元"]}
