"""What can go wrong with the corpus; every message says what to do next."""


class CorpusError(Exception):
    """A document cannot be read, described or stored."""


class UnreadableFile(CorpusError):
    """The raw file is refused, or is not text that this program can read.

    `code` names the reason for programs and tests; `words` say it in Chinese, with what to do next. A reader of
    `corpus.conversion` does not know the file's name; `corpus.intake` puts it before the words.
    """

    def __init__(self, words: str, *, code: str = "unreadable") -> None:
        super().__init__(words)
        self.words = words
        self.code = code


class DocumentConflict(CorpusError):
    """A document with the same id or the same text is already there, or is not there."""
