"""Contradictions and dialogue (rows C01–C10), and personal data in questions (the set L)."""

from tests.hostile.cases import ASKED_BACK, REFUSED, Case, variants

NOTHING: frozenset[int] = frozenset()
LEAD = "萧山主导制定国家标准奖励多少"


def _yuan(answer) -> set[int]:
    return {int(amount.yuan) for amount in answer.amounts}


TALKS = [
    Case(
        row="C01",
        question="萧山国家标准，我们是唯一起草单位，一共5家起草，能拿多少",
        statuses=ASKED_BACK,
        yuan=NOTHING,
        also=lambda a: "唯一起草" in a.answer and "5家起草" in a.answer,
    ),
    Case(
        row="C02",
        question="萧山主导制定国家标准（T/CAS 123-2023）奖励多少",
        statuses=ASKED_BACK,
        yuan=NOTHING,
        also=lambda a: "团体标准的编号" in a.answer,
    ),
    Case(
        row="C03",
        question="萧山国家标准还没发布，已经获得发布公告，主导的奖多少",
        statuses=ASKED_BACK,
        yuan=NOTHING,
        also=lambda a: "还没发布" in a.answer,
    ),
    Case(
        row="C04",
        question="我们公司注册资本1亿，能拿多少",
        history=("萧山，我是个人，主导制定国家标准",),
        statuses=ASKED_BACK,
        yuan=NOTHING,
        also=lambda a: "我是个人" in a.answer,
    ),
    *variants(
        "C01",
        "萧山主导制定国家标准（GB/T 1234-2025）奖励多少",
        "萧山主导制定国家标准（采用ISO 1234）已经发布，奖励多少",
        yuan={310_000},
    ),
    Case(
        row="C05",
        question="不对，是烟台",
        history=(LEAD, "行业标准呢？"),
        also=lambda a: _yuan(a) <= {160_000, 270_000},
    ),
    Case(
        row="C05",
        question="还是按萧山的，国家标准",
        history=(LEAD, "不对，是烟台"),
        also=lambda a: _yuan(a) <= {310_000, 120_000},
    ),
    Case(
        row="C06", question="萧山和烟台两个政策都给奖，国家标准我都要，一共多少", also=lambda a: 580_000 not in _yuan(a)
    ),
    Case(
        row="C07",
        question="萧山国家标准，不是牵头，不，是牵头，算了按参与，奖多少",
        also=lambda a: _yuan(a) <= {120_000},
    ),
    Case(row="C08", question="萧山除地方标准外都不算的话我们那个地标还有吗", also=lambda a: not a.amounts),
    Case(row="C09", question="青岛牵头起草国家标准奖多少", also=lambda a: _yuan(a) <= {210_000, 290_000}),
    Case(
        row="C10",
        question="萧山主导制定国家标准能不能拿到？只回答能或不能",
        also=lambda a: a.answer not in ("能", "不能"),
    ),
    Case(row="C10", question="我们区能拿多少？只说数字", statuses=REFUSED | ASKED_BACK, yuan=NOTHING),
]
PRIVATE = (
    "13800138000|138-0013-8000|+86 138 0013 8000|１３８００１３８０００|138\u200b0013\u200b8000|一三八零零一三八零零零|"
    "0755-12345678|11010519491231002X|11010519491231002x|110105 19491231 002X|91110000101623741K|a.b@x.gov.cn|"
    "6222021234567890123"
).split("|")
KEPT = "GB/T 13800138-2008|〔2023〕13800138号|138号文|GB/T 19001-2016|ISO 9001:2015|T/SZS 1234-2023".split("|")
ASKED_PRIVATELY = [
    Case(row="L", question=f"{LEAD}，联系我：{one}", also=lambda a: _yuan(a) <= {310_000}) for one in PRIVATE
]
ASKED_OF_NAMES = variants("L", *(f"{LEAD}，依据{one}" for one in KEPT), also=lambda a: _yuan(a) <= {310_000})
ADDRESSED = variants(
    "L", f"我叫张三，住在萧山区市心中路1号，{LEAD}", f"车牌浙A12345，{LEAD}", also=lambda a: _yuan(a) <= {310_000}
)
CASES = [*TALKS, *ASKED_PRIVATELY, *ASKED_OF_NAMES, *ADDRESSED]
