"""What the commands for uploads and versions say (Chinese)."""

NO_UPLOADS = "没有等候审核的文件。"
UPLOAD_STATES = {"pending": "待审", "accepted": "已收入", "rejected": "已退回", "expired": "已作废"}
UPLOAD_EMPTIED = "已经审核过，内容不再保留。"
UPLOAD_REJECTED = "已退回：{number}。内容已经删除。"
TAKEN_IN = "已收入：{number}，文件编号 {ids}。"
REJECT_WHY = "请用 --why 写明理由。"
OLDER_OR_NONE = "--supersedes 与 --no-supersedes 只能用一个。"
OLDER_OF_ONE = "--supersedes 只用于一份文件：这批不止一份。请拆开，或在网页上逐份选择。"
MAYBE_NEWER = (
    "{id} 看来是《{title}》（{older}）的新版本。如是，请先 jiangbu remove {id}，再加 --supersedes {older} 重新收入。"
)
READ_HIDDEN = "⚠ {file} 有看不见的文字（{how}），不收入：“{text}”"
READ_UNSURE = "⚠ 第{page}页没有看清：“{text}”"
READ_CONFLICT = "{here}与《{title}》{locator}不同：{theirs} ≠ {ours}"
READ_OLDER = "看来是《{title}》（{document}）的新版本。"
