"""The assistant broken on purpose, one fault at a time, to see whether the suites notice: `python -m evals.mutants`."""
