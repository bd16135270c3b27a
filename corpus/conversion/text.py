"""Bytes of a text file → characters: UTF-8, UTF-16, UTF-32, GB 18030 or Big5, told by the content alone.

Almost any bytes can be read as GB 18030 without an error, Big5 and a cut UTF-8 file too; what comes out is another
text. So a decoding has to read like Chinese: among its Chinese characters the commonest have to turn up as often as
they do in any text. Where two decodings do, or none does, the file is refused.

Safe in the parent process: codecs of the standard library run in linear time and make at most one character a byte,
and files are bounded. A label (`charset=` in a page) is not asked: such labels are wrong too often.
"""

import codecs
import re
from dataclasses import dataclass

from corpus.conversion.records import Converted
from corpus.conversion.unseen import take_out_unseen
from corpus.conversion.wording import NO_CHINESE, refuse

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# Characters that every text of administration uses, in both scripts.
_COMMON = frozenset(
    "的一是不在人有为之大来以个中上国和地也子时道出要于就下得可年会那后能对其里所去行家十用发成多二无同法起与好还分此"
    "心前面又定只主没公从第条本市县区省政府办奖励补助资金标准业企单位项目申请管理规定施通知实工作部门经济万元月日号三"
    "為國時會後對裡發無還門實業單項條經縣區獎勵補標準請萬號從"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")
_PLAIN = re.compile("[\t\n\r\x0c\x20-\x7e\u00a0-\u00ff\u2010-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
COMMON_SHARE_MIN = (
    0.12  # of the Chinese characters; right decodings of policies have 0.35 and more, wrong ones below 0.03
)
LEAD = 2.0  # how many times better than the next decoding the best one has to be
PLAIN_SHARE_MIN = 0.95  # of the characters of a UTF-16 or UTF-32 file without a mark
CUT_BYTES = 3  # at the end of a file that may be the beginning of one character
SAMPLE = 20_000  # characters that are looked at


@dataclass(frozen=True)
class _Decoded:
    encoding: str
    text: str


def read_text(content: bytes) -> Converted:
    """Decode a text file; `form` names the encoding.

    Raises:
        UnreadableFile: Empty, cut, no text, or in an encoding that cannot be told for certain.
    """
    decoded = _decode(content)
    if not decoded.text.strip():
        raise refuse("empty")
    converted = take_out_unseen(Converted(text=decoded.text, form=decoded.encoding))
    if not _CHINESE.search(converted.text):
        return Converted(text=converted.text, form=converted.form, hidden=converted.hidden, notes=(NO_CHINESE,))
    return converted


def _decode(content: bytes) -> _Decoded:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _Decoded(encoding, _strictly(content[len(mark) :], encoding))
    if b"\x00" in content:
        return _wide(content)
    try:
        return _Decoded("utf-8", content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(content, error):
            raise refuse("cut_text") from error
    return _by_reading(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("cut_text") from error


def _wide(content: bytes) -> _Decoded:
    """A text of two or four bytes a character without a mark: an ASCII character or a line end has a zero byte."""
    fitting = [
        found
        for encoding in _WIDE
        if (found := _try(content, encoding)) and _plain_share(found.text) >= PLAIN_SHARE_MIN
    ]
    if len(fitting) != 1 and not (fitting and fitting[0].encoding.startswith("utf-32")):
        raise refuse("not_text")
    return fitting[0]


def _by_reading(content: bytes) -> _Decoded:
    """A text in GB 18030, Big5 or UTF-16 without a mark or an ASCII character, whichever reads like Chinese."""
    tried = [
        found for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be") if (found := _try(content, encoding))
    ]
    if not tried:
        raise refuse("not_text")
    best, *others = sorted(tried, key=lambda one: _score(one.text), reverse=True)
    score = _score(best.text)
    if score < COMMON_SHARE_MIN or (others and _score(others[0].text) * LEAD > score):
        raise refuse("unknown_encoding")
    return _Decoded(best.encoding.removesuffix("hkscs"), best.text)


def _try(content: bytes, encoding: str) -> _Decoded | None:
    """The content in an encoding; None where it is none, or holds what no text holds."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _BAD.search(text) else _Decoded(encoding, text)


def _score(text: str) -> float:
    """How much a decoding reads like Chinese: the share of its characters beyond ASCII that are common ones."""
    beyond = [one for one in text[:SAMPLE] if one > "\x7f" and not "\u3000" <= one <= "\u303f"]
    return sum(one in _COMMON for one in beyond) / len(beyond) if beyond else 0.0


def _plain_share(text: str) -> float:
    sample = text[:SAMPLE]
    return len(_PLAIN.findall(sample)) / len(sample) if sample else 0.0


def _is_mostly_utf8(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether it is UTF-8 that was cut or damaged: most of its characters beyond ASCII are whole."""
    if error.start >= len(content) - CUT_BYTES and any(byte > 127 for byte in content[: error.start]):
        return True
    lenient = content.decode("utf-8", "replace")
    beyond = [one for one in lenient[:SAMPLE] if one > "\x7f"]
    return bool(beyond) and beyond.count("\ufffd") * 4 < len(beyond)
