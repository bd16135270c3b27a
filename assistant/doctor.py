"""`jiangbu doctor`: what is installed, which model and index are in use, what is missing and what mends it.

Reads metadata and manifests only; imports no heavy library, so it answers on a half-broken machine too.
"""

import importlib.metadata
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.config import Settings
from index.errors import IndexDamaged, IndexMissing, ModelMissing
from index.exported import find_model
from index.publish import current_snapshot
from index.snapshot import check_whole, read_manifest

DISTRIBUTION = "jiangbu"
OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 1_000_000_000  # a new snapshot is written beside the one in use; leave room for both
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LICENCE_NOTES = {"moka-ai/m3e-small": "许可：仅供研究，不得用于商业用途；商用请用 JIANGBU_EMBEDDING_MODEL 改换模型"}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One finding. Only a failed check that is required makes the examination fail."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""  # what to do about it; empty when there is nothing to do
    required: bool = True


def examine(settings: Settings) -> list[Check]:
    """Look at everything the assistant stands on; returns every finding, good and bad, in a fixed order."""
    checks: list[Callable[[Settings], Check]] = [
        _python,
        _packages,
        _embedding,
        _language_model,
        _index,
        _home,
        _browser,
    ]
    return [check(settings) for check in checks]


def is_sound(checks: Iterable[Check]) -> bool:
    """Whether nothing required is missing."""
    return all(check.ok for check in checks if check.required)


def render(checks: Iterable[Check]) -> str:
    """The findings as text for the terminal, one a line, the remedy below."""
    lines = []
    for check in checks:
        mark = "✓" if check.ok else "✗" if check.required else "–"
        lines.append(f"{mark} {check.name}：{check.detail}")
        if check.remedy and not check.ok:
            lines.append(f"    → {check.remedy}")
    return "\n".join(lines)


def _python(_: Settings) -> Check:
    running, oldest = (".".join(map(str, version)) for version in (sys.version_info[:3], OLDEST_PYTHON))
    return Check(
        name="Python",
        ok=sys.version_info >= OLDEST_PYTHON,
        detail=f"{running}（{sys.executable}）",
        remedy=f"安装 Python {oldest} 或更新的版本，再运行 make setup",
    )


def _packages(_: Settings) -> Check:
    """Versions of what the program itself declares; extras are for development and not looked at."""
    wanted = [
        line.split(";")[0].strip() for line in importlib.metadata.requires(DISTRIBUTION) or [] if "extra ==" not in line
    ]
    found, missing = [], []
    for name in sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    detail = f"缺少 {'、'.join(missing)}" if missing else "，".join(found)
    return Check(name="软件包", ok=not missing, detail=detail, remedy="运行 make setup")


def _embedding(settings: Settings) -> Check:
    model = settings.embedding_model
    if settings.embedding_base_url:
        detail = f"{model}，由 {settings.embedding_base_url} 计算：问题和文件片段会发往该地址"
        return Check(name="向量模型", ok=True, detail=detail)
    note = f"。{LICENCE_NOTES[model]}" if model in LICENCE_NOTES else ""
    try:
        folder = find_model(model, settings.home)
        dimension = _read_json(folder / "manifest.json")["dimension"]
    except (ModelMissing, OSError, ValueError, KeyError) as error:
        why = "尚未导出" if isinstance(error, ModelMissing) else f"已损坏（{error}）"
        return Check(name="向量模型", ok=False, detail=f"{model} {why}{note}", remedy="运行 jiangbu setup")
    return Check(name="向量模型", ok=True, detail=f"{model}，{dimension} 维，位于 {folder}{note}")


def _language_model(settings: Settings) -> Check:
    """Nothing is asked of it here: an endpoint that does not answer costs nobody an answer."""
    if settings.llm_model is None:
        return Check(name="语言模型", ok=True, detail="没有设，不需要；设了以后帮助听懂问题", required=False)
    if settings.llm_base_url is None:
        remedy = "设 JIANGBU_LLM_BASE_URL，如 http://127.0.0.1:11434/v1"
        detail = f"{settings.llm_model}，没有地址，不会使用"
        return Check(name="语言模型", ok=False, detail=detail, remedy=remedy, required=False)
    key = "有密钥" if settings.llm_api_key else "没有密钥"
    detail = f"{settings.llm_model}，位于 {settings.llm_base_url}，{key}：问题和条文片段会发往该地址"
    return Check(name="语言模型", ok=True, detail=detail, required=False)


def _index(settings: Settings) -> Check:
    """The published snapshot: its files against its manifest, its model against the settings."""
    try:
        snapshot = current_snapshot(settings.home)
        manifest = read_manifest(snapshot)
        check_whole(snapshot, manifest)
    except IndexMissing:
        detail = f"还没有（{settings.home / 'index'}）"
        return Check(name="索引", ok=False, detail=detail, remedy="运行 jiangbu build")
    except (IndexDamaged, OSError) as error:
        detail = f"读不了或已损坏（{error}）"
        return Check(name="索引", ok=False, detail=detail, remedy="运行 jiangbu build --force")
    counts = f"{manifest.documents} 份文件、{manifest.clauses} 条条款、{manifest.passages} 个片段"
    made = f"{manifest.created} 建，模型 {manifest.model_id}，语料 {manifest.corpus_sha256[:12]}"
    return Check(
        name="索引",
        ok=_exported_id(settings) in (None, manifest.model_id),
        detail=f"{counts}；{made}",
        remedy=f"索引与现在的模型 {settings.embedding_model} 不符：运行 jiangbu build",
    )


def _exported_id(settings: Settings) -> object:
    """What the index's `model_id` has to be; None where that cannot be told here."""
    if settings.embedding_base_url:
        return None
    try:
        return _read_json(find_model(settings.embedding_model, settings.home) / "manifest.json")["model_id"]
    except (ModelMissing, OSError, ValueError, KeyError):
        return None  # the check of the model says so already


def _home(settings: Settings) -> Check:
    """The home need not exist yet; what counts is whether it can be made and filled."""
    place = next(place for place in (settings.home, *settings.home.parents) if os.path.exists(place))
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        detail = f"{settings.home} 无法写入（{place} 不是可写的文件夹）"
        return Check(name="主文件夹", ok=False, detail=detail, remedy="把 JIANGBU_HOME 设到可写的文件夹")
    free = shutil.disk_usage(place).free
    return Check(
        name="主文件夹",
        ok=free >= NEEDED_BYTES,
        detail=f"{settings.home}，磁盘剩余 {free / 1e9:.1f} GB，至少需要 {NEEDED_BYTES / 1e9:.0f} GB",
        remedy="腾出空间，或把 JIANGBU_HOME 设到另一个磁盘",
    )


def _browser(_: Settings) -> Check:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    return Check(
        name="Chromium（仅浏览器测试需要）",
        ok=found is not None,
        detail=found or "没有，浏览器测试会跳过",
        remedy="Debian：apt-get install chromium fonts-noto-cjk",
        required=False,
    )


def _read_json(file: Path) -> dict[str, Any]:
    """A JSON object; anything else is a ValueError."""
    content = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{file.name} 不是 JSON 对象")
    return content
