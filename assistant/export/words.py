"""Every sentence that an exported file adds to the answers (Chinese)."""

TITLE = "标准化奖补政策问答记录"
MADE = "导出日期"
QUESTION = "问题{number}"
ANSWER = "答复"
REGION = "地区"
AS_OF = "判断日期"
AMOUNTS = "金额"
WARNINGS = "提示"
STEPS = "计算步骤"
SOURCES = "条款依据"
STATUS = {"answered": "", "needs_clarification": "还需要确认", "not_found": "未找到依据", "error": "未能回答"}
REVIEWED = "标准答复（{reviewer}审核，{day}）："
OPTIONS = "可选：{options}"
AMOUNT_HEADS = ("对象", "金额（元）", "性质")
AMOUNT_KINDS = {"exact": "定额", "cap": "上限，不是定额"}
STEP_HEADS = ("步骤", "算式", "得数（元）", "依据")
SOURCE_HEAD = "[{marker}] {title}"
SOURCE_PLACE = "条款：{region} · {locator}"
SOURCE_NUMBER = "文号：{number}"
SOURCE_DATE = "发布日期：{day}"
SOURCE_STANDING = "效力（{day}）：{standing}"
GENERATED = '{"AIGC": {"Label": "1", "ContentProducer": "jiangbu"}}'
