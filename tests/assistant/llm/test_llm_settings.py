"""The settings of the language model: none means none, ours before those of other programs, no key in a message."""

from pathlib import Path

import pytest

from assistant.config import SettingsError, load_settings
from assistant.service import language_model_of

OPENAI = {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_API_KEY": "theirs"}
OURS = {"JIANGBU_LLM_BASE_URL": "http://127.0.0.1:2/v1", "JIANGBU_LLM_API_KEY": "ours"}


def where(home: Path, **variables: str) -> tuple[str | None, str | None]:
    """The address and the key that some variables come to."""
    settings = load_settings({"JIANGBU_HOME": str(home), **variables})
    return settings.llm_base_url, settings.llm_api_key.get_secret_value() if settings.llm_api_key else None


@pytest.mark.parametrize(
    "variables",
    [{}, OPENAI, {"JIANGBU_LLM_MODEL": "m"}, {"JIANGBU_LLM_MODEL": "m", "OPENAI_API_KEY": "theirs"}, OURS],
)
def test_without_a_model_and_an_address_there_is_none(tmp_path: Path, variables: dict[str, str]) -> None:
    """In particular, a key for other programs does not send questions to anybody."""
    assert language_model_of(load_settings({"JIANGBU_HOME": str(tmp_path), **variables})) is None


def test_without_a_model_other_programs_variables_are_not_even_taken(tmp_path: Path) -> None:
    assert where(tmp_path, **OPENAI) == (None, None)


def test_ours_win_over_other_programs(tmp_path: Path) -> None:
    named = {"JIANGBU_LLM_MODEL": "m"}
    assert where(tmp_path, **named, **OPENAI) == ("http://127.0.0.1:1/v1", "theirs")
    assert where(tmp_path, **named, **OPENAI, **OURS) == ("http://127.0.0.1:2/v1", "ours")
    address = {"JIANGBU_LLM_BASE_URL": OURS["JIANGBU_LLM_BASE_URL"]}
    assert where(tmp_path, **named, **OPENAI, **address) == ("http://127.0.0.1:2/v1", None)
    key = {"JIANGBU_LLM_API_KEY": "ours"}
    assert where(tmp_path, **named, **OPENAI, **key) == ("http://127.0.0.1:1/v1", "ours")


def test_an_address_in_the_file_wins_over_other_programs(tmp_path: Path) -> None:
    (tmp_path / "jiangbu.toml").write_text('llm_model = "m"\nllm_base_url = "http://127.0.0.1:3/v1"\n', "utf-8")
    assert where(tmp_path, **OPENAI) == ("http://127.0.0.1:3/v1", None)
    assert where(tmp_path, **OPENAI, **OURS) == ("http://127.0.0.1:2/v1", "ours")


def test_a_model_in_the_file_takes_the_address_of_other_programs(tmp_path: Path) -> None:
    (tmp_path / "jiangbu.toml").write_text('llm_model = "m"\n', "utf-8")
    assert where(tmp_path, **OPENAI) == ("http://127.0.0.1:1/v1", "theirs")


def test_bounds_come_from_the_settings(tmp_path: Path) -> None:
    told = {"JIANGBU_LLM_FIRST_TOKEN_S": "0.5", "JIANGBU_LLM_TOTAL_S": "7", "JIANGBU_LLM_REWORDS": "false"}
    settings = load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_LLM_MODEL": "m", **OURS, **told})
    model = language_model_of(settings)
    assert model is not None
    assert (model.bounds.first_token_s, model.bounds.total_s, settings.llm_rewords) == (0.5, 7.0, False)
    assert (model.endpoint.model, model.endpoint.base_url) == ("m", OURS["JIANGBU_LLM_BASE_URL"])
    assert "ours" not in repr(model.endpoint) + repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("JIANGBU_LLM_BASE_URL", "api.deepseek.com", ["llm_base_url", "http://"]),
        ("JIANGBU_LLM_BASE_URL", "file:///etc/passwd", ["llm_base_url", "http://"]),
        ("JIANGBU_LLM_FIRST_TOKEN_S", "0", ["llm_first_token_s", "0.1"]),
        ("JIANGBU_LLM_FIRST_TOKEN_S", "nan", ["llm_first_token_s", "0.1"]),
        ("JIANGBU_LLM_TOTAL_S", "inf", ["llm_total_s", "3600"]),
        ("JIANGBU_LLM_REWORDS", "vielleicht", ["llm_rewords", "true"]),
        ("JIANGBU_LLM_MODLE", "m", ["llm_modle", "是否想写 llm_model"]),
        ("OPENAI_BASE_URL", "ftp://other", ["llm_base_url", "环境变量 OPENAI_BASE_URL"]),
    ],
)
def test_unusable_value_is_refused_by_name(tmp_path: Path, variable: str, value: str, said: list[str]) -> None:
    told = {"JIANGBU_HOME": str(tmp_path), "JIANGBU_LLM_MODEL": "m", "JIANGBU_LLM_API_KEY": "sk-canary"}
    with pytest.raises(SettingsError) as caught:
        load_settings({**told, variable: value})
    assert [part for part in said if part not in str(caught.value)] == []
    assert "sk-canary" not in str(caught.value)
