"""A reading → what an award question asks for: of which kinds which names, at which rank, with which other words.

People put a rule that they have heard of beside the question, name all levels at once, say who they are not.
What is said so is told from what is asked for here; the ledger is not looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.asking import words
from assistant.organs import is_under
from assistant.reading import Reading, mentioned
from assistant.rewording import reword
from corpus.labels import read_number
from corpus.vocabulary import Concept, Found, find_concepts, find_mentions

_STOPS = str.maketrans({",": "，", "?": "？", ";": "；", ":": "："})
_QUOTED = re.compile(r"[“\"‘'][^”\"’']*[”\"’']")
_PREMISE = re.compile(
    r"(?:听说|据说|听人说|以为|说是|应该(?:是|能|按)?|是不是(?:也|只)?|是否|朋友说)[^，。？?]*"
    r"|(?:跟|和|与)[^，。？?]{1,16}?一样[^，。？?]*"
    r"|比[^，。？?]{1,10}?(?:还|更|要)?(?:高|低|强|好)[^，。？?]*"
    r"|算(?:是|作)?[“\"]?(?:主导|参与|牵头|协助|主持)[^，。？?]{0,6}(?:吗|么|不)"
)
_NOT_RANKED = re.compile(r"(?:没有?|未|(?<!是)不是|并非|不)$")
_RANK = re.compile(
    r"(?:排名?|排序|名次|位列|列)(?:在|老)?(?:起草单位)?第?(?P<a>[一二三四五六七八九十\d]{1,2})(?![\d至到~-])"
    r"|第(?P<b>[一二三四五六七八九十\d]{1,2})(?:起草|完成|承担|位|名|顺位|参与|(?=(?:的|家)?呢|[？?\s]|$))"
)
_RANGE = re.compile(r"排名?(?:第)?[一二三四五六七八九十\d]{1,2}[至到~-][一二三四五六七八九十\d]{1,2}")
_EVERY = {
    "level": re.compile(r"各级|逐级|各个?级别|不同级别|几级"),
    "standard": re.compile(
        r"(?:各类|各种|各项|哪些|所有|[三四五六七八几两]类|[三四五六七八几]种)[^，。]{0,4}标准"
        r"|(?<!国际|国家|行业|地方|团体|企业)标准[^，。]{0,2}各"  # 两地的国家标准各奖多少: each of the places
        r"|国际(?:标准)?(?:一直|一路)到"
    ),
    "grade": re.compile(r"各(?:个)?(?:奖级|等级|等次|奖项|档)|几(?:个|种)?(?:档|奖级|等级|等次)|各奖(?!多少|几|补|励)"),
}
_FROM_TO = re.compile("(?:一直|一路)到")
_BARE = {
    "standard": {"国际": "国际标准", "国家": "国家标准", "行业": "行业标准", "地方": "地方标准", "团体": "团体标准"},
    "level": {
        "国际": "国际级",
        "国家": "国家级",
        "全国": "国家级",
        "省": "省级",
        "市": "市级",
        "县": "县级",
        "区": "县级",
    },
}
_WORD = r"(?:国际|国家|全国|行业|(?:本[省市])?地方|团体|[省市县区])级?"
_RUN = re.compile(
    rf"(?<![一-龥]){_WORD}(?:[、,，和及与到至\s]|一直到)(?:{_WORD}(?:[、,，和及与到至\s]+|一直到|$|(?=[一-龥])))*"
    rf"|{_WORD}(?:[、,，和及与])(?:{_WORD}(?:[、,，和及与]?))+"
)
_EACH_WORD = re.compile(r"国际|国家|全国|行业|地方|团体|[省市县区](?=级|[、,，和及与到至\s]|$|技术|专业|标委|三级|的)")
_LEVEL_OF = re.compile(
    r"(?<![一-龥])([省市县区])(?=领跑|标准创新|标准化?试点|试点|示范|科研|创新基地|质量奖|专业标|技术委|标委|TC|SC)"
)
_STANDARD_HEAD = re.compile(r"[^，。？]{0,10}?(?:标准(?!化)|地标|国标|行标|团标)")
_OTHER_HEAD = re.compile(r"[^，。？]{0,16}?(?:委员会|标委会|TC|SC|秘书处|领跑|试点|示范|贡献奖|科研|基地|质量奖|级)")
_FOR_OTHERS = re.compile("(?:给|帮|替|为)(?:企业)?$")
_DONE_FOR = re.compile("(?:企业)?(?:做|写|编|提供|开展)")
_REST = re.compile("其他|其它|普通的?|非区域性")
_PLAIN_RESULT = re.compile(r"(?:验收|结题|考核|检验|试验)合格")
_HELPS = re.compile(
    r"(?:做|搞)咨询|咨询(?:公司|机构)|服务机构|(?:标准化|专业|中介)服务(?:公司|企业|中心)|代理机构|(?:帮|替)(?:一家|企业|客户|别|他|某)|"
    r"(?:帮|替|帮助|协助)[^，。；,;我咱本]{0,8}?(?:厂|公司|企业|单位)(?:完成|拿下|获批|做|编|起草|通过|申报)"
)
_PERSONAL = re.compile(r"个人|本人|我自己|委员(?!会)|起草人|起草者|专家|工程师")
_FOR_A_PERSON = re.compile(
    r"(?:我|俺)个人|我?本人(?!的?(?:单位|公司|企业|厂))|(?:发|给|归|奖)(?:到|给)?我自己|(?:个人|我)(?:得|拿|获)了?[^，。；,;]{0,16}[，,][^。；公司单位企业厂]{0,8}个人|"
    r"我是[^，。；,;单位公司企业厂]{0,8}(?:员工|职工|工人|工程师|技术员|教师|学生)"
)
_PUBLIC = re.compile(r"县区|区县|强[县市区]|乡镇|街道|县政府|区政府|城市荣誉|示范城市|示范县|示范市|创建")
_OF_BUDGET = (
    (re.compile("市(?:里|级[一这那]?[栏列]|级出|级财政|财政|级奖|级补|级给|级合|级最|级封)"), "市级"),
    (
        re.compile("[县区](?:里|级[一这那]?[栏列]|级出|级财政|财政|级奖|级补|级给|级合|级能|级的\\d|级最|级封|级那)"),
        "县级",
    ),
)
_DENIED = re.compile(r"(?:(?<!是)不是|并非|而非|不算|没进|不涉及|不属于|不需要|并不|没涉及)[^，。；、\s]{1,16}")
_GENERAL = re.compile(
    r"(?:20)?\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|(?<!\d)\d{1,2}月(?:\d{1,2}[日号])?|排名?第?[\d一二三四五六七八九十]+(?:[-~至到—][\d一二三四五六七八九十]+)?位?|另外|同时|此外|还有|以及|作为|其中|总共差|一年里|某|奖励|奖金|奖补|补助|资助|补贴|激励|扶持|支持|一次性|金额|标准化?|单位|企业|公司|项目|政策|办法|细则|文件|"
    r"每?[一1两二三四五六七八九十\d]+(?:项|家|个|次|种|类|档|级|万|块)|"
    r"几万块?|几项|几成|百分之|比例|每[项个家种年]|各(?:级|类|种|项|奖级|等级|几|是|给|奖)?|逐级|列[出明]|分别|依次|一直|从|到|多少|"
    r"对|做|去|落户|获批|创建|万元|不高于|不低于|算下来|有|我|能|可|拿|领(?!域|跑|军|先)|给|得|承担|获评?|评[上为]?|通过|验收|发布|"
    r"制修订|制[（(]修[)）]订|起草|首次|新(?=承担|获|评|通过|制)|市里|省里|县里|额度|上限|封顶|顶格|最高|不超过|依据|条款|请|合计|其中|参与|主导|一般|最多|"
    r"(?<![一-龥]{2})奖(?=$|\s)|的|种|三级|四档|召集人|担任|修定|表|麻烦|应(?!用|急)|本市|本省|本区|印为?|高低|合常理|"
    r"(?<![一-龥])(?:[省市县区]|国际|国家|行业|地方|团体)(?![一-龥])"
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an award question asks for."""

    groups: dict[str, tuple[str, ...]]  # kind → names; a fact has to be for one of each kind
    levels: tuple[str, ...]  # names of regions that say whose standard or honour is meant
    rank: int  # place among the drafters; 0: not told
    both_acts: bool  # 制修订: new and revised alike
    any_standard: bool  # of standards in general: 主导制定各类标准
    helps: bool  # the asker helps others to an honour
    personal: bool
    for_a_person: bool  # the asker wants it for themselves
    public: bool
    rest: bool  # 其他, 普通: those that are named by no feature of their own
    passed: bool  # 验收合格, said of the thing
    budget: str  # 市级 or 县级 where only one budget is asked for
    words: tuple[str, ...]  # what else it says
    denied: tuple[str, ...]  # what it says that it is not
    every: frozenset[str]  # kinds of which all are asked for: 各奖项, 各级
    stretches: tuple[str, ...]  # its words as they stand, concepts and all
    forms: tuple[str, ...]  # the very forms in which it names its items


