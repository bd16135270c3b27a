"""One limb of a clause → the award phrases in it, parsed by `grammar.lark`: figures with the words around them.

This is the only door to lark. Free text is never parsed: a phrase is the run of award words around figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from corpus.awards.facts import AmountKind
from corpus.awards.numerals import AmountError, read_money, read_ratio, share_of, unit_of

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LIMB_MAX = 2000  # characters; no limb is that long but where conversion lost all full stops, and time grows with it
_FIGURES = frozenset({"MONEY", "BARE", "NAKED", "BROKEN", "RANGE", "RATIO", "TIMES", "OF_SUM", "RAISED"})
_LEADS = frozenset(
    {"RESPECTIVELY", "GIVES", "ONCE", "CAP", "PER", "YEARLY", "BASE", "ACCORDING", "LINK", "SUM_UP", "GAP"}
)
_TAILS = frozenset({"GIVES", "ONCE", "PER_AFTER", "YEARLY", "LINK", "CAP_AFTER", "SUM_UP", "GAP", "RESPECTIVELY"})
_WEAK = frozenset({"LINK", "ACCORDING"})  # alone before a figure they belong to the subject
_SUM = re.compile(r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)(?:万元?|亿元?|千元?|元)?")
_OF_SUM = re.compile(r"(?P<sum>.+?元?)(?:的|为基[数准础]，?(?:按照?|给予|予以)?|(?=[减折]半))(?P<share>[^的]+)")
# A digit that a figure is torn off from, and what goes on right behind one: 10.5.3万元, 1/2万元, 3万5元
_TORN_OFF = re.compile(r"(?:\d[-~+×*/._⁄E]|(?<!\.)\.|[_⁄\d]|[\d零〇一二两三四五六七八九十百千][万亿千])$")
_SEVERAL = re.compile(r"[^（(][一二两三四五六七八九]、$")  # 三、五万元: three to five
_BARE = re.compile(r"[0-9.]+")
_MONEY_FOLLOWS = re.compile(r"\d[\d.]*(?:百|千)?[万亿千元]")  # 23元21万元: what parted them is lost
_GOES_ON = re.compile(r"(?:\d|零\d|[零〇一二两三四五六七八九十百千]+(?:[万亿元]|千元|百元))")
_PART = re.compile(r"^//= (\w+) (.+)$", re.MULTILINE)
_VERBS = frozenset({"给予", "给与", "予以", "安排", "享受", "发放", "拨付"})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: an amount in yuan, or a ratio; `yuan` and `rate` are None where it cannot be read.

    Both are set where it is a share of a sum that stands there itself, which is its `base`.
    """

    kind: AmountKind
    yuan: Decimal | None
    low: Decimal | None
    rate: Decimal | None
    per: str
    start: int
    end: int
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Figures in a row and the award words around them; offsets count within the limb."""

    figures: tuple[Figure, ...]
    start: int
    end: int
    words: frozenset[str]  # kinds of award words in it: GIVES, CAP, ONCE …
    noun: str
    base: str  # of a ratio: the words that name what it is taken of
    per: str
    tail: str  # free words behind it up to the next comma
    groups: tuple[int, ...]  # how many figures stand in each group, where stronger marks part groups

    def says(self, word: str) -> bool:
        """Whether it holds an award word of this kind (a terminal of the grammar)."""
        return word in self.words


@cache
def _parser() -> "Lark":
    from lark import Lark

    grammar = (files("corpus") / "awards" / "grammar.lark").read_text("utf-8")
    for name, pattern in reversed(_PART.findall(grammar)):  # a part may be made of those before it
        grammar = grammar.replace(f"<{name}>", pattern)
    return Lark(grammar, start=["phrase", "limb"], parser="lalr", lexer="basic", propagate_positions=True)


def lex(text: str) -> "list[Token]":
    """Cut a normalised limb into the grammar's terminals."""
    return list(_parser().lex(text))


def find_phrases(text: str) -> list[Phrase]:
    """The award phrases of a normalised limb, in order.

    >>> [[str(figure.yuan) for figure in phrase.figures] for phrase in find_phrases("甲、乙分别给予50万元、8000元奖励")]
    [['500000', '8000']]
    """
    tokens = lex(text)
    phrases: list[Phrase] = []
    for first, last in _runs(tokens):
        start, end = _place(tokens[first])[0], _place(tokens[last])[1]
        phrases.append(_read(text, start, end, tokens[first : last + 1]))
    return phrases


def _place(token: "Token") -> tuple[int, int]:
    start = token.start_pos or 0
    return start, start + len(token)


def _runs(tokens: "Sequence[Token]") -> Iterator[tuple[int, int]]:
    """First and last token of every run of award words that holds a figure."""
    at, floor = 0, 0
    while at < len(tokens):
        if tokens[at].type not in _FIGURES:
            at += 1
            continue
        first = at
        while first > floor and tokens[first - 1].type in _LEADS:
            first -= 1
        while first < at and tokens[first].type in _WEAK:
            first += 1
        last = at
        while last + 1 < len(tokens):
            following = tokens[last + 1].type
            if (
                following in _TAILS
                or following == "CAP"
                and _is_figure(tokens, last + 2)
                and tokens[last].type == "SEP"
            ):
                last += 1
            elif (
                following == "SEP"
                and _is_figure(tokens, last + 2)
                or following in _FIGURES
                and tokens[last].type == "SEP"
            ):
                last += 1
            elif (
                following == "SEP"
                and last + 2 < len(tokens)
                and tokens[last + 2].type == "CAP"
                and _is_figure(tokens, last + 3)
            ):
                last += 2
            else:
                break
        while tokens[last].type in ("SEP", "CAP"):  # 50万元、不高于: what they lead to is no figure
            last -= 1
        yield first, last
        at = floor = last + 1


