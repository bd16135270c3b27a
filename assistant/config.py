"""Settings of the assistant, and the one place that reads the environment.

Each value comes from the first that has it: the environment variable `JIANGBU_<NAME>`, the TOML file
(named by `JIANGBU_CONFIG`, else `jiangbu.toml` in the home folder), the default below. An empty variable
counts as not set. Importing this module reads nothing; `load_settings` does, once, when it is called.
"""

import difflib
import json
import os
import tomllib
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

PREFIX = "JIANGBU_"
CONFIG_VARIABLE = "JIANGBU_CONFIG"
OPENAI_ADDRESS, OPENAI_KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
CONFIG_FILE_NAME = "jiangbu.toml"
SECRET = ("embedding_api_key", "llm_api_key", "database_url")  # never shown in a message


class SettingsError(ValueError):
    """A setting that cannot be used; the message, in Chinese, is meant for the person who set it."""


def _setting(default: Any, meaning: str, allowed: str, **limits: Any) -> Any:  # noqa: ANN401 - as Field
    return Field(default, description=meaning, json_schema_extra={"allowed": allowed}, **limits)


class Settings(BaseModel):
    """Everything that can be set, typed, checked when constructed, and frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    home: Path = _setting(Path("~/.local/share/jiangbu"), "运行时写入的一切：自行添加的文件、索引、模型", "文件夹路径")
    embedding_model: str = _setting(
        "moka-ai/m3e-small",
        "向量模型：任何 sentence-transformers 模型的名称，或存放模型的文件夹",
        "模型名称或文件夹路径",
        min_length=1,
    )
    embedding_base_url: str | None = _setting(
        None,
        "改用兼容 OpenAI 的向量服务时的地址；不设则在本机计算",
        "以 http:// 或 https:// 开头的地址",
        pattern=r"^https?://[^\s/]+\S*$",
    )
    embedding_api_key: SecretStr | None = _setting(None, "上述向量服务的密钥；只发给该地址", "任意文字")
    llm_model: str | None = _setting(
        None, "语言模型：帮助听懂问题、组织文字，从不给出数字；不设则不用", "模型名称", min_length=1
    )
    llm_base_url: str | None = _setting(
        None,
        "语言模型的地址，兼容 OpenAI 的接口（DeepSeek、通义千问、vLLM、Ollama 等）；不设时取 OPENAI_BASE_URL",
        "以 http:// 或 https:// 开头的地址",
        pattern=r"^https?://[^\s/]+\S*$",
    )
    llm_api_key: SecretStr | None = _setting(
        None, "语言模型的密钥，只发给该地址；地址取自 OPENAI_BASE_URL 时，密钥取 OPENAI_API_KEY", "任意文字"
    )
    llm_rewords: bool = _setting(True, "规则引擎已经答出的，是否请语言模型在段落前后写几句衔接的话", "true 或 false")
    llm_first_token_s: float = _setting(
        10.0, "等语言模型开始回复的秒数，超过就用规则引擎的答复", "0.1 到 600 的数", ge=0.1, le=600
    )
    llm_total_s: float = _setting(60.0, "一次答复里请语言模型的总秒数", "0.1 到 3600 的数", ge=0.1, le=3600)
    llm_at_once: int = _setting(4, "同时请语言模型的答复数，多出的直接用规则引擎的答复", "1 到 64 的整数", ge=1, le=64)
    host: str = _setting("127.0.0.1", "网页与接口监听的地址；默认只有本机可访问", "主机名或 IP 地址", min_length=1)
    port: int = _setting(7860, "网页与接口监听的端口；0 表示由系统选择", "0 到 65535 的整数", ge=0, le=65535)
    database_url: SecretStr | None = _setting(
        None,
        "账号、反馈、审计日志所在的数据库；不设则是主文件夹中的 jiangbu.sqlite",
        "SQLAlchemy 数据库地址，如 postgresql+psycopg://用户:密码@主机/库名",
    )
    audit_days: int = _setting(
        184, "审计日志保留的天数", "184 到 3650 的整数（网络日志至少留存六个月）", ge=184, le=3650
    )
    audit_strict: bool = _setting(
        False, "审计日志写不进去时，是否停止答复；不设则照常答复，记下丢失的条数", "true 或 false"
    )
    asks_per_minute: int = _setting(
        600, "每个客户端每分钟可提问的次数；0 表示不限制任何请求", "0 到 100000 的整数", ge=0, le=100_000
    )
    public_url: str | None = _setting(
        None,
        "对外的网址；放在反向代理后面时设，页面的提交和这个主机名才被接受",
        "以 http:// 或 https:// 开头，只到主机名和端口，如 https://jiangbu.example",
        pattern=r"^https?://[A-Za-z0-9.-]+(:\d{1,5})?$",
    )
    trusted_proxy: IPv4Address | IPv6Address | None = _setting(
        None, "反向代理的地址；只有来自它的 X-Forwarded-For 和 X-Forwarded-Proto 才被采信", "IP 地址"
    )
    batch_workers: int = _setting(2, "`jiangbu ask --batch` 同时回答的问题数", "1 到 64 的整数", ge=1, le=64)

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        try:
            return home.expanduser().absolute()
        except RuntimeError as error:  # ~somebody, who has no home on this machine
            raise ValueError(str(error)) from error


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: Environment variables; the process's own when not given.

    Returns:
        The checked settings.

    Raises:
        SettingsError: A key that does not exist, a value that is not allowed, a file that cannot be read.
            Every fault is listed, with where it was set and what to do.
    """
    variables = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    for name, value in variables.items():
        if name.startswith(PREFIX) and name != CONFIG_VARIABLE and value:
            key = name.removeprefix(PREFIX).lower()
            values[key], places[key] = value, f"环境变量 {name}"
    file = _config_file(variables, _check({key: values[key] for key in values if key == "home"}, places).home)
    if file is not None:
        for key, value in _read_toml(file).items():
            if key not in values:
                values[key], places[key] = value, f"文件 {file}"
    _take_openai(variables, values, places)
    return _check(values, places)


