"""What the evaluation says to its users, in one place: faults of cases and of use, progress, results."""

# Cases and suites.
NO_SUITE = "找不到题集 {given}：既不是自带的题集（{suites}），也不是一个文件。下一步：`jiangbu eval list` 列出题集。"
NOT_UTF8 = "读不了 {file}：不是 UTF-8 文字。下一步：另存为 UTF-8；表格请先用 `jiangbu eval import` 转换。"
TOO_MANY_LINES = "{file} 超过 {limit} 行。下一步：分成几个文件。"
NO_CASES = "{file} 里没有题目。下一步：每行写一题，格式见 docs/evaluating.md。"
NO_JSON = "{where}：不是 JSON（{reason}）。下一步：改正这一行。"
NOT_AN_OBJECT = "应为 {…} 形式的对象"
KEY_TWICE = "键 {key} 出现两次"
LATER_VERSION = "{where}：题集格式版本 {version} 比本程序认识的 {known} 新。下一步：升级程序。"
BAD_CASE = "{where}：{fault}。下一步：改正这一行，格式见 docs/evaluating.md。"
TWICE = "{where}：编号 {id} 前面已有。下一步：换一个编号。"
ANCHOR = "片段“{anchor}”在 {document} 中出现 {count} 次，应恰好一次"
NO_QUOTE = "引文“{quote}”不在文件 {document} 中"
NO_DOCUMENT = "知识库里没有编号为 {document} 的文件（`jiangbu documents` 列出全部）"
BEYOND = "{document}：人工没有读出奖补的其他数字"

# Runs.
NO_ENGINE = "没有设语言模型。下一步：设 JIANGBU_LLM_MODEL 和 JIANGBU_LLM_BASE_URL，或用 `--engine rules`。"
BAD_FILTER = "不认识的筛选条件 {given}。可用：{keys}=值（逗号分隔多个，编号可用 *），或直接写编号、问题里的文字。"
NOTHING_LEFT = "筛选之后没有题目。下一步：放宽 --filter。"
NO_RUN = "找不到运行记录 {given}（{folder}）。下一步：`jiangbu eval list` 列出运行记录，或先 `jiangbu eval run`。"
PROBE_FAILED = "程序出错：{reason}"
DAMAGED_RUN = "运行记录 {folder} 不完整：{reason}。下一步：重新运行。"
STALE = "{count} 题的问题在运行之后改过，没有评分；要评分请重新运行。"

# Baselines.
BAD_BASELINE = "读不了基线 {file}：{reason}。下一步：用 `jiangbu eval bless` 重新写一份。"
BLESS_PART = "这次运行只问了一部分题（用了 --filter，或有题目改过），不能作基线。下一步：不筛选，重新运行。"
BLESSED = "{run} 已作为基线：{file}"
WRITTEN = "已写入 {file}"
MISPLACED = "注意：{count} 题的标准答案与现在的文件对不上，`jiangbu eval check` 列出。"
BASELINE = "基线"
NO_BASELINE = "题集 {suites} 还没有基线。下一步：先 `jiangbu eval run`，再 `jiangbu eval bless`。"
BASELINE_OF = "基线 {day}（{suites} 个题集）"
SAME_NAME = "两个题集同名：{name}。下一步：在其中一个文件的第一行写上不同的 suite。"
BAD_OUTPUT = "不知道把 {file} 写成什么格式。下一步：文件名以 .json、.html 或 .junit.xml 结尾。"
NO_FOLDER = "没有文件夹 {folder}。下一步：先建立它，或换一个位置。"

