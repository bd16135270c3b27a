"""Every sentence the page and the HTTP doors show to people, in one place (Chinese)."""

TITLE = "奖补通"
TAGLINE = "查标准化奖励、补助政策：每个答复都附条款原文，逐字可核对。"
PAGE_TITLE = f"{TITLE} · 标准化奖补政策问答"
DISCLAIMER = "测算参考，以主管部门审核为准。"
MODEL_AT_WORK = "（正在请语言模型看一看，稍候会更新……）"
TAB_NAMES = {"ask": "问答", "lookup": "速查", "estimate": "测算", "library": "文库"}
TAB_NAMES |= {"desk": "反馈与待答", "evaluations": "评测"}
EXAMPLES = (
    "主导制定一项国家标准，奖励多少？",
    "申报标准化奖励要交哪些材料，什么时候交？",
    "省里和市里都有奖励，可以都拿吗？",
)

FOLLOW_AMOUNT = "{place}{subject}，奖补多少？"
FOLLOW_VALIDITY = "《{title}》现在还有效吗？"

WARNING_LABELS = {
    "expired": "已失效",
    "draft": "征求意见稿",
    "not_in_force_yet": "尚未施行",
    "source_anomaly": "疑似原文有误",
    "validity_unknown": "有效期不明",
    "uploaded": "用户上传",
}
OTHER_WARNING = "请注意"
STARTED = "已施行，未写期限"
IN_FORCE = "有效"

DOCUMENT_FACTS = (
    ("issuer", "发文机关"),
    ("document_number", "文号"),
    ("region", "适用地区"),
    ("published", "发布日期"),
    ("in_force_from", "施行日期"),
    ("in_force_until", "有效期至"),
)
BACK_TO_ASK = "返回问答"
QUOTE_HERE = "跳到引用处"

TOO_LONG = "问题请控制在 500 字以内。您写的内容还在输入框里，删减后可以再次提问。"
FAILED = "系统出错，这个问题没有得到回答。请稍后再试，或换一种问法。"

# code → (what is wrong, what to do about it)
REFUSALS = {
    "bad_host": ("不接受以这个主机名访问。", "请使用服务启动时给出的地址。"),
    "cross_origin": ("不接受来自其他网站的提交。", "请直接在本站页面提问，或在服务端程序中调用接口。"),
    "closed": ("这个入口没有开放。", "可用的接口见 /docs。"),
    "too_large": ("提交的内容太大。", "一次提交请控制在 64 KB 以内。"),
    "too_slow": ("提交内容用时过长，已停止接收。", "请检查网络后重试。"),
    "not_json": ("提交的内容不是合法的 JSON。", "请用 UTF-8 编码的 JSON，键名不要重复。"),
    "not_json_type": ("请求缺少 JSON 的内容类型。", "请加上请求头 Content-Type: application/json。"),
    "not_finite": ("数字超出范围：不接受 NaN、Infinity 或过大的数。", "请改用普通数字。"),
    "too_deep": ("提交的内容嵌套过深。", "请按 /docs 中的格式提交。"),
    "bad_character": ("内容中有不完整的字符（孤立的代理项）。", "请重新输入或以 UTF-8 重新保存后再提交。"),
    "bad_field": ("有字段不合要求。", "请按 /docs 中的格式提交。"),
    "question_too_long": ("问题请控制在 500 字以内。", "请删减后再次提问。"),
    "history_too_long": ("历史问题过多。", "请只带最近 20 个问题。"),
    "login_needed": ("需要先登录。", "请登录，或在请求头中带上 Authorization: Bearer 令牌。"),
    "wrong_login": ("账号名或密码不对。", "请核对后重试；连续 5 次不对，15 分钟内不再接受。"),
    "wrong_token": ("令牌无效或已停用。", "请向管理员索取新的令牌。"),
    "not_allowed": ("这个账号没有此项权限。", "请用有权限的账号登录。"),
    "too_many_logins": ("登录失败次数过多。", "请在 15 分钟后重试。"),
    "too_many_requests": ("请求过于频繁。", "请按响应头 Retry-After 的秒数稍候再试。"),
    "no_ticket": ("没有这个反馈编号。", "编号见 GET /api/feedback。"),
    "already_settled": ("这条反馈已经处理过。", "请刷新列表。"),
    "bad_gold": ("评测用例的标准答案不成立。", "引文须在所指的随程序文件中，每段不超过 19 字。"),
    "queue_full": ("待处理的反馈过多，暂时不能再收。", "请稍后再试，或直接联系主管部门。"),
    "no_reviewed": ("没有这条有效的人工复核答复。", "编号见 GET /api/reviewed。"),
    "no_talk": ("没有这份对话。", "列表见 GET /api/talks。"),
    "no_report": ("没有这份评测报告。", "运行编号见 GET /api/evaluations；报告由 jiangbu eval report 写出。"),
    "too_much_kept": ("保存的对话过多或过长。", "每个账号最多 200 份，每份不超过 64 KB；请先删除一些。"),
    "no_document": ("没有这份文件。", "文件编号可从回答的 citations[].document 中取得。"),
    "not_found": ("没有这个地址。", "可用的接口见 /docs。"),
    "wrong_method": ("这个地址不接受这种请求方法。", "用法见 /docs。"),
    "busy": ("当前咨询人数较多，请稍后再试。", "过几秒再提交即可。"),
    "unreadable": ("页面提交的内容无法处理。", "请刷新页面后重试，或改用 POST /api/ask。"),
    "failed": ("系统出错，请求没有完成。", "请稍后再试；如反复出现，请联系维护人员。"),
    "bad_claim": ("清单不能测算：", "请按提示改正，格式见 /docs。"),
    "no_model": ("没有这个模型。", "模型名称写 jiangbu。"),
    "no_question": ("messages 中没有用户的问题。", "请在最后放一条 role 为 user、content 不为空的消息。"),
    "text_only": ("只接受文字。", "请把 content 写成文字，或只含 type 为 text 的部分。"),
    "one_choice": ("一次只给一个回答。", "请去掉 n，或写 1。"),
    "refused": ("请求未被接受。", "用法见 /docs。"),
    "bad_file": ("有文件不能收入。", "请用 txt、md、html、docx、xlsx、pdf 或扫描图片，每个不超过 2 MB。"),
    "no_region": ("没有认出填写的地区。", "请写省、市、县的全称，如 浙江省温州市龙港市，或写 全国。"),
    "no_upload": ("没有这个待审编号。", "编号见 GET /api/uploads。"),
    "upload_settled": ("这批文件已经审核过，或等候过久已经作废。", "请刷新列表。"),
    "uploads_full": ("等候审核的文件已满。", "请审核一些后再提交。"),
    "no_older": ("所填的旧版本不在文库中，或不是这批文件的编号。", "文件编号见 GET /api/documents 和待审文件的预览。"),
    "jobs_full": ("等候处理的收入、移出已满。", "请等前面的完成后再提交。"),
    "switched_off": ("服务暂停。", "请稍后再来；急事请直接联系当地主管部门。"),
    "log_fails": ("审计日志写不进去，按设置暂停答复。", "请稍后再试；如反复出现，请联系维护人员。"),
    "no_job": ("没有这项处理，或已过去太久。", "请在文库中查看结果。"),
}
PORT_UNAVAILABLE = "无法在 {host}:{port} 上启动服务：{reason}。请换一个端口（--port），或先停止占用它的程序。"

