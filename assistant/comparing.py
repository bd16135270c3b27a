"""Which region pays most for one award, and by how much."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant import messages
from assistant.compose import Composer
from assistant.reading import Reading
from assistant.records import Amount, Step
from assistant.sums import say_yuan


@dataclass(frozen=True, kw_only=True)
class Total:
    """What one region pays for what is asked."""

    place: str
    yuan: Decimal
    is_cap: bool
    marker: int  # of the quote that it rests on


def compare(totals: Sequence[Total], documents: int, composer: Composer, reading: Reading) -> None:
    """Say which region pays most, where each has one sum; and by how much, of two."""
    if len(totals) < 2 or len(totals) != documents:
        return
    ordered = sorted(totals, key=lambda total: -total.yuan)
    most = [total.place for total in ordered if total.yuan == ordered[0].yuan]
    template = messages.EQUAL_SUMS if len(most) == len(totals) else messages.HIGHEST
    composer.say(template.format(regions="、".join(most), sum=say_yuan(ordered[0].yuan)))
    if len(totals) == 2 and len(most) == 1 and re.search("差|高多少|高几|多多少|多几|多出", reading.text):
        gap = ordered[0].yuan - ordered[1].yuan
        composer.say(
            messages.GAP.format(high=say_yuan(ordered[0].yuan), low=say_yuan(ordered[1].yuan), gap=say_yuan(gap))
        )
        kind = "cap" if any(total.is_cap for total in totals) else "exact"
        composer.amount(Amount.model_validate({"yuan": gap, "kind": kind, "label": messages.GAP_LABEL}))
        composer.step(
            Step(
                step=messages.GAP_LABEL,
                expression=f"{ordered[0].yuan:f} - {ordered[1].yuan:f}",
                yuan=gap,
                citation=ordered[0].marker,
            )
        )
    if any(total.is_cap for total in totals):
        composer.say(messages.CEILINGS_COMPARED)
