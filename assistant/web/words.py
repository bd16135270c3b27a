"""Every sentence by which the interface for other programs describes itself (Chinese)."""

TAGS = (
    ("ask", "问答", "一个问题，一个带条款引用的回答"),
    ("ledger", "台账", "文件规定的每个金额，逐条可查、可导出"),
    ("estimate", "测算", "按清单测算合计，每步有条款"),
    ("documents", "文库", "文件的信息、全文、条款位置、疑点"),
    ("export", "导出", "把一次问答写成文件"),
    ("openai", "OpenAI 兼容", "供 OpenAI 客户端与 LangChain 直接使用"),
    ("access", "登录", "账号登录、退出、当前身份"),
    ("feedback", "反馈与待答", "提出意见、处理意见、人工复核答复"),
    ("evaluations", "评测", "历次回归评测的结果与报告"),
    ("talks", "对话", "工作人员保存的对话，只有本账号可见"),
    ("service", "服务", "运行状况、指标、审计日志"),
)
BEARER = "受保护的接口须带访问令牌：Authorization: Bearer 令牌。公开的查询不需要。"
PARAMETERS = "参数"
REQUIRED = "（必填）"
MCP_ABOUT = (
    "MCP 客户端连接 /gradio_api/mcp（Streamable HTTP）："
    "ask、search_clauses、find_facts、estimate_claim、read_document 五个工具。"
)

ASK_ABOUT = (
    "只有 question 必填，至多 500 字。history 是提问者此前的问题，由旧到新，只用最近 20 个。"
    "四种 status 都返回 200：answered、needs_clarification、not_found、error。"
)
ESTIMATE_SUMMARY = "按一份清单测算合计，逐步列出依据"
ESTIMATE_ABOUT = "金额写元数或“50万元”；不认识的字段会被拒绝。缺少条件时 status 为 undetermined，没有合计。"
ESTIMATE_REPLY = "测算结果"

FACTS_SUMMARY = "查奖补台账：每个金额、对应的事项和出处"
FACTS_ABOUT = "条件之间是“且”。不认识的参数会被拒绝。total 是符合条件的总数，facts 是其中一页。"
FACTS_REPLY = "台账的一页"
FACTS_CSV_SUMMARY = "把台账导出为 CSV"
FACTS_XLSX_SUMMARY = "把台账导出为 Excel 工作簿"
FACTS_TABLE_ABOUT = "条件与 GET /api/facts 相同，一次给出全部。金额列是以元计的数字；单元格一律不是公式。"
FACTS_TABLE_REPLY = "表格，作为附件"
CHOICES_SUMMARY = "台账的各个条件可取哪些值，各有多少条"
CHOICES_REPLY = "可取的值，多的在前"
LIMIT_ABOUT = "至多给几条"
OFFSET_ABOUT = "从第几条起（从 0 数）"

DOCUMENTS_SUMMARY = "列出全部文件及其地区、日期、效力"
DOCUMENTS_REPLY = "全部文件，按编号排列"
DOCUMENT_ABOUT = "clauses 的 start、end 是 text 中的位置：text[start:end] 就是这一条的原文。"
DOCUMENT_REPLY = "一份文件"
TEXT_SUMMARY = "取一份文件的全文，纯文本"
TEXT_REPLY = "全文（UTF-8）"
LINT_SUMMARY = "列出政策原文的疑点：疑似误印、残句、没有读出的金额"
LINT_ABOUT = "疑点照原文引用，不改正。kind 为 reject 的是没有读出的，anomaly 的是看似有误的。"
LINT_REPLY = "疑点，按文件和位置排列"
DOCUMENT_ID_ABOUT = "文件编号"
AS_OF_ABOUT = "判断日期，不写就是今天"

EXPORT_SUMMARY = "把一次问答写成 Markdown 或 Word 文件"
EXPORT_ABOUT = "只收问题，不收答案：每个问题由本服务重新回答，前面的问题作为它的历史，所以文件里不会有别处写的答案。"
EXPORT_REPLY = "文件，作为附件"

