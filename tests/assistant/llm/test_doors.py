"""The same through the doors that people and programs use: settings, the command, REST, OpenAI's format, exports."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from assistant.answer import Assistant
from assistant.cli import main
from assistant.config import Settings, load_settings
from assistant.export import words
from assistant.llm.wording import AI_LABEL
from assistant.page.conversation import converse
from assistant.records import Answer
from assistant.service import LiveAssistant
from corpus.stored import write_document
from evals.hostile import BEHAVIOURS, HostileEndpoint
from tests.assistant.conftest import CrowdedEmbedder, read_policy
from tests.assistant.llm.conftest import KEY
from tests.assistant.llm.judging import check_untouched, timeless
from tests.assistant.llm.situations import BY_NAME, POLICIES_WITH_ORDERS, SCRIPT, Situation
from tests.assistant.policies import DAY
from tests.assistant.program_calls import app_of
from tests.assistant.test_page_fakes import FakeService

HEARD = ("echo", "mends")
UNHEARD = ("lies_in_every_figure", "down", "garbage_json")
NAMES = ("summed", "chat", "injected, not found")
DATED = "2026-03-01"


@pytest.fixture
def home(index_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, whose index is there."""
    shutil.copytree(index_home / "index", tmp_path / "index")
    stored = tmp_path / "corpus" / "documents"
    stored.mkdir(parents=True)
    for name, text in POLICIES_WITH_ORDERS.items():  # in place of packaged ones of the same id, if any
        (stored / f"{name}.md").write_text(write_document(read_policy(text, name)), "utf-8")
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    monkeypatch.setattr("assistant.service.is_up_to_date", lambda settings: True)
    monkeypatch.setattr("assistant.service.today", lambda: DAY)
    return tmp_path


@pytest.fixture(params=[*HEARD, *UNHEARD])
def behaviour(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def variables(behaviour: str, home: Path) -> Iterator[dict[str, str]]:
    """The environment with an endpoint that behaves so."""
    with HostileEndpoint(BEHAVIOURS[behaviour], SCRIPT) as endpoint:
        yield {
            "JIANGBU_HOME": str(home),
            "JIANGBU_LLM_MODEL": "canary-model",
            "JIANGBU_LLM_BASE_URL": endpoint.base_url,
            "JIANGBU_LLM_API_KEY": KEY,
        }


@pytest.fixture
def client(variables: dict[str, str]) -> TestClient:
    """The whole app over the live assistant of those settings."""
    live = LiveAssistant(load_settings(variables), progress=False)

    class Live(FakeService):
        answer = staticmethod(live.answer)
        answer_in_steps = staticmethod(live.answer_in_steps)

    return TestClient(app_of(Live(live.documents())), base_url="http://127.0.0.1")


def check(told: dict[str, object], situation: Situation, behaviour: str, rules: Assistant) -> Answer:
    """What holds for every answer, of one that came as JSON; a fair model is heard, another is not."""
    answer = Answer.model_validate(told)
    check_untouched(answer.model_copy(update={"id": None}), situation, rules)
    asked_well = situation.task == "reword" or situation.restated is not None
    assert answer.engine == ("llm" if behaviour in HEARD and asked_well else "rules")
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_the_live_assistant(name: str, behaviour: str, variables: dict[str, str], rules: Assistant) -> None:
    live = LiveAssistant(load_settings(variables), progress=False)
    answer = live.answer(BY_NAME[name].question)
    check(answer.model_dump(mode="json"), BY_NAME[name], behaviour, rules)


def test_without_settings_no_model_is_asked(home: Path, rules: Assistant) -> None:
    live = LiveAssistant(Settings(home=home), progress=False)
    [(answer, counts)] = list(live.answer_in_steps(BY_NAME["amount"].question))
    assert counts
    assert timeless(answer) == timeless(rules.answer(BY_NAME["amount"].question, DAY))


@pytest.mark.parametrize("name", NAMES)
def test_the_command(
    name: str, behaviour: str, variables: dict[str, str], rules: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    result = CliRunner().invoke(main, ["ask", "--json", "--as-of", DATED, BY_NAME[name].asked])
    assert (result.exit_code, KEY in result.output) == (0, False)
    check(json.loads(result.stdout), BY_NAME[name], behaviour, rules)


@pytest.mark.parametrize("name", NAMES)
def test_the_rest_call(name: str, behaviour: str, client: TestClient, rules: Assistant) -> None:
    situation = BY_NAME[name]
    reply = client.post("/api/ask", json={"question": situation.asked, "as_of": DATED})
    assert reply.status_code == 200
    check(reply.json(), situation, behaviour, rules)


@pytest.mark.parametrize("name", NAMES)
def test_openai_s_format(name: str, behaviour: str, client: TestClient, rules: Assistant) -> None:
    situation = BY_NAME[name]
    asked = {"model": "jiangbu", "messages": [{"role": "user", "content": situation.asked}]}
    reply = client.post("/v1/chat/completions", json=asked).json()
    answer = check(reply["jiangbu"], situation, behaviour, rules)
    content = reply["choices"][0]["message"]["content"]
    assert content == answer.answer
    assert (AI_LABEL in content) == (answer.engine == "llm")
    streamed = client.post("/v1/chat/completions", json={**asked, "stream": True}).text
    events = [json.loads(line[6:]) for line in streamed.splitlines() if line.startswith("data: {")]
    pieces = "".join(event["choices"][0]["delta"].get("content") or "" for event in events if event["choices"])
    assert (pieces, pieces.count(AI_LABEL)) == (content, 1 if answer.engine == "llm" else 0)


def exported(client: TestClient, form: str, question: str) -> bytes:
    """The file made of a talk of one question."""
    turns = [{"question": question, "as_of": DATED}]
    reply = client.post("/api/export", json={"format": form, "turns": turns})
    assert reply.status_code == 200
    return reply.content


@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("behaviour", ["echo", "promises"], indirect=True)
def test_a_copy_bears_the_label(form: str, name: str, behaviour: str, client: TestClient) -> None:
    situation = BY_NAME[name]
    engine = client.post("/api/ask", json={"question": situation.asked, "as_of": DATED}).json()["engine"]
    file = exported(client, form, situation.asked)
    if form == "md":
        text = file.decode()
    else:
        made = docx.Document(io.BytesIO(file))
        text = "\n".join(paragraph.text for paragraph in made.paragraphs)
        assert made.core_properties.comments == (words.GENERATED if engine == "llm" else "")
    assert text.count(AI_LABEL) == (1 if engine == "llm" else 0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("behaviour", ["echo", "promises"], indirect=True)
def test_the_page_shows_the_label_once(name: str, behaviour: str, variables: dict[str, str]) -> None:
    live = LiveAssistant(load_settings(variables), progress=False)
    asked = {"turn": 1, "question": BY_NAME[name].asked, "history": [], "region": "", "as_of": DATED}
    steps = converse(asked, answers=live.answer_in_steps, documents=live.document, suggest=lambda _: ())
    *_, last = steps
    shown = last["answer"]["text"] + last["answer"]["label"]
    heard = live.answer(BY_NAME[name].question).engine == "llm"
    assert (last["state"], shown.count(AI_LABEL)) == ("done", 1 if heard else 0)
