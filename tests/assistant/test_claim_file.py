"""The written form of a claim, and `jiangbu estimate`: what is taken, and what is said of what is not."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from assistant.claim_file import (
    ACHIEVEMENTS_MAX,
    EXAMPLE,
    FILE_BYTES_MAX,
    AchievementEntry,
    ClaimFileError,
    parse_claim,
    read_claim,
)
from assistant.claims import COUNT_MAX, YUAN_MAX
from assistant.cli import main
from assistant.estimating import EstimateReport
from tests.assistant.claim_policies import REFUSED_CLAIMS, REFUSED_VALUES
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.policies import DAY

Run = Callable[..., Result]
DONE, WRONG_USE = 0, 2
# What only developers read: names of types, of pydantic and of Python's own words.
DEVELOPERS_WORDS = re.compile(r"Decimal\(|Traceback|pydantic|Error|Input should|\bor\b|\bNone\b|https?://")


def written(**fields: Any) -> dict[str, Any]:
    """A claim of two things done, the second with these fields."""
    second = {"what": "主导制定国家标准", **fields}
    return {"region": "萧山区", "achievements": [{"what": "主导制定行业标准"}, second]}


def entry_of(**fields: Any) -> AchievementEntry:
    return read_claim(written(**fields)).achievements[1]


def refusal_of(claim: Any) -> str:
    """What is said of a claim, given as text or as data; it has to be refused, in Chinese and on one line."""
    with pytest.raises(ClaimFileError) as refused:
        parse_claim(claim) if isinstance(claim, str) else read_claim(claim)
    said = str(refused.value)
    assert re.search("[一-龥]{2,}", said) and said.endswith("。") and "\n" not in said and len(said) < 200, said
    assert not DEVELOPERS_WORDS.search(said), said
    return said


# —— what is taken


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        *[(50000, "50000"), ("50000", "50000"), ("5万元", "50000"), ("5万", "50000"), ("５万元", "50000")],
        *[("五十万", "500000"), ("五十万元", "500000"), ("1.5万元", "15000"), ("50,000", "50000"), (0, "0")],
        *[(0.1, "0.1"), (12345.67, "12345.67"), ("0.002亿元", "200000"), (10**15, "1000000000000000")],
    ],
)
def test_a_sum_is_yuan_or_written_as_documents_print_it(text: Any, yuan: str) -> None:
    assert entry_of(base=text).base == Decimal(yuan)
    assert read_claim({**written(), "received": text}).received == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [*[("60%", "0.6"), (0.6, "0.6"), ("0.6", "0.6"), (1, "1")], *[("百分之六十", "0.6"), ("3.45%", "0.0345")]],
)
def test_a_share_is_a_ratio_or_a_percentage(text: Any, ratio: str) -> None:
    assert (entry_of(share=text).share, entry_of(interest=text).interest) == (Decimal(ratio), Decimal(ratio))


def test_what_is_not_stated_has_its_default() -> None:
    entry = entry_of()
    assert (entry.count, entry.rank, entry.co_leads, entry.received) == (1, 0, 0, 0)
    assert (entry.share, entry.base, entry.interest, entry.cost) == (None, None, None, None)
    assert entry_of(co_leads=0) == entry


@pytest.mark.parametrize("most", [{"count": COUNT_MAX}, {"rank": 100}, {"co_leads": COUNT_MAX}, {"project": "甲" * 60}])
def test_the_largest_value_of_a_field_is_taken(most: dict[str, Any]) -> None:
    assert entry_of(**most).model_dump(include=set(most)) == most


def test_json_is_read_as_yaml_is() -> None:
    claim = written(base="5万元", share="60%")
    assert parse_claim(json.dumps(claim)) == parse_claim(yaml.safe_dump(claim, allow_unicode=True)) == read_claim(claim)


def test_the_day_is_read() -> None:
    assert parse_claim(EXAMPLE).as_of == date(2023, 6, 30)
    assert read_claim({**written(), "as_of": "2026-02-28"}).as_of == date(2026, 2, 28)


# —— what is not


@pytest.mark.parametrize("bad", REFUSED_VALUES, ids=lambda bad: f"{bad['field']}={bad['value']}")
def test_a_bad_value_is_refused_with_its_entry_and_field(bad: dict[str, Any]) -> None:
    with pytest.raises(ClaimFileError) as refused:
        read_claim(written(**{bad["field"]: bad["value"]}))
    said = str(refused.value)
    assert said.startswith("第 2 项") and bad["field"] in said and bad["says"] in said, said
    if bad["field"] not in ("stage", "budget"):  # their choices are not said in Chinese yet
        assert refusal_of(written(**{bad["field"]: bad["value"]})) == said


@pytest.mark.parametrize(("field", "value"), [("stage", "中途"), ("budget", "省级"), ("base", YUAN_MAX + 1)])
def test_bounds_and_choices_are_said_in_plain_words(field: str, value: Any) -> None:
    refusal_of(written(**{field: value}))


@pytest.mark.parametrize("value", [1e308, YUAN_MAX + 1])
def test_a_sum_beyond_all_sums_is_refused(value: Any) -> None:
    with pytest.raises(ClaimFileError, match="第 2 项.*base"):
        read_claim(written(base=value))


@pytest.mark.parametrize("bad", REFUSED_CLAIMS, ids=lambda bad: bad["says"])
def test_a_claim_of_another_form_is_refused_with_its_field(bad: dict[str, Any]) -> None:
    assert bad["says"] in refusal_of(bad["claim"])


@pytest.mark.parametrize("text", ["", "[]", "null", "5", "region: 萧山区\nachievements: [null]"])
def test_a_file_of_another_shape_is_told_what_it_lacks(text: str) -> None:
    assert re.search("region|what|清单|事项", refusal_of(text).replace("jiangbu estimate", ""))


def test_a_day_that_does_not_exist_is_named() -> None:
    assert "as_of" in refusal_of("region: 萧山区\nas_of: 2026-02-30\nachievements: [{what: 主导制定国家标准}]")


def test_a_key_that_is_given_twice_is_refused() -> None:
    refusal_of("region: 萧山区\nachievements:\n- what: 主导制定国家标准\n  count: 2\n  count: 3\n")


@pytest.mark.parametrize("line", ["base: 010", "base: 1:30", "base: 0x10"])
def test_a_number_in_no_decimal_form_is_refused(line: str) -> None:
    refusal_of(f"region: 萧山区\nachievements:\n- what: 主导制定国家标准\n  {line}\n")


@pytest.mark.parametrize("what", ["   ", "\u3000\u3000", "\u200b\u202e"])
def test_a_thing_done_of_blanks_is_refused(what: str) -> None:
    assert "what" in refusal_of(written(what=what))


def test_a_hundred_achievements_and_one_more() -> None:
    many = [{"what": "主导制定国家标准"}] * ACHIEVEMENTS_MAX
    assert len(read_claim({"region": "萧山区", "achievements": many}).achievements) == 100
    assert "最多 100 项" in refusal_of({"region": "萧山区", "achievements": [*many, many[0]]})


def test_a_file_at_its_limit_and_one_byte_more() -> None:
    padding = "#" * (FILE_BYTES_MAX - len(EXAMPLE.encode()))
    assert parse_claim(EXAMPLE + padding) == parse_claim(EXAMPLE)
    assert "太大" in refusal_of(EXAMPLE + padding + "#")


@pytest.mark.parametrize(
    "text",
    ["{", "a: b: c", "region: 萧山区\n\tachievements: x", "\x00", "[" * 5000, "'", "*nobody", "--- a\n--- b"],
)
def test_what_is_no_yaml_is_refused(text: str) -> None:
    assert "YAML" in refusal_of(text)


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [exit 3]", "!!python/name:os.system ''", "!x 5"])
def test_a_tag_makes_nothing(tag: str) -> None:
    assert "YAML" in refusal_of(tag)


def test_a_number_of_five_thousand_digits_is_refused() -> None:
    refusal_of(f"region: 萧山区\nachievements: [{{what: 主导制定国家标准, base: {'9' * 5000}}}]")


BOMB = "l0: &l0 [x]\n" + "".join(f"l{n}: &l{n} [{','.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 12))


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """In a process of its own, with 2 GB: ten to the eleventh values would take it down."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "from assistant.claim_file import ClaimFileError, parse_claim\n"
        "try:\n    parse_claim(sys.stdin.read())\nexcept ClaimFileError:\n    sys.exit(7)\n"
    )
    bomb = f"{BOMB}region: *l11\nachievements: *l11\n"
    done = subprocess.run([sys.executable, "-c", code], input=bomb.encode(), timeout=20, check=False)
    assert done.returncode == 7


