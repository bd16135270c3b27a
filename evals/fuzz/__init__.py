"""Inputs that nobody thought of, against what has to hold for every input: numerals, documents, questions.

`inputs` makes them out of any `random.Random`, so that a seed, hypothesis or a coverage-guided engine can choose;
`invariants` says what has to hold; `targets` puts the two together. `python -m evals.fuzz` runs them for a while.
"""
