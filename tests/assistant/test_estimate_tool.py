"""The calculator as a LangChain tool: what it asks for, and that it gives what the program and the command give."""

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from langchain_core.tools import BaseTool

from assistant.answer import Assistant
from assistant.chain import estimate_tool
from assistant.claim_file import AchievementEntry, ClaimEntry, read_claim
from assistant.cli import main
from assistant.estimating import EstimateReport
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.policies import DAY

Data = dict[str, Any]
LEADS = [{"what": "主导制定国家标准", "count": 2}, {"what": "主导制定行业标准"}]
CLAIMS: dict[str, Data] = {
    "several": {"region": "萧山区", "achievements": LEADS},
    "limited": {"region": "萧山区", "achievements": [{"what": "主导制定国家标准", "count": 7}]},
    "received": {"region": "萧山区", "received": "200万元", "achievements": LEADS},
    "on a day": {"region": "萧山区", "as_of": "2027-02-03", "achievements": LEADS},
    "no award": {"region": "烟台市", "achievements": [{"what": "主导制定团体标准"}]},
    "of a draft": {"region": "厦门市", "achievements": [{"what": "主导制定国家标准"}]},
    "joint": {"region": "萧山区", "achievements": [{"what": "主导制定国家标准", "co_leads": 3}]},
}


@pytest.fixture(scope="module")
def tool(assistant: Assistant) -> BaseTool:
    return estimate_tool(assistant, DAY)


@pytest.fixture
def command(
    documents: Any, answering_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Data], Data]:
    """`jiangbu estimate - --json` over the same policies: a claim in, its report out."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    monkeypatch.setattr("assistant.service.today", lambda: DAY)
    monkeypatch.setenv("JIANGBU_HOME", str(tmp_path / "home"))
    shutil.copytree(answering_home / "index", tmp_path / "home" / "index")

    def estimated(claim: Data) -> Data:
        text = yaml.safe_dump(claim, allow_unicode=True).encode()
        return json.loads(CliRunner().invoke(main, ["estimate", "-", "--json"], input=text).stdout)

    return estimated


def without_time(report: Data) -> Data:
    return {name: value for name, value in report.items() if name != "elapsed_ms"}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_it_gives_what_the_program_and_the_command_give(
    tool: BaseTool, assistant: Assistant, command: Callable[[Data], Data], claim: Data
) -> None:
    given = without_time(tool.invoke(claim))
    assert given == without_time(assistant.estimate(read_claim(claim), DAY).model_dump(mode="json"))
    assert given == without_time(command(claim))


@pytest.mark.parametrize(
    ("name", "total"),
    [("several", "800000"), ("limited", "2100000"), ("received", "100000"), ("no award", None), ("joint", None)],
)
def test_it_gives_the_sum_that_the_policy_gives(tool: BaseTool, name: str, total: str | None) -> None:
    """萧山: 31万元 and 18万元 each, 210万元 a year; nothing says how joint leaders share."""
    report = EstimateReport.model_validate(tool.invoke(CLAIMS[name]))
    assert (report.total and report.total.yuan) == (None if total is None else Decimal(total))
    assert report.status == ("undetermined" if total is None else "answered")


def test_a_claim_without_a_day_is_judged_on_the_day_of_the_tool(tool: BaseTool) -> None:
    assert tool.invoke(CLAIMS["several"])["as_of"] == DAY.isoformat()
    later = tool.invoke(CLAIMS["on a day"])
    assert (later["as_of"], [one["code"] for one in later["warnings"]]) == ("2027-02-03", ["expired"])


def test_what_it_gives_is_plain_data(tool: BaseTool) -> None:
    report = tool.invoke(CLAIMS["several"])
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
    assert report["total"] == {"yuan": "800000", "kind": "exact", "low": None}


def test_an_agent_is_told_every_field_in_words(tool: BaseTool) -> None:
    schema = tool.tool_call_schema.model_json_schema()
    assert schema["properties"].keys() == ClaimEntry.model_fields.keys()
    assert set(schema["required"]) == {"region", "achievements"}
    [entry] = [one for one in schema["$defs"].values() if "what" in one.get("properties", {})]
    assert entry["properties"].keys() == AchievementEntry.model_fields.keys() and entry["required"] == ["what"]
    assert [name for name, field in entry["properties"].items() if not field.get("description")] == []
    assert (tool.name, bool(tool.description)) == ("estimate_claim", True)


def test_a_call_as_agents_make_it_gives_a_message(tool: BaseTool) -> None:
    call = {"name": tool.name, "args": CLAIMS["several"], "id": "call-1", "type": "tool_call"}
    message = tool.invoke(call)
    assert message.tool_call_id == "call-1" and message.status == "success"
    assert json.loads(message.content)["total"]["yuan"] == "800000"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({**CLAIMS["several"], "region": "火星市"}, "没有认出地区“火星市”"),
        ({"region": "萧山区", "achievements": [{"what": "主导制定国家标准和行业标准"}]}, "不止一件事"),
        ({"region": "萧山区", "achievements": [{"what": "主导制定国家标准2项"}]}, "count"),
    ],
)
def test_a_claim_that_cannot_be_worked_out_gets_a_sentence(tool: BaseTool, claim: Data, words: str) -> None:
    said = tool.invoke(claim)
    assert isinstance(said, str) and words in said and said.endswith("。")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"region": "萧山区", "achievements": [{"what": "主导制定国家标准", "count": 0}]}, "第 1 项"),
        ({"region": "萧山区", "achievements": [{"what": "主导制定国家标准", "colour": 3}]}, "colour"),
        ({"region": "萧山区"}, "achievements"),
        ({"region": "萧山区", "achievements": ["主导制定国家标准"]}, "第 1 项"),
    ],
)
def test_a_claim_of_another_form_is_told_its_first_fault(tool: BaseTool, claim: Data, said: str) -> None:
    told = tool.invoke(claim)
    assert isinstance(told, str) and said in told
    assert "validation error" not in told and "pydantic" not in told
