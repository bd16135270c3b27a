"""The assistant over the made-up policies, as in the tests of answering."""

from tests.assistant.conftest import answering_home, assistant, documents, publish, whole

__all__ = ["answering_home", "assistant", "documents", "publish", "whole"]
