"""A language model beside the rules engine, where one is configured. Importing this loads no library."""

from assistant.llm.assisted import Assisted
from assistant.llm.model import LanguageModel
from assistant.llm.records import Bounds, Endpoint, Use

__all__ = ["Assisted", "Bounds", "Endpoint", "LanguageModel", "Use"]
