"""Policy documents and their clauses: what the texts are, before anything is searched or answered."""

from corpus.errors import CorpusError, DocumentConflict, UnreadableFile
from corpus.ledger import Derived, Ledger, derive
from corpus.library import Library, packaged_documents
from corpus.passages import make_passages
from corpus.records import Clause, Kind, Passage, PolicyDocument, Region, Status
from corpus.structure import read_clauses

__all__ = [
    "Clause",
    "CorpusError",
    "DocumentConflict",
    "Derived",
    "Kind",
    "Ledger",
    "Library",
    "Passage",
    "PolicyDocument",
    "Region",
    "Status",
    "UnreadableFile",
    "derive",
    "make_passages",
    "packaged_documents",
    "read_clauses",
]