MODELS_SUMMARY = "列出模型（只有 jiangbu）"
MODEL_SUMMARY = "取一个模型的信息"
MODELS_REPLY = "模型"
MODEL_ID_ABOUT = "模型名称：jiangbu"
CHAT_SUMMARY = "以 OpenAI 的格式问答，可流式"
CHAT_ABOUT = (
    "最后一条 user 消息是问题（至多 500 字），此前的 user 消息是历史；system、assistant、tool 消息不作依据。"
    "可另给 region、as_of。temperature、tools 等字段接受但不起作用，n 只能是 1。"
    "回答附 citations 和完整的 jiangbu 记录；流式时在带 finish_reason 的那一段。usage 按字符数计。"
)
CHAT_REPLY = "回答；stream 为 true 时是 text/event-stream"
HEALTH_REPLY = "在运行"

LEDGER_SHEET = "奖补台账"
AMOUNT_KINDS = {"exact": "定额", "cap": "上限", "range": "区间", "rate": "按比例"}
RECIPIENTS = {"unit": "单位", "person": "个人", "government": "政府", "team": "团队"}
TABLE_FILE = "jiangbu-facts-{day}"
EXPORT_FILE = "jiangbu-{day}"

TOOLS_TITLE = "奖补通"
TOOLS_ABOUT = (
    "查中国标准化奖补政策：答案附条款原文，逐字可核对；金额由文件规定，不由模型推断。"
    "问一句话用 ask；要自己看条款用 search_clauses 和 read_document；"
    "要一批金额用 find_facts；要算合计用 estimate_claim。"
    "引用答案时请保留文件名、条款位置和效力提示。"
)
TOOL_TITLES = {
    "ask": "问一个问题",
    "search_clauses": "搜条款",
    "find_facts": "查台账",
    "estimate_claim": "测算合计",
    "read_document": "读文件",
}
TOOL_ABOUT = {
    "ask": "问一个关于标准化奖补政策的问题，得到带条款引用的回答、金额、提示和计算步骤。缺少条件时会反问并给出选项。",
    "search_clauses": "按意思和用词搜条款，最相关的在前，逐字给出原文和位置。",
    "find_facts": "按地区、文件、标准类别、身份、用词筛选奖补台账：每个金额、对应的事项、条款原文、文件效力。",
    "estimate_claim": "按一份事项清单测算奖补合计：地区、每件事做了几项、排名、并列家数、费用等；给出每步依据的条文。",
    "read_document": "读一份文件的正文，一次至多 8000 字；位置与引用中的 start、end 一致。",
}
TOOL_SOURCE = "[{marker}] {region}《{title}》{locator}（{document}，{start}–{end}）：{quote}"
TOOL_UNKNOWN = "没有工具“{name}”。可用的工具：{names}。"
TOOL_BAD_ARGUMENTS = "参数不合要求：{faults}。请按 inputSchema 改正后再调用。"
TOOL_BAD_CLAIM = "清单不能测算：{message}请改正后再调用。"
TOOL_NO_DOCUMENT = "没有这份文件。文件编号可从 ask、search_clauses、find_facts 的结果中取得。"
TOOL_BEYOND = "start 超出了全文，全文共 {total} 个字。请从更前面读起。"
TOOL_FAILED = "系统出错，这次调用没有完成。请稍后再试；如反复出现，请联系维护人员。"
TOOL_FAULTS = {
    "missing": "缺少 {field}",
    "extra_forbidden": "没有 {field} 这个参数",
    "string_too_long": "{field} 超过 {max_length} 个字",
    "string_too_short": "{field} 不能为空",
    "less_than_equal": "{field} 不能大于 {le}",
    "greater_than_equal": "{field} 不能小于 {ge}",
    "too_long": "{field} 超过 {max_length} 项",
}
TOOL_FAULT = "{field} 的类型或格式不对"
