"""All sentences that the assistant says to users, by key. Nothing here is a fact of a policy."""

from datetime import date

EMPTY_QUESTION = "请写下您想了解的问题，例如：“龙港市主导制定一项国家标准奖励多少？”"
TOO_LONG = "问题请控制在 {limit} 字以内（现在有 {length} 字）。请只留下与奖补政策有关的部分再提问。"
BAD_LINE = "第 {line} 行不能读成一个问题：{reason}。每行应是一个 JSON 对象，至少有 question 一项。"
INTERNAL = "回答这个问题时程序出错，已记入日志。请换一种问法，或运行 jiangbu doctor 检查。"
WITHHELD = "答复里有数字没有依据，已停止给出，并记入日志。请换一种问法，或咨询主管部门。"

LINE_TOO_LONG = "一行超过 {limit} KB"
NOT_AN_OBJECT = "不是 JSON 对象"
ONE_QUESTION_OR_BATCH = (
    '请给一个问题，或用 --batch 给一个 JSONL 文件，两者取一。例如：jiangbu ask "威海市国家标准主持制定资助多少"'
)
INDEX_OUTDATED = "政策文件有变动，索引还没有跟上。请运行 jiangbu build。"
WHAT_FAILED = {
    "IndexMissing": "还没有索引。请运行 jiangbu build。",
    "IndexStale": "索引与当前的设置或程序不符。请运行 jiangbu build。",
    "IndexDamaged": "索引文件已损坏。请运行 jiangbu build --force。",
    "BuildBusy": "另一个进程正在建立索引，请稍候再试。",
    "BuildFailed": "索引没有建成，原来的索引照常可用。",
    "ModelMissing": "没有找到向量模型。请运行 jiangbu setup。",
    "ModelDamaged": "向量模型的文件不对。请运行 make setup 重新安装。",
    "EmbeddingFailed": "向量服务没有给出可用的结果，请检查地址、密钥和服务状态。",
    "StoreUnavailable": "向量库暂时没有应答，请稍候再试。",
    "UnreadableFile": "这个文件不能读取。",
    "CorpusError": "政策文件不能读出或存入。",
    "DocumentConflict": "文件编号有冲突，或没有这份文件。",
}
PREPARING_MODEL = "第一次使用：正在准备向量模型 {model}，约需十几秒……"
MENDING = "索引不能直接使用，正在从政策文件重新建立。原因：{reason}"
CANNOT_MOVE = "新的索引不能使用，仍用内存中的索引答复。请运行 jiangbu build --force。原因：{reason}"
BAD_REGION = "地区“{region}……”太长。请写地区名称，如 威海市。"
SYSTEM_REFUSED = "系统不允许读写 {file}：{reason}。下一步：检查路径、权限和剩余空间，或用 JIANGBU_HOME 换一个文件夹。"
SERVING = "网页地址：{address} （几秒后可用，按 Ctrl+C 停止）"
NOTHING_TO_BUILD = "没有变化，不必重建：{documents} 份文件，{passages} 个条款片段。"
BUILT = (
    "索引已建立：{documents} 份文件，{clauses} 个条款，{passages} 个片段"
    "（新算 {embedded} 个，沿用 {reused} 个），用时 {seconds:.1f} 秒。"
)
NO_FACTS = "没有符合条件的奖补条目。地区请写全称，如 威海市；文件编号见 jiangbu documents。"
LINT_COUNTS = "共读出奖补条目 {facts} 条、规则 {rules} 条；拒读 {rejects} 处，疑点 {anomalies} 处。"
JSON_OR_CSV = "--json 和 --csv 只能选一个。"
NOTHING_ADDED = "这些文件的内容已经在知识库里，没有新增。"
READ_FILE = (
    "{name}（{form}）：{documents} 份文件，{clauses} 个条款，奖补条目 {facts} 条，拒读 {rejects} 处；"
    "隐藏内容 {hidden} 处，识别存疑 {unsure} 行。"
)
READ_HIDDEN = "  没有收入的隐藏内容（{how}）：{text}"
READ_NOTE = "  请注意：{note}"
HIDDEN_HOW = {
    "set_hidden": "设为隐藏",
    "unseen": "看不见的字",
    "deleted": "已删去",
    "beside": "批注、图片说明",
    "characters": "看不见的字符",
}
REMOVED = "已移出：{id} {title}"

