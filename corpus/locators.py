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


def locate(path: list[Level], paragraph: tuple[int, ...]) -> str:
    """The locator of a clause under `path`; `paragraph` is its number among its container's paragraphs."""
    has_article = any(level.style is Style.ARTICLE for level in path)
    locator = ""
    for level in path:
        part = _locate_level(level, has_article)
        if not part:
            continue
        joint = "" if not locator or part[0] in "（①②③④⑤⑥⑦⑧⑨⑩" or part.endswith("款") else " · "
        locator += joint + part
    for number in paragraph:
        if has_article and path[-1].style is Style.ARTICLE:
            locator += f"第{write_number(number)}款" if number > 1 else ""
        else:
            locator += f" · 第{number}段"
    return locator


def _locate_level(level: Level, has_article: bool) -> str:
    style, number = level.style, level.number
    if style is None:
        if not level.code:
            return ""
        return f"第{write_number(number)}款" if has_article and number > 1 else "" if has_article else f"第{number}段"
    if style is Style.ATTACHMENT:
        return f"附件{number or ''}"
    if style in HIGH and style is not Style.ARTICLE:
        title = level.text.strip()
        return "" if has_article else title[: TITLE_MAX + 4]
    if style is Style.ARTICLE:
        return f"第{write_number(number)}条" if number < 100 else level.text.split()[0]
    if style in COMMAS:
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
    return f"（{number}）" if style is Style.ARABIC_PAREN else f"{number}"
