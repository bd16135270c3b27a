"""Fitting the weights: the slope is that of the loss, and what tells gold from the rest gets the weight."""

import numpy as np
import pytest

from evals.bench.fit_ranking import NAMES, Example, cross_validate, fit_weights, likelihood, rank_at

TELLING, IDLE = 0, 1


def made_up(count: int) -> list[Example]:
    """Questions with five candidates; the gold one has more of the first feature."""
    random_ = np.random.default_rng(7)
    examples = []
    for number in range(count):
        features = random_.random((5, len(NAMES)))
        features[2, TELLING] += 2
        examples.append(Example(id=str(number), features=features, is_gold=np.arange(5) == 2))
    return examples


def test_the_slope_is_that_of_the_loss() -> None:
    examples, at, step = made_up(4), np.linspace(-1, 1, len(NAMES)), 1e-6
    found = likelihood(at, examples)
    for place in range(len(NAMES)):
        nudge = np.eye(len(NAMES))[place] * step
        ahead, behind = likelihood(at + nudge, examples).loss, likelihood(at - nudge, examples).loss
        assert found.slope[place] == pytest.approx((ahead - behind) / (2 * step), abs=1e-6)


def test_what_tells_gold_from_the_rest_gets_the_weight() -> None:
    found = fit_weights(made_up(40))
    assert found[TELLING] > 2
    assert found[TELLING] > 4 * abs(found[IDLE])


def test_a_question_whose_gold_is_no_candidate_is_a_miss_and_teaches_nothing() -> None:
    examples = made_up(20)
    lost = Example(id="lost", features=examples[0].features, is_gold=np.zeros(5, dtype=np.bool_))
    nothing = Example(id="nothing", features=np.empty((0, len(NAMES))), is_gold=np.zeros(0, dtype=np.bool_))
    found = fit_weights([*examples, lost, nothing])
    assert found == pytest.approx(fit_weights(examples))
    assert rank_at(found, lost) is None and rank_at(found, nothing) is None


def test_cross_validation_ranks_every_question_once() -> None:
    ranks = cross_validate(made_up(24))
    assert len(ranks) == 24 and set(ranks) == {1}


def test_equal_scores_keep_the_order_of_the_candidates() -> None:
    example = Example(id="even", features=np.zeros((3, len(NAMES))), is_gold=np.array([False, True, True]))
    assert rank_at(np.ones(len(NAMES)), example) == 2
