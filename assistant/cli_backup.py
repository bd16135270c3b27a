"""`jiangbu backup` and `jiangbu restore`: one file with what cannot be made again, and back into a home."""

from pathlib import Path

import click

from assistant import operator_words as words
from assistant.cli_store import operator
from assistant.config import load_settings, load_settings_at

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@FILE
def backup(file: Path) -> None:
    """把收入的文件、账号、反馈、审计日志、设置（不含密钥）备份成一个文件；服务可以照常运行。"""
    from assistant.backup import BackupError, write_backup
    from assistant.store import StoreError

    try:
        made = write_backup(load_settings(), file)
    except (BackupError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(words.BACKED_UP.format(file=file, members=made.members, bytes=made.bytes), err=True)
    if made.fault:
        click.echo(words.BACKUP_OF_BROKEN_LOG.format(fault=words.CHAIN_FAULTS[made.fault]), err=True)


@click.command()
@FILE
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="恢复到哪个文件夹；不写则是主文件夹。")
@click.option("--force", is_flag=True, help="文件夹里已有内容时，把它改名留在旁边。")
@click.option("--broken-log", is_flag=True, help="审计日志核对不通过也恢复。")
def restore(file: Path, to: Path | None, force: bool, broken_log: bool) -> None:
    """从备份恢复：核对每个成员和审计日志，重建索引，都成功才放到位。请先停止服务。"""
    from assistant.backup import BackupError, RestoreOptions, restore_backup
    from assistant.service import build
    from assistant.store import StoreError

    home = to or load_settings().home

    def build_index(folder: Path) -> None:
        build(load_settings_at(folder), progress=False)

    options = RestoreOptions(by=operator(), keep_aside=force, broken_log=broken_log)
    try:
        done = restore_backup(file, home.absolute(), build_index, options)
    except (BackupError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(words.RESTORED.format(home=home, members=done.members, rows=done.rows), err=True)
    if done.aside is not None:
        click.echo(words.KEPT_ASIDE.format(folder=done.aside), err=True)