# Figures for a terminal; the report has the same words.
SUITE, TYPE, TOTAL = "题集", "类型", "合计"
RIGHT, INTERVAL, WHOLE_CASES = "答对", "95% 区间", "整题全对"
WRONG_SUMS, WITHHELD, UNSTEADY = "金额有误", "拒绝作答", "前后不一"
KEPT = "各项通过：{kept}"
REFUSAL = "{status}：给出的里面应当给的 {precision}，应当给的里面给出的 {recall}"
CONFUSION = "应答（行：应当；列：实际）"
RETRIEVAL = "检索（n={n}）：{hits} MRR@10 {mrr:.3f} nDCG@10 {ndcg:.3f}"
EXTRACTION = "台账：准确 {precision}，齐全 {recall}"
LATENCY = (
    "答复用时（n={n}，{workers} 个同时）：p50 {p50:.1f}，p95 {p95:.1f}，p99 {p99:.1f}，最慢 {slowest:.1f} 毫秒；"
    "全程 {seconds:.1f} 秒"
)
GOLD, GOT = "应当：", "实际："
RULES = {
    "status": "应答类别",
    "amounts": "金额",
    "kind": "固定或上限",
    "must": "必含内容",
    "must_not": "不得含的内容",
    "citation": "依据条款",
    "verbatim": "引文逐字",
    "warn": "提示",
    "ran": "没有出错",
    "top_3": "前三命中",
    "read": "读出",
    "no_other": "没有多读",
    "labels": "标签",
    "rule": "规则",
    "refused": "不猜",
}
MEASURES = {"complete": "依据引全", "needed": "没有多余的引文"}
PERSONAS = {"enterprise": "企业", "hotline": "热线", "evaluator": "评测"}
AMOUNT_KINDS = {"exact": "定额", "cap": "上限", "range": "区间", "rate": "比例"}
STATUSES = {"answered": "回答", "needs_clarification": "反问", "not_found": "查无", "error": "拒绝作答"}
TYPES = {
    "procedure": "程序",
    "definition": "定义",
    "validity": "效力",
    "not_found": "查无",
    "clarify": "反问",
    "follow_up": "追问",
    "award_lookup": "查金额",
    "award_compare": "比较",
    "award_calc": "计算",
    "aggregate": "汇总",
    "anomaly": "误印",
    "retrieval": "检索",
    "award": "台账金额",
    "rule": "台账规则",
    "reject": "台账存疑",
    "beyond": "台账多读",
}
NEWLY_RIGHT, NEWLY_WRONG, NEWLY_FALSE, REWORDED = "新答对", "新答错", "新出错误金额", "说法变了"
COMPARED = "可比 {n} 题：{counts}"
NOT_COMPARED = "未比：新增 {added} 题，缺少 {gone} 题，问题改过 {otherwise} 题"
MCNEMAR = "McNemar 精确检验 p = {p:.4f}，{told}"
CERTAIN, UNCERTAIN = "差别不像偶然", "差别可能是偶然"
TOO_FEW = "变化太少，统计上说明不了什么"
AND_MORE = "……另有 {count} 题，见报告"
HOLDS = "通过：没有比{against}差。"
NOTHING_TO_HOLD = "没有基线可比，也没有设下限。"
REGRESSION = "未通过：比{against}差。"
BELOW = "未通过：低于下限（{below}）。"
ALSO_BELOW = "并低于下限（{below}）。"
RUN_LINE = "{id}  {suites}  {count} 题{filters}  {engine}  {revision}  {seconds:.0f} 秒"
SAVED = "运行记录 {id}。`jiangbu eval report {id}` 写出报告，`jiangbu eval bless {id}` 作为基线。"
SUITES_HEAD = "自带的题集："
SUITE_LINE = "  {name}  {cases} 题  {about}"
RUNS_HEAD = "运行记录（新的在前）："
NO_RUNS = "还没有运行记录。"
ABOUT = {
    "retrieval": "每题一处原文，应在检索结果的前三之内",
    "extraction": "人工读出的台账，逐个数字对照",
    "claims": "要计算的问题与测算清单",
    "answers": "查询、比较、汇总、程序、定义、效力、误印",
    "conversation": "连续提问，逐轮评判",
    "refusal": "文件没有规定的、应当反问的、与本领域无关的",
    "robustness": "同一问题的多种说法，诱导、注入与异常输入",
}
NO_LLM = (
    "还没有配置语言模型，不能用 --judge。下一步：设置 JIANGBU_LLM_MODEL、JIANGBU_LLM_BASE_URL 和 JIANGBU_LLM_API_KEY。"
)

