"""What the second reading of cases and their import from tables say to users, in one place."""

# Cases read a second time, by program (`evals.checking`).
NO_WHY = "没有写理由（why）"
NO_GOLD_QUOTE = "应答为回答，却没有引文（quote）"
LONG_QUOTE = "引文“{quote}”超过 {limit} 字"
BAD_HOW = "算式“{how}”读不了：只能有数字、+ - * / ( )、min 和 max"
HOW_DIFFERS = "算式“{how}”得 {got} 元，与标准答案 {yuan} 元不同"
HOW_UNKNOWN = "算式“{how}”里的 {numbers} 既不在文件里，也不在问题里"
HOW_FAR = "算式“{how}”里的 {numbers} 在文件里，但不在引文所在的条款里"
NOT_PRINTED = "{yuan} 元不在引文所在的条款里，也没有写算式（how）"
NOT_AT_PLACE = "{sums} 不是这一处印的数字"
OTHER_KIND = "{sums} 在这一处是不是上限，与标准答案不同"
KIND_CAP = "{yuan} 元在条款里写的是上限，标准答案却是固定金额"
KIND_EXACT = "{yuan} 元在条款里不是上限，标准答案却是上限"
BEFORE_PUBLISHED = "判断日期 {day} 早于 {document} 的发布日期 {published}"
WARN_MISSING = "{document} 在 {day} 的状况是 {code}，标准答案没有要求提示"
WARN_WRONG = "要求提示 {code}，但引用的文件在 {day} 都不是这种状况"
MUST_NOT_IN_GOLD = "不得出现的“{entry}”就在标准答案里"
MUST_NOT_IN_CLAUSE = "不得出现的“{entry}”在引文所在的句子里，照原文引用就会判错"
MUST_NOWHERE = "必须出现的“{entry}”不在文件里，也不在问题里"
SEVERAL_PLACES = "问题问到 {regions}，标准答案只写了 {documents}"
ASKED_TWICE = "与 {other} 是同一个问题"

