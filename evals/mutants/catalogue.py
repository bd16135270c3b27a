"""All mutants, by the stage that they break."""

from evals.mutants import answering, calculator, citations, documents, ledger, reading, retrieval, validity
from evals.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *documents.MUTANTS,
    *ledger.MUTANTS,
    *reading.MUTANTS,
    *retrieval.MUTANTS,
    *calculator.MUTANTS,
    *answering.MUTANTS,
    *citations.MUTANTS,
    *validity.MUTANTS,
)
