"""What can go wrong with the corpus; every message says what to do next."""


class CorpusError(Exception):
    """A document cannot be read, described or stored."""


class UnreadableFile(CorpusError):
    """The raw file is not text that this program can read."""


class DocumentConflict(CorpusError):
    """A document with the same id or the same text is already there, or is not there."""
