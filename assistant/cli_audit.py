"""`jiangbu audit`: is the log whole, what stands in it, forgetting what somebody asked."""

import json
import re
from typing import TYPE_CHECKING

import click

from assistant import operator_words as words
from assistant.cli_store import opened_store, operator

if TYPE_CHECKING:
    from assistant.store.audit_chain import ChainReport

NOTED = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """审计日志：核对是否被改动、查看、按要求删去问题。"""


@audit.command()
@click.option("--noted", help="此前抄存的末条，写成 编号:哈希；核对它是否还在日志里。")
def verify(noted: str | None) -> None:
    """核对日志是否完好；不完好时指出第一处，退出码为 1。"""
    known = NOTED.fullmatch(noted or "")
    if noted and known is None:
        raise click.UsageError(words.BAD_NOTED)
    with opened_store() as store:
        report = store.audit.verify()
        if not report.fault and known is not None and not store.audit.holds(int(known[1]), known[2]):
            raise click.ClickException(_say_fault(int(known[1]), "noted", report.rows))
    if report.fault:
        raise click.ClickException(_say_fault(report.fault_seq, report.fault, report.rows))
    click.echo(_say_whole(report))


def _say_fault(seq: int, fault: str, rows: int) -> str:
    told = words.LOG_FAULT.format(seq=seq, fault=words.CHAIN_FAULTS[fault], rows=rows)
    return f"{told}\n{words.LOG_KEEP}"


def _say_whole(report: "ChainReport") -> str:
    if not report.rows:
        return words.LOG_EMPTY
    counts = {"rows": report.rows, "first": report.first, "last": report.last.seq, "forgotten": report.forgotten}
    return f"{words.LOG_WHOLE.format(**counts)}\n{words.LOG_HEAD.format(seq=report.last.seq, hash=report.last.hash)}"


@audit.command(name="list")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True, help="给出最近的几条。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一条。")
def list_entries(limit: int, as_json: bool) -> None:
    """列出最近的记录，新的在前：编号、时间、入口、状态、客户端（哈希）、账号、问题。"""
    from zoneinfo import ZoneInfo

    with opened_store() as store:
        rows = store.audit.recent(limit)
    if not rows:
        click.echo(words.NO_LOG, err=True)
    for row in rows:
        if as_json:
            click.echo(json.dumps({**vars(row), "at": row.at.isoformat()}, ensure_ascii=False))
            continue
        at = row.at.astimezone(ZoneInfo("Asia/Shanghai"))
        fields = (row.seq, f"{at:%Y-%m-%d %H:%M:%S}", row.door, row.status, row.client or "-", row.caller or "-")
        click.echo("  ".join([*map(str, fields), row.question]).rstrip())


@audit.command()
@click.option("--client", default="", help="客户端的哈希，如 jiangbu audit list 列出的。")
@click.option("--address", default="", help="客户端的 IP 地址。")
@click.option("--account", default="", help="账号名；保存的对话一并删去。")
def forget(client: str, address: str, account: str) -> None:
    """删去一个客户端或一个账号的问题、反馈和对话；日志的条目留下，仍可核对。"""
    if sum(map(bool, (client, address, account))) != 1:
        raise click.UsageError(words.FORGET_WHOSE)
    from assistant.store.forgetting import forget as forget_now

    with opened_store() as store:
        hashed = store.audit.hash_client(address) if address else client
        gone = forget_now(store.database, store.audit, client=hashed, name=account, by=operator())
        store.audit.keep_head()
    click.echo(words.FORGOT.format(questions=gone.questions, tickets=gone.tickets, talks=gone.talks), err=True)
    if not gone.is_complete:
        click.echo(words.FORGOT_LATER, err=True)


@audit.command()
@click.option("--why", required=True, help="原因，如：audit.head 被误删。记入日志。")
def seal(why: str) -> None:
    """查明原因之后，从现有的末条起继续；此前核对的结果记入日志。"""
    from assistant.masking import mask
    from assistant.store.audit import AuditEntry

    with opened_store() as store:
        report = store.audit.verify()
        seen = f"{report.fault} {report.fault_seq}" if report.fault else "whole"
        told = mask(why) + words.SEAL_SAW.format(seen=seen)
        last = store.audit.seal(AuditEntry(door="cli", client="", status="sealed", question=told, caller=operator()))
    click.echo(words.SEALED.format(seq=last.seq), err=True)
