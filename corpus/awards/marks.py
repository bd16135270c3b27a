"""The words and marks by which Chinese drafting builds lists: separators, bare modifiers, verbs, endings.

国家 before 行业标准 is a bare modifier; 一 before 二等奖 is another. Regular expressions over normalised text.
"""

import re
from functools import lru_cache

SEPARATOR = re.compile(
    r"、|以及|及其|及|和(?!谐)|(?<!参)与|或者|或|/|(?<=[”》）])(?=[“《])"
    r"|，(?=(?:国际|国家|行业|地方|团体|企业)标准|对|获|承担|主导|参与|通过|被|荣获|新)"
)
STRONG = frozenset({"、", ""})  # marks that part entries for certain; the others may stand within a name
SCOPE = (
    r"(?:[省市]?地方|国际(?:性|级)?|国家级?|全国|中国|省部?级?|市级?|[区县]级?|行业|团体|联盟|企业|区域"
    r"|推荐性|强制性|[一-龥]{2,5}[省市区县])"
)
_GRADE = r"(?:[特一二三四]|A{1,5}级?|[1-5]A级?|[A-D]|[甲乙丙丁]级|[金银铜]|优秀|良好|合格|第[一二三四五六1-9])"
_DOING = r"(?:主导|参与|主持|协助|牵头|制定|制订|修订)"
_MODIFIER = f"(?:{SCOPE}(?:团体|联盟|地方)?|{_GRADE}|{_DOING})"
KIND_OF_STANDARD = re.compile("(?:行业|团体|联盟|企业|区域)$")
SCOPED = re.compile(SCOPE)
IS_MODIFIER = re.compile(_MODIFIER)
ENDS_SO = re.compile(f"{_MODIFIER}$")
STARTS_SO = re.compile(_MODIFIER)
PRIZE = re.compile(
    r"(?:(?:个人)?(?:终身成就|突出贡献|优秀青年|重大贡献|优秀贡献|组织|提名|优秀)|[特一二三四]等|[金银铜])奖?”?$"
)
NAMED = re.compile(f"{SCOPE}*(?:标准(?!化)|专业标准化|标准化)")
DONE_LAST = re.compile(f"(?:{_DOING}|制（修）订|制修订|起草|第一|主要|参与|单位|企业)+$")
DOING_LIST = re.compile(f"{_DOING}(?:[、和或及]{_DOING})+")
_SERIES = f"(?:{_GRADE}|国际|国家级?|全国|省级?|市级?|行业|地方|团体)"
SERIES = re.compile(_SERIES)
IN_SERIES = re.compile(f"{_SERIES}$")
DOES_LAST = re.compile(f"{_DOING}$")
STARTS_DOING = re.compile(_DOING)
LEAD = re.compile(
    r"^(?:(?:对于?|验收合格的?|[、或和及](?=主导|参与|制定|修订|主持|牵头|协助)|凡|经|将|被|已|首次|新|当年|近年|为|且|并|成功"
    r"|每年?|一项|一个|通过|验收|获得|荣获|获批|获评|获|承担|担任|主导|主持|牵头|参与|参加|协助|负责|完成|制定|制订|修订"
    r"|制（修）订|制修订|发布|创建|建成|设立|认定|评定|评|入选|列入|新增|申请|组建|承办|举办|进入|由|政府部门|认可|的)|（含[^）]*）)+"
)


@lru_cache(maxsize=4096)
def masked(text: str) -> str:
    """The text with what stands in brackets and quotation marks blotted out; the marks stay."""
    depth, masked = 0, []
    for character in text:
        if character in "（“《〈":
            depth += 1
            masked.append(character)
        elif character in "）”》〉":
            depth = max(0, depth - 1)
            masked.append(character)
        else:
            masked.append("·" if depth else character)
    return "".join(masked)
