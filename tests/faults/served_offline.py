"""Asks a server that only processes of its own network can reach: the golden questions, its health, its page."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(told: Path) -> None:
    """Print what was found; the server's address is in what it told."""
    sys.path.insert(0, str(ROOT))
    import httpx

    from tests.faults.program import ADDRESS, Server, Started, Starter, answers_at, wait_until

    wait_until(lambda: ADDRESS.search(told.read_text("utf-8")), 60, "an address")
    found = ADDRESS.search(told.read_text("utf-8"))
    assert found is not None
    wait_until(lambda: answers_at(found[0]), 120, "the first reply")
    server = Server(Started(Starter(told.parent), 0, told, told), found[0], 0.0)
    page = httpx.get(found[0], timeout=60).status_code
    sys.stdout.write(json.dumps({"wrong": server.wrong(), "health": server.health(), "page": page}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
