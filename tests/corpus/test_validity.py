"""Standing on a day: both the first and the last day count, and what is not stated stays unknown."""

from collections.abc import Callable
from datetime import date

import pytest

from corpus.records import PolicyDocument, Status
from corpus.validity import Standing, standing_on

FIRST, LAST, PUBLISHED = date(2020, 1, 1), date(2024, 12, 31), date(2019, 10, 30)
BOTH: dict[str, object] = {"in_force_from": FIRST, "in_force_until": LAST, "published": PUBLISHED}


@pytest.mark.parametrize(
    ("fields", "day", "standing"),
    [
        (BOTH, date(2019, 12, 31), Standing.NOT_YET),
        (BOTH, FIRST, Standing.IN_FORCE),
        (BOTH, LAST, Standing.IN_FORCE),
        (BOTH, date(2025, 1, 1), Standing.EXPIRED),
        ({"in_force_from": FIRST}, date(2019, 12, 31), Standing.NOT_YET),
        ({"in_force_from": FIRST}, date(2099, 1, 1), Standing.IN_FORCE),
        ({"in_force_until": LAST}, LAST, Standing.IN_FORCE),
        ({"in_force_until": LAST}, date(2025, 1, 1), Standing.EXPIRED),
        ({"published": PUBLISHED}, date(2019, 10, 29), Standing.NOT_YET),
        ({"published": PUBLISHED}, PUBLISHED, Standing.UNKNOWN),
        ({}, date(2024, 1, 1), Standing.UNKNOWN),
        ({**BOTH, "status": Status.DRAFT}, date(2022, 1, 1), Standing.DRAFT),
        ({"status": Status.DRAFT}, date(2022, 1, 1), Standing.DRAFT),
    ],
)
def test_standing(
    fields: dict[str, object], day: date, standing: Standing, make_document: Callable[..., PolicyDocument]
) -> None:
    assert standing_on(make_document("文", **fields), day) is standing
