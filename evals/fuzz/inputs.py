"""Made-up numerals, policies and questions, sound ones and spoilt ones, drawn from any source of chance.

Everything takes a `random.Random`: a seeded one for long runs, hypothesis's own in the tests, one made of an engine's
bytes where coverage guides. Nothing here is the wording of a policy.
"""

from collections.abc import Callable, Sequence
from random import Random

STANDARDS = ("团体标准", "国际标准", "企业标准", "国家标准", "地方标准", "行业标准")
ROLES = ("主导", "牵头", "参与", "协助")
ACTS = ("制定", "修订", "起草")
THINGS = ("全国专业标准化技术委员会秘书处", "省级标准化试点", "国家级标准化示范", "云帆奖一等奖", "云帆奖二等奖")
VERBS = ("给予", "奖励", "补助", "资助", "一次性奖励", "分别给予", "最高奖励", "奖励不超过", "按每项", "累计不超过")
UNITS = ("元", "千元", "万元", "万", "百万元", "亿元", "")
DIGITS = "零一二三四五六七八九"
# What conversion, people and scripts leave in the place of a digit or around one.
ODD = (
    *"½¼²³₂①⑩⑴⒈㈠㈩Ⅱ٣३๓〇廿卅两俩仨壹贰拾佰OlI几数半余多来．。，、,.·/／-－—~～+＋×*_%％‰:：()（）[]<>\"'“”《》",
    *("\t", "\n", "\r\n", "\u3000", "\xa0", "\u200b", "\u200d", "\u2060", "\ufeff", "\x00", "\x1b", "\u202e", "\u2028"),
    *(
        "㎡",
        "℃",
        "万",
        "亿",
        "千",
        "百",
        "十",
        "元",
        "第",
        "条",
        "款",
        "项",
        "的",
        "至",
        "到",
        "以上",
        "以下",
        "1:1",
        "倍",
    ),
    *(
        "e3",
        "E5",
        "0x1f",
        "NaN",
        "1e400",
        "-1",
        "−1",
        "\ud800",
        "\U0001f600",
        "𠮷",
        "\U000e0041",
        "국",
        "ж",
        "²万元",
        "３",
    ),
)
PLACES = ("萧山", "萧山区", "苏州", "青岛", "烟台", "厦门", "北京", "我们这", "全国", "")
ASKS = (
    "奖励多少",
    "能拿多少钱",
    "有补贴吗",
    "怎么申请",
    "什么时候截止",
    "一共多少",
    "最高多少",
    "还有效吗",
    "是多少",
    "",
)
TURNS = (
    "我们公司",
    "听说",
    "如果",
    "请问",
    "不是",
    "另外",
    "其中",
    "已经领了",
    "合计",
    "去年",
    "第2位",
    "并列第一",
    "那",
    "呢？",
)


def said_number(number: int) -> str:
    """A number below a hundred million as people say and policies print it.

    >>> said_number(105), said_number(20), said_number(15), said_number(3080)
    ('一百零五', '二十', '十五', '三千零八十')
    """
    if number >= 10_000:
        above, below = divmod(number, 10_000)
        filler = "零" if 0 < below < 1000 else ""
        return said_number(above) + "万" + (filler + said_number(below) if below else "")
    said, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if zero and said else "") + DIGITS[digit] + unit
        zero = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said or "零"


