"""Where a setting comes from, and what is said of one that cannot be used."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.config import Settings, SettingsError, load_settings


def write(folder: Path, text: str, name: str = "jiangbu.toml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_home_defaults_to_the_user_s_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv-somebody")
    assert load_settings({}).home == Path("/srv-somebody/.local/share/jiangbu")


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    write(tmp_path, 'port = 7001\nhost = "0.0.0.0"\n')
    settings = load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_PORT": "7002"})
    assert (settings.port, settings.host, settings.batch_workers) == (7002, "0.0.0.0", 2)


def test_named_file_is_read_instead_of_the_one_in_the_home(tmp_path: Path) -> None:
    write(tmp_path, "port = 7001\n")
    named = write(tmp_path, "port = 7003\n", "other.toml")
    assert load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_CONFIG": named}).port == 7003


def test_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_PORT": ""}).port == 7860


def test_other_programs_variables_are_left_alone(tmp_path: Path) -> None:
    assert load_settings({"JIANGBU_HOME": str(tmp_path), "PORT": "x"}).port == 7860


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("JIANGBU_PORT", "65536", ["port", "'65536'", "0 到 65535", "环境变量 JIANGBU_PORT"]),
        ("JIANGBU_PORT", "-1", ["port", "'-1'", "0 到 65535"]),
        ("JIANGBU_BATCH_WORKERS", "0", ["batch_workers", "'0'", "1 到 64"]),
        ("JIANGBU_EMBEDDING_BASE_URL", "ftp://a", ["embedding_base_url", "'ftp://a'", "http://"]),
        ("JIANGBU_HOME", "~no-such-user/x", ["home", "'~no-such-user/x'"]),
        ("JIANGBU_POTR", "1", ["potr", "环境变量 JIANGBU_POTR", "是否想写 port"]),
    ],
)
def test_unusable_value_is_refused_with_key_value_place_and_what_is_allowed(
    tmp_path: Path, variable: str, value: str, said: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"JIANGBU_HOME": str(tmp_path)} | {variable: value})
    assert [part for part in [*said, "下一步"] if part not in str(caught.value)] == []


@pytest.mark.parametrize(("text", "said"), [("port = 'x'", "'x'"), ("potr = 1", "potr"), ("port = ", "TOML")])
def test_faults_in_the_file_name_the_file(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings({"JIANGBU_HOME": str(tmp_path)})
    assert file in str(caught.value)
    assert said in str(caught.value)


def test_named_file_that_is_absent_is_refused(tmp_path: Path) -> None:
    absent = tmp_path / "absent.toml"
    with pytest.raises(SettingsError, match="absent.toml"):
        load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_CONFIG": str(absent)})


def test_every_fault_is_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_PORT": "x", "JIANGBU_BATCH_WORKERS": "y"})
    assert len(str(caught.value).splitlines()) == 2


def test_secret_is_never_shown(tmp_path: Path) -> None:
    write(tmp_path, "embedding_api_key = 12345\n")
    with pytest.raises(SettingsError) as caught:
        load_settings({"JIANGBU_HOME": str(tmp_path)})
    assert "12345" not in str(caught.value)
    assert caught.value.__context__ is None
    settings = load_settings({"JIANGBU_HOME": str(tmp_path), "JIANGBU_EMBEDDING_API_KEY": "sk-1"})
    assert "sk-1" not in repr(settings)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1
