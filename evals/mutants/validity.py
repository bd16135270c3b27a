"""Faults of telling whether a document holds, and of warning when it does not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from assistant.compose import Composer
from assistant.records import Warning_
from corpus.validity import Standing
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch
from evals.mutants.reading import questioned

_DAY = timedelta(days=1)


class StandingBy(Protocol):
    """`corpus.validity.standing_by`."""

    def __call__(
        self, *, is_draft: bool, published: date | None, start: date | None, end: date | None, day: date
    ) -> Standing: ...


def _standing(name: str, breaks: str, broken: Callable[[StandingBy], StandingBy]) -> Mutant:
    patches = (Patch(target="corpus.validity:standing_by", broken=broken),)
    return Mutant(name=name, stage=Stage.VALIDITY, breaks=breaks, patches=patches)


def _moved(*, start_by: timedelta, end_by: timedelta) -> Callable[[StandingBy], StandingBy]:
    def broken(standing_by: StandingBy) -> StandingBy:
        def call(
            *, is_draft: bool, published: date | None, start: date | None, end: date | None, day: date
        ) -> Standing:
            return standing_by(
                is_draft=is_draft,
                published=published,
                start=start and start + start_by,
                end=end and end + end_by,
                day=day,
            )

        return call

    return broken


def _never(standing: Standing) -> Callable[[StandingBy], StandingBy]:
    def broken(standing_by: StandingBy) -> StandingBy:
        def call(
            *, is_draft: bool, published: date | None, start: date | None, end: date | None, day: date
        ) -> Standing:
            found = standing_by(is_draft=is_draft, published=published, start=start, end=end, day=day)
            return Standing.IN_FORCE if found is standing else found

        return call

    return broken


def _unwarned(code: str, what: str) -> Mutant:
    def broken(warnings: Callable[[Composer], tuple[Warning_, ...]]) -> Callable[[Composer], tuple[Warning_, ...]]:
        return lambda self: tuple(one for one in warnings(self) if one.code != code)

    return Mutant(
        name=f"{code}_unwarned",
        stage=Stage.VALIDITY,
        breaks=f"There is no warning of {what}.",
        patches=(Patch(target="assistant.compose:Composer.warnings", broken=broken),),
    )


MUTANTS = (
    _unwarned("expired", "a document that no longer holds"),
    _unwarned("draft", "a draft"),
    _unwarned("not_in_force_yet", "a document that does not hold yet"),
    _unwarned("source_anomaly", "a figure that looks misprinted"),
    _standing("last_day_lost", "A document's last day counts as past.", _moved(start_by=0 * _DAY, end_by=-_DAY)),
    _standing("day_too_long", "A document holds a day too long.", _moved(start_by=0 * _DAY, end_by=_DAY)),
    _standing("first_day_lost", "A document's first day counts as too early.", _moved(start_by=_DAY, end_by=0 * _DAY)),
    _standing("expired_in_force", "A document that no longer holds counts as in force.", _never(Standing.EXPIRED)),
    _standing("draft_in_force", "A draft counts as in force.", _never(Standing.DRAFT)),
    _standing("early_in_force", "A document that does not hold yet counts as in force.", _never(Standing.NOT_YET)),
    questioned(
        "day_ignored",
        Stage.VALIDITY,
        "The day of judgement that a question states is ignored.",
        lambda question: question.model_copy(update={"as_of": None}),
    ),
)