ACCORDING_TO = "根据{where}："
MORE_FROM = "另见{where}："
NO_REGION_DOCUMENTS = "知识库中没有收录{regions}的标准化奖补政策，不能答复当地的规定。"
HAS_REGIONS = "已收录的地区有：{regions}。"
NOTHING_FOUND = "在{where}中，没有找到关于“{topic}”的规定。"
DOCUMENTS_OF = "{region}的文件"
PART_NOT_FOUND = "关于“{topic}”，没有找到对应的条文。"
ONLY_BELOW = "没有收录该地区本级的政策；以下是{regions}的规定。"
NO_SUCH_TITLE = "知识库中没有收录《{title}》，不能答复它的规定。jiangbu documents 列出已收录的文件。"
NO_AMOUNT = "在{where}中，没有找到“{topic}”的金额规定；文件没有写的，不能推定。"
UNNAMED_TOPIC = "所问事项"
LOOKED_NOWHERE = "知识库（共 {count} 份文件）中没有找到关于“{topic}”的规定。"
NEAREST = "相近的条文（不能作为答复依据）：{places}。"
ASK_BUREAU = "如需确认，请咨询当地标准化主管部门。"
WHICH_REGION = "各地规定不同，请问您所在的地区是哪里？已收录有相关规定的地区：{options}。"
UNKNOWN_REGION = (
    "没有认出地区“{region}”。请写省、市、县的名称，如 威海市；不限地区的，请不要填写地区。已收录的地区有：{options}。"
)
NEAR_WHICH_REGION = "{region}范围内收录了多个地区的规定，各不相同，请问您在哪个地区？可选：{options}。"
GREETING = "您好！请告诉我地区和事项，例如：“龙港市主导制定一项国家标准奖励多少？”"
ASK_WHAT = "请问您想了解{place}的哪一项规定？请写明事项，例如：“主导制定一项国家标准奖励多少？”"
ASK_WHERE_AND_WHAT = "请问您想了解哪个地区的哪一项规定？请写明地区和事项，例如：“龙港市主导制定一项国家标准奖励多少？”"
OTHERS_ASKED = "每个人的咨询互不相通，别人问过什么，这里看不到，也不提供。"
CONTRADICTION = "您说了“{one}”，又说了“{other}”，两者不能同时成立，奖补也不同。请按实际情况把问题重新说一遍。"
NO_SUCH_COUNT = "所写的数量不能用来计算。请问实际是几项？"
UNCLEAR_NUMBER = (
    "问题里的数量、名次或金额不是一个确定的数，或者有不止一种读法，不能用来计算。"
    "请用阿拉伯数字写明确切的数；金额请写人民币，并带上单位。"
)
PAID_TO_OTHERS = "哪家单位实际领取了多少，政策文件中没有记载，没有依据可以答复。请查看主管部门的公示，或向其咨询。"
THANKS = "不客气。还有问题请继续问。"
OUTSIDE = "这个问题不在标准化政策的范围内，知识库中没有依据可以答复。"

CITED_UNKNOWN = "《{title}》没有写明施行日期或有效期，是否现行有效请向发文机关核实。"
NOT_PRINTED = "原文没有印出"
ISSUED = "《{title}》的文号：{number}；发布日期：{day}。"
PUBLISHED_ON = "文件发布于{day}。"
SUCCEEDED_BY = "它已由《{title}》取代。"
TO_BE_SUCCEEDED_BY = "它将由《{title}》取代{since}。"
SUPERSEDED = "截至{day}，《{title}》已由新版本《{successor}》（编号 {id}，自{since}起）取代，仅供参考。"
TO_BE_SUPERSEDED = "自{since}起由新版本《{successor}》（编号 {id}）取代。"
UPLOADED = "来源：用户上传，经审核收入（《{title}》，原文件 {source}）。"
REPEALED = "截至{day}，《{title}》已废止，由《{successor}》取代。"
ANOMALY_AT = "{place}疑似有误：{detail}。金额照录原文，未作更正，请向发文机关核实。"
TORN_AT = (
    "《{title}》{place}的“{fragment}”是残缺不完整的句子，看不出奖给谁、为什么事，疑似排印错误或前文的重复；"
    "照录原文，不能据此认定另有一项奖补，请向发文机关核实。"
)
TORN_LABEL = "原文所印（残句）"

