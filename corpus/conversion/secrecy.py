"""Marks of secrecy, which refuse a file, and lists of personal data, which are noted for its reviewer."""

import re
from collections.abc import Iterable

from corpus.conversion.wording import PERSONAL_DATA, refuse

# 机密★1年 stands in the corner of the first page; 商业秘密 and 国家秘密 within a sentence are ordinary words.
_STARRED = re.compile(r"(?<![\u4e00-\u9fff])(?:绝\s*密|机\s*密|秘\s*密)\s*级?\s*[★☆*＊]")
_ALONE = re.compile(
    r"^[\s【\[（(]*(?:(?:密\s*级\s*[:：]?\s*)?(?:绝\s*密|机\s*密|秘\s*密)(?:级|件)?|内部(?:资料|文件)(?:[，,\s]*(?:注意保存|请勿外传|不得外传|严禁外传))?)[】\])）\s]*$"
)
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9]|\s*[万亿元.])")
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx](?![0-9])")
LIST_MIN = 5  # numbers of persons; fewer are somebody to ask


def refuse_secret(lines: Iterable[str]) -> None:
    """Look for a mark of secrecy in lines, those of page heads as well.

    Raises:
        UnreadableFile: There is one.

    >>> refuse_secret(["商业秘密的保护，按规定执行。"])
    """
    for line in lines:
        found = _STARRED.search(line) or (_ALONE.match(line) if len(line) < 40 else None)
        if found:
            raise refuse("secret", mark=found.group().strip())


def note_personal_data(text: str) -> str:
    """A note where the text lists mobile phones or identity numbers; empty where it does not."""
    phones, identities = len(_PHONE.findall(text)), len(_IDENTITY.findall(text))
    return PERSONAL_DATA.format(phones=phones, identities=identities) if phones + identities >= LIST_MIN else ""
