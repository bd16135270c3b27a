"""The labels that number clauses in Chinese drafting: 第三条, 二、, （一）, 1., （1）, ①, 附件1, ——.

A label has a style, an ordinal and a length; the nesting of styles differs from document to
document and is found by `corpus.structure`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

CHINESE_DIGITS = "零一二三四五六七八九"
_NUMBER = "[一二三四五六七八九十百零〇两]{1,6}|[0-9０-９]{1,3}"


class Style(StrEnum):
    """The way a label is written."""

    ATTACHMENT = "附件1"
    PART = "第一编"
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    CHINESE_COMMA = "一、"
    ARABIC_COMMA = "1、"
    CHINESE_PAREN = "（一）"
    ARABIC_POINT = "1."
    ARABIC_PAREN = "（1）"
    CIRCLED = "①"
    LETTER = "A."
    DASH = "——"


@dataclass(frozen=True)
class Label:
    """A label at the start of a line: its style, its number (0 where it has none) and its length."""

    style: Style
    number: int
    length: int


_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.ATTACHMENT, re.compile(rf"附\s*件\s*({_NUMBER})?\s*(?=$|[^\s:：0-9]|[:：]\s*$)")),
    (Style.PART, re.compile(rf"第\s*({_NUMBER})\s*编\s*")),
    (Style.CHAPTER, re.compile(rf"第\s*({_NUMBER})\s*章\s*")),
    (Style.SECTION, re.compile(rf"第\s*({_NUMBER})\s*节\s*")),
    (Style.ARTICLE, re.compile(rf"第\s*({_NUMBER})\s*[条條](?![第款（(、，,和规規])\s*")),
    (Style.CHINESE_COMMA, re.compile(r"([一二三四五六七八九十百]{1,5})、\s*")),
    (Style.CHINESE_PAREN, re.compile(r"[（(]\s*([一二三四五六七八九十百]{1,5})\s*[）)]\s*")),
    # A page break can take the opening bracket: 五)加强 …; a reference torn before 五）项 is no label.
    (Style.CHINESE_PAREN, re.compile(r"([一二三四五六七八九十]{1,3})[）)](?=[\u4e00-\u9fff])(?![项款目规])")),
    (Style.ARABIC_PAREN, re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[）)]\s*")),
    (Style.ARABIC_COMMA, re.compile(r"([0-9０-９]{1,3})、\s*")),
    (Style.ARABIC_POINT, re.compile(r"([0-9０-９]{1,3})[.．]\s*(?![0-9])")),
    (Style.CIRCLED, re.compile(r"([①-⑳])\s*")),
    (Style.LETTER, re.compile(r"([A-H])[.．]\s*")),
    (Style.DASH, re.compile(r"——\s*")),
)


def read_number(text: str) -> int:
    """Read a clause number in Chinese or Arabic digits; 0 for an empty string.

    >>> read_number("二十三"), read_number("十"), read_number("12"), read_number("③")
    (23, 10, 12, 3)
    """
    if not text:
        return 0
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if text.isdecimal():
        return int(text)
    if text.isalpha() and text.isascii():
        return ord(text) - ord("A") + 1
    total = current = 0
    for character in text.replace("〇", "零").replace("两", "二"):
        if character == "十":
            total, current = total + (current or 1) * 10, 0
        elif character == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            current = CHINESE_DIGITS.index(character)
    return total + current


def write_number(number: int) -> str:
    """Write 1–999 the way clauses are numbered; anything beyond in Arabic digits.

    >>> write_number(5), write_number(12), write_number(30), write_number(102), write_number(310)
    ('五', '十二', '三十', '一百零二', '三百一十')
    """
    if number > 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else CHINESE_DIGITS[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    return written + (CHINESE_DIGITS[ones] if ones or not written else "")


def read_label(line: str) -> Label | None:
    """Read the label that a line begins with, if it begins with one.

    >>> read_label("（三）获得证书的单位")
    Label(style=<Style.CHINESE_PAREN: '（一）'>, number=3, length=3)
    >>> read_label("5 万元的资助") is None
    True
    """
    for style, pattern in _PATTERNS:
        if found := pattern.match(line):
            groups = found.groups()
            return Label(style, read_number(groups[0] or "") if groups else 0, found.end())
    return None
