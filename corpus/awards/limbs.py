"""A clause → the limbs that are read one by one: cut at full stops and semicolons, bracketed figures set apart."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.awards.normalize import Normalized, normalize
from corpus.labels import read_label

BLANK = "\x00"  # stands where a bracket was taken out, so that places stay
_END = re.compile(r"[。！？；]")
_FIGURE = re.compile(r"\d[^（）]{0,8}(?:万|元|%)|百分之|分之一|减半|全额")


@dataclass(frozen=True)
class Limb:
    """A limb without its bracketed figures; `brackets` are those, each read as a limb of its own.

    `text[i]` stands at `places[i]` of the document. `opens` tells that it begins a sentence, `sentence` is the
    stretch of the document that its whole sentence takes.
    """

    text: str
    places: tuple[int, ...]
    opens: bool
    sentence: tuple[int, int]
    brackets: tuple["Limb", ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the document that `text[start:end]` stands for."""
        return self.places[start], self.places[end - 1] + 1


def cut_limbs(text: str, offset: int) -> Iterator[Limb]:
    """Cut a clause's stored text into limbs, in order; its own label (（一）, 3.) is left out.

    >>> [limb.text for limb in cut_limbs("（一）甲给予1万元；乙给予2万元（丙减半）。", 0)]
    ['甲给予1万元', '乙给予2万元\\x00\\x00\\x00\\x00\\x00']
    """
    label = read_label(text)
    skip = label.length if label else 0
    whole = normalize(text[skip:], offset + skip)
    ends = [at for at, character in _outside(whole.text) if _END.match(character)]
    stops = [-1, *(at for at in ends if whole.text[at] != "；"), len(whole.text) - 1]
    start = 0
    for end in [*ends, len(whole.text)]:
        if whole.text[start:end].strip():
            behind = bisect_left(stops, start)
            first, last = stops[max(behind, 1) - 1] + 1, stops[min(behind, len(stops) - 1)]
            sentence = (whole.places[min(first, len(whole.places) - 1)], whole.places[last] + 1)
            yield _limb(whole, start, end, opens=start == first, sentence=sentence)
        start = end + 1


def _outside(text: str) -> Iterator[tuple[int, str]]:
    """The characters outside brackets; an unclosed bracket ends with the next full stop."""
    depth = 0
    for at, character in enumerate(text):
        if character == "（":
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif not depth or character == "。" and "）" not in text[at : at + 120]:
            depth = 0
            yield at, character


def _limb(whole: Normalized, start: int, end: int, *, opens: bool, sentence: tuple[int, int]) -> Limb:
    text, places = whole.text[start:end], whole.places[start:end]
    brackets = []
    for match in re.finditer(r"（[^（）]*）", text):
        if _FIGURE.search(match.group()):
            inner = slice(match.start() + 1, match.end() - 1)
            brackets.append(Limb(text[inner], places[inner], opens=False, sentence=sentence))
            text = text[: match.start()] + BLANK * (match.end() - match.start()) + text[match.end() :]
    return Limb(text, places, opens, sentence, tuple(brackets))


def texts_of_sentences(limbs: Sequence[Limb]) -> dict[tuple[int, int], str]:
    """The text of each sentence, by its stretch of the document."""
    limbs_of: dict[tuple[int, int], list[str]] = {}
    for limb in limbs:
        limbs_of.setdefault(limb.sentence, []).append(limb.text)
    return {sentence: "；".join(texts) for sentence, texts in limbs_of.items()}


def split_bracket(limb: Limb) -> Iterator[Limb]:
    """（第1位全额，第2位70%、第3位50%）holds a statement for each figure."""
    start = 0
    for match in re.finditer(r"[，；、](?=(?:排名|排序)?第|其中|[^，；、]{2,})", limb.text):
        if re.search(r"%|元|全额|减半|万", limb.text[start : match.start()]):
            yield replace(limb, text=limb.text[start : match.start()], places=limb.places[start : match.start()])
            start = match.end()
    yield replace(limb, text=limb.text[start:], places=limb.places[start:])
