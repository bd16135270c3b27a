"""Everything that is promised in figures, measured side by side: `python -m evals.bench`."""
