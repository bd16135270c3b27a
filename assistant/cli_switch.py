"""`jiangbu off` and `jiangbu on`: close the page, the interface for programs, or both; the staff come in still."""

import click

from assistant import operator_words as words
from assistant.cli_store import operator
from assistant.config import Settings, load_settings
from assistant.switch import SWITCHED_DOORS, WHY_MAX, Switch, SwitchedDoor

DOOR = click.argument("door", required=False, type=click.Choice(SWITCHED_DOORS))


@click.command()
@DOOR
@click.option("--why", default="", help="原因，访问者会看到；至多 200 字。")
@click.option("--note", default="", help="内部说明，只记入审计日志。")
def off(door: SwitchedDoor | None, why: str, note: str) -> None:
    """停用网页（page）、接口（api），不写则两者都停用。命令行和已登录的工作人员不受影响。"""
    why = why.strip()
    if not why or len(why) > WHY_MAX:
        raise click.UsageError(words.NO_WHY)
    settings = load_settings()
    doors = (door,) if door else SWITCHED_DOORS
    Switch(settings.home).turn_off(doors, why=why, note=note, by=operator())
    click.echo(words.TURNED_OFF.format(doors=_say(doors)), err=True)
    _log(settings, "off", f"{_say(doors)}：{why}{'；' if note else ''}{note}")


@click.command()
@DOOR
def on(door: SwitchedDoor | None) -> None:
    """恢复网页（page）、接口（api），不写则两者都恢复。"""
    settings = load_settings()
    opened = Switch(settings.home).turn_on((door,) if door else SWITCHED_DOORS)
    if not opened:
        click.echo(words.WAS_ON, err=True)
        return
    click.echo(words.TURNED_ON.format(doors=_say(opened)), err=True)
    _log(settings, "on", _say(opened))


def _say(doors: tuple[SwitchedDoor, ...]) -> str:
    return "、".join(words.DOORS[door] for door in doors)


def _log(settings: Settings, status: str, what: str) -> None:
    """Log it after it is done: a log that cannot be written is no reason to stay open."""
    from assistant.masking import mask
    from assistant.store import StoreError, open_store
    from assistant.store.audit import AuditEntry

    entry = AuditEntry(door="cli", client="", status=status, question=mask(what), caller=operator())
    url = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        store = open_store(settings.home, url, audit_days=settings.audit_days)
        try:
            with store.database.writing() as connection:
                store.audit.write_in(connection, entry)
            store.audit.keep_head()
        finally:
            store.close()
    except StoreError as error:
        click.echo(words.NOT_LOGGED.format(reason=error), err=True)
