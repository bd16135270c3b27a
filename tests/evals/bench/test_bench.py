"""The parts of the benchmark that can go wrong without anybody seeing it."""

import sys
from datetime import date
from pathlib import Path

import pytest

from corpus.records import Kind, PolicyDocument, Region, Status
from evals.bench.commands import CommandFailed, run_measured
from evals.bench.rankings import LabelledQuestion
from evals.bench.report import BenchReport, Figure, write_tables
from evals.bench.textbook import CHUNK_CHARACTERS, open_textbook, place_of_chunk, split_chunks
from evals.places import Place
from index import HashEmbedder


def document_of(text: str, id_: str = "made-up") -> PolicyDocument:
    return PolicyDocument(
        id=id_,
        title="海棠市茶叶标准奖励细则",
        region=Region(province="东临省", city="海棠市"),
        issuer=None,
        document_number=None,
        published=date(2024, 1, 1),
        in_force_from=None,
        in_force_until=None,
        status=Status.ISSUED,
        kind=Kind.AWARD_POLICY,
        repeals=(),
        source="made-up.txt",
        text=text,
    )


def test_textbook_chunks_know_their_place() -> None:
    """Chunks repeat each other's ends and lose white space at theirs; the place has to be that of the text."""
    text = "\n\n".join(f"  第{number}段 " + "泵阀冷链民宿" * (number * 7 % 60) + "\n补正。" for number in range(60))
    chunks = split_chunks([document_of(text)])
    assert len(chunks) > 10
    assert max(len(chunk.page_content) for chunk in chunks) <= CHUNK_CHARACTERS
    for chunk in chunks:
        place = place_of_chunk(chunk)
        assert text[place.start : place.end] == chunk.page_content


def test_all_textbook_rankings_find_the_document_that_repeats_the_question(tmp_path: Path) -> None:
    asked = "冷链物流的温度记录保存几年"
    documents = [document_of(f"{word}行业的培训由协会组织。", f"d{word}") for word in ("泵阀", "茶叶", "民宿")]
    documents.append(document_of(f"{asked}，两年。", "gold"))
    rankings = open_textbook(documents, HashEmbedder(), tmp_path)
    question = LabelledQuestion(id="q", question=asked, history=(), gold=())
    for ranking in (rankings.dense, rankings.lexical, rankings.fused):
        assert ranking(question)[0] == Place("gold", 0, len(documents[-1].text))


def test_a_command_is_measured_from_start_to_end(tmp_path: Path) -> None:
    code = "import time; held = bytearray(300_000_000); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.3)"
    run = run_measured([sys.executable, "-c", f"{code}; print('done')"], home=tmp_path, timeout_s=60)
    assert run.output == "done\n"
    assert 0.3 <= run.seconds < 60
    assert run.peak_mb >= 300


def test_a_command_sees_its_home_and_no_other_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGBU_HOME", "elsewhere")
    monkeypatch.setenv("JIANGBU_BATCH_WORKERS", "64")
    code = "import os; print(sorted((k, v) for k, v in os.environ.items() if k.startswith('JIANGBU_')))"
    run = run_measured([sys.executable, "-c", code], home=tmp_path, timeout_s=60)
    assert run.output.strip() == str([("JIANGBU_HOME", str(tmp_path))])


def test_a_command_that_fails_says_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no index here')"]
    with pytest.raises(CommandFailed, match="ended with 1 .*no index here"):
        run_measured(command, home=tmp_path, timeout_s=60)


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(CommandFailed, match="ended with -9 after 0.5 s of at most 0.5"):
        run_measured(command, home=tmp_path, timeout_s=0.5)


def test_what_could_not_be_measured_is_in_the_table() -> None:
    figure = Figure(name="cold ask", value=None, unit="s", goal="<= 2 s", note="no index here")
    report = BenchReport(machine="2 CPUs", retrieval=(), figures=(figure,))
    assert not report.is_complete
    assert "cold ask  not measured  <= 2 s  no index here" in write_tables(report)
