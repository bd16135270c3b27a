"""A talk as a file to keep: Markdown or Word, every answer with its clauses."""
