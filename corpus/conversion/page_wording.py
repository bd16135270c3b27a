"""What is said of a pdf or a scan that is refused, and the notes for its reviewer; in Chinese, by code."""

from corpus.errors import UnreadableFile

REFUSALS = {
    "not_pdf": "文件内容不是 PDF。下一步：核对来源，重新下载原文件。",
    "encrypted": "PDF 已加密或设了权限密码。下一步：去掉密码后另存一份。",
    "truncated": "PDF 不完整，疑似没有传完。下一步：重新取得完整的文件。",
    "damaged": "PDF 已损坏，不能打开。下一步：从原始文件重新导出。",
    "page_loop": "PDF 的页面目录互相引用，不能确定页序。下一步：从原始文件重新导出。",
    "too_many_pages": "超过 {limit} 页。下一步：按政策拆成几个文件。",
    "too_many_scans": "有 {count} 页要做文字识别，超过 {limit} 页。下一步：拆成几个文件，或取得有文字的版本。",
    "too_many_objects": "PDF 由超过 {limit} 个部分组成。下一步：用“打印到 PDF”另存一份。",
    "bomb": "PDF 解压后大得异常（上限 {limit} MB）。下一步：核对来源；从原始文件重新导出。",
    "nested_filters": "PDF 的内容被层层压缩。下一步：核对来源；从原始文件重新导出。",
    "scripts": "PDF 里有脚本（JavaScript）。下一步：用“打印到 PDF”另存一份。",
    "embedded": "PDF 里嵌入了其他文件。下一步：取出后分别加入，或用“打印到 PDF”另存一份。",
    "actions": "PDF 会启动程序、提交数据或打开其他文件（{action}）。下一步：用“打印到 PDF”另存一份。",
    "dynamic_form": "PDF 是动态表单（XFA），显示的内容由程序生成。下一步：用“打印到 PDF”另存一份。",
    "scanned": "有 {count} 页是扫描图像，要做文字识别。下一步：以扫描件读取。",
    "no_text": "没有读出文字。下一步：换一份清晰的扫描件，或取得有文字的版本。",
    "not_image": "文件不是能读取的图片。下一步：另存为 PNG 或 JPEG。",
    "image_too_large": "图片超过 {limit} 百万像素。下一步：以 200–300 dpi 重新扫描。",
    "image_too_small": "图片太小，看不清文字。下一步：以 200–300 dpi 重新扫描。",
    "recognition_missing": "这是扫描件，本机没有装文字识别组件。下一步：运行 pip install 'jiangbu[scan]'，或换文字版。",
}

EDGES = "去掉页眉、页脚和页码 {count} 处：{shown}"
SLANTED = "第 {page} 页有斜排文字（如水印），未收入正文：{shown}"
PICTURES = "第 {page} 页有图片，其中的文字没有读取。"
ANNOTATIONS = "第 {page} 页有 {count} 处批注或表单域，未收入正文。"
LAYER_UNUSED = "第 {page} 页是扫描图像，自带的文字层未采用，以图像识别为准。"
UNMAPPED = "第 {page} 页的字体没有给出文字，改用图像识别。"
RECOGNISED = "第 {page} 页由图像识别得出，请对照原件核对。"
BLANK = "第 {page} 页没有读出文字。"


def refuse_page(code: str, **values: object) -> UnreadableFile:
    """The refusal of that code, with its values put into the words."""
    return UnreadableFile(REFUSALS[code].format(**values), code=code)
