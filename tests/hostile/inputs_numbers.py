"""Numbers as they are typed: rows N04–N25. Right, or asked back; never another number.

江门 pays 6万 for a group standard, 100万 for a national one (shared equally by joint leaders), at most 150万 a year.
"""

from collections.abc import Callable, Iterator
from datetime import date

from assistant.records import Answer
from tests.hostile.cases import ANSWERED, ASKED_BACK, Case, variants

NOTHING: frozenset[int] = frozenset()
GROUP, NATIONAL, LIMIT = 60_000, 1_000_000, 1_500_000


def made(number: str) -> str:
    """So many group standards."""
    return f"江门主导制定{number}团体标准一共奖励多少"


def joint(number: str) -> str:
    """So many joint leaders."""
    return f"江门国家标准由{number}并列第一主导制定，每家能拿多少"


def had(sum_: str) -> str:
    """So much was had before."""
    return f"江门主导制定20项团体标准，之前已领{sum_}，还能拿多少"


def exactly(row: str, ask: Callable[[str], str], forms: str, yuan: int) -> Iterator[Case]:
    """Each form, parted by |, is that number."""
    return (Case(row=row, question=ask(form), statuses=ANSWERED, yuan=frozenset({yuan})) for form in forms.split("|"))


def exactly_or_none(row: str, ask: Callable[[str], str], forms: str, yuan: int) -> Iterator[Case]:
    """Each form is that number, or no sum is told."""

    def right(answer: Answer) -> bool:
        return {int(amount.yuan) for amount in answer.amounts} <= {yuan}

    return (Case(row=row, question=ask(form), also=right) for form in forms.split("|"))


def asked_back(row: str, ask: Callable[[str], str], forms: str) -> Iterator[Case]:
    """Each form is no number to reckon with."""
    return (Case(row=row, question=ask(form), statuses=ASKED_BACK, yuan=NOTHING) for form in forms.split("|"))