def load_settings_at(home: Path) -> Settings:
    """Read the settings as they are for another home folder.

    Raises:
        SettingsError: As for `load_settings`.
    """
    return load_settings({**os.environ, f"{PREFIX}HOME": str(home)})


def without_secrets(file: Path) -> str:
    """A settings file again as TOML, without secrets, addresses that hold a password, the home, or comments.

    Raises:
        SettingsError: The file cannot be read.
    """
    kept = {
        key: value
        for key, value in _read_toml(file).items()
        if key in Settings.model_fields and key not in (*SECRET, "home") and "@" not in str(value)
    }
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items())


def _take_openai(variables: Mapping[str, str], values: dict[str, Any], places: dict[str, str]) -> None:
    """The address that other programs use too, and its key: a key never goes to an address that it was not set for."""
    address = variables.get(OPENAI_ADDRESS)
    if "llm_model" not in values or "llm_base_url" in values or not address:
        return
    values["llm_base_url"], places["llm_base_url"] = address, f"环境变量 {OPENAI_ADDRESS}"
    key = variables.get(OPENAI_KEY)
    if "llm_api_key" not in values and key:
        values["llm_api_key"], places["llm_api_key"] = key, f"环境变量 {OPENAI_KEY}"


def _config_file(variables: Mapping[str, str], home: Path) -> Path | None:
    """The TOML file to read, if there is one; a file that is named has to exist, one in the home need not."""
    named = variables.get(CONFIG_VARIABLE)
    if named:
        return Path(os.path.expanduser(named))  # unlike Path.expanduser, leaves an unknown ~name alone
    beside = home / CONFIG_FILE_NAME
    return beside if beside.is_file() else None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"读不了设置文件 {file}：{error.strerror}。下一步：改正 {CONFIG_VARIABLE}，或取消这个环境变量。"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"设置文件 {file} 不是有效的 TOML：{error}。下一步：改正这一处；例如 port = 7861。"
        ) from error


def _check(values: dict[str, Any], places: dict[str, str]) -> Settings:
    """The settings, or one error that lists every fault."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        faults = [_describe(str(fault["loc"][0]), values, places, fault["type"]) for fault in error.errors()]
    raise SettingsError("\n".join(faults))  # outside `except`: the chained error would print a secret


def _describe(key: str, values: dict[str, Any], places: dict[str, str], fault: str) -> str:
    """One fault: key, value, where it was set, what is allowed, what to do."""
    place = places[key]
    if fault == "extra_forbidden":
        near = difflib.get_close_matches(key, Settings.model_fields, n=1)
        guess = f"是否想写 {near[0]}？" if near else ""
        known = "、".join(Settings.model_fields)
        return f"没有名为 {key} 的设置（{place}）。{guess}可用的设置：{known}。下一步：改名或删去。"
    field = Settings.model_fields[key]
    extra = field.json_schema_extra
    allowed = extra["allowed"] if isinstance(extra, dict) else ""
    shown = "（密钥，不显示）" if key in SECRET else repr(values[key])
    return f"设置 {key} 的值 {shown} 不可用（{place}）。允许：{allowed}。下一步：改正，或删去以使用默认值。"
