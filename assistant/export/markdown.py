r"""A talk as Markdown. Nothing that a question, an answer or a document says becomes markup.

>>> plain("# <b> [x](http://a.test) | *")
'\\# &lt;b&gt; \\[x\\](http\\://a.test) \\| \\*'
"""

import re
from collections.abc import Sequence

from assistant.export import words
from assistant.export.records import Source, Transcript, Turn
from assistant.page.wording import DISCLAIMER

_MARKS = re.compile(r"([\\`*_\[\]#|~!$@])")
_TARGET = re.compile(r"\](?=[(:])")
_TAG = re.compile(r"<(?!https?://)(?=[A-Za-z/!?])")  # policies write addresses within <>; nothing fetches those
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BEGINS_A_BLOCK = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])", re.MULTILINE)
_ADDRESS = re.compile(r"(\w):(?=\S)|\b(www)\.", re.IGNORECASE)


def write_markdown(talk: Transcript) -> str:
    """The whole file."""
    parts = [f"# {plain_line(talk.title)}", f"{words.MADE}：{talk.made.isoformat()}"]
    for turn in talk.turns:
        parts += _turn(turn)
    parts += ["---", DISCLAIMER]
    return "\n\n".join(part for part in parts if part) + "\n"


def inert(text: str) -> str:
    r"""Text for programs that may show it as Markdown: links, images and tags are dead, all else is as it was.

    >>> inert("奖励[1][2]，![x](http://a.test)<img src=x>，见<http://a.test>")
    '奖励[1][2]，![x\\](http://a.test)&lt;img src=x>，见<http://a.test>'
    """
    return _TAG.sub("&lt;", _TARGET.sub(r"\\]", text))


def plain(text: str) -> str:
    """Text that every reader of Markdown shows as it is; line ends stay."""
    safe = "".join(_ENTITIES.get(character, character) for character in text)
    safe = _ADDRESS.sub(lambda found: f"{found[1]}\\:" if found[1] else f"{found[2]}\\.", _MARKS.sub(r"\\\1", safe))
    lines = (line.strip(" \t") for line in safe.split("\n"))  # four blanks would make it code
    block = _BEGINS_A_BLOCK.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", "\n".join(lines)
    )
    return "\\\n".join(line for line in block.split("\n") if line)


def plain_line(text: str) -> str:
    """The same on one line, for headings and cells."""
    return plain(" ".join(text.split()))


def _turn(turn: Turn) -> list[str]:
    return [
        f"## {turn.heading}",
        plain(turn.question),
        "；".join(map(plain_line, turn.asked_of)),
        f"### {words.ANSWER}",
        f"**{turn.status}**" if turn.status else "",
        plain(turn.answer),
        plain_line(turn.options),
        turn.label,
        *_table(words.AMOUNTS, words.AMOUNT_HEADS, turn.amounts),
        *_list(words.WARNINGS, turn.warnings),
        *_table(words.STEPS, words.STEP_HEADS, turn.steps),
        *([f"### {words.SOURCES}"] if turn.sources else []),
        *(part for source in turn.sources for part in _source(source)),
    ]


def _source(source: Source) -> list[str]:
    quoted = "\n".join(f"> {line}" for line in plain(source.quote).split("\n"))
    return [f"#### {plain_line(source.head)}", "\n".join(f"- {plain_line(line)}" for line in source.lines), quoted]


def _list(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"### {heading}", "\n".join(f"- {plain_line(line)}" for line in lines)] if lines else []


def _table(heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    lines = [heads, ["---"] * len(heads), *([plain_line(cell) for cell in row] for row in rows)]
    return [f"### {heading}", "\n".join(f"| {' | '.join(line)} |" for line in lines)]