API_TITLE = f"{TITLE} 接口"
API_INTRO = "全部接口收发 UTF-8 编码的 JSON。出错时返回 {error: {code, message, hint}}。机器可读的定义："
API_REQUEST = "请求示例"
API_REPLY = "返回"
ANSWER_BY_API = "回答（不论 status 为何）"
ASK_SUMMARY = "问一个问题，得到一个带条款引用的回答"
DOCUMENT_SUMMARY = "取一份文件：题名、日期等信息，全文，条款位置"
HEALTH_SUMMARY = "服务是否在运行"

INTAKE_SUMMARY = "送审政策文件：读出条款与金额，等候审核"
INTAKE_ABOUT = (
    "立即返回 202 和一个处理编号，用 GET /api/jobs/{编号} 查看进展，其中 upload 是待审编号。"
    "汇编自动拆成各份文件。审核人收入之前，任何回答和查询都不用它。须登录。"
)
UPLOADS_SUMMARY = "上传的文件（工作人员），新的在前"
UPLOADS_ABOUT = "state 不写是全部。待审的至多 50 批，30 天无人审核即作废。须登录。"
UPLOADS_REPLY = "上传文件的一页"
UPLOAD_SUMMARY = "一批上传文件的预览：读出的内容、隐藏文字、与文库的异同（工作人员）"
UPLOAD_ABOUT = "审核后只留经过，preview 为 null。须登录。"
UPLOAD_REPLY = "一批上传文件"
UPLOAD_ID_ABOUT = "待审编号"
UPLOAD_STATE_ABOUT = "pending 待审，accepted 已收入，rejected 已退回，expired 已作废；不写是全部"
ACCEPT_SUMMARY = "收入一批上传文件（审核人）：存入文库，更新索引"
ACCEPT_ABOUT = "返回 202 和处理编号。supersedes 不写按预览中的建议，写 [] 表示都不是新版本。须审核人或管理员。"
REJECT_SUMMARY = "退回一批上传文件（审核人），须写理由"
REJECT_ABOUT = "文件内容随即删除，只留经过。须审核人或管理员。"
SUPERSEDES_ABOUT = "哪份文件是文库中哪份的新版本，都写编号"
REVIEWED_DEED = "{number}（{sender} 送审）{titles}：{note}"
REVIEW_NOTE = "说明，至多 500 字"
REVIEW_WHY = "理由，至多 500 字"
REMOVE_SUMMARY = "移出一份文件，更新索引；须管理员"
JOB_SUMMARY = "收入、移出的进展"
REMOVE_ABOUT = "立即返回 202 和一个处理编号。自行收入的删去，随程序提供的不再使用；5 秒内任何回答都不再引用。"
JOB_ABOUT = "服务重启后，此前的处理不再列出。须登录。"
JOB_REPLY = "一项处理：done、total 是已编入与全部的段数"
JOB_ID_ABOUT = "处理编号"
NO_SUCH_ENDING = "第 {number} 个不是文本、网页、Word、Excel、PDF 或图片文件。"
NO_BASE64 = "第 {number} 个的内容不是 base64。"
BAD_FILE_SIZE = "第 {number} 个是空的或超过 2 MB。"
JOB_FAILED = "处理时程序出错，已记入日志。"
JOB_NO_WRITE = "系统不允许读写需要的文件，请检查权限和剩余空间。"
JOB_UNDONE = "文库没有改动。"
REMOVED_NOT_BUILT = "文件已经移出，不再引用；索引没有重建成，请排除原因后运行 jiangbu build。"
SENT = "已送审，编号 {number}；经审核人收入后才用来回答。"
TAKEN_IN = "已收入编号 {number} 的 {count} 份文件。"
JOB_HINTS = {
    "BuildBusy": "等它完成后再提交一次即可。",
}