COUNTS = [
    *asked_back("N04", made, "-1项|−1项|－１项|负一项|负1项|负两项"),
    *asked_back("N05", made, "1.5项|1½项|½项|2/3项|三项半|２．５项|¾项|3⅓项|2⁄3项"),
    *exactly("N06", made, "10项|１０项|10 项|十项|壹拾项|10个", 10 * GROUP),
    *exactly_or_none("N06", made, "拾项|⑩项|㈩项|10️⃣项|ⅹ项|Ⅹ项|𝟏𝟎项|⓾项|〸项", 10 * GROUP),
    *exactly("N07", made, "三项|叁项|3项", 3 * GROUP),
    *exactly("N07", made, "两项|2项|贰项|二项", 2 * GROUP),
    *exactly_or_none("N07", made, "仨", 3 * GROUP),
    *exactly_or_none("N07", made, "俩|双项", 2 * GROUP),
    *exactly_or_none("N07", made, "廿项|二十项|贰拾项", 20 * GROUP),
    *exactly_or_none("N07", made, "一百零三项|百二十项|一百二十项|103项|一百零五项|１０３项", LIMIT),
    *exactly_or_none("N07", made, "十一项|11项|一十一项", 11 * GROUP),
    *asked_back("N08", made, "²项|٣项|3²项|３²项|3³项|₃项|१项|²²项|2²项|1٠项"),
    *exactly_or_none("N08", made, "①项|❶项|⑴项|Ⅰ项", GROUP),
    *asked_back("N10", made, "1_000项|1.000项|2e1项|0x10项|1'000项"),
    *exactly_or_none("N10", made, "1,000项|1，000项|1 000项|1000项", LIMIT),
    *asked_back("N15", made, "2-3项|2~3项|2—3项|2到3项|2至3项|两三项|三五项|2或3项|2–3项|二至三项|二、三项"),
    *asked_back("N15", made, "约2项|大约3项|不到3项|至少2项|近3项|将近10项"),
    *exactly_or_none(
        "N15", made, "十几项|几十项|好几项|若干项|数项|多项|2项以上|超过2项|3项左右|2项多|几项|最多3项", GROUP
    ),
    *asked_back("N03", made, "0项|零项|０项"),
    *variants("N07", made("一百零三项"), also=lambda answer: "×103＝" in answer.answer or not answer.amounts),
    *variants("N07", made("百二十项"), also=lambda answer: "×120＝" in answer.answer or not answer.amounts),
]
LEADERS = [
    *exactly("N17", joint, "两家|2家|二家|２家|2 家", NATIONAL // 2),
    *exactly("N07", joint, "三家|3家|叁家", 333_333),
    *exactly("N17", joint, "7家|七家", 142_857),
    *exactly("N06", joint, "10家|１０家|十家|壹拾家", 100_000),
    *exactly_or_none("N06", joint, "拾家|⑩家|㈩家|⓾家", 100_000),
    *exactly_or_none("N07", joint, "仨家", 333_333),
    *exactly_or_none("N07", joint, "廿家|二十家|20家", 50_000),
    *exactly_or_none("N07", joint, "一百零三家|103家", 9_708),
    *exactly_or_none("N07", joint, "百二十家|120家", 8_333),
    *exactly_or_none("N07", lambda _: "江门双牵头主导国家标准，并列第一，每家能拿多少", "双牵头", NATIONAL // 2),
    *asked_back("N03", joint, "0家|零家|０家"),
    *asked_back("N04", joint, "-1家|−1家|－１家|负一家|负两家"),
    *asked_back("N05", joint, "1.5家|1½家|三家半|2/3家|½家"),
    *asked_back("N08", joint, "²家|٣家|3²家|３²家"),
    *asked_back("N10", joint, "1_000家|1.000家|2e1家"),
    *asked_back("N15", joint, "2-3家|两三家|2到3家|三五家|约3家|不到3家|至少2家"),
]
SUMS = [
    *exactly(
        "N11",
        had,
        "100万|一百万|1000000元|0.01亿|100万元整|壹佰万元|1,000,000元|1，000，000元|￥100万|１００万",
        500_000,
    ),
    *exactly_or_none("N11", had, "1百万|人民币100万元|100萬元|一佰万元|1000千元|100.00万元|RMB100万|¥1000000", 500_000),
    *(
        Case(row="N12", question=had(form), statuses=ANSWERED, yuan=frozenset({0}), says=("－1.2亿元",))
        for form in ("1亿2000万", "1.2亿", "12000万", "一亿二千万", "1亿2000万元")
    ),
    *asked_back("N12", had, "1亿2千|1亿2|一亿二"),
    *(
        Case(row="N13", question=had(form), statuses=ANSWERED, says=("－3.5万元",))
        for form in ("3万5", "三万五", "3.5万", "35千元", "3万5千元", "三万五千元", "35000元", "3万5000元")
    ),
    *asked_back("N13", had, "35千|3万5六|3.5.5万"),
    *(
        Case(row="N13", question=had(form), also=lambda answer, step=step: step in answer.answer or not answer.amounts)
        for form, step in {
            "一百零三万": "－103万元",
            "两千五百元": "－2500元",
            "一万两千元": "－1.2万元",
            "一万零五百元": "－1.05万元",
            "1万零500元": "－1.05万元",
            "三十万零五千": "－30.5万元",
            "三十万零五千元": "－30.5万元",
            "伍拾萬元": "－50万元",
            "二十五万": "－25万元",
            "一百二十五万元": "－125万元",
            "一千元": "－1000元",
            "八百元": "－800元",
            "5百元": "－500元",
            "一百二十万五千元": "－120.5万元",
            "十二万三千四百元": "－12.34万元",
            "1万2": "－1.2万元",
            "1.23万": "－1.23万元",
            "123,456元": "－123,456元",
            "12,3456元": "－123,456元",
            "0.5万": "－5000元",
            "半万": "－5000元",
            "5万半": "－5.5万元",
            "五〇万": "－50万元",
            "一二三万": "－123万元",
            "一百二万": "－120万元",
        }.items()
    ),
    *asked_back("N14", had, "100万美元|HK$1万|$1万|1万欧元|1万港币|1万日元|100万USD|US$100万|€1万|5万英镑|1万新台币"),
    *asked_back(
        "N15", had, "不超过100万|100万以上|100万左右|50-100万|五十至一百万|50万到100万|大概100万|约100万|至少100万"
    ),
    *asked_back("N15", had, "100多万|一百多万|十几万|几万|几十万|将近100万|不到100万|50万或100万|100万上下|近百万"),
    *asked_back("N10", had, "1_000_000元|1.000.000元|1 000 000元|1e6元|5 0万|1.000万元"),
    *asked_back("N08", had, "²万|٣万|1½万|1²万|½万|⑩万|㈩万|一万½|𐄣万"),
    *asked_back("N04", had, "-100万|−100万|负100万|－100万元"),
    *asked_back("N25", had, "100|一百|￥100|1000"),
    Case(row="N25", question=had("100元"), says=("－100元",)),
    Case(row="N24", question="萧山主导制定国家标准奖励13800138000元吗", yuan=frozenset({310_000})),
    Case(row="N24", question=had("13800138000元"), yuan=frozenset({0}), says=("1380013.8万元",)),
]
BOUNDS = [  # 江门 pays half of a conference's cost, at most 8万
    Case(row="N16", question=f"江门参加国际标准化会议，实际费用{cost}元，能补多少", statuses=ANSWERED, also=also)
    for cost, also in {
        "160000": lambda answer: [amount.yuan for amount in answer.amounts] == [80_000],
        "159999.98": lambda answer: [f"{amount.yuan}" for amount in answer.amounts] == ["79999.99"],
        "160000.02": lambda answer: [amount.yuan for amount in answer.amounts] == [80_000],
        "320000": lambda answer: [amount.yuan for amount in answer.amounts] == [80_000],
        "100000": lambda answer: [amount.yuan for amount in answer.amounts] == [50_000],
    }.items()
]
RANKS = [
    *(
        Case(row="N18", question=f"萧山国家标准{rank}，能拿多少", statuses=ASKED_BACK, yuan=NOTHING)
        for rank in (
            "参与排名第0",
            "排名第-1",
            "排名第1.5",
            "排名第²",
            "排名第一百零一",
            "排名第101",
            "排名第−1",
            "排第零",
        )
    ),
    Case(row="N18", question="萧山国家标准排名第三，能拿多少", yuan=frozenset({120_000})),
    Case(
        row="N18",
        question="萧山国家标准并列第三，能拿多少",
        also=lambda a: {int(x.yuan) for x in a.amounts} <= {120_000},
    ),
    Case(row="N18", question="萧山国家标准排名第九，能拿多少", yuan=NOTHING),
]
DAYS = [
    *(
        Case(row="N19", question="萧山主导制定国家标准奖励多少", as_of=day, yuan=frozenset({310_000}))
        for day in (date(2024, 2, 29), date(9999, 12, 31), date(2038, 1, 19), date(1900, 1, 1), date(1, 1, 1))
    ),
    *variants(
        "N19",
        *(f"{day}萧山主导制定国家标准奖励多少" for day in ("2023-02-30", "２０２３年", "二〇二三年", "23年", "明年")),
    ),
    Case(
        row="N20",
        question="青岛牵头起草国家标准奖多少",
        as_of=date(2026, 6, 30),  # the day before the new measures begin and the old rules end
        also=lambda answer: answer.amounts[0].yuan == 210_000 and not _ended(answer),
    ),
    Case(row="N20", question="青岛牵头起草国家标准奖多少", as_of=date(2029, 7, 1), also=lambda answer: _ended(answer)),
    *(
        Case(
            row="N20",
            question="青岛牵头起草国家标准奖多少",
            as_of=day,
            yuan=frozenset({290_000}),
        )
        for day in (date(2026, 7, 1), date(2026, 7, 2), date(2029, 6, 30))
    ),
]
NAMES = [
    *variants(
        "N23",
        *(f"萧山主导制定国家标准{name}奖励多少" for name in ("GB/T 13800138-2008", "（138号文）")),
        yuan={310_000},
    ),
    *variants("N23", "萧府〔2023〕13800138号怎么规定国家标准", lacks=("13800138万", "13800138元")),
    *variants(
        "N21",
        "萧山10个国标、3个行标，其中2个国标是牵头，一共奖励多少",
        also=lambda a: not a.amounts or "×8" in a.answer,
    ),
    *variants("N25", "萧山主导制定国家标准奖31对吗", yuan={310_000}),
]
CASES = [*COUNTS, *LEADERS, *SUMS, *BOUNDS, *RANKS, *DAYS, *NAMES]


def _ended(answer: Answer) -> bool:
    return "expired" in {warning.code for warning in answer.warnings}
