"""`--filter`: which cases of a suite are run.

`type=award_calc`, `region=威海`, `id=ca-*,cb-*`; without a key, a part of the id or of the question. Several filters
all have to let a case pass; several values of one, any.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from evals import words
from evals.loading import Sources
from evals.probes import Probe

KEYS = ("id", "type", "persona", "region", "document", "status")


class FilterError(ValueError):
    """A filter that cannot be read; the message lists the keys."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter; `key` is "" for a part of id or question."""

    given: str
    key: str
    values: tuple[str, ...]

    def lets_pass(self, probe: Probe, sources: Sources) -> bool:
        """Whether a probe is to be run."""
        case_id = probe.case.id if probe.case is not None else probe.id
        if self.key == "id":
            return any(fnmatchcase(one, value) for value in self.values for one in (case_id, probe.id))
        if self.key == "type":
            return probe.type in self.values
        if self.key == "persona":
            return probe.case is not None and probe.case.persona in self.values
        described = probe.describe(sources)
        if self.key == "document":
            return not set(self.values).isdisjoint(described.documents)
        if self.key == "status":
            return described.gold.get("status") in self.values
        if self.key == "region":
            regions = [sources.documents[id_].region.name for id_ in described.documents if id_ in sources.documents]
            return any(value in region for value in self.values for region in regions)
        return any(value in case_id or value in described.question for value in self.values)


def read_filter(given: str) -> Filter:
    """Read a filter.

    Raises:
        FilterError: A key that does not exist, or no value.

    >>> read_filter("type=award_calc,aggregate").values
    ('award_calc', 'aggregate')
    """
    key, separator, rest = given.partition("=")
    if not separator:
        key, rest = "", given
    values = tuple(value.strip() for value in rest.split(",") if value.strip()) if key else (given.strip(),)
    if (key and key not in KEYS) or not values or not all(values):
        raise FilterError(words.BAD_FILTER.format(given=given, keys="、".join(KEYS)))
    return Filter(given=given, key=key, values=values)
