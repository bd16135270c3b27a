"""What the service remembers: accounts, feedback, reviewed answers, the audit log, talks of staff. One database.

`open_store` opens it, by default the file `jiangbu.sqlite` in the home. Answers never depend on it: they are made
from the documents, and are given when the store fails.
"""

from assistant.store.engine import FILE_NAME, StoreError
from assistant.store.opening import Store, open_store

__all__ = ["FILE_NAME", "Store", "StoreError", "open_store"]
