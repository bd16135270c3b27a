"""What sort of thing a question asks for, and what a sentence must hold to answer that sort."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

_NUMBER = r"[0-9一二三四五六七八九十百两]+"


class Intent(StrEnum):
    """The sort of thing asked for."""

    AMOUNT = "amount"
    VALIDITY = "validity"
    DEADLINE = "deadline"
    DURATION = "duration"
    COUNT = "count"
    WHO = "who"
    MATERIALS = "materials"
    CONSEQUENCE = "consequence"
    DEFINITION = "definition"
    LIST = "list"
    LIMIT = "limit"
    PERMISSION = "permission"


@dataclass(frozen=True)
class _Sort:
    """`asked` finds the intent in a question, `held` its answer in a sentence; both on folded text."""

    asked: str
    held: str


_SORTS = {
    Intent.AMOUNT: _Sort(
        r"(?:奖励|补助|资助|补贴|扶持|激励|金额|给的?数|上限|经费)[^，。？?]{0,14}多少(?!天|日|年|个|家|人|项|名|次|分)|各(?:奖|补|给|是|几)?(?:几万|多少)|(?:依次|分别)[^，。]{0,4}多少(?!小时|天|日|年|个|家|人|项|名|次|分|[一-龥]{0,2}以上)|"
        r"(?:补|奖|给|拿|领|分|发)[^，。？?]{0,6}多少(?=$|[？?，。])|(?:奖励|激励|资助|补助|补贴|奖补)(?:金额)?(?:最高|最多|上限)[？?]?$|多少钱|几个钱|多少奖|(?:^|[\s？?，,。])多少[?？]?$|多少(?:激励|奖励|补助|资助|补贴|扶持|奖补|资金|奖金)|几多|几万|多少万|多少元|多少资金|奖金(?:是|有|为)?多少(?!天|日|个工作)|奖金[?？]?$|(?:[奖将]励?|补助?|资助|补贴|激励|扶持|奖补|经费|领|拿出?|给|得|发|申请)(?:金额|标准|额度|上限)?"
        r"(?:是|为|能|可以|了|个)?(?:多少(?!天|日|年|个|家|人|项|名|次|分)|几(?![类项次年天月家种个日人名位])|几多|啥数)|[0-9一二三四五六七八九十百千]+(?:来|多)?万|额度|封顶|顶格|上限|金额|贴息|合计|一共多少|总共|应得|(?:奖励?|补助|资助|补贴)[?？]?$|"
        r"能有多少(?=$|[？?。，])"
        r"|给不给钱|给钱|有钱(?!拨|到|下)|领钱|拿钱|"
        r"(?:最高|最多|顶多)(?:是|能|可以?)?(?:多少|几)(?![天日年个家人项名次分])"
        r"|有(?:没有)?(?:奖励|补助|资助|补贴|奖补|奖)|HOW MUCH|AWARD|拿满"
        r"|[0-9]元(?!素|件)"
        r"|每[家个项人][^，。]{0,3}多少"
        r"|(?:写|规定|定)(?:的|着)?(?:是|为|的是)?多少(?![一-龥]{0,2}?(?:天|日|年|个|家|人|项|名|次|分|小时|页|条|字))"
        r"|[奖补][？?]|[奖补]几个[？?]?$|(?:给|奖|补)得?多[？?，。]|哪[边家个里]?[^，。]{0,4}(?:给|奖|补)得?多|配套额|(?:奖励|补助|资助)额",
        r"[0-9.]\s*(?:亿|千|万)?元|[0-9.]+万(?!元)|[0-9.]+%|分之一|减半|折半|\t(?:最高)?[0-9.]+(?:\t|$)",
    ),
    Intent.VALIDITY: _Sort(
        r"管几年|有效(?:吗|期|么|不)|还有效|是否有效|仍有效|有没有效|过期|失效|废止|废除|作废|还管用|还算数|到期|施行|生效|实施日期|"
        r"(?:还|就|才)能(?:用|作为|执行|按)|还(?:能|可以)(?:不能)?照着?|照着(?:申请|申报|报|用|执行)|能用(?:不|吗|么)|能不能用|能按|按它|作为.{0,6}依据|(?:当|拿|凭)[^，。]{0,6}依据|(?:现在|已经)?(?:实施|施行|执行)了?(?:没|吗|么)|(?:哪天|何时|什么时候)(?:开始|起)?(?:算数|有效)|还能依据|依据它|(?:什么时候|何时|哪天|几时)(?:开始|起)?(?:实施|执行)|"
        r"开始(?:实施|执行)|起(?:实施|执行)|正式文件|正式(?:的)?(?:政策|发布|印发|稿)|征求意见稿|溯及|现行|(?:还|仍)?在执行|"
        r"执行到|适用到|(?:有没有|是否)写(?:明|到).{0,6}失效|用到(?:什么时候|哪年)|取代|替代|旧办法|老办法|听谁的|以哪个为准|哪个为准|赶得?上|听哪个|按哪个|以谁为准|废了|废掉|文号|发文字号|印发日期|发布日期|哪年发的|什么时候(?:印发|发布|公布)的?(?=[？?]|$)",
        r"施行|实施|执行|有效期|废止|溯及|为准|征求意见稿|失效",
    ),
    Intent.DEADLINE: _Sort(
        r"什么时候|何时|哪天|哪一天|几月|几号|截止|期限|哪一周|哪个季度|第几季度|几月份|时间点|啥时候|多会儿|时限|什么时间|申请时间|受理时间|哪年",
        rf"{_NUMBER}\s*(?:月|日|个?工作日)|到\s*[0-9]{{4}}\s*年|[0-9]{{4}}\s*年(?:底|末|内|前|之前|以前)|"
        r"季度|每年|上一年度|本年度|当年|上半年|下半年|之前|之日起|[0-9一二三]\s*年内",
    ),
    Intent.DURATION: _Sort(
        r"多久|多长|几年|几个月|多少天|几天|年限|周期|多少年|多少个?工作日|多少日|几个工作日|多少个月|期限|公示期",
        r"(?<![月0-9])(?:[0-9]{1,3}|[一二三四五六七八九十两]{1,3})\s*(?:年|个月|天|日|个?工作日|周)|半年|每年(?!度)|季度",
    ),
    Intent.COUNT: _Sort(
        r"(?<![好这那])几个(?!地方|城市|省|市)|几名|几人|多少人|多少家|多少项|几项|几家|多少名|多少个|人数|数量|几位|目标是多少|多少以上|比例|占比|百分之|多少分|几分|达到多少|几次|多少次",
        rf"{_NUMBER}\s*(?:个|名|人|家|项|位|次|件|分|%|％)|分之|%|以上|不超过|不少于",
    ),
    Intent.WHO: _Sort(
        r"谁|哪个.{1,4}(?:负责|管|牵头|组织)|哪个部门|哪个单位|什么部门|哪些部门|找哪|哪家|归谁|哪里(?:申|报|办|受)|哪儿|向(?:哪|谁)|哪个局|什么单位|牵头部门|责任单位|负责部门|由哪|交(?:到)?哪|报(?:到)?哪|报给|交给|送(?:到)?哪|听谁",
        r"局|委|部|厅|办公室|机构|负责|院",
    ),
    Intent.MATERIALS: _Sort(
        r"材料|资料|提交(?:什么|哪些)|交(?:什么|哪些|啥)|带(?:什么|啥)|还要交|哪些文件|什么文件|证明",
        r"材料|提交|申请表|提供|证明|文本|报告",
    ),
    Intent.CONSEQUENCE: _Sort(
        r"后果|怎么处理|如何处理|怎么办|处罚|会怎样|怎么罚|追回|取消|怎么追究|会怎么样|有什么处分|处置|造假|骗取|不合格",
        r"取消|追回|收回|不得|责令|处|追究|通报|停止|废止|撤销|没收|缴",
    ),
    Intent.DEFINITION: _Sort(
        r"是什么|什么是|指什么|代表什么|什么样的.{1,12}算|算[“\"]|什么叫|定义|怎么算|算不算|算是|(?:怎么|如何|咋|怎样)(?:认定|界定|算)|什么代号|含义|是指|什么意思|啥意思|啥叫|指的是|指哪|算主导|算参与|属于",
        r"是指|指(?!标|导|定|南)|所称|本办法中的|包括|定义|认定为",
    ),
    Intent.PERMISSION: _Sort(
        r"能(?:不能)?(?:再|补)?(?:报|申请|申报|领|参加|参评|享受|重复)[^，。多几]{0,3}(?:吗|么|不|嘛)|可以[^，。]{0,8}吗|允许[^，。]{0,6}吗|让[^，。]{0,6}吗|行不行|行吗|合规吗|有(?:没有)?资格|"
        r"能不能|可不可以|会不会被",
        r"不予|不得|不受理|不再|可以|均可|禁止|取消|视为|不给予|不重复|不属于|除外",
    ),
    Intent.LIMIT: _Sort(
        r"(?:一年|每年|年度|全年|当年|一个年度).{0,16}(?:最多|封顶|上限|总额|顶格|限额)|总额|封顶|顶格|"
        r"(?:最多|上限|限额|合计|加起来).{0,12}(?:一年|每年|年度|全年)",
        r"总额|累计|同一(?:个)?单位.{0,12}(?:年度|当年|每年)|每家企业每年|每年.{0,8}总",
    ),
    Intent.LIST: _Sort(r"哪些|哪几|有什么|包括什么|分几|几类|什么条件|条件", r"：|:|、|；|；"),
}


_PAID_BY_ASKER = re.compile("收费|(?:收|交|缴|付|要)[^，。？?；]{0,10}费|(?:评估|参展|评审|会员|挂名|报名|工本)费")
_AWARDED = re.compile("奖|补|资助|扶持|激励|贴|报销|拿多少|领(?!跑)")
_MONEY = re.compile("奖|补|资助|扶持|激励|元|万|钱|额|费|款|拿|领(?!跑)|给|贴|封顶|顶格|上限")


@cache
def _compiled() -> dict[Intent, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {intent: (re.compile(sort.asked), re.compile(sort.held)) for intent, sort in _SORTS.items()}


def read_intents(folded: str) -> frozenset[Intent]:
    """The intents of a folded question; none when it only names a thing.

    >>> sorted(read_intents("申请截止到几月几号"))
    [<Intent.DEADLINE: 'deadline'>]
    """
    found = frozenset(intent for intent, (asked, _) in _compiled().items() if asked.search(folded))
    counts = found & {Intent.COUNT, Intent.DURATION, Intent.DEADLINE}
    return found - {Intent.AMOUNT} if asks_fee(folded) or (counts and not _MONEY.search(folded)) else found


def asks_fee(folded: str) -> bool:
    """Whether a folded question speaks of money that the asker would have to pay, and of none that is granted.

    >>> asks_fee("评估机构要收参展费吗"), asks_fee("评审费能补助吗")
    (True, False)
    """
    return _PAID_BY_ASKER.search(folded) is not None and not _AWARDED.search(folded)


_OF_A_DOCUMENT = re.compile(
    r"办法|政策|文件|细则|规定|(?<!征求)意见(?!征集)|方案|条例|清单|通知|公告|规划|纲要|要点|依据|草案|制度|标准(?:[（(]|《|》|现在|还)|[A-Z]+/T"
)


# 办法有效期多长 asks of the document; 办法里复审结论为废止的 does not.
_BESIDE_A_DOCUMENT = re.compile(
    rf"(?:{_OF_A_DOCUMENT.pattern})[^。？?；]{{0,16}}(?:有效|管用|管几|还|能用|能按|施行|实施|执行|失效|生效|废|正式|征求意见|作为|听|为准|取代|溯及|过期|到期|文号|字号|日期|算数|是几)"
    r"|废(?:止|了|掉|除)[^，。]{0,12}(?:文件|办法|政策|哪)|(?:听|按|以)(?:哪个|谁)|(?:赶得?上|来得及)[^，。]{0,6}(?:政策|办法)"
)


def asks_of_document(folded: str, *, names_other: bool) -> bool:
    """Whether a question for validity means a document's, and not that of a title, a plan or a certificate.

    >>> asks_of_document("领跑者的认定有效期多长", names_other=True)
    False
    """
    if names_other and not _BESIDE_A_DOCUMENT.search(folded):
        return False
    return _OF_A_DOCUMENT.search(folded) is not None or not names_other


def holds(intent: Intent, folded: str) -> bool:
    """Whether a folded sentence holds the sort of thing that `intent` asks for."""
    return _compiled()[intent][1].search(folded) is not None
