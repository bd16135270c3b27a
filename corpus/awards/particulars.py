"""Particulars of an award, told from its own words: who is paid, for each of what, under which conditions."""

import re

_EACH = re.compile(
    r"每(?:(?:完成|主导|承担|主持|参与|制定|修订|获得?|通过|新增|协助|牵头|培训|增加){1,2})?[一1]?(?P<unit>项|家|张|种|件|类|人|名|次|位|款|户|批|届|起|篇|场|期|部|个)(?P<noun>[一-龥]{0,6})"
)
_CONDITION = re.compile(
    r"[^，。；]*后$|[^，。；]*(?:前提|条件)[^，。；]*|首次|新(?=承担|获|认定|通过|设立|注册|引进|纳入|评)|连续[^，。；、]{2,12}(?:以上|年)"
    r"|(?:结题)?验收合格|通过[^，。；、]{0,10}(?:验收|评审|考核)(?!并获得)|(?:须|应(?=当|在|已|为|于|通过|是|按)|需(?=要|经|通过))[^，。；]{2,40}"
)
_PERSON = re.compile(
    r"个人|起草者|起草人|委员(?!会)|专家(?!工作室|组|评|库)|人才(?!地图|培养|培训|项目)|专利权?人|举报人|总监|标准官|主席|召集人(?!的单位)"
)
_GOVERNMENT = re.compile(r"示范(?:城市|县|市)|县（市|人民政府|乡镇|街道办")
_COST = re.compile(
    r"费用|经费|开支|投入|支出|收入|销售|利率|投资|造价|成本|价格|总额度|资金总|LPR|贷款|合同|审定|缴纳|实际|利息|保费|费的?$|金额的?$"
)


def who_of(text: str) -> str:
    """Who is paid: unit, person, government or team, told from the words of the award."""
    if "班组" in text or "团队" in text:
        return "team"
    if _PERSON.search(text) and not re.search("(?:的|培育|引进)(?:单位|企业)", text):
        return "person"
    return "government" if _GOVERNMENT.search(text) else "unit"


def per_of(*texts: str) -> str:
    """What a sum is paid for each of: 项, 家, 张, 产品 …; the first text that says it decides.

    >>> per_of("", "每个标准项目"), per_of("/家", ""), per_of("", "每完成一项")
    ('标准项目', '家', '项')
    """
    for text in texts:
        if text.startswith("/"):
            return text.lstrip("/每")
        if found := _EACH.search(text):
            noun = re.split(r"的|给|按|分|各|不|最|奖|补|资|推|开", found["noun"])[0]
            return found["unit"] if found["unit"] != "个" or not noun else noun
    return ""


def is_cost(base: str) -> bool:
    """Whether a rate is taken of money that the applicant spent or earned, and not of another award.

    >>> is_cost("项目建设经费"), is_cost("主导制定同类标准奖励额度")
    (True, False)
    """
    return _COST.search(base) is not None and not re.search("奖励|资助额|补助额|同类|同级|相应|上述|上限", base)


def conditions_of(parts: list[str]) -> tuple[str, ...]:
    """The words in the parts of a subject that bind an award: 首次, 通过验收后, 连续保持一年以上; at most four."""
    return tuple(found.group() for part in parts for found in _CONDITION.finditer(part))[:4]
