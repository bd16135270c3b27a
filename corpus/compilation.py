"""One raw text → the policies in it. A single policy is one part; a compilation (汇编) is many.

In a compilation each policy stands under a numbered heading with a dated line （发布时间：…） just
below it. The cover, the preface, the table of contents and the headings of its parts belong to no
policy and are dropped, listed. A policy whose heading was lost is found by its own title above a
fresh 第一章 or 第一条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.cleaning import Dropped

_NUMBERED = re.compile(r"^\s*(\d{1,3})[.．]\s*(?=\S)(?!\d)")
_DATED = re.compile(r"^\s*[（(]\s*(发布|召开|印发|公布)\s*(时间|日期)\s*[:：]")
_CONTENTS = re.compile(r"^\s*目\s*录\s*$")
_PAGE_REFERENCE = re.compile(r"\t\s*\d{1,4}\s*$")
_OWN_TITLE = re.compile(r"^[^\s（(第一二三四五六七八九十0-9][^。；：，]{5,38}(办法|条例|规定|细则)$")
_FRESH_START = re.compile(r"^\s*第一[章条]")
_ATTACHMENT = re.compile(r"^\s*附\s*件")
COMPILATION_MIN = 3  # dated headings; fewer is a single policy
SETTLED_LINES = 20  # non-blank lines after which an own title can only be another policy's


@dataclass(frozen=True)
class Line:
    """A raw line without its line end, and its offset in the raw text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, kw_only=True)
class Part:
    """The raw lines of one policy, and its heading when it comes from a compilation."""

    lines: tuple[Line, ...]
    heading: str | None
    dropped: tuple[Dropped, ...]


def raw_lines(text: str) -> list[Line]:
    """Cut a raw text into lines with their offsets."""
    lines, position = [], 0
    for piece in text.split("\n"):
        lines.append(Line(position, piece))
        position += len(piece) + 1
    return lines


def split_parts(text: str, source: str) -> list[Part]:
    """Cut a raw text into its policies, in order; what belongs to none is in the first part's `dropped`."""
    lines = raw_lines(text)
    headings = list(_dated_headings(lines))
    if len(headings) < COMPILATION_MIN:
        return [Part(lines=tuple(lines), heading=None, dropped=())]
    starts = sorted({*headings, *_lost_headings(lines, headings)})
    front = list(_front_matter(lines, starts[0], source))
    contents = {_PAGE_REFERENCE.sub("", line.text).strip() for line in lines[: starts[0]]}
    parts = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = _cut_part(lines[start:end], source, contents)
        parts.append(Part(lines=part.lines, heading=part.heading, dropped=(*front, *part.dropped)))
        front = []
    return parts


def _dated_headings(lines: list[Line]) -> Iterator[int]:
    for index, line in enumerate(lines):
        if _NUMBERED.match(line.text) and not _PAGE_REFERENCE.search(line.text):
            following = [later.text for later in lines[index + 1 : index + 5] if later.text.strip()]
            if following and _DATED.match(following[0]):
                yield index


def _lost_headings(lines: list[Line], headings: list[int]) -> Iterator[int]:
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    for place, index in enumerate(filled[1:-1], start=1):
        before, after = lines[filled[place - 1]].text, lines[filled[place + 1]].text
        if not _OWN_TITLE.match(lines[index].text.strip()) or not _FRESH_START.match(after):
            continue
        under = max((heading for heading in headings if heading < index), default=None)
        if under is None or _ATTACHMENT.match(before):
            continue
        if place - filled.index(under) > SETTLED_LINES:
            yield index


def _front_matter(lines: list[Line], first: int, source: str) -> Iterator[Dropped]:
    contents = next((i for i in range(first) if _CONTENTS.match(lines[i].text)), first)
    for reason, begin, finish in (
        ("cover and preface", 0, contents),
        ("table of contents", contents, first),
    ):
        if begin < finish:
            start, end = lines[begin].start, lines[finish - 1].end
            text = "\n".join(line.text for line in lines[begin:finish])
            yield Dropped(source=source, start=start, end=end, reason=reason, text=text)


def _cut_part(lines: list[Line], source: str, contents: set[str]) -> Part:
    dropped = []
    first = lines[0]
    if numbered := _NUMBERED.match(first.text):
        text = first.text[: numbered.end()]
        dropped.append(
            Dropped(
                source=source, start=first.start, end=first.start + len(text), reason="number in compilation", text=text
            )
        )
        first = Line(first.start + len(text), first.text[numbered.end() :])
    kept = [first, *lines[1:]]
    last = next((i for i in range(len(kept) - 1, 0, -1) if kept[i].text.strip()), 0)
    if last and kept[last].text.strip() in contents:
        line = kept.pop(last)
        dropped.append(
            Dropped(source=source, start=line.start, end=line.end, reason="part heading of compilation", text=line.text)
        )
    return Part(lines=tuple(kept), heading=first.text.strip(), dropped=tuple(dropped))
