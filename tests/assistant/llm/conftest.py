"""An assistant over made-up policies, one of them with orders for a model, and a model behind a hostile endpoint."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answer import Assistant
from assistant.llm import Assisted, Bounds, Endpoint, LanguageModel, Use
from assistant.records import Answer, Question
from evals.hostile import HostileEndpoint
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.llm.situations import POLICIES_WITH_ORDERS
from tests.assistant.policies import DAY

KEY = "sk-canary-51f0"
HASTY = Bounds(first_token_s=0.3, total_s=2.0)
PATIENT = Bounds(first_token_s=20.0, total_s=60.0)


@dataclass
class Talk:
    """The assistant with one model, and what the model is said to have done."""

    assisted: Assisted
    model: LanguageModel
    uses: list[Use] = field(default_factory=list)

    def answer(self, question: Question) -> Answer:
        """Ask as of the day that the policies were made up for."""
        return self.assisted.answer(question, DAY)


Meet = Callable[..., Talk]


@pytest.fixture(scope="session")
def index_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index of the policies; tests read it and do not change it."""
    home = tmp_path_factory.mktemp("with-orders")
    publish(home, {name: read_policy(text, name) for name, text in POLICIES_WITH_ORDERS.items()})
    return home


@pytest.fixture(scope="session")
def rules(index_home: Path) -> Assistant:
    """The rules engine."""
    made = Assistant(open_index(index_home, CrowdedEmbedder()))
    LanguageModel(Endpoint(model="m", base_url="http://127.0.0.1:1/v1", api_key=SecretStr(""))).warm()
    return made


@pytest.fixture(scope="session")
def meet(rules: Assistant) -> Meet:
    """Put the assistant together with the model of an endpoint."""

    def met(endpoint: HostileEndpoint, bounds: Bounds = HASTY, key: str = KEY, *, rewords: bool = True) -> Talk:
        model = LanguageModel(
            Endpoint(model="canary-model", base_url=endpoint.base_url, api_key=SecretStr(key)), bounds
        )
        uses: list[Use] = []
        return Talk(Assisted(rules, model, rewords=rewords, notify=uses.append), model, uses)

    return met