def read_asked(reading: Reading) -> Asked:
    """Tell what is asked for.

    >>> from assistant.reading import read_question
    >>> read_asked(read_question("主持修订国家标准，应该是主持制定的一半吧", ())).groups["act"]
    ('修订',)
    """
    folded = reword(reading.text).translate(_STOPS)
    located = {found.concept.name: found for found in mentioned(folded)}
    kept = _without_premise(folded, [*reading.concepts], located)
    kept = _of_last_clause(folded, kept, located)
    kept = [concept for concept in kept if not _is_aside(concept, kept, folded, located)]
    groups: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for concept in kept:
        groups[concept.kind] += (concept.name,)
    for kind, name in (*_bare_names(folded), *(("level", _BARE["level"][w]) for w in _LEVEL_OF.findall(folded))):
        if name not in groups[kind]:
            groups[kind] += (name,)
    every = {
        kind
        for kind, pattern in _EVERY.items()
        if pattern.search(folded) and (len(groups[kind]) < 2 or _FROM_TO.search(folded))
    }
    rank = rank_asked(reading.text)
    if rank and not groups.get("role"):
        groups["role"] = ("主导" if rank == 1 else "参与",)
    own = _PREMISE.sub("", folded)
    budgets = {name for pattern, name in _OF_BUDGET if pattern.search(own)}
    return Asked(
        groups={kind: names for kind, names in groups.items() if names and kind not in every | {"other", "topic"}},
        levels=() if "level" in every else reading.levels,
        rank=rank,
        both_acts=any(concept.name == "制修订" for concept in reading.concepts),
        any_standard="标准" in folded and bool(groups.get("role") or groups.get("act")),
        helps=_HELPS.search(folded) is not None,
        personal=_PERSONAL.search(folded) is not None,
        for_a_person=_FOR_A_PERSON.search(folded) is not None,
        public=_PUBLIC.search(folded) is not None,
        rest=_REST.search(folded) is not None,
        passed=_PLAIN_RESULT.search(folded) is not None,
        budget=budgets.pop() if len(budgets) == 1 else "",
        words=tuple(other_words(reading)),
        denied=tuple(_DENIED.findall(folded)),
        every=frozenset(every),
        stretches=tuple(re.sub(r"\s", "", part) for part in reword(" ".join(reading.essence)).split()),
        forms=tuple(form for c in kept if c.kind == "item" for form in c.ask if form in folded),
    )


