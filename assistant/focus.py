"""What a question is about at its very point: the words beside 几天, 几名, 哪天; and what a sentence defines.

A clause near the subject often holds some number of days or people; only one about the words beside the
question word answers.
"""

import re

from assistant.synonyms import printed_forms

_QUANTITY_WORD = re.compile(
    r"几[^\s，。？]?|多少[天日年个名人家项次分]?|多久|多长时间?|多长|何时|什么时候|哪[天年一月]|几月几号|截止日?期?|"
    r"人数|期限|年限|周期|比例|占比|几成"
)
_BEFORE, _AFTER = 7, 6  # characters beside the question word that say what is counted
_WEAK = frozenset(
    "标准 准化 化的 我们 企业 单位 公司 奖励 奖补 补助 资助 激励 申报 申请 项目 政策 办法 规定 要求 需要 一般 "
    "至少 最多 最少 最低 最高 不少 不超 以上 以内 左右 每年 一年 年内 年度 时间 时候 开始 可以 能够 不能 "
    "几年 几天 几个 几名 几家 几项 多少 多久 多长".split()
)
_DEFINED = re.compile(
    r"([\u4e00-\u9fa5A-Z /]{2,24}?)[”\"]?(?:（[^）]*）)?"
    r"(?:是指|指的是|指(?!标|导|定|南)|包括|是(?=[^，。；]{2,60}的?))"
)
_CALLED = re.compile(r"所[称指](?:的)?[“\"]?([^”\"，。；]{2,20}?)[”\"]?[，,]?\s*(?:是指|系指|指|包括|为|是)")
DEFINED_MIN = 3  # characters that the defined term and the question share


def focus_of(folded: str) -> tuple[str, ...]:
    """The word pairs beside the question words of a folded question, and their printed forms.

    >>> "公示" in focus_of("评审结果公示几天")
    True
    """
    pairs: dict[str, None] = {}
    for found in _QUANTITY_WORD.finditer(folded):
        beside = folded[max(0, found.start() - _BEFORE) : found.start()], folded[found.end() : found.end() + _AFTER]
        before, after = (re.split(r"[\s，。、？；,?;:]+", part) for part in beside)
        for part in (before[-1], after[0]):
            pairs |= dict.fromkeys(part[i : i + 2] for i in range(len(part) - 1))
        pairs |= dict.fromkeys(printed_forms("".join(beside)))
    kept = [pair for pair in pairs if pair not in _WEAK and re.fullmatch(r"[\u4e00-\u9fa5%]+", pair)]
    return tuple(pair for pair in kept if not (len(pair) == 2 and _is_loose(pair)))


def _is_loose(pair: str) -> bool:
    """A pair with a particle in it names nothing."""
    return any(
        character in "话最的了吗呢够不要得会在是和由为之于与及或我你他它这那有没不能可被把从到向给几各每再"
        for character in pair
    )


def is_in_focus(focus: tuple[str, ...], folded: str) -> bool:
    """Whether a folded text holds any word of the focus; a question without focus asks for nothing in particular."""
    return not focus or any(word in folded for word in focus)


def defines_term(folded_question: str, folded: str) -> bool:
    """Whether a folded text says what it means by a term that the question uses, in so many words.

    >>> defines_term("买来的专利算I类知识产权吗", "(三)所称“ I 类知识产权”包括发明专利。")
    True
    >>> defines_term("专利算什么", "(三)所称“ I 类知识产权”包括发明专利。")
    False
    """
    asked = re.sub(r"\s", "", folded_question)
    terms = (re.sub(r"\s", "", found.group(1)) for found in _CALLED.finditer(folded))
    return any(len(term) >= DEFINED_MIN and term in asked for term in terms)


def defines(folded_question: str, folded: str) -> bool:
    """Whether a folded text defines a term that the question ends or names.

    >>> defines("国际会议主承办单位怎么认定", "国际标准化会议的主承办单位指排在第一位的单位。")
    True
    """
    for found in _DEFINED.finditer(folded):
        term = found.group(1).strip()
        if len(term) >= DEFINED_MIN and term[-DEFINED_MIN:] in folded_question:
            return True
    return False
