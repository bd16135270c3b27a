"""Where a clause stands, in the words of people: 第六条（一）, 五、奖励 · 2, 附件1 · 行3."""

from dataclasses import dataclass

from corpus.labels import Style, read_label, write_number

HIGH = {Style.PART: 1, Style.CHAPTER: 2, Style.SECTION: 3, Style.ARTICLE: 4}
COMMAS = (Style.CHINESE_COMMA, Style.ARABIC_COMMA)
TITLE_MAX = 16


@dataclass
class Level:
    """An open level of the structure: its label, its own heading or head sentence, its paragraphs so far."""

    style: Style | None  # None: an unlabelled list head
    number: int
    text: str
    is_heading: bool
    paragraphs: int = 0
    code: str = ""
    has_talkative_elder: bool = False  # the sibling before it has paragraphs of its own


def locate(path: list[Level], paragraph: tuple[int, ...]) -> str:
    """The locator of a clause under `path`; `paragraph` is its number among its container's paragraphs."""
    has_article = any(level.style is Style.ARTICLE for level in path)
    locator = ""
    for above, level in zip([None, *path], path, strict=False):
        in_article = above is not None and above.style is Style.ARTICLE
        part = _locate_head(level, in_article) if level.style is None else _locate_level(level, has_article, locator)
        if not part:
            continue
        close = part[0] == "（" or part.endswith("款") or level.style is Style.CIRCLED
        locator += part if close or not locator else f" · {part}"
    for number in paragraph:
        if has_article and path[-1].style is Style.ARTICLE:
            locator += f"第{write_number(number)}款" if number > 1 else ""
        else:
            locator += f" · 第{number}段"
    return locator


def _locate_head(head: Level, in_article: bool) -> str:
    """The paragraph that opens a list."""
    if not head.code or (in_article and head.number <= 1):
        return ""
    return f"第{write_number(head.number)}款" if in_article else f"第{head.number}段"


def _locate_level(level: Level, has_article: bool, before: str) -> str:
    style, number = level.style, level.number
    if style is Style.ATTACHMENT:
        return f"附件{number or ''}"
    if style in HIGH and style is not Style.ARTICLE:
        title = level.text.strip()
        return "" if has_article else title[: TITLE_MAX + 4].rstrip("：:")
    if style is Style.ARTICLE:
        return f"第{write_number(number)}条"
    if style in COMMAS:
        if style is Style.ARABIC_COMMA and before:
            return f"{number}"  # only an outermost `1、` stands for 一、
        label = read_label(level.text)
        body = level.text[label.length :] if label else ""
        return (
            f"{write_number(number)}、{body.rstrip('。：:')}"
            if level.is_heading and len(body) <= TITLE_MAX
            else f"{write_number(number)}、"
        )
    if style is Style.CHINESE_PAREN:
        return f"（{write_number(number)}）"
    if style is Style.DASH:
        return "——"
    if style is Style.CIRCLED:
        return chr(ord("①") + number - 1)
    if style is Style.LETTER:
        return chr(ord("A") + number - 1)
    return f"（{number}）" if style is Style.ARABIC_PAREN else f"{number}"