def _without_premise(folded: str, named: list[Concept], located: dict[str, Found]) -> list[Concept]:
    """听说和指导文件一样: what stands in a premise is asked for only where nothing of its kind stands outside."""
    spans = [match.span() for match in _PREMISE.finditer(folded)]

    def inside(concept: Concept) -> bool:
        found = located.get(concept.name)
        return found is not None and any(start <= found.start < end for start, end in spans)

    outside = {concept.kind for concept in named if not inside(concept)}
    return [concept for concept in named if not (inside(concept) and concept.kind in outside)]


def _of_last_clause(folded: str, named: list[Concept], located: dict[str, Found]) -> list[Concept]:
    """先主持制定，今年又主持修订，修订给多少: of several acts, roles or items the last clause names the one meant."""
    clauses = [match.span() for match in re.finditer(r"[^，。？?；;]+", folded)]
    dropped: set[str] = set()
    for kind in ("act", "role", "item"):
        own = [located[c.name] for c in named if c.kind == kind and c.name in located]
        for start, end in reversed(clauses):
            last = {found.concept.name for found in _all_in(folded, kind, start, end)}
            if last & {found.concept.name for found in own}:
                dropped |= {found.concept.name for found in own} - last
                break
    return [concept for concept in named if concept.name not in dropped]


