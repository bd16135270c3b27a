"""`jiangbu uploads`, `accept` and `reject`: what staff sent in, decided by a named reviewer at the terminal."""

import json
from typing import TYPE_CHECKING

import click

from assistant import upload_wording as wording
from assistant.cli_store import opened_store
from assistant.config import Settings, load_settings

if TYPE_CHECKING:
    from assistant.reviewing import Decision
    from assistant.store import Store
    from assistant.store.uploads import Upload
    from corpus import PolicyDocument

NUMBER = click.IntRange(1, 2**31 - 1)


@click.command()
@click.argument("number", required=False, type=NUMBER)
@click.option("--all", "every", is_flag=True, help="也列出已经审核过的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def uploads(number: int | None, every: bool, as_json: bool) -> None:
    """列出等候审核的上传文件；给出编号则显示读出的内容。"""
    with opened_store() as store:
        if number is None:
            found = store.uploads.page(None if every else "pending", limit=200)
            lines = [_as_json(one) if as_json else _line(one) for one in found]
            click.echo("\n".join(lines) if lines else wording.NO_UPLOADS, err=not lines)
            return
        upload = store.uploads.find(number)
    if as_json:
        click.echo(json.dumps(dict(upload.preview), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([_line(upload), *preview_lines(upload)]))


@click.command()
@click.argument("number", type=NUMBER)
@click.option("--by", required=True, help="审核人的账号。")
@click.option("--note", default="", help="说明。")
@click.option("--supersedes", "older", multiple=True, help="是哪份文件的新版本，写编号；不写按预览中的建议。")
@click.option("--no-supersedes", "is_new", is_flag=True, help="不是任何文件的新版本。")
def accept(number: int, by: str, note: str, older: tuple[str, ...], is_new: bool) -> None:
    """收入一批上传文件，索引随之更新。"""
    from assistant.reviewing import Decision

    if older and is_new:
        raise click.UsageError(wording.OLDER_OR_NONE)
    settings = load_settings()
    with opened_store() as store:
        check_reviewer(store, by)
        chosen = {} if is_new else _one_newer(store.uploads.find(number), older)
        added = take_in(settings, store, Decision(number=number, by=by, note=note, supersedes=chosen))
    click.echo(wording.TAKEN_IN.format(number=number, ids="、".join(one.id for one in added) or "—"), err=True)


@click.command()
@click.argument("number", type=NUMBER)
@click.option("--by", required=True, help="审核人的账号。")
@click.option("--why", required=True, help="理由。")
def reject(number: int, by: str, why: str) -> None:
    """退回一批上传文件；它的内容随即删除。"""
    from assistant.store.uploads import Settled

    if not why.strip():
        raise click.UsageError(wording.REJECT_WHY)
    with opened_store() as store:
        check_reviewer(store, by)
        upload = store.uploads.find(number)
        store.uploads.settle(number, Settled(state="rejected", by=by, note=why))
        _log(store, "reject", upload, by, why)
    click.echo(wording.UPLOAD_REJECTED.format(number=number), err=True)


def take_in(settings: Settings, store: "Store", decision: "Decision") -> list["PolicyDocument"]:
    """Store what a reviewer accepted and build the index; where that fails, the upload waits again.

    Raises:
        StoreError: There is no such upload, or it was settled before.
        CorpusError: A document cannot be stored.
        IndexingError: The index was not built; then nothing has changed.
    """
    from assistant.reviewing import accept as accept_upload
    from assistant.service import build, today
    from corpus import Library

    library = Library(settings.home)
    upload = store.uploads.find(decision.number)
    added = accept_upload(library, store.uploads, decision, today())
    try:
        if added:
            build(settings)
    except BaseException:  # whatever it is: what is not in the index does not stay in the library either
        for document in added:
            library.remove(document.id)
        store.uploads.reopen(decision.number)
        raise
    store.uploads.forget(decision.number)
    _log(store, "accept", upload, decision.by, decision.note)
    return added


def check_reviewer(store: "Store", name: str) -> None:
    """See that an account may decide: a reviewer or an administrator who is not disabled.

    Raises:
        StoreError: It may not.
    """
    from assistant.store import StoreError
    from assistant.store.wording import NOT_A_REVIEWER

    able = {one.name for one in store.accounts.list() if one.role in ("reviewer", "admin") and not one.disabled}
    if name not in able:
        raise StoreError(NOT_A_REVIEWER.format(name=name))


def preview_lines(upload: "Upload") -> list[str]:
    """What was read, for people at a terminal: heads, awards, what to look at; the whole text is in the JSON."""
    from assistant.preview import Preview

    if not upload.preview:
        return [wording.UPLOAD_EMPTIED]
    preview = Preview.model_validate(upload.preview)
    lines = [wording.READ_HIDDEN.format(file=f.name, how=h.how, text=h.text) for f in preview.files for h in f.hidden]
    lines += [wording.READ_UNSURE.format(page=u.page, text=u.text) for f in preview.files for u in f.unsure]
    for one in preview.documents:
        dates = f"{one.in_force_from or '—'} ~ {one.in_force_until or '—'}"
        lines.append(f"{one.id}  {one.region}  {one.title}  {dates}  {one.status}")
        lines += [f"  {fact.locator}  {fact.subject}  {fact.amount}" for fact in one.facts]
        lines += [f"  ⚠ {place.locator}  {place.message}：“{place.quote}”" for place in (*one.rejects, *one.findings)]
        lines += ["  ⚠ " + wording.READ_CONFLICT.format(**conflict.model_dump()) for conflict in one.conflicts]
        lines += ["  " + wording.READ_OLDER.format(**older.model_dump()) for older in one.supersedes]
    return lines


def _one_newer(upload: "Upload", older: tuple[str, ...]) -> dict[str, tuple[str, ...]] | None:
    """The only document of an upload as a newer version; None to follow the proposals."""
    if not older:
        return None
    ids = [str(one["id"]) for one in upload.preview.get("documents", ())]
    if len(ids) != 1:
        raise click.UsageError(wording.OLDER_OF_ONE)
    return {ids[0]: older}


def _line(upload: "Upload") -> str:
    state = wording.UPLOAD_STATES[upload.state]
    return f"{upload.number}  {upload.at:%Y-%m-%d}  {upload.sender}  {state}  {'；'.join(upload.titles)}"


def _as_json(upload: "Upload") -> str:
    told = {"number": upload.number, "at": upload.at.isoformat(), "sender": upload.sender, "state": upload.state}
    settled = {"settled_by": upload.settled_by, "note": upload.note, "documents": upload.ids}
    return json.dumps(told | {"names": upload.names, "titles": upload.titles} | settled, ensure_ascii=False)


def _log(store: "Store", status: str, upload: "Upload", by: str, note: str) -> None:
    from assistant.masking import mask
    from assistant.page.wording import REVIEWED_DEED
    from assistant.store.audit import AuditEntry

    titles = "；".join(upload.titles)
    deed = REVIEWED_DEED.format(number=upload.number, sender=upload.sender, titles=titles, note=note)
    store.audit.write(AuditEntry(door="cli", client="", status=status, question=mask(deed), caller=by))
