"""Why an award clause is refused: each label with samples that have to be refused so. Tests loop over this table."""

import re

from corpus.awards.statement import Statement

COUNTS_DIFFER = "counts_differ"
NO_UNIT = "no_unit"
UNREADABLE = "unreadable"
TORN = "torn"
NO_OBJECT = "no_object"
NO_BASE = "no_base"
TOO_LONG = "too_long"

_TORN_START = re.compile(r"^(?:万|千)?元")

LABELS: dict[str, tuple[str, tuple[str, ...]]] = {
    COUNTS_DIFFER: (
        "列举的对象与金额个数不一致，不能确定各得多少",
        (
            "获得甲等荣誉、乙等荣誉、丙等荣誉的单位，分别奖励9万元、6万元。",
            "对主办、协办单位分别奖励9万元、6万元、3万元。",
        ),
    ),
    NO_UNIT: ("金额没有写单位", ("对通过现场核验的企业给予50的奖励。", "对入选名录的单位分别奖励9、6。")),
    UNREADABLE: (
        "金额读不出数：夹着字母、不是人民币、只说提高多少或“同上”，或前后写法不成句",
        (
            "对通过现场核验的企业给予l.5万元奖励。",
            "对通过核验的企业补助1O万元。",
            "对通过核验的企业奖励3万美元。",
            "对通过核验的企业奖励5000欧元。",
            "对通过核验的企业，奖励标准上浮50%。",
        ),
    ),
    TORN: ("句子残缺，看不出奖给谁、为什么事", ("对通过核验的企业奖励9万元。对市、区9万元、6万元。",)),
    NO_OBJECT: ("有金额而没有说明奖励什么事项", ("给予9万元奖励。",)),
    TOO_LONG: ("一句话过长，找不到断句处，没有读", (f"对通过核验的企业{'、对复核的企业' * 300}给予9万元奖励。",)),
    NO_BASE: ("按比例计算，但找不到所依据的金额", ("对修订的单位，按照同类标准奖励额度的50%给予奖励。",)),
}


def why_unreadable(said: Statement) -> str:
    """Why the figures of an award cannot be read; empty where they can."""
    if _TORN_START.match(said.subject) or said.ahead[:1] in ("、", "和") and not said.ahead[1:]:
        return TORN
    figures = said.phrase.figures
    if all(figure.yuan is not None or figure.rate is not None for figure in figures):
        return ""
    broken = re.search("[A-Z]|万|元|港币|英镑|法郎|[倍番%]", said.limb.text[figures[0].start : figures[-1].end])
    return UNREADABLE if broken else NO_UNIT
