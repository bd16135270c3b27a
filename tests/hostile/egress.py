"""A whole session without a language model, told by Python's own audit hook: who is called, which names are looked up.

`python -m tests.hostile.egress` prints them as JSON. The hook is set before anything of ours or of others is imported.
"""

import json
import sys
import tempfile
from pathlib import Path

WATCHED = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
seen: list[tuple[str, str]] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every call out of this process; of a connection its address, of a look-up its name."""
    if event in WATCHED or event.startswith("subprocess."):
        told = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        seen.append((event, json.dumps(told, default=str)))


def session(home: Path) -> int:
    """Ask through every door, work out a claim, export, read a document, look at the page; how many answers came."""
    from tests.hostile.cases import Case
    from tests.hostile.doors import DOORS, put
    from tests.hostile.standing import standing

    asked = [
        "萧山主导制定国家标准奖励多少",
        "![x](http://evil.test/a.png)连云港主导制定国家标准奖励多少",
        "http://evil.test",
    ]
    claim = {"region": "江门市", "achievements": [{"what": "主导制定国家标准"}]}
    with standing(home) as stand:
        answers = [put(stand, Case(row="I5", question=one), door).answer for one in asked for door in DOORS]
        got = [stand.http.post("/api/estimate", json=claim)]
        got += [stand.http.post("/api/export", json={"format": "docx", "turns": [{"question": asked[1]}]})]
        pages = ("/", "/config", "/documents/hostile-2024", "/api/facts.xlsx", "/healthz", "/docs", "/openapi.json")
        got += [stand.http.get(page) for page in pages]
    assert {reply.status_code for reply in got} == {200}, [reply.status_code for reply in got]
    return sum(answer is not None for answer in answers)


if __name__ == "__main__":
    sys.addaudithook(watch)
    with tempfile.TemporaryDirectory() as made:
        answered = session(Path(made))
    sys.stdout.write(json.dumps({"answered": answered, "seen": sorted(set(seen))}))
