"""Whether a document holds, in a sentence: the warning beside a citation, and the answer to the question itself."""

from datetime import date

from assistant.messages import CITED_UNKNOWN, say_date
from corpus.validity import Standing


def warn_standing(standing: Standing, title: str, day: date, start: date | None, end: date | None) -> str | None:
    """The warning that a cited document's standing calls for; None when it is in force."""
    if standing is Standing.EXPIRED and end is not None:
        return f"《{title}》有效期至{say_date(end)}，截至{say_date(day)}已失效，仅供参考。"
    if standing is Standing.NOT_YET:
        since = f"，自{say_date(start)}起施行" if start else ""
        return f"截至{say_date(day)}，《{title}》尚未施行{since}。"
    if standing is Standing.DRAFT:
        return f"《{title}》是征求意见稿，不是正式文件，不能作为兑付依据。"
    if standing is Standing.UNKNOWN:
        return CITED_UNKNOWN.format(title=title)
    return None


def state_standing(standing: Standing, title: str, day: date, start: date | None, end: date | None) -> str:
    """The answer to whether a document holds on a day."""
    today = say_date(day)
    if standing is Standing.EXPIRED and end is not None:
        return f"截至{today}，《{title}》已失效：有效期至{say_date(end)}。"
    if standing is Standing.NOT_YET:
        since = f"：自{say_date(start)}起施行" if start else ""
        return f"截至{today}，《{title}》尚未施行{since}。"
    if standing is Standing.DRAFT:
        return f"《{title}》是征求意见稿，不是正式文件；知识库中没有它的正式文本，不能据此受理或兑付。"
    if standing is Standing.UNKNOWN:
        return f"《{title}》没有写明施行日期，也没有写明有效期；是否现行有效，请向发文机关核实。"
    until = f"有效期至{say_date(end)}" if end else "文中没有写明有效期截止日"
    since = f"自{say_date(start)}起施行，" if start else ""
    return (
        f"截至{today}，《{title}》在有效期内：{since}{until}。"
        if end
        else f"截至{today}，《{title}》已经施行：{since}{until}。"
    )
