"""`jiangbu account`: who of the staff may sign in. Tokens go to stdout, once; the store opens when a command runs."""

import sys
from typing import Literal

import click

from assistant.cli_store import opened_store

ROLES_ABOUT = "staff 工作人员，reviewer 审核人（可收入上传的文件），admin 管理员。"


@click.group()
def account() -> None:
    """管理工作人员的账号：新建、列出、停用、更换令牌。"""


@account.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["staff", "reviewer", "admin"]), required=True, help=ROLES_ABOUT)
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为网页登录的密码；不给则只能用令牌。")
def add(name: str, role: Literal["staff", "reviewer", "admin"], password_stdin: bool) -> None:
    """新建账号，并给出接口令牌（只显示这一次）。"""
    from assistant.store import wording

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with opened_store() as store:
        token = store.accounts.add(name, role, password)
    click.echo(wording.TOKEN_BELOW.format(name=name, role=role), err=True)
    click.echo(token)


@account.command(name="list")
def list_accounts() -> None:
    """列出全部账号。"""
    from assistant.store import wording

    with opened_store() as store:
        accounts = store.accounts.list()
    if not accounts:
        click.echo(wording.NO_ACCOUNTS, err=True)
    for one in accounts:
        state = wording.DISABLED if one.disabled else wording.IN_USE
        click.echo(f"{one.name}  {one.role}  {one.created:%Y-%m-%d}  {state}")


@account.command()
@click.argument("name")
def disable(name: str) -> None:
    """停用账号：登录和令牌立即失效。"""
    from assistant.store import wording

    with opened_store() as store:
        store.accounts.disable(name)
    click.echo(wording.ACCOUNT_DISABLED.format(name=name), err=True)


@account.command()
@click.argument("name")
def token(name: str) -> None:
    """更换账号的接口令牌（只显示这一次），旧令牌随即失效。"""
    with opened_store() as store:
        click.echo(store.accounts.renew_token(name))
