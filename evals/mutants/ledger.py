"""Faults of the ledger: what a figure is for, how much it is, what kind of sum."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from corpus.awards import AmountKind, AwardFact
from corpus.vocabulary import concepts
from evals.mutants.editing import amounts_moved, facts_changed, ledger_changed
from evals.mutants.mutant import Mutant, Stage

_MYRIAD = Decimal(10_000)
_OTHER_ROLE = {"主导": "参与", "参与": "主导"}


def _times(factor: Decimal) -> Callable[[AwardFact], AwardFact]:
    def change(fact: AwardFact) -> AwardFact:
        yuan = fact.amount.yuan
        return fact if yuan is None else replace(fact, amount=replace(fact.amount, yuan=yuan * factor))

    return change


def _relabelled(names: dict[str, str]) -> Callable[[AwardFact], AwardFact]:
    return lambda fact: replace(fact, labels=tuple(names.get(name, name) for name in fact.labels))


def _without_kind(kind: str) -> Callable[[AwardFact], AwardFact]:
    def change(fact: AwardFact) -> AwardFact:
        names = {concept.name for concept in concepts() if concept.kind == kind}
        return replace(fact, labels=tuple(name for name in fact.labels if name not in names))

    return change


def _fixed(fact: AwardFact) -> AwardFact:
    is_cap = fact.amount.kind is AmountKind.CAP
    return replace(fact, amount=replace(fact.amount, kind=AmountKind.EXACT)) if is_cap else fact


MUTANTS = (
    Mutant(
        name="figures_swapped",
        stage=Stage.LEDGER,
        breaks="The first two figures of one list (分别给予…) are taken for each other.",
        edit=amounts_moved("weihai-2020", 1164, 1169),
    ),
    Mutant(
        name="figures_rotated",
        stage=Stage.LEDGER,
        breaks="The figures of one list are all given to the thing before theirs.",
        edit=amounts_moved("chengxiang-2021", 4267, 4272, 4276, 4280, 4284),
    ),
    Mutant(
        name="fact_lost",
        stage=Stage.LEDGER,
        breaks="One award of one policy is not read.",
        edit=facts_changed(lambda fact: None if fact.id == "foshan-2018@1639" else fact),
    ),
    Mutant(
        name="myriad_lost",
        stage=Stage.LEDGER,
        breaks="万元 of one policy is read as 元.",
        edit=facts_changed(_times(1 / _MYRIAD), "zaozhuang-2018"),
        unlocked=True,
    ),
    Mutant(
        name="tenfold",
        stage=Stage.LEDGER,
        breaks="The sums of one policy are ten times too high.",
        edit=facts_changed(_times(Decimal(10)), "beijing-2020-bjsczjbjsscj"),
        unlocked=True,
    ),
    Mutant(
        name="ceilings_read_as_fixed",
        stage=Stage.LEDGER,
        breaks="不超过 and 最高 are overlooked: a ceiling is taken for a fixed sum.",
        edit=facts_changed(_fixed),
    ),
    Mutant(
        name="level_labels_lost",
        stage=Stage.LEDGER,
        breaks="Awards no longer know whether they are for something of the nation, a province, a city or a county.",
        edit=facts_changed(_without_kind("level")),
    ),
    Mutant(
        name="roles_swapped",
        stage=Stage.LEDGER,
        breaks="In one policy 主导 and 参与 are taken for each other.",
        edit=facts_changed(_relabelled(_OTHER_ROLE), "linyi-2019"),
    ),
    Mutant(
        name="revising_read_as_making",
        stage=Stage.LEDGER,
        breaks="In one policy an award for revising a standard is entered as one for making it.",
        edit=facts_changed(_relabelled({"修订": "制定"}), "weihai-2020"),
    ),
    Mutant(
        name="ranks_lost",
        stage=Stage.LEDGER,
        breaks="Awards no longer know for which places among the drafters they are.",
        edit=facts_changed(lambda fact: replace(fact, ranks=())),
    ),
    Mutant(
        name="persons_read_as_units",
        stage=Stage.LEDGER,
        breaks="Awards for persons are entered as awards for units.",
        edit=facts_changed(lambda fact: replace(fact, who="unit") if fact.who == "person" else fact),
    ),
    Mutant(
        name="budgets_lost",
        stage=Stage.LEDGER,
        breaks="Awards no longer know out of which budget, the city's or the county's, they are paid.",
        edit=facts_changed(lambda fact: replace(fact, budget="")),
    ),
    Mutant(
        name="torn_places_unseen",
        stage=Stage.LEDGER,
        breaks="A torn place is no longer known to be torn.",
        edit=ledger_changed(lambda ledger: replace(ledger, rejects=())),
    ),
)
