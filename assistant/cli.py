"""The command `jiangbu`: arguments in, text or JSON on stdout, everything else on stderr.

Exit status: 0 done, 1 failed, 2 wrong use. Commands import what they need when they run, so that
asking does not pay for serving.
"""

import errno
import json
import logging
import sys
from collections.abc import Callable
from datetime import date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from assistant import messages
from assistant.cli_accounts import account
from assistant.cli_audit import audit
from assistant.cli_backup import backup, restore
from assistant.cli_switch import off, on
from assistant.cli_uploads import accept, reject, uploads
from assistant.config import Settings, SettingsError, load_settings

PLUGGED = "jiangbu.commands"  # entry points: what stands beside the program and may not be imported by it


class _Group(click.Group):
    """Turns the program's own errors into one line and an exit status; finds commands that other packages bring."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group=PLUGGED).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        found = next(iter(entry_points(group=PLUGGED, name=cmd_name)), None)
        command = None if found is None else found.load()
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click's
        from corpus.errors import CorpusError
        from index.errors import IndexingError

        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error
        except (CorpusError, IndexingError) as error:
            said = messages.WHAT_FAILED.get(type(error).__name__, "")
            raise click.ClickException(f"{said}\n{error}".strip()) from error
        except OSError as error:  # a home that is a file, a disk that is full
            if error.errno == errno.EPIPE:
                raise  # click ends quietly when nobody reads on
            fault = messages.SYSTEM_REFUSED.format(file=error.filename or "文件", reason=error.strerror)
            raise click.ClickException(fault) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="把运行细节写到标准错误。")
def main(verbose: bool) -> None:
    """奖补通：标准化奖补政策问答。每个数字都有原文依据。"""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)


main.add_command(account)
for command in (audit, off, on, backup, restore, uploads, accept, reject):
    main.add_command(command)


@main.command()
@click.option("--force", is_flag=True, help="即使没有变化也重新建立。")
def build(force: bool) -> None:
    """建立或更新索引。"""
    from assistant.service import build as build_now

    report = build_now(load_settings(), force=force)
    if report.nothing_to_do:
        click.echo(messages.NOTHING_TO_BUILD.format(documents=report.documents, passages=report.passages), err=True)
        return
    click.echo(
        messages.BUILT.format(
            documents=report.documents,
            clauses=report.clauses,
            passages=report.passages,
            embedded=report.embedded,
            reused=report.reused,
            seconds=report.seconds,
        ),
        err=True,
    )


@main.command()
@click.argument("question", required=False)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天判断（默认今天），如 2026-11-21。")
@click.option("--region", help="所在地区，如 威海市；问题里写明的优先。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--batch", type=click.File("rb"), help="JSONL 文件，每行一个问题；- 表示标准输入。")
def ask(question: str | None, as_of: datetime | None, region: str | None, as_json: bool, batch: Any) -> None:  # noqa: ANN401
    """回答一个问题，或一个文件里的问题。"""
    if (question is None) == (batch is None):
        raise click.UsageError(messages.ONE_QUESTION_OR_BATCH)
    settings = load_settings()
    if batch is not None:
        _ask_batch(settings, batch)
        return
    _ask_one(settings, question or "", as_of.date() if as_of else None, region, as_json)


def _ask_batch(settings: Settings, lines: Any) -> None:  # noqa: ANN401
    from assistant.batch import answer_lines
    from assistant.service import LiveAssistant, today

    assistant = LiveAssistant(settings)
    for answer in answer_lines(lines, assistant.answer, today=today(), workers=settings.batch_workers):
        click.echo(answer.model_dump_json())


def _ask_one(settings: Settings, question: str, as_of: date | None, region: str | None, as_json: bool) -> None:
    from pydantic import ValidationError

    from assistant.records import Question
    from assistant.service import LiveAssistant
    from assistant.terminal import render

    plain, place = (given.encode("utf-8", "replace").decode() for given in (question, region or ""))
    try:
        asked = Question(question=plain, as_of=as_of, region=place or None)
    except ValidationError as error:
        raise click.UsageError(messages.BAD_REGION.format(region=place[:20])) from error
    answer = LiveAssistant(settings).answer(asked)
    click.echo(answer.model_dump_json(indent=2) if as_json else render(answer))
    if answer.status == "error":
        sys.exit(2)


@main.command()
@click.option("--host", help="监听的地址（默认取设置，只有本机可访问）。")
@click.option("--port", type=click.IntRange(0, 65535), help="监听的端口（默认取设置）。")
@click.option("--open", "open_browser", is_flag=True, help="启动后在浏览器里打开网页。")
def serve(host: str | None, port: int | None, open_browser: bool) -> None:
    """启动网页和接口。"""
    from assistant.serving import CannotListen, StoreError, serve_forever

    settings = load_settings()
    host, port = host or settings.host, settings.port if port is None else port

    def announce(address: str) -> None:  # not every machine opens a browser
        click.echo(messages.SERVING.format(address=address), err=True)

    try:
        serve_forever(settings, host, port, announce, open_browser=open_browser)
    except (CannotListen, StoreError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一份文件。")
def documents(as_json: bool) -> None:
    """列出知识库里的文件。"""
    from assistant.terminal import list_documents
    from corpus import Library

    click.echo(list_documents(Library(load_settings().home).documents(), as_json=as_json))


_DATES = click.DateTime(["%Y-%m-%d"])


def _describing(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which a user states what a document's text does not say."""
    for option in (
        click.option("--id", "document_id", help="文件编号，如 longgang-2023。"),
        click.option("--title", help="文件标题。"),
        click.option("--region", help="适用地区，如 浙江省温州市龙港市；全国 表示国家文件。"),
        click.option("--issuer", help="发文机关。"),
        click.option("--number", help="文号。"),
        click.option("--published", type=_DATES, help="发布日期。"),
        click.option("--in-force-from", type=_DATES, help="施行日期。"),
        click.option("--in-force-until", type=_DATES, help="有效期最后一天。"),
        click.option("--draft", is_flag=True, help="是征求意见稿。"),
        click.option("--supersedes", multiple=True, help="是哪份文件的新版本，写编号；旧版本仍可按日期查到。"),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一份文件。")
@_describing
def add(files: tuple[Path, ...], as_json: bool, **stated: Any) -> None:  # noqa: ANN401
    """把政策文件（txt、md、html、docx、xlsx、pdf、扫描图片）加入知识库；汇编会拆成一份份文件，索引随之更新。"""
    from assistant.collecting import add_files, tell_older
    from assistant.terminal import list_documents

    settings = load_settings()
    added = add_files(settings, files, stated, tell=lambda line: click.echo(line, err=True))
    if not added:
        click.echo(messages.NOTHING_ADDED, err=True)
        return
    click.echo(list_documents(added, as_json=as_json))
    for line in tell_older(settings, added):
        click.echo(line, err=True)


@main.command()
@click.argument("document_id")
def remove(document_id: str) -> None:
    """把一份文件移出知识库，索引随之更新。"""
    from assistant.service import build as build_now
    from corpus import Library
    from index import sweep_snapshots

    settings = load_settings()
    removed = Library(settings.home).remove(document_id)
    build_now(settings)
    sweep_snapshots(settings.home)  # the index from before holds its text
    click.echo(messages.REMOVED.format(id=removed.id, title=removed.title), err=True)


@main.command()
@click.option("--document", help="只看一份文件，写编号，如 longgang-2023。")
@click.option("--region", help="只看一个地区，如 威海市；省名包括省内各地。")
@click.option("--text", help="只看含有这些词的条目，空格分开，如 “秘书处 国家级”。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一条。")
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV。")
def facts(document: str | None, region: str | None, text: str | None, as_json: bool, as_csv: bool) -> None:
    """列出奖补台账：每个金额、对应的事项和出处。"""
    from assistant.service import open_ledger

    if as_json and as_csv:
        raise click.UsageError(messages.JSON_OR_CSV)
    view = open_ledger(load_settings())
    found = view.select(document=document, region=region, text=text)
    if not found:
        click.echo(messages.NO_FACTS, err=True)
        return
    click.echo(view.as_json(found) if as_json else view.as_csv(found) if as_csv else view.as_lines(found))


@main.command()
@click.argument("file", required=False, type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--example", is_flag=True, help="给出一份样例清单。")
def estimate(file: Any, as_json: bool, example: bool) -> None:  # noqa: ANN401
    """按一份清单（YAML 或 JSON，- 表示标准输入）测算合计，逐步列出依据。"""
    from assistant.claim_file import EXAMPLE, FILE_BYTES_MAX, ClaimFileError, parse_claim
    from assistant.service import LiveAssistant
    from assistant.terminal import render_estimate

    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if file is None:
        raise click.UsageError(messages.CLAIM_NO_FILE)
    try:
        claim = parse_claim(file.read(FILE_BYTES_MAX + 1).decode("utf-8-sig", "replace"))
        report = LiveAssistant(load_settings()).estimate(claim)
    except ClaimFileError as error:
        raise click.UsageError(str(error)) from error
    click.echo(report.model_dump_json(indent=2) if as_json else render_estimate(report))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一处。")
def lint(as_json: bool) -> None:
    """列出政策原文的疑点：疑似误印、残句、没有读出的金额。"""
    from assistant.service import open_ledger

    view = open_ledger(load_settings())
    findings = view.findings()
    if as_json:
        click.echo("\n".join(json.dumps(finding, ensure_ascii=False) for finding in findings))
    else:
        click.echo(view.findings_as_lines(findings))


@main.command()
def doctor() -> None:
    """检查装了什么、缺什么、怎样补上。"""
    from assistant.doctor import examine, is_sound, render

    checks = examine(load_settings())
    click.echo(render(checks))
    if not is_sound(checks):
        sys.exit(1)


@main.command()
def setup() -> None:
    """准备向量模型：导出一次，供回答时快速读取。"""
    from assistant.collecting import prepare_default_model

    click.echo(json.dumps(prepare_default_model(load_settings()), ensure_ascii=False), err=True)
