"""What is said of a raw file that is refused, and the notes for its reviewer; in Chinese, by code."""

from corpus.errors import UnreadableFile

REFUSALS = {
    "empty": "文件是空的。下一步：确认它已经保存。",
    "no_text": "文件里没有文字。下一步：确认它已经保存；如果是扫描件，请上传清晰的图片或 PDF。",
    "too_large": "文件超过 {limit} MB。下一步：按政策拆成几个文件。",
    "too_long": "文字超过 {limit} 个字符。下一步：按政策拆成几个文件。",
    "unknown_ending": "不能读取以 {ending} 结尾的文件，能读取的有 {endings}。下一步：另存为其中一种。",
    "mismatch": "文件名以 {ending} 结尾，内容却是{found}。下一步：核对文件来源，改正文件名或重新保存。",
    "old_office": "这是旧版 Office 文件（.doc、.xls）或加密的 Office 文件。下一步：去掉密码，另存为 .docx 或 .xlsx。",
    "polyglot": "文件同时是 PDF 和压缩包。下一步：核对来源，从原始文件重新导出。",
    "malware_test": "文件含有杀毒软件的测试标记。下一步：核对文件来源。",
    "not_text": "不是纯文本。下一步：请另存为 UTF-8 文本（.txt 或 .md）。",
    "unknown_encoding": "不能确定文字编码。下一步：请另存为 UTF-8。",
    "cut_text": "文字在末尾或中间残缺，疑似没有传完。下一步：重新取得完整的文件，或请另存为 UTF-8。",
    "private_characters": "含有不能显示的自造字或乱码。下一步：请另存为 UTF-8，并核对乱码处。",
    "reversed_text": "含有改变文字方向的控制符，看到的和存储的可能不同。下一步：删去控制符后重新保存。",
    "damaged": "文件已损坏，不能打开。下一步：用 Office 打开后另存一份。",
    "not_a_document": "压缩包里没有 {kind} 文档的正文。下一步：用 Office 打开后另存一份。",
    "encrypted": "文件已加密。下一步：去掉密码后重新保存。",
    "too_many_parts": "文件由超过 {limit} 个部分组成。下一步：用 Office 打开后另存一份。",
    "bomb": "文件解压后大得异常（上限 {limit} MB）。下一步：核对来源；图片多的请压缩图片或只留文字。",
    "odd_parts": "文件内部的路径或编码不合规范。下一步：用 Office 打开后另存一份。",
    "nested_archive": "文件里又有压缩包。下一步：取出其中的文件，分别加入。",
    "doctype": "文件内部含有 DOCTYPE 声明，可能引用外部内容。下一步：用 Office 打开后另存一份。",
    "macros": "文件里有宏。下一步：另存为不含宏的 .docx 或 .xlsx。",
    "embedded": "文件里嵌入了其他文件或对象。下一步：删去嵌入的对象，或取出后分别加入。",
    "external": "文件引用了外部内容（{target}）。下一步：断开链接，或复制文字到新文档后保存。",
    "too_deep": "文件的层次嵌套过深。下一步：用 Office 或浏览器打开，复制文字到新文档后保存。",
    "too_many_cells": "表格超过 {limit} 格。下一步：按政策拆成几个文件。",
    "no_value": "单元格 {cell} 的公式没有算出的值。下一步：用 Excel 打开、保存后重新上传。",
    "number_format": "单元格 {cell} 的数字格式“{format}”显示的数与存储的数不同，不能确定。下一步：改为常规格式后保存。",
    "secret": "文中有密级或内部资料标志（{mark}）。下一步：涉密和内部文件不得收入本系统，请交由保密管理人员处理。",
    "not_regular": "不是普通文件（可能是链接、管道、设备或文件夹）。下一步：给出文件本身。",
    "cannot_open": "打不开：{reason}。下一步：检查路径和权限。",
    "front_matter": "文件开头的说明（front matter）写错了：{reason}。下一步：改正或删去。",
    "reader_missing": "本机没有安装读取这种文件的组件。下一步：运行 make setup，或另存为 .docx。",
    "too_slow": "读取超过 {seconds} 秒，已停止。下一步：拆成几个文件，或另存为 UTF-8 文本。",
    "too_heavy": "读取时占用的内存或时间超过上限，已停止。下一步：拆成几个文件，或另存为 UTF-8 文本。",
    "reader_failed": "读取程序没有给出结果。下一步：用 Office 打开后另存一份，或另存为 UTF-8 文本。",
}
NAMED = "不能收入 {name}：{words}"

OLD_OR_ENCRYPTED_OFFICE = "旧版或加密的 Office 文件"
FORM_NAMES = {
    "text": "文本",
    "zip": "压缩包或 Office 文档",
    "ole": OLD_OR_ENCRYPTED_OFFICE,
    "pdf": "PDF",
    "scan": "图片",
    "html": "网页",
    "docx": "Word",
    "xlsx": "Excel",
}

NO_CHINESE = "文中没有汉字，请核对是不是政策文件。"
PICTURES = "文中有 {count} 幅图片，其中的文字没有读取。"
UNKNOWN_SIGNS = "有 {count} 个符号字体的字符没有读出，以 □ 代替。"
UNKNOWN_NUMBERING = "自动编号的格式“{format}”没有读出，以阿拉伯数字代替。"
NESTED_TABLES = "有表格嵌在另一个表格里，排在其后，请核对。"
FURNITURE = "网页的导航、边栏和页脚没有收入。"
FOOTNOTE = "脚注{number}："
ENDNOTE = "尾注{number}："
PERSONAL_DATA = "文中有 {phones} 个手机号、{identities} 个身份证号，请审核是否应当公开。"
MORE_HIDDEN = "隐藏内容超过 {limit} 处，只列出前 {limit} 处。"


def refuse(code: str, **values: object) -> UnreadableFile:
    """The refusal of that code, with its values put into the words."""
    return UnreadableFile(REFUSALS[code].format(**values), code=code)
