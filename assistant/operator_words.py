"""What the commands for the person who runs the service say (Chinese): the audit log, the switch, backups."""

LOG_WHOLE = "审计日志完好：共 {rows} 条，编号 {first} 到 {last}，其中 {forgotten} 条的问题已按要求删去。"
LOG_EMPTY = "审计日志还没有记录。"
LOG_HEAD = "末条：{seq}:{hash}（抄存在别处，日后可用 --noted 核对）"
LOG_FAULT = "审计日志第 {seq} 条有问题：{fault}（此前 {rows} 条完好）"
LOG_KEEP = "下一步：停用服务（jiangbu off），把主文件夹整个复制一份留作证据，再查明原因；也可从备份恢复。"
CHAIN_FAULTS = {
    "unreadable": "内容已损坏，不能读取。",
    "unconnected": "与前一条接不上：前面有记录被删去、插入或调换，或前一条被改动。",
    "changed": "内容与当时写下的不同。",
    "replaced": "与另存的末条不是同一条：这一条之前的日志被整段重写过。",
    "blanked": "问题被抹去，却没有 jiangbu audit forget 的记录。",
    "beheaded": "此前的记录被删去，却没有到期清理的记录。",
    "no_head": "另存的末条（audit.head）不见了或已损坏，不能断定末尾没有被截去。",
    "cut": "另存的末条是这一条，日志里却没有：末尾被截去。",
    "noted": "与抄存的不同，或日志里没有这一条。",
}
BAD_NOTED = "--noted 要写成 编号:哈希，如抄存的那样。"
NO_LOG = "审计日志还没有记录。"
FORGET_WHOSE = "请用 --client、--address、--account 之一指明是谁的。"
FORGOT = "已删去：日志中的问题 {questions} 个，反馈 {tickets} 条，保存的对话 {talks} 份。这次删除已记入日志。"
FORGOT_LATER = "数据库正被使用，旧的内容还留在它的临时日志里；服务停止时随之消失，也可稍后再执行一次这条命令。"
SEALED = "已从第 {seq} 条起继续，原因已记入日志。"
SEAL_SAW = "；当时核对的结果：{seen}"
NOT_LOGGED = "没有能写进审计日志：{reason}"

TURNED_OFF = "已停用：{doors}。正在运行的服务随即生效，重启后仍然有效；jiangbu on 恢复。"
TURNED_ON = "已恢复：{doors}。"
WAS_ON = "没有停用，不必恢复。"
NO_WHY = "请用 --why 写明停用的原因，访问者会看到。"
DOORS = {"page": "网页", "api": "接口"}
SWITCH_UNREADABLE = "开关文件 {file} 不能读取"
SWITCH_FAILED = "不能写开关文件 {file}：{reason}。下一步：检查权限和剩余空间，或直接停止服务。"

BACKED_UP = "已备份到 {file}：{members} 个成员，{bytes} 字节。里面有账号和日志，请妥善保存；密钥不在其中。"
BACKUP_OF_BROKEN_LOG = "注意：审计日志核对不通过（{fault}），已照原样备份。"
BACKUP_EXISTS = "{file} 已经存在。下一步：换一个文件名。"
BACKUP_NO_FOLDER = "没有 {folder} 这个文件夹。下一步：先建立它，或换一个位置。"
BACKUP_OTHER_DATABASE = (
    "设置中的数据库不是 SQLite，不能由这条命令备份。下一步：用它自己的工具备份（如 PostgreSQL 的 pg_dump），"
    "再复制主文件夹中的 corpus/ 和 audit.head。"
)
BACKUP_NO_ROOM = "备份到 {folder} 约需 {needed} MB，只剩 {free} MB。下一步：清出空间，或换一个位置。"
BACKUP_CHANGING = "收入、移出正在进行，文库一直在变。下一步：等它完成后再备份。"
BACKUP_FAILED = "备份没有完成：{file}：{reason}。下一步：检查权限和剩余空间。"

RESTORED = "已恢复到 {home}：{members} 个成员核对无误，审计日志 {rows} 条完好，索引已重建。所有人须重新登录。"
KEPT_ASIDE = "原来的文件夹改名为 {folder}。"
RESTORE_NOT_EMPTY = "{home} 里已有内容。下一步：换一个空文件夹；或停止服务后加 --force，原来的会改名留在旁边。"
RESTORE_NO_BACKUP = "{file} 不是完好的备份：{reason}。什么都没有改动。下一步：换一份备份。"
RESTORE_BROKEN_LOG = (
    "备份里的审计日志核对不通过：第 {seq} 条，{fault}什么都没有改动。下一步：换一份备份，或查明后加 --broken-log。"
)
RESTORE_NO_ROOM = "恢复到 {folder} 约需 {needed} MB，只剩 {free} MB。下一步：清出空间，或换一个位置。"
RESTORE_FAILED = "恢复没有完成，什么都没有改动：{reason}"
NOT_A_BACKUP = {
    "unreadable": "不能读取，或不是 ZIP 文件",
    "no_manifest": "没有可读的清单",
    "format": "由更新版本的程序写成",
    "names": "有不该有的成员",
    "sizes": "成员的数量或大小不对",
    "content": "成员的内容与清单不符",
    "database": "其中的数据库已损坏",
    "documents": "其中的政策文件不能读取",
}