# Help of the commands.
HELP_GROUP = "回归评测：运行题集，与基线比较，写出报告。"
HELP_RUN = "运行题集（名称或 JSONL 文件；不写则为自带的全部题集），保存结果并与基线比较。"
HELP_SCORE = "不重新提问，按现在的题目和评分规则重新评分。"
HELP_COMPARE = "比较两次运行：A 可以是 baseline、基线文件夹或运行编号，B 是运行编号。"
HELP_BLESS = "把一次运行作为新的基线。"
HELP_REPORT = "写出一次运行的报告（一个网页文件，不需要网络）。"
HELP_LIST = "列出题集和运行记录。"
HELP_CHECK = "由程序复核题目：引文在原文中，金额在引文中或能算出。"
HELP_IMPORT = "把表格（CSV、XLSX）里的题目转换成题集。"
HELP_TEMPLATE = "写出一份可以填写的表格（.xlsx 或 .csv）。"
HELP_FEEDBACK = "把网页上已转为评测用例的反馈导出成题集。"
HELP_REPEAT = "每题问几遍；每遍都对才算对。"
HELP_ENGINE = "只用规则引擎，还是另请设置里的语言模型。"
HELP_FILTER = (
    "只运行一部分：id=ca-*、type=award_calc、region=威海、document=…、persona=…、status=…，或问题里的文字；可以写多个。"
)
HELP_AS_OF = "题目没有写日期时按哪一天判断。"
HELP_WORKERS = "同时提问的数量（默认取设置 batch_workers）。"
HELP_JUDGE = "另外请语言模型评判一部分答复；只供参考，不影响是否通过。"
HELP_JUDGE_LIMIT = "最多请语言模型评判几题。"
HELP_BASELINE = "基线所在的文件夹。"
HELP_NO_BASELINE = "不与基线比较。"
HELP_LEAST = "答对比例的下限（百分数），低于它算未通过。"
HELP_OUTPUT = "另外写出：.json、.html 或 .junit.xml，可以写多个。"
HELP_VERBOSE = "列出每一道答错的题。"
HELP_TO = "基线写到哪个文件夹（默认在主文件夹中）。"
HELP_AGAINST = "报告里与哪次运行比较（默认与基线）。"
HELP_IMPORT_TO = "写到哪个 JSONL 文件。"
HELP_SUITE_NAME = "题集的名称（默认取文件名）。"
HELP_IMPORT_DAY = "题目没有写日期时按哪一天判断（默认今天）。"
HELP_SKIP = "跳过有错的行，写出其余的。"
HELP_TEMPLATE_TO = "写到哪个文件，以 .xlsx 或 .csv 结尾。"

# Cases.
CHECKED = "{name}：复核 {cases} 题，{doubts} 处疑问"
NOT_IMPORTED = "{count} 行有错，没有写出文件。下一步：改正后重试，或加 --skip-faulty 跳过这些行。"
IMPORTED = "已写入 {count} 题：{file}。下一步：`jiangbu eval check {file}`，再 `jiangbu eval run {file}`。"
BAD_TABLE = "表格文件名应以 .xlsx 或 .csv 结尾，而不是 {file}。"
NO_FEEDBACK = "还没有转为评测用例的反馈。下一步：在网页“反馈与待答”里把一条反馈处理为评测用例。"

# Judged metrics: how a judge is told what was asked and what is right, and how its results are told to people.
NO_JUDGE_LIBRARY = "评判要用的程序包没有安装（{reason}）。下一步：在项目文件夹中 `pip install -e '.[judge]'`。"
ASKED = "问题：{question}"
ASKED_BEFORE = "此前的问题：{question}"
ASKED_IN = "所在地：{region}"
ASKED_ON = "日期：{day}"
RIGHT_OR = "，也可以"
RIGHT_STATUS = {
    "answered": "应当给出答案",
    "needs_clarification": "应当追问缺少的条件",
    "not_found": "应当说明没有规定",
}
RIGHT_SUM = "金额（元）：{text}"
RIGHT_CAP = "金额上限（元）：{text}"
RIGHT_MUST = "应当包含（/ 表示任一）：{text}"
RIGHT_MUST_NOT = "不应包含：{text}"
RIGHT_QUOTE = "依据的条文：{text}"
RIGHT_WHY = "理由：{text}"
JUDGED = {
    "faithfulness": "有据：所说能由所引条文得出",
    "correctness": "正确：与标准答案相符",
    "relevance": "切题：答的就是所问",
}
JUDGED_NOTE = "由语言模型 {model} 按 {library} 的标准评判 {rows} 题（共 {eligible} 题），供参考，不影响通过与否。"
JUDGED_SKIPPED = {
    "no_citations": "没有引文，无从核对",
    "no_gold": "标准答案没有写明内容",
    "refused": "模型服务拒绝（密钥、模型名称、地址或内容审核）",
    "limited": "模型服务限流",
    "unreachable": "连不上模型服务，或服务出错",
    "garbage": "回复不合格式",
    "timeout": "没有按时回复",
    "late": "总时间已到，没有去问",
}