def numeral(rng: Random) -> str:
    """A number as it may be printed: Arabic, said, capital, with commas, wide, or a run of odd characters."""
    number = rng.choice((rng.randrange(100), rng.randrange(10_000), rng.randrange(100_000_000)))
    writers: tuple[Callable[[], str], ...] = (
        lambda: str(number),
        lambda: f"{number:,}",
        lambda: f"{number % 1000}.{rng.randrange(100)}",
        lambda: said_number(number),
        lambda: said_number(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")),
        lambda: "".join(chr(ord(character) + 0xFEE0) for character in str(number)),
        lambda: "".join(rng.choice((*DIGITS, "十", "百", "千", "万", "两", "〇")) for _ in range(rng.randrange(1, 6))),
        lambda: "".join(rng.choice((*"0123456789", *ODD)) for _ in range(rng.randrange(1, 6))),
    )
    return rng.choice(writers)()


def money(rng: Random) -> str:
    """A sum, mostly a sound one."""
    if rng.random() < 0.6:
        return f"{rng.randrange(1, 300)}{rng.choice(UNITS[:4])}"
    return numeral(rng) + rng.choice(UNITS)


def _award(rng: Random) -> str:
    what = f"{rng.choice(ROLES)}{rng.choice(ACTS)}{rng.choice(STANDARDS)}" if rng.random() < 0.6 else rng.choice(THINGS)
    ahead, behind = rng.choice(("", "每项", "对单位")), rng.choice(("", "奖励", "的资助"))
    return f"{what}的，{ahead}{rng.choice(VERBS)}{money(rng)}{behind}"


def _several(rng: Random) -> str:
    count = rng.randrange(2, 6)
    names = "、".join(rng.choice(STANDARDS) for _ in range(count))
    sums = rng.choice(("、", "和", "，", "/")).join(money(rng) for _ in range(count + rng.choice((-1, 0, 0, 0, 0, 1))))
    ahead = rng.choice(("分别", "每项分别", ""))
    return f"{rng.choice(ROLES)}{rng.choice(ACTS)}{names}的，{ahead}{rng.choice(VERBS)}{sums}"


def _rule(rng: Random) -> str:
    share = rng.choice(
        (f"{rng.randrange(120)}%", "减半", "三分之一", f"{numeral(rng)}%", f"{rng.randrange(9)}成", "1:1", "两倍")
    )
    return rng.choice(
        (
            f"{rng.choice(ACTS)}的，按{rng.choice(STANDARDS)}奖励额的{share}给予奖励",
            f"同一单位每年奖励总额不超过{money(rng)}",
            f"同一项目就高奖励，不重复享受；第{rng.randrange(1, 9)}位按{share}",
            f"年收入{money(rng)}以上的企业，{_award(rng)}",
            f"按实际费用的{share}补助，最高{money(rng)}，{money(rng)}至{money(rng)}",
        )
    )


def _table(rng: Random) -> str:
    rows = [("类别", "对象", rng.choice(("数额（万元）", "金额", "奖励（元）")))]
    rows += [
        (rng.choice((rng.choice(STANDARDS), "")), rng.choice(THINGS), money(rng)) for _ in range(rng.randrange(1, 4))
    ]
    return "\n".join("\t".join(row) for row in rows)


def sentence(rng: Random) -> str:
    """One clause's words, without its label."""
    return rng.choice((_award, _award, _several, _several, _rule, _table))(rng)


def spoilt(rng: Random, text: str, most: int = 4) -> str:
    """A text with some of its characters lost, doubled, swapped or replaced."""
    for _ in range(rng.randrange(1, most + 1)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice((0, 1, 1, 2, 5, 40)))
        text = text[:at] + rng.choice(("", rng.choice(ODD), text[at:end] * 2, text[at:end][::-1])) + text[end:]
    return text


def policy(rng: Random) -> str:
    """The text of a policy of a made-up place, sound or spoilt."""
    lines = ["云岭市标准化奖励办法"]
    for number in range(1, rng.randrange(2, 7)):
        label = rng.choice(
            (f"第{said_number(number)}条 ", f"{said_number(number)}、", f"（{said_number(number)}）", f"{number}. ", "")
        )
        lines.append(
            label + rng.choice(("；", "。", "，")).join(sentence(rng) for _ in range(rng.randrange(1, 3))) + "。"
        )
    text = "\n".join(lines)
    return spoilt(rng, text) if rng.random() < 0.5 else text


def question(rng: Random, asked: Sequence[str] = ()) -> str:
    """A question: put together, spoilt from one of those `asked`, or a run of odd characters."""
    way = rng.random()
    if asked and way < 0.5:
        return spoilt(rng, rng.choice(asked))
    if way < 0.1:
        return "".join(rng.choice(ODD) for _ in range(rng.randrange(1, 40)))
    what = f"{rng.choice((*ROLES, ''))}{rng.choice((*ACTS, ''))}{rng.choice((*STANDARDS, *THINGS))}"
    count = rng.choice(("", f"{numeral(rng)}{rng.choice(('项', '个', '家', '%', '位'))}", money(rng)))
    pieces = [rng.choice((*TURNS, "")), rng.choice(PLACES), what, count, rng.choice((*TURNS, "")), rng.choice(ASKS)]
    if rng.random() < 0.3:
        rng.shuffle(pieces)
    text = "".join(pieces)
    return spoilt(rng, text, 2) if rng.random() < 0.3 else text
