"""Records of the index stage: what is asked, what is found, and what a build leaves behind."""

from dataclasses import dataclass

from corpus.records import Passage

MAX_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class Query:
    """One search.

    `documents` restricts the search to these document ids (`None`: all); `terms` are further words
    for the lexical channel, such as the full names of abbreviations in `text`; `words`, where given, is
    what the lexical channel searches in place of `text`.
    """

    text: str
    documents: frozenset[str] | None = None
    limit: int = 20
    terms: tuple[str, ...] = ()
    words: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise ValueError(
                f"Cannot search with limit={self.limit} (Query): the legal range is 1 to {MAX_LIMIT}. "
                "Next: ask for fewer passages, or page through documents with Query.documents."
            )


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A passage found; ranks count from 1, `None` where that channel did not return it."""

    passage: Passage
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float | None = None  # cosine of question and passage; None without an embedding


@dataclass(frozen=True, kw_only=True)
class FileMark:
    """Size in bytes and sha256 of one file of a snapshot."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class IndexManifest:
    """What a snapshot was made from; written last, so that its presence says the snapshot is whole."""

    format: int
    model_id: str
    dimension: int
    corpus_sha256: str
    terms_sha256: str
    documents: int
    clauses: int
    passages: int
    chromadb_version: str
    created: str  # ISO 8601, UTC
    files: dict[str, FileMark]


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What one call of `build_index` did."""

    snapshot: str
    documents: int
    clauses: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    nothing_to_do: bool
