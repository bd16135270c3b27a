"""What staff do over HTTP: send a policy in, see it accepted, and what they were told of it."""

import base64
import contextlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.faults.program import Server, Starter

CITIES = (
    "柳州市", "桂林市", "梧州市", "北海市", "玉林市", "百色市", "贺州市", "河池市", "来宾市", "崇左市",
    "南宁市", "钦州市", "贵港市", "防城港市", "三亚市", "昆明市", "曲靖市", "玉溪市", "保山市", "昭通市",
)  # fmt: skip
TEXT = """{city}标准化激励细则
第一条 主导制定国家标准的，每项激励{national}万元；主导制定行业标准的，每项激励{industry}万元。
第二条 申请由市市场监管局受理。
第三条 本细则自2025年2月1日起施行，有效期至2027年1月31日。
"""


@dataclass
class Sending:
    """One policy sent in, and how far it was acknowledged: of that nothing may be lost."""

    city: str
    national: int
    upload: int | None = None  # told that it waits for a reviewer, under this number
    decided: bool = False  # a reviewer said yes, whether or not that arrived
    accepted: bool = False  # told that it is answered from

    def body(self) -> dict[str, Any]:
        """The request that sends it."""
        text = TEXT.format(city=self.city, national=self.national, industry=self.national - 3)
        file = {"name": f"{self.city}.txt", "content_base64": base64.b64encode(text.encode()).decode()}
        return {"files": [file]}

    def is_in(self, server: Server) -> bool:
        """Whether it is in with all that belongs to it, or out with all that does; half of it fails."""
        listed = httpx.get(f"{server.address}api/documents", timeout=60).json()["documents"]
        [known] = [one for one in listed if one["title"].startswith(self.city)] or [None]
        yuan = server.yuan(f"{self.city}主导制定国家标准激励多少")
        if known is None:
            assert yuan == [], f"{self.city} is not there and is answered from"
            return False
        assert yuan == [f"{self.national}0000"], f"{self.city} is there and not answered from"
        assert (known["clauses"], known["facts"]) == (4, 2)  # its title is a clause of its own
        return True


class Staff:
    """Somebody who sends policies in, and somebody who reviews them."""

    def __init__(self, starter: Starter, home: Path) -> None:
        self.tokens = {}
        for role in ("staff", "reviewer"):
            made = starter.run(home, "account", "add", f"fault-{role}", "--role", role)
            assert made.status == 0, made.told()
            self.tokens[role] = made.out.read_text("utf-8").strip()

    def take_in(self, server: Server, sending: Sending) -> None:
        """Send it in and accept it; whatever breaks off on the way leaves `sending` at what was acknowledged."""
        with contextlib.suppress(httpx.HTTPError):
            sent = self._call(server, "staff", "POST", "documents", sending.body())
            sending.upload = self._done(server, sent["id"])["upload"]
            sending.decided = True
            accepted = self._call(server, "reviewer", "POST", f"uploads/{sending.upload}/accept", {"note": "faults"})
            self._done(server, accepted["id"])
            sending.accepted = True

    def turn_away(self, server: Server, sending: Sending) -> None:
        """Send it in, and have the reviewer say no."""
        sent = self._call(server, "staff", "POST", "documents", sending.body())
        sending.upload = self._done(server, sent["id"])["upload"]
        self._call(server, "reviewer", "POST", f"uploads/{sending.upload}/reject", {"note": "faults"})

    def check(self, server: Server, sending: Sending) -> bool:
        """What was acknowledged is there, what was not is wholly in or out; whether it is in."""
        inside = sending.is_in(server)
        assert inside or not sending.accepted, f"{sending.city} was acknowledged and is lost"
        assert sending.decided or not inside, f"{sending.city} is in, and nobody has accepted it"
        if sending.upload is not None:
            state = self._call(server, "staff", "GET", f"uploads/{sending.upload}")["state"]
            assert state in ("pending", "accepted"), state
            assert inside or state == "pending", f"{sending.city} is noted as accepted and is not there"
        return inside

    def _done(self, server: Server, job: str) -> dict[str, Any]:
        """The record of a job once it is done."""
        while (record := self._call(server, "staff", "GET", f"jobs/{job}"))["state"] != "done":
            assert record["state"] != "failed", record
            time.sleep(0.02)
        return record

    def _call(self, server: Server, who: str, method: str, path: str, body: object = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        reply = httpx.request(method, f"{server.address}api/{path}", json=body, headers=headers, timeout=60)
        assert reply.status_code in (200, 202), reply.text
        record: dict[str, Any] = reply.json()
        return record
