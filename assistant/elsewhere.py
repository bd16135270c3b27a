"""Where a work stands that an applicant from one place built in another: 黄埔的施工总承包，在清远做的工程 is 区外.

Such a place is none whose policy is asked about; that it lies outside may halve the award.
"""

import re
from collections.abc import Sequence

from corpus.regions import Mention, find_regions

_BUILT = re.compile(r"(?:市|区|县)?(?:那边|当地|本地)?(?:干|做|承建|施工|盖|建(?!议)|承接|揽)")

_WITH = re.compile("(?:跟|和|与|同|联合|伙同|携手)$")
_PARTNER = re.compile(
    "(?:市|区|县|省)?(?:那边)?的?(?:[一两二三四五几]家|某家?|那家)|的(?:公司|企业|厂|研究院|大学|朋友|客户)"
)
_HOME = re.compile("(?:我们|我司|咱们?|我们公司|本公司)是(?:一家)?$")
_PAYS = re.compile("(?:市|区|县)?(?:里|那边|这边|那头|最多|最高|一共|总共|能|会|可以|还|该)*(?:补|给|奖|发)")
_WORK_AT = re.compile("(?:工程|项目|工地)(?:地点)?[在喺]$")


def without_places_of_work(text: str, mentions: Sequence[Mention]) -> str:
    """The text with 区外 (市外, 县外) for a place where something was built, if the asker's own place is named, too.

    >>> text = "我们是黄埔区的，在佛山干的项目拿了奖"
    >>> without_places_of_work(text, find_regions(text))
    '我们是黄埔区的，在区外干的项目拿了奖'
    """
    for mention in mentions:
        at_a_place = text[max(0, mention.start - 1) : mention.start] in ("在", "喺")
        built = at_a_place and (_BUILT.match(text, mention.end) or _WORK_AT.search(text, 0, mention.start))
        own = [one for one in mentions if not _same(one, mention)] if built else []
        if own:
            kind = own[0].regions[0].parts[-1][-1]
            outside = f"{kind if kind in '区县市' else '市'}外"
            return without_places_of_work(
                (changed := text[: mention.start] + outside + text[mention.end :]), find_regions(changed)
            )
    return text


def _same(one: Mention, other: Mention) -> bool:
    """Whether one place may lie in the other."""
    return any(a.covers(b) or b.covers(a) for a in one.regions for b in other.regions)


def without_partners(text: str) -> str:
    """The text with 外地 for the place of a firm that the asker only worked with.

    >>> without_partners("我们跟杭州一家公司并列第一")
    '我们跟外地一家公司并列第一'
    """
    for mention in reversed(find_regions(text)):
        if _WITH.search(text, 0, mention.start) and _PARTNER.match(text, mention.end):
            text = f"{text[: mention.start]}外地{text[mention.end :]}"
    return text


def without_homes(text: str) -> str:
    """The text with 外地 for the asker's own place, where another one is asked to pay.

    >>> without_homes("我们是广州的服务公司，帮佛山的厂做完了试点，佛山补我们多少")
    '我们是外地的服务公司，帮佛山的厂做完了试点，佛山补我们多少'
    """
    mentions = find_regions(text)
    payers = [one for one in mentions if _PAYS.match(text, one.end)]
    for mention in reversed(mentions):
        if _HOME.search(text[: mention.start]) and payers and not any(_same(one, mention) for one in payers):
            text = f"{text[: mention.start]}外地{text[mention.end :]}"
    return text
