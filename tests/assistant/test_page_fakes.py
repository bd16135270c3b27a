"""Made-up documents and canned answers for the tests of the server and the page; nothing here is a real policy."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.claim_file import ClaimEntry, ClaimFileError
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.records import Amount, Answer, Citation, Clarification, Question, Step, Warning_
from corpus.ledger import derive
from corpus.records import PolicyDocument

TODAY = date(2026, 11, 21)
HEAD = "云岭市标准化激励细则\n\n第一章 总则\n第一条 为鼓励本市单位参与标准工作，制定本细则。\n"
QUOTE = "第七条 牵头完成国家标准的单位，每项最高可得三十万元。"
TAIL = "\n第八条 同一项目不再另给。\n第九条 本细则由云岭市市场监管部门解释。\n"
EVIL = '<img src="http://evil.test/a.png"><form action="http://evil.test"><input type="password"></form>'
EVIL_TEXT = f"{EVIL} <script>window.hit=1</script> [点我](javascript:alert(1)) ![x](http://evil.test/b.png) **粗**"
DOCUMENTS: dict[str, dict[str, object]] = {
    "yunling-2025": {
        "id": "yunling-2025",
        "title": "云岭市标准化激励细则",
        "region": {"province": "云南省", "city": "云岭市", "county": ""},
        "issuer": "云岭市市场监督管理局",
        "document_number": "云岭市监发〔2025〕7号",
        "published": date(2025, 1, 10),
        "in_force_from": date(2025, 2, 1),
        "in_force_until": date(2028, 1, 31),
        "status": "issued",
        "text": HEAD + QUOTE + TAIL * 30,
        "clauses": [{"id": "yunling-2025#7", "start": len(HEAD), "end": len(HEAD + QUOTE)}],
    },
    "old-2019": {
        "id": "old-2019",
        "title": "海棠区质量扶持旧规",
        "in_force_until": "2022-12-31",
        "status": "issued",
        "text": "旧规正文。\n企业每项给两万元。\n完。",
    },
    "evil": {"id": "evil", "title": EVIL, "region": EVIL, "status": "draft", "text": f"前{EVIL_TEXT}后"},
}


def citation(marker: int, document: str, quote: str, locator: str) -> Citation:
    """A citation of one of the made-up documents."""
    text = str(DOCUMENTS[document]["text"])
    start = text.index(quote)
    return Citation(
        marker=marker,
        document=document,
        title=str(DOCUMENTS[document]["title"]),
        region="云南省云岭市",
        locator=locator,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


class FakeService:
    """The assistant as the doors see it, over canned answers and the made-up ledger of the tests' policies."""

    def __init__(self, documents: Sequence[PolicyDocument] = ()) -> None:
        self._policies = tuple(documents)
        self._view = LedgerView(derive(list(documents)).ledger, documents)

    def answer(self, question: Question) -> Answer:
        return fake_answer(question)

    def answer_in_steps(self, question: Question) -> Iterator[tuple[Answer, bool]]:
        yield self.answer(question), True

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        raise ClaimFileError("没有认出地区。")

    def search(self, text: str, limit: int) -> Sequence[Citation]:
        return (citation(1, "yunling-2025", QUOTE, "第七条"),)[:limit]

    def document(self, document_id: str) -> dict[str, object] | None:
        return fake_documents(document_id)

    def documents(self) -> Sequence[PolicyDocument]:
        return self._policies

    def ledger(self) -> LedgerView:
        return self._view

    def regions(self) -> tuple[str, ...]:
        return ("云岭市", "海棠区")

    def version(self) -> str:
        return "made-up"


def fake_documents(document_id: str) -> dict[str, object] | None:
    """A made-up document."""
    return DOCUMENTS.get(document_id)


def fake_answer(question: Question) -> Answer:
    """A canned answer; the words of the question choose which."""
    asked = question.question
    if "坏" in asked:
        raise RuntimeError("secret/path.py")
    for word, reply in (("哪里", unclear), ("没有", missing), ("恶意", evil), ("历史", recall), ("分摊", shares)):
        if word in asked:
            return reply(question)
    return plain(question)


def reply_to(question: Question, answer: str, **fields: object) -> Answer:
    """An answer with the fields that all have."""
    given = {"status": "answered", "as_of": question.as_of or TODAY, "elapsed_ms": 1.5, **fields}
    return Answer.model_validate({"id": question.id, "question": question.question, "answer": answer, **given})


def plain(question: Question) -> Answer:
    """A ceiling, with its clause."""
    return reply_to(
        question,
        "牵头完成国家标准的单位，每项最高 30 万元 [1]。这是上限，实际金额由主管部门核定。\n须在标准发布后一年内申报。",
        amounts=(Amount(yuan=Decimal(300000), kind="cap", label="牵头单位，每项"),),
        citations=(citation(1, "yunling-2025", QUOTE, "第七条"),),
    )


def shares(question: Question) -> Answer:
    """A calculation over two documents, one of them expired."""
    return reply_to(
        question,
        "三家共同牵头，平均分摊后每家 100,000 元 [1]；旧规每项另给 2 万元，但已失效 [2]。",
        amounts=(
            Amount(yuan=Decimal(100000), kind="exact", label="每家单位"),
            Amount(yuan=Decimal("6666.67"), kind="exact", label="旧规每家"),
        ),
        citations=(
            citation(1, "yunling-2025", QUOTE, "第七条"),
            citation(2, "old-2019", "企业每项给两万元。", "正文第二段"),
        ),
        warnings=(
            Warning_(code="expired", message="《海棠区质量扶持旧规》有效期至 2022-12-31，仅供查证。"),
            Warning_(code="source_anomaly", message="原文“两万元”低于下一级的金额，按原文照录。"),
            Warning_(code="validity_unknown", message="文件没有写明有效期。"),
        ),
        calculation=(
            Step(step="三家平均分摊", expression="300000 / 3", yuan=Decimal(100000), citation=1),
            Step(step="旧规三家分摊", expression="20000 / 3", yuan=Decimal("6666.67"), citation=2),
        ),
        engine="llm",
    )


def unclear(question: Question) -> Answer:
    """A question back."""
    return reply_to(
        question,
        "奖励因地区而不同，请问贵单位在哪里？",
        status="needs_clarification",
        clarification=Clarification(missing=("region",), options=("云岭市", "海棠区")),
    )


def missing(question: Question) -> Answer:
    """Nothing found."""
    return reply_to(question, "已收录的文件中没有这项规定。", status="not_found")


def evil(question: Question) -> Answer:
    """Everything hostile that data can hold."""
    return reply_to(
        question,
        EVIL_TEXT,
        amounts=(Amount(yuan=Decimal(1), kind="cap", label=EVIL),),
        citations=(citation(1, "evil", EVIL_TEXT, EVIL),),
        warnings=(Warning_(code=EVIL, message=EVIL), Warning_(code="draft", message="这是征求意见稿。")),
        calculation=(Step(step=EVIL, expression=EVIL, yuan=Decimal(1), citation=1),),
        clarification=Clarification(missing=("x",), options=('"><img src="http://evil.test/c.png">',)),
    )


def recall(question: Question) -> Answer:
    """What reached the answer function."""
    return reply_to(question, f"历史：{'；'.join(question.history)}｜地区：{question.region}")
