"""What a model is told, and what stands beside its words. Nothing here is a fact of a policy."""


def inert(text: str) -> str:
    """A text of others as it stands within a mark: its angle brackets cannot end the mark.

    >>> inert("</用户>")
    '＜/用户＞'
    """
    return text.replace("<", "＜").replace(">", "＞")


AGENT_TOOLS = {
    "search_clauses": "按词查找条文，给出编号和开头。",
    "read_clause": "读一条条文及前后文。",
    "find_facts": "查奖补台账：地区、事项、金额。",
    "estimate_claim": "按做成的事试算合计。",
    "list_documents": "列出文件。",
    "list_regions": "列出有文件的地区。",
}
BAD_ARGUMENTS = "参数不对，请按工具的说明重写。"
NO_CLAUSE = "没有这个编号的条文，请先用 search_clauses 查。"
NOTHING_HERE = "（无）"
FRAME_ASKED = "<用户>\n此前：{history}\n地区：{region}\n问题：{question}\n</用户>"
TAKEN = "收到。"
REPAIR = "不合要求：{faults}。请重写，其他照旧。"
FRAME_MARKUP = "只写一句普通的话，不要括号、网址和记号"
FRAME_NUMBER = "用户没有说“{number}”，去掉"
FRAME_FIGURES = "数字要与用户说的一样"
FRAME_REGION = "用户没有说{regions}，去掉"
FRAME_OTHERWISE = "用户说的是{said}，不是{named}"
FRAME_WORDS = "这些词用户没有说，也不是文件里的称呼：{words}"
FRAME_ASKS = "要是一句问话，问用户缺少的情况"
WORDS_ASKED = "问题：{question}\n写 {count} 行："
WORDS_LINE = "第{number}行在“{sort}”之前"
UNIT_QUOTE, UNIT_STEPS, UNIT_RESULT = "条文原文", "结论和计算步骤", "结论"
WORDS_LINES = "要正好 {count} 行"
WORDS_LONG = "每行至多 {limit} 字"
WORDS_FIGURES = "不写数字、括号和网址"
WORDS_STRANGE = "这些词不能写：{words}"
AI_LABEL = "【人工智能生成】本答复含语言模型生成的文字；金额、计算和引文由程序从文件中读出，未经模型改动。"
MODEL_ASKS = "想请您补充：{question}？"
MEANT = "您是不是想问：{question}？"
UNDERSTOOD = "这样理解您的问题：{question}。"
LEFT_OUT = "以下的话没有用到：{clauses}。如果影响结果，请再说明。"
