"""The questions that the benchmark asks: those of the project's own suites."""

from functools import cache

from evals.cases import QuestionCase, RetrievalCase
from evals.loading import Sources, load_suite, packaged_sources

ASKED = ("answers", "claims")  # suites whose single questions are asked for their times


@cache
def sources() -> Sources:
    """The packaged documents."""
    return packaged_sources()


@cache
def retrieval_cases() -> tuple[RetrievalCase, ...]:
    """Questions with the one place where the answer stands."""
    return tuple(case for case in load_suite("retrieval").cases if isinstance(case, RetrievalCase))


@cache
def question_cases() -> tuple[QuestionCase, ...]:
    """Questions that have an answer."""
    suites = [load_suite(name) for name in ASKED]
    return tuple(case for suite in suites for case in suite.cases if isinstance(case, QuestionCase))
