"""Characters that nobody sees: taken out of a converted text and told, whatever the file was.

They stand inside words to hide them from a search, spell whole sentences (Unicode tags), or turn the order of what is
seen. Characters that are no characters at all mean a wrong encoding, and refuse the file.
"""

import re
import unicodedata
from dataclasses import replace

from corpus.conversion.records import HIDDEN_MAX, Converted, Hidden
from corpus.conversion.wording import MORE_HIDDEN, refuse

_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # chooses among drawings of the sign before it
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2064\u2066-\u206f\u3164"
    "\ufeff\uffa0]+"
)
_TURNING = re.compile("[\u202a-\u202e]")
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
AROUND = 12  # characters on either side of a zero-width character that are told


def take_out_unseen(converted: Converted) -> Converted:
    """The same with a text of visible characters alone; what was taken out is told in `hidden`.

    Raises:
        UnreadableFile: There are characters that are none (private use, U+FFFD, controls), or that turn the order.
    """
    text = _VARIANT.sub("", _LINE_ENDS.sub("\n", converted.text))
    if _NO_CHARACTER.search(text) or any(_is_no_character(one) for one in set(text) if one > "\uffff"):
        raise refuse("private_characters")
    if _TURNING.search(text):
        raise refuse("reversed_text")
    hidden = list(converted.hidden)
    for found in _TAGS.finditer(text):
        spelled = "".join(chr(ord(one) - 0xE0000) for one in found.group() if one >= "\U000e0020")
        hidden.append(Hidden(how="tags", text=spelled[:HIDDEN_MAX]))
    text = _TAGS.sub("", text)
    for found in _ZERO_WIDTH.finditer(text):
        around = text[max(0, found.start() - AROUND) : found.end() + AROUND]
        hidden.append(Hidden(how="zero_width", text=_ZERO_WIDTH.sub("|", around).replace("\n", " ")))
        if len(hidden) > HIDDEN_MAX:
            break
    text = _ZERO_WIDTH.sub("", text)
    return _bounded(replace(converted, text=text), hidden)


def _bounded(converted: Converted, hidden: list[Hidden]) -> Converted:
    shown = tuple(Hidden(how=one.how, text=_printable(one.text)[:HIDDEN_MAX]) for one in hidden[:HIDDEN_MAX])
    notes = converted.notes
    if len(hidden) > HIDDEN_MAX:
        notes = (*notes, MORE_HIDDEN.format(limit=HIDDEN_MAX))
    return replace(converted, hidden=shown, notes=notes)


def _printable(text: str) -> str:
    """A hidden text for a report: on one line, without characters that a terminal would act on."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _is_no_character(one: str) -> bool:
    """Whether a character beyond the first plane is private, or none at all."""
    return unicodedata.category(one) in ("Co", "Cs", "Cn") and not "\U00020000" <= one <= "\U0003ffff"
