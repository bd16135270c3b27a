"""F02: a server killed while policies are sent in: what was acknowledged is there after the next start, the rest is
wholly in or wholly out."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main
from corpus import Library
from index import Embedder, open_index
from tests.faults.figures import Figures
from tests.faults.program import Starter, serving
from tests.faults.staff import CITIES, Sending, Staff

pytestmark = [pytest.mark.fault, pytest.mark.sample]


def test_killed_while_policies_are_sent_in(
    home: Path, server_starter: Starter, embedder: Embedder, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    staff, random_, tries = Staff(server_starter, home), random.Random(2), rounds(20, 3)
    sent: list[Sending] = []
    ready: list[float] = []
    longest = 1.0
    for turn, city in enumerate(CITIES[:tries]):
        sending = Sending(city, 21 + turn)
        with serving(server_starter, home) as server:
            ready.append(server.ready_s)
            for earlier in sent[-3:]:
                staff.check(server, earlier)
            client = threading.Thread(target=staff.take_in, args=(server, sending))
            begun = time.monotonic()
            client.start()
            client.join(60 if turn == 0 else random_.random() * 1.3 * longest)
            longest = max(longest, time.monotonic() - begun)
            server.started.kill()
            client.join(60)
        sent.append(sending)
    with serving(server_starter, home) as server:
        inside = [one.city for one in sent if staff.check(server, one)]
        assert server.wrong() == []
    check_same_documents(home, embedder)
    if "audit" in main.commands:
        assert server_starter.run(home, "audit", "verify").status == 0
    acknowledged = sum(one.accepted for one in sent)
    figures.tell(
        "F02", "kill -9 of the server while policies are sent in", tried=tries, survived=tries, seconds=ready,
        acknowledged=acknowledged, inside=len(inside),
    )  # fmt: skip
    assert acknowledged >= 1


def check_same_documents(home: Path, embedder: Embedder) -> None:
    """Library, records, words and vectors name the same documents."""
    index = open_index(home, embedder)
    try:
        stored = {document.id for document in Library(home).documents()}
        assert {document.id for document in index.documents} == stored
        assert {passage.document_id for passage in index.passages} == stored
        assert index.manifest.passages == len(index.passages)
    finally:
        index.close()
