"""`python -m evals.bench.fit_ranking`: find the weights of `assistant/ranking.toml` anew.

Maximum likelihood: the probability of a passage is the softmax of its score over the question's candidates,
and the weights make the gold passages as probable as they can be, with a small penalty on large weights.
Cross-validation tells what such weights do on questions they were not found on. Prints; writes nothing.
"""

import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Assistant
from assistant.config import Settings
from assistant.ranking import Features, weights
from evals.bench.questions import question_cases, retrieval_cases
from evals.bench.rankings import LabelledQuestion, label_answers, label_retrieval, place_of, rank_candidates
from evals.bench.report import align_columns
from evals.indexing import open_packaged_index
from evals.metrics import RetrievalScore, score_ranks
from evals.places import overlap_any
from evals.progress import show_progress
from index import open_embedder

PENALTY = 0.002  # of the sum of squared weights: keeps a feature that seldom varies from a wild weight
FOLDS = 8
SEED = 1
NAMES = tuple(field.name for field in fields(Features))

Numbers = NDArray[np.float64]

logger = logging.getLogger("evals.fit")


@dataclass(frozen=True, kw_only=True, eq=False)
class Example:
    """One question: a row of features per candidate, and which of them are gold."""

    id: str
    features: Numbers
    is_gold: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Likelihood:
    """The penalised negative mean log-likelihood at some weights, and its slope there."""

    loss: float
    slope: Numbers


def make_example(assistant: Assistant, asked: LabelledQuestion) -> Example:
    """Rank the candidates of a question and mark those that overlap its gold places."""
    ranked = rank_candidates(assistant, asked)
    rows = [[float(getattr(one.features, name)) for name in NAMES] for one in ranked]
    return Example(
        id=asked.id,
        features=np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES)),
        is_gold=np.array([overlap_any(place_of(one.passage), asked.gold) for one in ranked], dtype=np.bool_),
    )


def likelihood(at: Numbers, examples: Sequence[Example]) -> Likelihood:
    """See `Likelihood`; examples without a gold candidate have to be left out."""
    loss, slope = 0.0, np.zeros_like(at)
    for example in examples:
        scores = example.features @ at
        odds = np.exp(scores - scores.max())
        share = odds / odds.sum()
        gold = share[example.is_gold].sum() + 1e-12
        loss -= float(np.log(gold))
        slope -= example.features.T @ (np.where(example.is_gold, share / gold, 0.0) - share)
    n = len(examples)
    return Likelihood(loss=loss / n + PENALTY * float(at @ at), slope=slope / n + 2 * PENALTY * at)


def fit_weights(examples: Sequence[Example]) -> Numbers:
    """The most likely weights, in the order of `NAMES`."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # scipy ships no types

    usable = [example for example in examples if example.is_gold.any()]

    def loss_and_slope(at: Numbers) -> tuple[float, Numbers]:  # the pair that scipy asks for
        found = likelihood(at, usable)
        return found.loss, found.slope

    best: Numbers = minimize(loss_and_slope, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return best


def rank_at(at: Numbers, example: Example) -> int | None:
    """Rank of the first gold candidate by these weights; `None` when the candidates hold none."""
    order = np.argsort(-(example.features @ at), kind="stable")
    found = np.flatnonzero(example.is_gold[order])
    return int(found[0]) + 1 if found.size else None


def cross_validate(examples: Sequence[Example]) -> list[int | None]:
    """The rank of each example's gold by weights that were found without its fold."""
    ranks: list[int | None] = [None] * len(examples)
    folds = np.array_split(np.random.default_rng(SEED).permutation(len(examples)), FOLDS)
    for number, fold in enumerate(folds, start=1):
        logger.info("fold %d of %d …", number, FOLDS)
        held_out = set(fold.tolist())
        at = fit_weights([example for row, example in enumerate(examples) if row not in held_out])
        for row in held_out:
            ranks[row] = rank_at(at, examples[row])
    return ranks


def describe(name: str, score: RetrievalScore) -> list[str]:
    """A line of the table of hits."""
    return [name, str(score.n), *(f"{100 * share:.1f} %" for share in (score.hit_at_1, score.hit_at_5))]


def main() -> int:
    """Print the weights that are, those found, and how both rank."""
    show_progress()
    retrieval, answers = label_retrieval(retrieval_cases()), label_answers(question_cases())
    with tempfile.TemporaryDirectory(prefix="jiangbu-fit-") as folder:
        home = Path(folder)
        index = open_packaged_index(home, open_embedder(Settings(home=home).embedding_model, home=home))
        assistant = Assistant(index)
        examples = [make_example(assistant, asked) for asked in (*retrieval, *answers)]
        index.close()
    now = np.array([weights()[name] for name in NAMES])
    found = fit_weights(examples)
    hits = [["weights", "n", "hit@1", "hit@5"]]
    ways = [
        ("as they are", [rank_at(now, example) for example in examples]),
        ("found now", [rank_at(found, example) for example in examples]),
        ("found now, cross-validated", cross_validate(examples)),
    ]
    for name, ranks in ways:
        hits.append(describe(name, score_ranks(ranks)))
        hits.append(describe("  on retrieval cases", score_ranks(ranks[: len(retrieval)])))
    table = [
        ["feature", "found", "as is"],
        *([n, f"{f:.2f}", f"{w:.2f}"] for n, f, w in zip(NAMES, found, now, strict=True)),
    ]
    missing = [example.id for example in examples if not example.is_gold.any()]
    sys.stdout.write(f"{align_columns(table)}\n\n{align_columns(hits)}\n\ngold not among the candidates: {missing}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
