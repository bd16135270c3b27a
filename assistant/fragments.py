"""Where the words that a question puts in quotation marks stand in a document."""

import re
from collections.abc import Iterator

from corpus.records import PolicyDocument


def find_fragments(text: str, document: PolicyDocument) -> Iterator[tuple[int, int]]:
    """Where a stretch that a question puts in quotation marks stands in a document, blanks aside."""
    wanted = re.sub(r"\s", "", text)
    places = [at for at, character in enumerate(document.text) if not character.isspace()]
    bare = "".join(document.text[place] for place in places)
    for found in re.finditer(re.escape(wanted), bare) if wanted else ():
        yield places[found.start()], places[found.end() - 1] + 1
