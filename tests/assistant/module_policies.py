"""Three invented policies for what was added to claims and talks, and an assistant that answers from them alone.

As in policies.py every figure stands for one clause of one region alone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistant.answer import Assistant
from assistant.records import Answer, Question
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, check_answer, publish, read_policy

XIANGYANG = """襄阳市标准化工作奖励办法
第一条 主导制定国际标准、国家标准、行业标准的，每项分别奖励58万元、28万元、16万元；\
参与制定的，每项分别奖励19万元、9万元、5万元。
第二条 主导制定团体标准（不含修订）的，每项奖励3万元。
第三条 起草单位将自有知识产权转化为国家标准的，每项另行追加奖励7万元。
第四条 承担全国专业标准化技术委员会秘书处的，每年奖励13万元；承担全国标准化工作组秘书处的，一次性奖励6万元。
第五条 评为国家级、省级企业标准“领跑者”的，每个产品分别奖励12万元、8万元；\
同一产品获得不同级别称号的，就高奖励，不重复享受。
第六条 获得标准化良好行为AAAA级证书的企业，奖励4万元。
第七条 成系列或者分部分的标准，按一项计算奖励。
第八条 同一单位每年获得的奖励总额不超过70万元。
第九条 评审结果公示9个工作日。
第十条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""

ZUNYI = """遵义市标准化扶持细则
第一条 起草国家标准、行业标准的单位，每项分别扶持30万元、20万元。\
署名第1位的按全额扶持，第2位的按60%扶持，第3位的按40%扶持。
第二条 制定的团体标准被10家以上企业采用的，每项扶持11万元。
第三条 标准化良好行为评价达到AAAA级，连续保持一年以上的企业，扶持15万元。
第四条 承担全国专业标准化技术委员会秘书处的，每年扶持24万元。
第五条 标准化试点项目验收后的评审结果公示15个工作日。
第六条 本细则自2022年3月1日起施行，有效期至2025年2月28日。
"""

LIUZHOU = """柳州市标准化奖补规定
一、奖补额度
项目\t市级（万元）\t县级（万元）
主导制定国际标准\t44\t22
主导制定国家标准\t26\t10
国家级标准化试点\t18\t9
省级标准化试点\t8\t4
二、领取办法
（一）县级财政在市级奖补之外另行奖补，两级奖补可以同时领取。
（二）评审结果公示20个工作日。
三、附则
本规定自2025年1月1日起施行，有效期至2028年12月31日。
"""

POLICIES = {"xiangyang-2025": XIANGYANG, "zunyi-2022": ZUNYI, "liuzhou-2025": LIUZHOU}
DAY = date(2026, 3, 1)  # 遵义's has expired, the others are in force

Hear = Callable[..., list[Answer]]


@contextmanager
def hearing(home: Path, policies: Mapping[str, str] = POLICIES) -> Iterator[Hear]:
    """Ask questions one after another of these or other policies; what holds for every answer is checked of each."""
    documents = {document_id: read_policy(text, document_id) for document_id, text in policies.items()}
    publish(home, documents)
    index = open_index(home, CrowdedEmbedder())
    assistant = Assistant(index)

    def heard(*questions: str) -> list[Answer]:
        asked = [Question(question=one, history=questions[:at]) for at, one in enumerate(questions)]
        answers = [assistant.answer(question, DAY) for question in asked]
        for answer in answers:
            check_answer(answer, documents)
        return answers

    yield heard
    index.close()


def sums(answer: Answer) -> list[float]:
    """The sums of an answer, in 万元."""
    return [round(float(amount.yuan) / 10_000, 6) for amount in answer.amounts]


def places(answer: Answer) -> list[tuple[str, str]]:
    """The region and the place of every clause that an answer quotes."""
    return [(citation.region[-3:], citation.locator) for citation in answer.citations]
