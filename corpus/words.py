"""The words of a text, and whether one runs across a gap: the corpus's only use of jieba.

Conversion from page images leaves spaces inside words and line ends inside sentences. A gap that a
dictionary word crosses is damage; a gap between words may be the author's.
"""

import logging
from collections.abc import Iterator
from functools import cache
from typing import Protocol

CONTEXT_CHARACTERS = 8


class _Cutter(Protocol):
    def cut(self, sentence: str, *, HMM: bool) -> Iterator[str]: ...


@cache
def _tokenizer() -> _Cutter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter: _Cutter = jieba.Tokenizer()
    return cutter


def crosses_word(left: str, right: str) -> bool:
    """Whether joining `left` and `right` makes a word that spans the seam.

    >>> crosses_word("通过验收并获", "得市级项目")
    True
    >>> crosses_word("市财政局", "市场监督管理局印发")
    False
    """
    left, right = left[-CONTEXT_CHARACTERS:], right[:CONTEXT_CHARACTERS]
    if not left or not right:
        return False
    position = 0
    for word in _tokenizer().cut(left + right, HMM=False):
        position += len(word)
        if position == len(left):
            return False
        if position > len(left):
            return True
    return False


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, punctuation and white space too: joined they are the text.

    >>> words_of("奖励20万元")
    ('奖励', '20', '万元')
    """
    return tuple(_tokenizer().cut(text, HMM=False))
