"""Texts that no office would write: read in a process of its own, in bounded time, without a crash.

A text that makes a pattern run away would hold up every build of the index, so the process is killed in time.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.ledger import derive
from tests.corpus.awards.made_up import document_of, extract, one_clause, yuan_of

ROOT = Path(__file__).resolve().parents[3]
LONG = 200_000  # characters; the longest document we hold has a tenth of it
MANY = 20_000  # characters of text that does grant something, again and again
TIMEOUT = 120.0  # seconds for all long texts together
EACH = 10.0  # seconds for one text of many awards
READ = """
import sys, time
from corpus.awards import extract_awards
from tests.corpus.awards.made_up import one_clause
for text in sys.stdin.read().split("\\x1e"):
    began = time.perf_counter()
    found = extract_awards(*one_clause(text))
    took = time.perf_counter() - began
    print(f"{took:.1f} s, {len(found.facts)} facts: {text[:20]}", flush=True)
"""
FILLED = [
    *("、", "，", "。", "；", "：", "（", "）", "“", "/", "元", "按", "每", "1", "一", "A"),
    *(
        "10万元、",
        "国家标准、",
        "分别",
        "不超过",
        "每项",
        "同一单位每年",
        "前三位",
        "某市某县",
        "参与制定",
        "1、",
        "1.",
    ),
    *("1.", "主导制定标准的单位奖励", "排名第一名至第九名", "国家标准\t10\t", "奖励："),
]
BUILT = {
    "brackets in brackets": "（" * (LONG // 2) + "10万元" + "）" * (LONG // 2),
    "a number without an end": "奖励" + "1" * LONG + "万元",
    "a Chinese number without an end": "奖励" + "百" * LONG + "万元",
    "thousands without an end": "奖励1" + ",000" * (LONG // 4) + "元",
    "a blank without an end": "奖励" + " " * LONG + "10万元",
    "a list for two figures": "主导制定" + "国家标准、" * (LONG // 5) + "的，分别奖励10万元、5万元。",
    "a base without an end": "按照" + "甲" * LONG + "的50%奖励",
    "ten thousand phrases": "的，每项奖励" * 10_000,
}
AGAIN = [
    "主导制定国家标准的奖励10万元；",
    "主导制定国家标准的奖励10万元。",
    "主导制定国家标准的，每项奖励10万元",
    "参与制定的按主导制定奖励额的50%奖励；",
    "奖励50%",
    "奖励10万元（减半）",
    "奖励10万元（减半",
    "由20万元提高到40万元",
    "10万元至",
    "奖励共10万元，其中",
]


def read_apart(texts: list[str], seconds: float) -> list[str]:
    """One line for each text that a process of its own has read in time."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ],
            input="\x1e".join(texts),
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode("utf-8")
        pytest.fail(f"killed after {seconds:.0f} s; read until then:\n{said}")
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_long_texts_that_say_nothing_are_read_in_time() -> None:
    texts = [fragment * (LONG // len(fragment)) for fragment in FILLED] + list(BUILT.values())
    assert len(read_apart(texts, TIMEOUT)) == len(texts)


@pytest.mark.parametrize("fragment", AGAIN)
def test_the_same_award_again_and_again_is_read_in_time(fragment: str) -> None:
    text = "主导制定国家标准的奖励10万元；" + fragment * (MANY // len(fragment))
    assert len(read_apart([text], EACH)) == 1


@pytest.mark.parametrize("count", [1, 2, 9, 30, 31, 200])
def test_a_list_of_any_length_is_read_or_refused(count: int) -> None:
    names, figures = ("、".join(f"{word}{at}" for at in range(1, count + 1)) for word in ("“奖项甲”之", ""))
    found = extract(f"获得{names}的，分别奖励{figures}万元。")
    assert len(found.facts) in (0, count)
    assert bool(found.facts) != bool(found.rejects)


@pytest.mark.parametrize("back", range(14))
def test_no_figure_is_cut_in_two_where_a_long_sentence_is(back: int) -> None:
    """A limb is read up to a length: wherever that falls, 10万元至20万元 is never read as another sum."""
    start = "主导制定国家标准"
    text = f"{start}{'甲' * (2000 - len(start) - 4 - back)}的，奖励10万元至20万元。"
    assert yuan_of(extract(text)) in ([], [200000])


def test_money_that_is_the_only_one_is_not_lost_behind_a_long_sentence() -> None:
    document = document_of(f"第一条 {'推进产业升级' * 400}主导制定国家标准的，奖励30万元。\n")
    ledger = derive([document]).ledger
    assert ledger.facts or ledger.rejects or ledger.anomalies


@pytest.mark.parametrize("text", [" ", "\x00", "。", "\u200b", "；；", "10", "元", "的", "（", "奖励", "\ufeff"])
def test_hardly_any_text_is_no_error(text: str) -> None:
    found = extract(text)
    assert found.facts == ()
    assert one_clause(text)[0].text == text
