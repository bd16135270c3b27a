"""Replacing a piece of the program: under all its names, for the time of the block, and nothing that is not there."""

from decimal import Decimal

import pytest

import assistant.answer
import assistant.award_question
import assistant.rewording
import corpus.folding
from assistant.claims import Money
from assistant.rewording import reword
from assistant.stated import Story
from evals.mutants.catalogue import MUTANTS
from evals.mutants.mutant import LOCK_OFF
from evals.mutants.patching import MutantError, Patch, _find, patched

NINE = Money(yuan=Decimal(9))
SHOUTS = Patch(target="assistant.rewording:reword", broken=lambda reword: lambda text: reword(text) + "！")


def test_a_function_is_replaced_under_every_name_that_it_has():
    sound = assistant.rewording.reword
    assert assistant.award_question.reword is sound
    with patched([SHOUTS]):
        assert assistant.rewording.reword("甲") == "甲！"
        assert assistant.award_question.reword is assistant.rewording.reword
        assert reword("甲") == "甲"  # what judges, outside our packages, keeps the sound one
    assert assistant.rewording.reword is assistant.award_question.reword is sound


def test_everything_is_back_after_an_error():
    sound = assistant.rewording.reword
    with pytest.raises(ZeroDivisionError), patched([SHOUTS]):
        1 / 0  # noqa: B018
    assert assistant.rewording.reword is assistant.award_question.reword is sound


def test_the_later_of_two_patches_goes_around_the_earlier_one():
    with patched([SHOUTS, SHOUTS]):
        assert assistant.rewording.reword("甲") == "甲！！"
    assert assistant.rewording.reword("甲") == "甲"


def test_methods_and_properties_and_values_are_replaced():
    patches = [
        Patch(target="assistant.claims.records:Money.at_most", broken=lambda _: lambda self, limit: self),
        Patch(target="assistant.stated:Story.is_claim", broken=lambda is_claim: lambda self: not is_claim(self)),
        Patch(target="assistant.answer:LIMITS_MAX", broken=lambda most: most + 1),
    ]
    story, most = Story(text="", parts=(), wanted="left"), assistant.answer.LIMITS_MAX
    with patched(patches):
        assert NINE.at_most(Decimal(5)) is NINE
        assert story.is_claim is False
        assert assistant.answer.LIMITS_MAX == most + 1
    assert (NINE.at_most(Decimal(5)).yuan, story.is_claim, assistant.answer.LIMITS_MAX) == (5, True, most)


def test_what_was_kept_from_before_is_forgotten_on_both_ways():
    """Spelling is mended once and kept: neither side may see the other's."""
    typed, meant = "技术委原会", "技术委员会"
    assert reword(typed) == meant
    with patched([Patch(target="assistant.spelling:sound", broken=lambda _: lambda character: "")]):
        assert reword(typed) == typed
    assert reword(typed) == meant


@pytest.mark.parametrize(
    "target",
    [
        "assistant.no_such_module:reword",
        "assistant.rewording:no_such_name",
        "assistant.compose:Composer.no_such_method",
        "assistant.compose:NoSuchClass.warnings",
        "assistant.rewording",
    ],
)
def test_a_target_that_is_not_there_is_an_error_and_nothing_is_replaced(target):
    sound = assistant.rewording.reword
    with (
        pytest.raises(MutantError, match="Next: name where it is now"),
        patched([SHOUTS, Patch(target=target, broken=lambda found: found)]),
    ):
        pytest.fail("the block was entered")
    assert assistant.rewording.reword is sound


def test_a_target_that_nothing_goes_through_is_an_error():
    with pytest.raises(MutantError, match="assistant.rewording:reword"), patched([SHOUTS]):
        corpus.folding.fold("甲")


def test_an_error_inside_is_not_hidden_behind_a_target_that_was_not_reached():
    with pytest.raises(ZeroDivisionError), patched([SHOUTS]):
        raise ZeroDivisionError


PATCHES = [LOCK_OFF, *(patch for mutant in MUTANTS for patch in mutant.patches)]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.target)
def test_every_target_of_the_catalogue_is_there(patch):
    owner, name, found = _find(patch.target)
    assert vars(owner)[name] is found
