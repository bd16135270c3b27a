"""The steps that bring the tables from one form to the next, in order; each file is one and is never changed."""
