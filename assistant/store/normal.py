"""One form for questions that differ in spacing, punctuation, case or width only."""

import unicodedata


def normal_question(text: str) -> str:
    """The letters and digits of a question, in one width and case.

    >>> normal_question(" 国标 奖励，多少？") == normal_question("国标奖励多少?")
    True
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
