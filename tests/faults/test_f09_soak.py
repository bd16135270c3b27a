"""F09: asked without a pause while its index is replaced again and again, the server neither grows nor forgets."""

import pytest

from tests.faults.crowd import askers, memory_mb, open_files, shares, talk_all_at_once
from tests.faults.homes import ADDED, GOLDEN, policy_file
from tests.faults.program import serving
from tests.faults.staff import CITIES, Sending, Staff

pytestmark = [pytest.mark.fault, pytest.mark.alone]

QUESTIONS = 5000
SWITCHES = 20
UPLOADS_PER_SWITCH = 10
ASKERS = 8
GROWTH_MAX_MB = 100
FILES_MAX = 20


def size_mb(folder) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def test_hours_in_minutes(server_starter, starter, home, tmp_path, figures) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    staff, uploads = Staff(server_starter, home), 0
    environment = {"JIANGBU_ASKS_PER_MINUTE": "0", "TMPDIR": str(temporary), "GRADIO_TEMP_DIR": str(temporary)}
    with serving(server_starter, home, environment=environment) as server:
        pid = server.started.pid
        assert server.wrong() == []
        seconds: list[float] = []
        faults: list[str] = []
        seen: list[tuple[int, int]] = []
        rounds = QUESTIONS // (ASKERS * len(GOLDEN)) + 1
        switches = 0
        for number in range(rounds):
            crowd = askers(ASKERS)
            door = ("REST", "page")[number % 2]
            talk_all_at_once(server.address, door, crowd, lambda asker: list(GOLDEN))
            for asker in crowd:
                got = [[one["yuan"] for one in answer["amounts"]] for answer in asker.answers]
                right = got == [[yuan] if yuan else [] for yuan in GOLDEN.values()]
                faults += [*asker.errors, *map(str, asker.refused), *([] if right else ["wrong"])]
                seconds += asker.seconds
            if number * SWITCHES // rounds == switches:  # add the policy more, take it out again …
                changed = (
                    ("add", str(policy_file(tmp_path, 43 + number)), "--id", ADDED)
                    if switches % 2 == 0
                    else ("remove", ADDED)
                )
                for arguments in (changed, ("build",)):
                    done = starter.run(home, *arguments)
                    assert done.status == 0, done.told()
                switches += 1
                for upload in range(UPLOADS_PER_SWITCH):
                    staff.turn_away(server, Sending(CITIES[upload], 21 + switches))
                    uploads += 1
            seen.append((memory_mb(pid), open_files(pid)))
        assert server.wrong() == []
    warm = seen[min(2, len(seen) - 1)]
    growth, files = seen[-1][0] - warm[0], seen[-1][1] - warm[1]
    figures.tell(
        "F09", f"{len(seconds)} questions, {switches} other indexes, {uploads} uploads",
        tried=len(seconds), survived=len(seconds) - len(faults), seconds=seconds,
        **shares(seconds), growth_mb=growth, files=files, temporary_mb=round(size_mb(temporary), 1),
    )  # fmt: skip
    assert faults == []
    assert len(seconds) >= QUESTIONS and switches == SWITCHES
    assert growth <= GROWTH_MAX_MB
    assert abs(files) <= FILES_MAX
    assert size_mb(temporary) <= 100