def test_an_alias_that_holds_itself_is_refused() -> None:
    with pytest.raises(ClaimFileError):
        parse_claim("region: 萧山区\nachievements: &a [*a]")


# —— the command


@pytest.fixture
def run(documents: Any, answering_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `jiangbu estimate` where the made-up policies of the region are indexed already."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    monkeypatch.setattr("assistant.service.today", lambda: DAY)
    monkeypatch.setenv("JIANGBU_HOME", str(tmp_path / "home"))
    shutil.copytree(answering_home / "index", tmp_path / "home" / "index")

    def invoke(*arguments: str, stdin: bytes = b"") -> Result:
        result = CliRunner().invoke(main, ["estimate", *arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return invoke


def in_bytes(claim: dict[str, Any]) -> bytes:
    return yaml.safe_dump(claim, allow_unicode=True).encode()


def test_the_example_is_a_valid_claim(run: Run) -> None:
    shown = run("--example")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (DONE, EXAMPLE, "")
    assert [(one.what, one.count) for one in parse_claim(shown.stdout).achievements][0] == ("主持制定国家标准", 2)


def test_every_line_of_the_example_that_is_commented_out_is_valid_too() -> None:
    fields = dict(re.findall(r"^#   (\w+): (\S+)", EXAMPLE, re.MULTILINE))
    assert fields.keys() | {"what", "count"} == AchievementEntry.model_fields.keys()
    entry = read_claim(written(**{name: yaml.safe_load(value) for name, value in fields.items()})).achievements[1]
    assert entry.model_dump(exclude={"what", "count"}).keys() == entry.model_fields_set - {"what"}


def test_a_claim_is_worked_out_from_a_file_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "claim.yaml"
    file.write_bytes(in_bytes(written()))
    from_file, from_input = run(str(file)), run("-", stdin=in_bytes(written()))
    assert (from_file.exit_code, from_input.exit_code) == (DONE, DONE)
    assert from_file.stdout == from_input.stdout
    assert "49万元" in from_file.stdout and "第三条" in from_file.stdout


def test_a_file_may_begin_with_a_byte_order_mark(run: Run) -> None:
    assert run("-", stdin=b"\xef\xbb\xbf" + in_bytes(written())).exit_code == DONE


def test_json_is_one_report(run: Run) -> None:
    result = run("-", "--json", stdin=in_bytes(written()))
    report = EstimateReport.model_validate_json(result.stdout)
    assert (result.exit_code, report.status) == (DONE, "answered")
    assert json.loads(result.stdout)["total"] == {"yuan": "490000", "kind": "exact", "low": None}


def test_what_cannot_be_told_is_an_answer_all_the_same(run: Run) -> None:
    result = run("-", stdin=in_bytes(written(what="获得政府质量奖")))
    assert result.exit_code == DONE
    assert "没有找到“获得政府质量奖”" in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (in_bytes(written(count=0)), "第 2 项：count"),
        (in_bytes({**written(), "region": "火星市"}), "没有认出地区“火星市”"),
        (in_bytes(written(what="主导制定国家标准和行业标准")), "不止一件事"),
        (b"{", "YAML"),
        (b"\xff\xfe\x00", "YAML"),
        (b"#" * (FILE_BYTES_MAX + 1), "太大"),
    ],
)
def test_a_bad_claim_is_wrong_use(run: Run, content: bytes, words: str) -> None:
    result = run("-", stdin=content)
    assert (result.exit_code, result.stdout) == (WRONG_USE, "")
    assert words in result.stderr


@pytest.mark.parametrize("arguments", [[], ["/nowhere/claim.yaml"], ["--no-such-option"], ["-", "-"]])
def test_a_call_without_a_file_is_wrong_use(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (WRONG_USE, "")
    assert result.stderr
