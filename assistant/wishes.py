"""What sort of answer a question wishes for, told from its shape: an award, a meaning, a thing named."""

import re

from assistant.intents import Intent, asks_fee, read_intents
from assistant.reading import Reading
from assistant.rewording import reword

TERSE_MAX = 20  # characters of a question that only names a place and a thing
_MEANS = re.compile("指什么|指的|是指|是什么意思|什么意思|啥意思|指啥|怎么认定|如何认定|怎么界定|算谁|定义")


def is_terse(reading: Reading) -> bool:
    """Whether a question only names a place and a thing, as a hotline types it."""
    plain = bool(reading.regions) and len(reading.text) <= TERSE_MAX and not asks_fee(reword(reading.text))
    return plain and not reading.intents


def asks_for_award(reading: Reading) -> bool:
    """Whether an amount is asked for, in so many words or as a hotline does: a place and a thing, no more."""
    if reading.has(Intent.AMOUNT):
        return True
    awarded = any(concept.kind in ("item", "standard", "organ", "seat") for concept in reading.concepts)
    return is_terse(reading) and awarded


def asks_meaning(reading: Reading) -> bool:
    """Whether the question ends in asking what a word means, whatever money it speaks of before."""
    last = re.split("[，。；,;]", reading.text.rstrip("？?。 "))[-1]
    intents = read_intents(reword(last))
    return Intent.DEFINITION in intents and Intent.AMOUNT not in intents and _MEANS.search(last) is not None
