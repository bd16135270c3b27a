"""What can go wrong with the index, each with the command that mends it."""


class IndexingError(Exception):
    """Anything the index stage refuses or fails at; the message says what to do next."""


class IndexMissing(IndexingError):
    """No index has been published under this home yet."""


class IndexStale(IndexingError):
    """The published index was made with another model, dimension or format."""


class IndexDamaged(IndexingError):
    """Files of the published index are missing, changed or unreadable."""


class BuildBusy(IndexingError):
    """Another process is building the index right now."""


class BuildFailed(IndexingError):
    """The new index could not be finished; the one published before still serves."""


class StoreUnavailable(IndexingError):
    """The vector store cannot be used at present; it may be later."""


class ModelMissing(IndexingError):
    """The embedding model, or its exported form, is not on this machine."""


class ModelDamaged(IndexingError):
    """The embedding model's files are not what they should be."""


class EmbeddingFailed(IndexingError):
    """A text could not be turned into a usable vector."""
