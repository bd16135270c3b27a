"""What the comparison says to its readers, as Markdown for the README."""

SIDE = "| | 规则引擎 | 加语言模型 | 教科书式 LangChain 链 |\n| --- | --- | --- | --- |"
SIDES = ("rules", "assisted", "textbook")
RIGHT = "{count} 题题集里的题，答对"
RIGHT_FREE = "{count} 题口语，答对"
FOLLOWED = "全部题：给出“您是不是想问”的 / 照此一问即答对"
FIGURES = "　其中有标准金额的，金额完全正确"
WRONG = "全部题：到达用户的错误数字（题数）"
ADDED = "　其中由模型带来（题数）"
CITED = "　其中有标准条款的，条款在所给出处之中"
MARKED = "　　文内编号指到它"
FIRST = "首个字，中位 / p95（秒）"
WHOLE = "全文，中位 / p95（秒）"
TOKENS = "每题词元，提示 / 生成"
NONE = "—"

USED = (
    "| 任务 | 题数 | 采用 | 补正后采用 | 无需 | 退回规则答复 | 退回原因 |\n| --- | --- | --- | --- | --- | --- | --- |"
)
TASKS = {"understand": "听懂问题", "reword": "组织文字", "": "没有请模型"}
OUTCOMES = ("used", "repaired", "unneeded", "fallen_back")

HOSTILE = (
    "| 有意作恶的模型 | 题数 | 带来的错误数字 | 规则答对而今答错 | 采用 | 补正后采用 | 无需 | 退回 | 退回原因 |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
FAULTS = {
    "down": "断线",
    "slow": "太慢",
    "limited": "限流",
    "refused": "被拒",
    "garbage": "不成回复",
    "too_long": "太长",
    "endless": "反复查找",
    "busy": "忙",
    "resting": "暂停",
    "rejected": "未过核对",
}