# Cases from tables (`evals.tabular`).
TABLE_COLUMNS = {
    "编号": "题的编号，不写就由问题算出。同一张表里不能重复，不能有空格和斜杠。",
    "问题": "必填。照用户会说的话写。",
    "标准答案": "正确答案的大意。“金额”没写时，从这里读金额；写“没有规定”“查无”等，而又没有金额和条款的，当作查无。",
    "依据条款": "从文件里照抄的原文，长短不限；几处原文各占一行。只写“第五条”不行，要抄几个字。",
    "文件": "文件编号（`jiangbu documents` 列出）或标题的一部分；几份文件用；隔开。原文只在一份文件里时可以不写。",
    "应答": "回答、反问（要先问清楚）或查无（文件没有规定）。不写：查无按标准答案判断，其余为回答。",
    "金额": "答案里应有的金额，带单位（元、千元、万元、亿元），几个用；隔开，如 50万元；25万元。",
    "金额性质": "固定或上限。不写：写了“不超过”“最高”的为上限，其余不检查。",
    "必含": "答案里必须出现的词，几个用；隔开；一个词有几种说法用 | 隔开，如 一年|1年；公示。",
    "不得含": "答案里不得出现的词，几个用；隔开。写金额表示不得把它当作答案。",
    "类型": "{types}。不写就按其他各栏推断。",
    "人群": "谁会这样问：企业、热线或评测。不写为评测。",
    "此前提问": "追问的题：同一次对话里此前问过的话，一行一句，或用；隔开。",
    "判断日期": "按哪一天判断文件是否有效，如 2026-06-30。不写就用题集的日期。",
    "地区": "提问时已选定的地区，如 威海市。一般不写。",
    "说明": "给人看的理由、备注。",
}
TABLE_SHEET, TABLE_ABOUT_SHEET = "题目", "说明"
TABLE_ABOUT_HEADS = ("列", "怎么填")
TABLE_ABOUT_MORE = (
    ("填表", "在“题目”表里每行写一题，第一行的列名不要改；列的先后随意，不用的列可以删掉。前三题是例子，填之前删掉。"),
    ("转换", "存盘后运行 `jiangbu eval import 表格 -o 题集.jsonl`；有问题的行会逐行指出，改好再转换。"),
)
TABLE_EXAMPLES = (
    {
        "编号": "例-1",
        "问题": "龙港的企业评上4A级标准化良好行为，能奖多少钱？",
        "标准答案": "10万元",
        "依据条款": "分别给予10万元、8万元、5万元",
        "文件": "龙港市标准化工作办法",
        "应答": "回答",
        "金额": "10万元",
        "金额性质": "固定",
        "类型": "查金额",
        "人群": "企业",
        "说明": "三个等级依次对应三个数额",
    },
    {
        "编号": "例-2",
        "问题": "拉萨的公司主导制定国家标准，市里奖多少？",
        "标准答案": "没有规定",
        "应答": "查无",
        "类型": "查无",
        "人群": "热线",
        "说明": "没有收录拉萨的文件",
    },
    {
        "编号": "例-3",
        "问题": "那主持修订的呢？",
        "标准答案": "最高25万元",
        "依据条款": "主持修订的，给予不超过25万元",
        "文件": "weihai-2020",
        "应答": "回答",
        "必含": "不超过|最高|上限",
        "不得含": "50万元",
        "类型": "追问",
        "人群": "企业",
        "此前提问": "威海主持制定一项国家标准，资助多少？",
        "判断日期": "2022-06-30",
    },
)
TABLE_PLACE = "{file} 第 {row} 行“{column}”：{text}"
NO_TABLE = "找不到表格 {file}。下一步：检查文件名和位置。"
NOT_A_TABLE = "读不了 {file}：{reason}。下一步：另存为 XLSX，或 UTF-8、GB18030 编码的 CSV。"
TABLE_TOO_BIG = "{file} 超过 {limit} MB。下一步：分成几个文件。"
TABLE_TOO_LONG = "{file} 超过 {limit} 行。下一步：分成几个文件。"
TABLE_EMPTY = "{file} 是空的。下一步：`jiangbu eval template -o 题目.xlsx` 写一份可以填的表格。"
NO_HEAD = "{file} 没有“{column}”这一列。下一步：在第一行写上列名。可用的列名：{known}。"
UNKNOWN_HEADS = "{file} 有不认识的列名：{heads}。下一步：改成可用的列名，或删掉这一列。可用的列名：{known}。"
HEAD_TWICE = "{file} 的列名“{head}”有两个。下一步：合成一列。"
ODD_ENCODING, ODD_QUOTING, ODD_BOOK = "既不是 UTF-8 也不是 GB18030", "第 {line} 行的引号不成对", "不是完好的 XLSX 文件"
ODD_SUFFIX = "只认 .xlsx 和 .csv"
CELL_TOO_LONG = "超过 {limit} 字。请写短一些"
CELL_WITHOUT_HEAD = "这一格没有列名。请在第一行写上列名，或清空这一格"
CELL_MISSING = "没有填。请写上要问的话，或删掉这一行"
CELL_CHOICE = "“{given}”不在可选的值里。请写：{known}"
CELL_ID = "“{given}”不能作编号。请去掉空格和斜杠，不超过 {limit} 字"
CELL_ID_TWICE = "编号“{given}”与第 {row} 行重复。请换一个"
CELL_ASKED_TWICE = "与第 {row} 行是同一个问题。请删掉一行，或写上不同的编号"
CELL_SUM = "“{given}”不是带单位的金额。请写成 50万元 或 500000元，几个用；隔开"
CELL_SUM_STATUS = "应答是{status}的题不能有金额。请清空这一格，或把应答改成回答"
CELL_QUOTE_STATUS = "应答是{status}的题不能有依据条款。请清空这一格，或把应答改成回答"
CELL_KIND = "这里写固定，金额却写着上限。请改其中一个"
CELL_KIND_ALONE = "写了金额性质，却没有金额。请写上金额，或清空这一格"
CELL_SUM_UNCLEAR = "从“{given}”看不出哪个金额是答案（{reason}）。请在“金额”一列写明"
UNCLEAR_STEPS, UNCLEAR_RANGE, UNCLEAR_ABOUT = "写着算式、比例或合计", "写的是区间", "写的是约数"
UNCLEAR_NOT = "写着“不是”“由”“不低于”等"
CELL_DAY = "“{given}”不是日期。请写成 2026-06-30"
CELL_LOCATOR = "“{given}”只是条款的编号。请从这一条里照抄几个字（{least} 字以上）"
CELL_SHORT = "“{given}”太短，认不出是哪一条。请照抄 {least} 字以上"
CELL_NO_QUOTE = "“{given}”不在{where}中{near}。请照抄原文，几处原文各占一行"
CELL_NEAR = "（“{found}”在，之后不同）"
CELL_ALL_DOCUMENTS = "任何文件"
CELL_SEVERAL = "这段原文在几份文件里都有：{documents}。请写明是哪一份"
CELL_NO_DOCUMENT = "没有编号或标题含“{given}”的文件。请用 `jiangbu documents` 查看有哪些"
CELL_DOCUMENTS = "“{given}”可能是几份文件：{documents}。请写文件编号"
CELL_OTHER = "这一行不成一题：{reason}"
NOTE_WEAK = "没有金额、必含、依据条款，只能检查答没答"
NOTE_SEVERAL_SUMS = "从标准答案读出几个金额（元）：{sums}，答案要全部给出"
NOTE_FORMULA = "这一格是公式，按文字读，没有计算"