def _is_figure(tokens: "Sequence[Token]", at: int) -> bool:
    return at < len(tokens) and tokens[at].type in _FIGURES


def _read(text: str, start: int, end: int, tokens: "Sequence[Token]") -> Phrase:
    words = frozenset(token.type for token in tokens)
    capped = bool(words & {"CAP", "CAP_AFTER"})
    figures = [_unread(f) if _is_torn(text, f) else f for f in _parse_figures(tokens)]
    nouns = [str(token) for token in tokens if token.type == "GIVES" and str(token) not in _VERBS]
    return Phrase(
        figures=tuple(replace(f, kind=AmountKind.CAP) if capped and f.kind is AmountKind.EXACT else f for f in figures),
        start=start,
        end=end,
        words=words,
        noun=nouns[-1] if nouns else "",
        base=_last(tokens, "BASE"),
        per=_last(tokens, "PER"),
        tail=text[end:].partition("，")[0],
        groups=_groups(tokens),
    )


def _parse_figures(tokens: "Sequence[Token]") -> list[Figure]:
    """The figures of a run; where the grammar has no place for them, one that cannot be read, which is refused."""
    from lark import UnexpectedInput

    parser = _parser().parse_interactive(start="phrase")
    try:
        for token in tokens:
            parser.feed_token(token)
        return _figures_of(parser.feed_eof())  # type: ignore[no-untyped-call]  # lark leaves it unannotated
    except UnexpectedInput:
        start, end = _place(tokens[0])[0], _place(tokens[-1])[1]
        return [Figure(kind=AmountKind.EXACT, yuan=None, low=None, rate=None, per="", start=start, end=end)]


def _is_torn(text: str, figure: Figure) -> bool:
    """Whether a figure is only a piece of what is printed, so that nobody can tell how much that is."""
    printed, ahead, behind = text[figure.start : figure.end], text[: figure.start], text[figure.end :]
    several = not printed[:1].isdigit() and _SEVERAL.search(ahead)
    goes_on = _GOES_ON if printed[-1:] in "万亿千百" else _MONEY_FOLLOWS
    return bool(several or _TORN_OFF.search(ahead) or goes_on.match(behind))


def _unread(figure: Figure) -> Figure:
    return replace(figure, kind=AmountKind.EXACT, yuan=None, low=None, rate=None)


def _groups(tokens: "Sequence[Token]") -> tuple[int, ...]:
    """5、3万元和2、1万元 are two groups: 和 or a comma parts what 、 joins."""
    sizes, strong = [1], {str(token) for token in tokens if token.type == "SEP"} - {"、"}
    mixed = bool(strong) and any(token.type == "SEP" and str(token) == "、" for token in tokens)
    inside = False
    for token in tokens:
        if token.type in _FIGURES:
            inside = True
        elif token.type == "SEP" and inside:
            if mixed and str(token) in strong:
                sizes.append(1)
            else:
                sizes[-1] += 1
    return tuple(sizes)


def _last(tokens: "Sequence[Token]", kind: str) -> str:
    return next((str(token) for token in reversed(tokens) if token.type == kind), "")


def _figures_of(tree: "Tree[Token]") -> list[Figure]:
    read = [_figure(one) for one in tree.find_data("figure")]
    read.sort(key=lambda pair: pair[0].start)
    unit = ""
    figures: list[Figure] = []
    for figure, printed in reversed(read):  # 5、3、2万元: a bare number takes the unit of the figure behind it
        unit = unit_of(printed) or unit
        if figure.kind is AmountKind.EXACT and figure.yuan is None and unit and _BARE.fullmatch(printed):
            figure = replace(figure, yuan=read_money(printed, unit=unit))
        figures.append(figure)
    return figures[::-1]


def _figure(tree: "Tree[Token]") -> tuple[Figure, str]:
    amount = next(child for child in tree.children if not isinstance(child, str))
    token = cast("Token", amount.children[0])
    start, end = _place(token)
    pers = [str(child) for child in tree.children if isinstance(child, str) and child.type == "PER_AFTER"]
    figure = Figure(
        kind=AmountKind.EXACT, yuan=None, low=None, rate=None, per=pers[0] if pers else "", start=start, end=end
    )
    try:
        return _valued(figure, amount.data, str(token)), str(token)
    except AmountError:
        return figure, str(token)


def _valued(figure: Figure, sort: str, printed: str) -> Figure:
    if sort == "ratio":
        return replace(figure, kind=AmountKind.RATE, rate=read_ratio(printed))
    if sort == "of_sum" and (parts := _OF_SUM.fullmatch(printed)):
        rate = read_ratio(parts["share"])
        return replace(figure, yuan=share_of(read_money(parts["sum"]), rate), rate=rate, base=parts["sum"])
    if sort == "range":
        low, high = _SUM.findall(printed)
        lowest, highest = read_money(low, unit=unit_of(high)), read_money(high)
        if lowest > highest:
            raise AmountError(f"The range {printed!r} ends below its beginning. Next: it becomes a reject.")
        return replace(figure, kind=AmountKind.RANGE, low=lowest, yuan=highest)
    if sort in ("bare", "naked", "broken"):
        return figure
    yuan = read_money(printed)
    return replace(figure, yuan=yuan) if yuan else figure  # 给予0万元 grants nothing that could be meant