AWARD_LINE = "{about}：{sum}{extra}{doubt}{marker}"
IN_REGION = "{region}："
AT_MOST_SUM = "不超过{sum}"
CEILING_NOTE = "（上限，不是定额）"  # said once in an answer
CEILING = AT_MOST_SUM + CEILING_NOTE
FROM_TO = "{low}至{high}"
SHARE_OF = "{base}的{rate}"
AT_MOST = "，最高{sum}"
COMPUTED = "（{sum}×{rate}）"
PER = "每{unit}"
ONCE = "一次性"
YEARLY = "每年"
DOUBTFUL = "（原文如此，疑似有误）"
RATE_STEP = "按“{about}”的{rate}计算"
LIMIT_LINE = "多项合计的限额{of}：不超过{sum}。{marker}"
NOT_RECKONED = (
    "以上是单项的规定。多项合计、并列分摊、按费用或按已领金额折算的结果没有计算，请按条文核算，或咨询主管部门。"
)
BUDGETS_ADDED = "各级另行奖补，合计：{terms}＝{sum}{marker}"
BUDGETS_STEP = "各级合计：{terms}"
TOGETHER = "各级合计"
RANK_SHARE = "按所述名次折算：{base}×{rate}＝{sum}。{marker}"
RANK_STEP = "按名次的{rate}折算"
LOWER_OF = "取低"
HIGHER_OF = "取高"
AND = "与"
TOTAL_LABEL = "合计"
CLAIM_TOTAL = "合计{sum}。"
CLAIM_ONE = "可得{sum}。"
CLAIM_OF_EACH = "每家可得{sum}。"
CLAIM_NONE = "按条文，这一项不再给予奖补。"
CLAIM_EACH = "{about}：{sum}"
CLAIM_LEFT = "还可以得到{sum}。"
CLAIM_NONE_LEFT = "没有余额，不能再得。"
CLAIM_GAP = "相差{sum}。"
CLAIM_STAFF = "用于人员奖励的最多{sum}。"
CLAIM_BUDGET = "由{who}级财政负担的部分：{sum}。"
NOT_AS_SAID = "不是{said}。"
AS_SAID = "是的。"
PROVISO = "条文另有加成或不予奖补的规定，上面的金额没有把它算进去，请对照自己的情形。{marker}"
CLAIM_HOW = "计算："
CLAIM_NOTHING = "“{about}”：条文没有给排名第{rank}位的奖补，不计入。{marker}"
CLAIM_NOT_FOR_REVISING = "“{about}”：条文写明不含修订，修订的不计入。{marker}"
OF_BUDGET = "{budget}财政："
CLAIM_UNDER_COST = "另须不超过实际发生的费用{marker}；费用较少的，按实际费用。"
CLAIM_WITHIN = "没有超过限额（{limit}）。{marker}"
CLAIM_PART_WITHIN = "受限额（{limit}）约束的部分没有超过。{marker}"
PAID_ELSEWHERE = "条文规定，已获得其他奖补的不再重复给予；所说的情形请对照条文，不能推定还有金额可得。{marker}"
TOO_EARLY = "条文只对{day}以后取得的成果给予奖补，所说的成果在此之前，不予奖补。{marker}"
EXCLUDED = "条文写明，{case}的情形不给予奖补。{marker}"
CLAIM_UNKNOWN_PART = "“{about}”没有找到对应的奖补规定，因此没有合计。"
NEEDS = {
    "base": "需要先知道{about}是多少，才能计算。请问金额是多少？",
    "interest": "需要先知道当时的{about}是多少，才能计算。",
    "co_leads": "条文按并列主导的家数平分。请问一共是几家？",
    "part": "条文由各起草单位协商分配。请问约定的份额是多少？",
    "rank": "金额与起草单位的排名有关。请问排第几位？",
}
LACKS = {
    "no_share": "条文没有给这个排名的份额。",
    "no_budget_rule": "文件没有写各级财政怎样分担，不能推定由哪一级出多少。",
    "no_split_rule": "文件没有写几家并列时怎样分，不能推定每家的金额。",
    "not_twice": "条文规定已获奖补的不再重复奖补，也没有写补差；所说的情形是否属于重复，请对照条文，不能推定差额。",
    "no_top_up": "文件没有写已领取较低奖补后怎样计算，不能推定差额。",
}
BASE_UNNAMED = "费用金额"
LACK_NAMES = {"rank": "rank", "part": "share", "base": "base", "interest": "interest_rate", "co_leads": "co_leads"}
WHICH_FOR = "“{about}”有几种金额，请说明是哪一种{kind}：{options}。"
STEP_NAMES = {
    "award": "条文规定的金额",
    "rate": "按{about}的比例",
    "ceiling": "不超过上限",
    "share": "按名次或份额",
    "split": "并列主导平分",
    "part": "按约定的份额",
    "instalment": "分期拨付的这一期",
    "budgets": "各级财政合计",
    "years": "按年数",
    "in_full": "先低后高，分别给予",
    "top_up": "减去已领取的部分",
    "count": "按数量",
    "highest": "就高，不重复",
    "sum": "各项合计",
    "limit": "不超过限额",
    "left": "限额的余额",
    "staff": "可用于人员奖励的比例",
    "budget_share": "财政分担的比例",
    "gap": "相差",
}
CLAIM_FIELDS = {
    "region": "region（地区）",
    "as_of": "as_of（日期）",
    "achievements": "achievements（事项清单）",
    "what": "what（做了什么）",
    "fact": "fact（台账条目）",
    "count": "count（几项）",
    "rank": "rank（排名）",
    "co_leads": "co_leads（并列家数）",
    "share": "share（份额）",
    "base": "base（计算基数）",
    "interest": "interest（利率）",
    "cost": "cost（实际费用）",
    "received": "received（已领）",
    "stage": "stage（哪一期）",
    "budget": "budget（哪级财政）",
    "project": "project（项目）",
}
BAD_SUM = "“{value}”不是金额。请写元数，如 50000，或写 5万元。"
BAD_SHARE = "“{value}”不是份额。请写 60% 或 0.6。"
BAD_NUMBER = "“{value}”不是数目。请写整数。"
FINER_THAN_FEN = "“{value}”比分还细。请精确到分。"
NO_WORDS = "太短，请写明做了什么，如：主导制定国家标准。"
A_GROUP = "一组值"
CLAIM_NO_MAPPING = "应当是一组“名称: 值”，如 region: 威海市。jiangbu estimate --example 给出样例。"
CLAIM_SAID_IN_WHAT = (
    "“{what}”里写了数量、并列家数或金额。what 只写做了什么，其余分别写在 count、co_leads、base、cost、received。"
)
AT_ACHIEVEMENT = "第 {number} 项："
AT_LINE = "（第 {line} 行附近）"
CLAIM_TOO_LARGE = "测算清单太大，请控制在 {limit} KB 以内。"
CLAIM_NO_YAML = "测算清单不是有效的 YAML 或 JSON{where}。jiangbu estimate --example 给出样例。"
CLAIM_FAULTS = {
    "missing": "缺少 {field}。jiangbu estimate --example 给出样例。",
    "extra_forbidden": "不认识的项 {field}，请检查拼写。jiangbu estimate --example 给出样例。",
    "int_parsing": "{field} 要写整数，现在是“{value}”。",
    "date_from_datetime_parsing": "{field} 要写日期，如 2026-11-22，现在是“{value}”。",
    "date_parsing": "{field} 要写日期，如 2026-11-22，现在是“{value}”。",
    "model_type": "{field} 应当是一组“名称: 值”，现在是“{value}”。",
    "tuple_type": "{field} 应当是一张清单，每项以 - 开头，现在是“{value}”。",
    "int_type": "{field} 要写整数，现在是“{value}”。",
    "int_from_float": "{field} 要写整数，现在是“{value}”。",
    "greater_than_equal": "{field} 不能小于 {low}，现在是“{value}”。",
    "greater_than": "{field} 要大于 {low}，现在是“{value}”。",
    "less_than_equal": "{field} 不能大于 {high}，现在是“{value}”。",
    "finite_number": "{field} 要写有限的数，现在是“{value}”。",
    "too_short": "{field} 至少要有 {low} 项。",
    "too_long": "{field} 最多 {high} 项。",
    "string_too_short": "{field} 太短，现在是“{value}”。",
    "string_too_long": "{field} 太长，最多 {high} 字。",
    "string_type": "{field} 要写文字，现在是“{value}”。",
    "literal_error": "{field} 只能写 {allowed}，现在是“{value}”。",
    "other": "{field} 不能读：“{value}”。jiangbu estimate --example 给出样例。",
}
ESTIMATE_TOOL = "按一份事项清单测算奖补合计：地区、每件事做了几项、排名、并列家数、费用等；给出每步依据的条文。"
CLAIM_NO_FILE = "请给一个清单文件，或 - 从标准输入读。jiangbu estimate --example 给出样例。"
CLAIM_ONE_THING = "“{what}”说了不止一件事，请每项只写一件。"
CLAIM_NO_REGION = "没有认出地区“{region}”。请写省、市、县的名称，如 威海市。已收录的地区有：{options}。"
CLAIM_NO_AWARD = "没有找到“{what}”的奖补规定。"
WARM_UP = "{place}主导制定2项国家标准、参与修订1项行业标准，一共奖励多少？什么时候申报？"
CLAIM_NO_FACT = "“{what}”的 fact（台账条目）不在这个地区的现行台账里。请重新选择，或去掉 fact 只写文字。"
CLAIM_BEYOND = "条文没有给“{what}”排名第{rank}位的奖补。"
CLAIM_UNDETERMINED = "不能得出合计："
CLAIM_LINE = "{number}. {what}：{sum}"
GAP = "{high}－{low}＝{gap}。"
GAP_LABEL = "相差"
HIGHEST = "其中最高的是{regions}（{sum}）。"
EQUAL_SUMS = "{regions}一样高，都是{sum}。"
CEILINGS_COMPARED = "有的地方写的是上限，实际金额可能低于上限，比较时请留意。"
BEYOND_RANKS = "“{about}”只规定了排名第{ranks}位的金额，条文没有给排名第{rank}位的奖补。"
BELOW_THRESHOLD = "“{about}”：条文要求{threshold}，按所说的情形，目前不符合。"
NOT_FOR_REVISING = "“{about}”写明不含修订，条文没有给修订的奖补。"
WHICH_ONE = "符合的规定较多，请说明是哪一种{kind}：{options}。"
KIND_NAMES = {
    "standard": "标准",
    "item": "事项",
    "organ": "技术组织",
    "role": "身份（主导还是参与）",
    "level": "级别",
    "grade": "等级",
    "seat": "职务或工作",
    "rank": "排名",
    "document": "文件",
    "act": "情形（制定还是修订）",
}


def say_missing(lack: str, about: str) -> str:
    """Why a sum cannot be told, and what has to be known."""
    if lack in LACKS:
        return LACKS[lack]
    return NEEDS["interest" if lack == "interest" else lack].format(about=about or BASE_UNNAMED)


def say_date(day: date) -> str:
    """A date as documents print it.

    >>> say_date(date(2024, 12, 31))
    '2024年12月31日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