def _all_in(folded: str, kind: str, start: int, end: int) -> Iterator[Found]:
    return (found for found in find_concepts(folded[start:end]) if found.concept.kind == kind)


def _is_aside(concept: Concept, named: list[Concept], folded: str, located: dict[str, Found]) -> bool:
    """Whether a concept only qualifies another one that is asked for."""
    names = {one.name for one in named}
    kinds = {one.kind for one in named}
    if concept.kind == "level" and concept.name in located and concept.name in ("市级", "县级"):
        behind = folded[located[concept.name].end :]  # 市级奖励金额: the money of that level
        of_money = words("of_budget").match(behind) is not None
        return of_money and (bool(names & {"国家级", "省级"}) or "省" in folded)
    if concept.name in located and _FOR_OTHERS.search(folded[: located[concept.name].start]):
        return _DONE_FOR.match(folded[located[concept.name].end :]) is not None  # 给领跑者做评估方案
    if concept.kind == "item" and "评估机构" in names and concept.name in located:  # 领跑者评估机构
        return re.match("的?评估机构", folded[located[concept.name].end :]) is not None
    if concept.name == "企业标准":
        return "领跑者" in names  # 企业标准领跑者
    if concept.name == "国际标准" and "采用国际标准" in names or concept.name == "国际级" and "会议" in names:
        return True
    if concept.kind == "organ" and "item" in kinds and "标准化人才" not in names:
        return True  # an honour or a meeting is not awarded by kind of committee
    if concept.name == "合格":
        return _PLAIN_RESULT.search(folded) is not None
    if concept.name in ("技术委员会", "分技术委员会") and concept.name in located:
        after = located[concept.name].end
        under = {n for n in ("工作组", "分技术委员会") if n in names and n != concept.name}
        inner = [one for one in find_mentions(folded) if one.concept.name in under and one.start >= after]
        return any(is_under(folded[after : one.start], folded) for one in inner)
    return False


def _bare_names(folded: str) -> Iterator[tuple[str, str]]:
    """国际、国家、行业标准 names three standards; 国际、国家、省技术委员会 three levels."""
    for run in _RUN.finditer(folded):
        words = _EACH_WORD.findall(folded, run.start(), run.end())
        if len(words) < 2:
            continue
        behind = folded[max(run.end() - 2, run.start()) :]
        standard, other = _STANDARD_HEAD.match(behind), _OTHER_HEAD.match(behind)
        kind = "standard" if standard and (not other or standard.end() <= other.end()) else "level"
        if kind == "level" and not other:
            continue
        for word in words:
            if name := _BARE[kind].get(word):
                yield kind, name


def rank_asked(text: str) -> int:
    """The place among the drafters that a question states; 0 when it states none.

    >>> rank_asked("我们排第四，按“第3-5位”能拿多少"), rank_asked("起草单位排老二"), rank_asked("没排第一")
    (4, 2, 0)
    """
    plain = _RANGE.sub("", _QUOTED.sub("", reword(text)))
    for found in _RANK.finditer(plain):
        if not _NOT_RANKED.search(plain[: found.start()]):
            return read_number(found["a"] or found["b"])
    return 0


def other_words(reading: Reading) -> list[str]:
    """What a question says beside its concepts and the words of asking for money.

    >>> from assistant.reading import read_question
    >>> other_words(read_question("区域型标准创新基地奖励多少", ()))
    ['区域型']
    """
    forms = sorted((form for concept in reading.concepts for form in concept.ask), key=len, reverse=True)
    left = _DENIED.sub(" ", reword(" ".join((*reading.essence, reading.carried))))
    for form in forms:
        left = left.replace(form, " ")
    denied = "".join(_DENIED.findall(reword(reading.text)))
    return [word for word in general_words(left) if word not in denied]


def general_words(text: str) -> list[str]:
    """The stretches of a text that are left without the words that every award and every question has.

    >>> general_words("对获得鲁班奖的单位奖励")
    ['鲁班奖']
    """
    return [word for word in re.split(r"[\s\W]+", _GENERAL.sub(" ", _GENERAL.sub(" ", text))) if len(word) >= 2]
