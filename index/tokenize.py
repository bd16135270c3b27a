"""Chinese tokens for lexical search.

Domain terms (`index/terms.txt`), standard numbers and grades stay whole; words inside a longer word are
given too. jieba's big dictionary takes half a second to load, so only a build loads it: the snapshot gets
the words that occur in its corpus, with their frequencies and the big dictionary's total. Over those texts
both dictionaries cut alike, and readers load the small one only.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.folding import fold

TERMS = Path(__file__).with_name("terms.txt")

# Standard numbers such as gb/t 1.1-2020, db33/t 944-2014, q/jtyly 0024s-2021, iso 9001:2015; words with a
# slash; grades such as 4a or aaaa. ASCII boundaries, since \b sees no edge between a letter and a 汉字.
CODES = re.compile(
    r"(?<![a-z0-9])(?:"
    r"(?P<code>(?P<stem>(?P<series>[a-z]{1,8}\d{0,6}(?:/[a-z]{1,8})*)[ ]?\d+[a-z]?(?:\.\d+)*)(?:[-:—–]+\d{2,4})?)"
    r"|(?P<grade>[1-5]a|a{2,5})"
    r"|(?P<slashed>[a-z]+(?:/[a-z]+)+)"
    r")(?![a-z0-9])"
)
WORD = re.compile(r"\w")
# Words of asking, not of policies: one that happens to occur in a clause would pull that clause up.
STOP = frozenset(
    "的 了 和 与 及 或 在 是 为 对 将 等 其 由 于 以 并 之 吗 呢 吧 啊 我 我们 你 你们 请 请问 多少 什么 怎么 怎样 "
    "如何 哪些 哪个 能 能否 可以 有 没有 要 想 这 那 这个 那个 一个 还是 就 都 也 呀 嘛 么".split()
)


def normalise(text: str) -> str:
    """Return a copy for matching: width, case and traditional characters folded, lower case."""
    return fold(text).lower()


class Tokenizer:
    """Cuts text with one dictionary of word frequencies."""

    def __init__(self, frequencies: dict[str, int], total: int) -> None:
        import jieba

        self._jieba: Any = jieba.Tokenizer()
        self._jieba.FREQ = _with_prefixes(frequencies)
        self._jieba.total = total
        # Skips jieba's own loading, which reads and writes a marshal cache in the shared /tmp.
        self._jieba.initialized = True
        self._cut_line = lru_cache(maxsize=4096)(self._tokens_of_line)

    def cut(self, text: str) -> list[str]:
        """Return the tokens of a text, in order, repeats included."""
        return [token for line in text.splitlines() for token in self._cut_line(line)]

    def narrowed_to(self, texts: Iterable[str]) -> "Tokenizer":
        """Return a tokenizer with only the words that occur in `texts`; over them it cuts alike."""
        lines = {normalise(line) for text in texts for line in text.splitlines()}
        words: set[str] = set()
        for line in lines:
            for start, ends in self._jieba.get_DAG(line).items():
                words.update(line[start : end + 1] for end in ends)
        known = {word: self._jieba.FREQ[word] for word in sorted(words) if self._jieba.FREQ.get(word)}
        return Tokenizer(known, self._jieba.total)

    def save(self, path: Path) -> None:
        """Write the dictionary as JSON."""
        words = {word: count for word, count in self._jieba.FREQ.items() if count}
        record = {"total": self._jieba.total, "words": words}
        path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    def _tokens_of_line(self, line: str) -> tuple[str, ...]:
        text, place, tokens = normalise(line), 0, []
        for match in CODES.finditer(text):
            tokens += self._words(text[place : match.start()])
            tokens += _code_tokens(match)
            place = match.end()
        return tuple(tokens + self._words(text[place:]))

    def _words(self, text: str) -> list[str]:
        words = self._jieba.cut_for_search(text, HMM=False)
        return [word for word in words if WORD.search(word) and word not in STOP]


def load_full() -> Tokenizer:
    """Return a tokenizer with jieba's big dictionary and our terms; for builds, 0.7 s."""
    import jieba

    frequencies, total = jieba.Tokenizer.gen_pfdict(jieba.dt.get_dict_file())
    tokenizer = Tokenizer(frequencies, total)
    for term in TERMS.read_text(encoding="utf-8").split():
        tokenizer._jieba.add_word(term)
    return tokenizer


def load_small(path: Path) -> Tokenizer:
    """Return the tokenizer that `Tokenizer.save` wrote."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Tokenizer(record["words"], record["total"])


def terms_sha256() -> str:
    """Return a digest of the rules of cutting; another one means that the index has to be built again."""
    return hashlib.sha256(TERMS.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _with_prefixes(frequencies: dict[str, int]) -> dict[str, int]:
    """jieba walks from prefix to prefix, so each has to be there, with frequency 0 if it is no word."""
    known = dict(frequencies)
    for word in frequencies:
        for end in range(1, len(word)):
            known.setdefault(word[:end], 0)
    return known


def _code_tokens(match: re.Match[str]) -> Iterator[str]:
    if match["grade"]:
        grade = match["grade"]
        yield grade if grade[0].isdigit() else f"{len(grade)}a"
    elif match["slashed"]:
        yield match["slashed"]
        yield from match["slashed"].split("/")
    else:
        stem = match["stem"].replace(" ", "")
        yield match["series"]
        yield stem
        if match["code"] != match["stem"]:
            yield re.sub(r"[:—–-]+", "-", match["code"].replace(" ", ""))
