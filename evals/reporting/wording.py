"""What the report says besides its headings, which stand in its templates (Chinese)."""

REGRESSION = "有退步：与{against}相比，{what}。"
BELOW = "低于下限：{below}。"
HOLDS = "没有退步：与{against}相比，没有一题由对变错。"
NO_BASELINE = "没有可比的基线：下面只是这一次的结果。"
BELOW_ONE = "{suite} 答对 {percent}，下限 {least}%"
LOST_WRONG, LOST_FALSE, LOST_GONE = "{count} 题由对变错", "{count} 题新给出错误金额", "{count} 道答对的题不见了"
STALE = "{count} 题的问题在运行之后改过，没有评分。"
ONLY_PART = "只问了一部分题（--filter {filters}），不代表整个题集。"
STATED_WRONG = "给出了不该给的金额：{sums}"
BROKEN = {
    "ran": "提问时程序出错",
    "status": "应答类别不对：应当{expected}，实际{actual}",
    "amounts": "金额与标准答案不符",
    "kind": "把上限说成了定额，或相反",
    "must": "缺少必含的内容",
    "must_not": "出现了不得含的内容",
    "citation": "没有引用标准条款",
    "verbatim": "引文与原文不是逐字一致",
    "warn": "缺少应有的提示",
    "top_3": "标准条款不在前三",
    "read": "漏读了奖补",
    "no_other": "多读出了奖补",
    "labels": "标签不对",
    "rule": "没有读出这条限制",
    "refused": "残缺处仍读出了数字",
}
RULES_FULL = {
    "ran": "程序没有出错",
    "status": "应答类别正确（回答、反问、查无）",
    "amounts": "金额正确",
    "kind": "定额、上限说对",
    "must": "必含的内容齐全",
    "must_not": "没有不得含的内容",
    "citation": "引用了标准条款",
    "verbatim": "引文与原文逐字一致",
    "warn": "该有的提示齐全",
    "top_3": "标准条款在前三",
    "read": "台账：奖补都读出",
    "no_other": "台账：没有多读",
    "labels": "台账：标签正确",
    "rule": "台账：限制都读出",
    "refused": "台账：残缺处不猜",
}
MEASURES_FULL = {"complete": "标准条款全部引到", "needed": "没有多余的引文"}
EXTRACTION = {"precision": "准确：读出的里面读对的", "recall": "齐全：应读的里面读到的"}
ENGINES = {"rules": "规则", "llm": "语言模型"}
WARNINGS = {
    "expired": "已失效",
    "draft": "征求意见稿",
    "not_in_force_yet": "尚未施行",
    "source_anomaly": "疑似原文有误",
    "validity_unknown": "有效期不明",
}
GOLD_LABELS = {
    "status": "应答",
    "also_status": "也算对的应答",
    "yuan": "金额",
    "how": "算式",
    "kind": "性质",
    "doc": "文件",
    "document": "文件",
    "documents": "文件",
    "quote": "条款片段",
    "warn": "提示",
    "must": "必含",
    "must_not": "不得含",
    "facts": "应读出",
    "rule": "应读出的限制",
}
ADDED, GONE, PUT_OTHERWISE = "新增的题", "不见了的题", "问题改过的题"
OR, NO_TEXT, NO_FACTS = " 或 ", "（没有文字）", "没有读出奖补"
JUNIT_KNOWN, JUNIT_NEW, JUNIT_OTHERWISE = (
    "known：基线中已是错的",
    "new：基线中没有这一题",
    "changed：问题改过，没有比较",
)
JUNIT_GONE = "这一题在基线中是对的，这次没有了"
JUNIT_TEXT = "问：{question}\n应当：{gold}\n实际：{answer}"
