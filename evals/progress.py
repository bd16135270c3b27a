"""Progress of the long-running evaluations, on stderr; stdout is for figures."""

import logging
import sys


def show_progress() -> None:
    """Write what the loggers below `evals` say to stderr, and what other libraries say not."""
    logger = logging.getLogger("evals")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.setLevel(logging.INFO)
    logger.propagate = False
