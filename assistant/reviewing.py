"""From files that staff sent to documents in the library: read and shown to a reviewer, then stored or not.

What waits is in the store alone, not in the library nor in any index, so that nothing is answered from it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.near_copies import StoredClauses
from assistant.preview import Preview, describe_file, describe_read
from assistant.store.uploads import Sent, Settled, Upload, Uploads, UploadSettled
from assistant.store.wording import UPLOAD_SETTLED
from corpus import Library, PolicyDocument
from corpus.awards import AwardFact
from corpus.describe import Given
from corpus.intake import Intake, RawFile, read_raw
from corpus.stored import read_document, write_document
from corpus.versions import supersede


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What pending documents are compared with: the documents there are, and the awards read in them."""

    documents: Sequence[PolicyDocument]
    facts: Sequence[AwardFact] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """That an upload is accepted, by whom, and which documents are newer versions of which.

    `supersedes` is by the id of the new one; None follows the preview's proposals.
    """

    number: int
    by: str
    note: str = ""
    supersedes: Mapping[str, Sequence[str]] | None = None


class StrayVersion(Exception):
    """A decision names a document that the upload does not hold, or an older version that is not there."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Files made ready to wait."""

    sent: Sent
    preview: Preview


def prepare(files: Sequence[RawFile], given: Given, sender: str, stored: Stored) -> Prepared:
    """Read files and put together what a reviewer is to see.

    Raises:
        UnreadableFile: One of them cannot be read; then none waits.
    """
    taken = {document.id for document in stored.documents}
    intakes: list[Intake] = []
    for file in files:
        intake = read_raw(file, given, taken)
        intakes.append(intake)
        taken |= {document.id for document in intake.documents}
    documents = [document for intake in intakes for document in intake.documents]
    known = StoredClauses(stored.documents, stored.facts)
    preview = Preview(
        files=tuple(describe_file(file.name, intake) for file, intake in zip(files, intakes, strict=True)),
        documents=tuple(describe_read(document, known, stored.documents) for document in documents),
    )
    sent = Sent(
        sender=sender,
        names=[file.name for file in files],
        titles=[document.title for document in documents],
        documents=[write_document(document) for document in documents],
        preview=preview.model_dump(mode="json"),
    )
    return Prepared(sent=sent, preview=preview)


def check_decision(decision: Decision, upload: Upload, known: Collection[str]) -> None:
    """See that a decision names documents that there are.

    Raises:
        StrayVersion: It does not.
    """
    sent = {one.id for one in Preview.model_validate(upload.preview).documents}
    for newer, older in (decision.supersedes or {}).items():
        if newer not in sent or not set(older) <= set(known):
            raise StrayVersion(newer)


def accept(library: Library, uploads: Uploads, decision: Decision, day: date) -> list[PolicyDocument]:
    """Store the documents of an upload that a reviewer accepts, and note who did.

    Stored first, noted after: a process that dies between leaves an upload that waits, and accepting it again changes
    nothing. The index is the caller's to build; `uploads.forget` goes after it, or `uploads.reopen` where it fails.

    Returns:
        The documents that are new; those whose text was there already are left out.

    Raises:
        NoUpload: There is none of that number.
        UploadSettled: It was settled before.
        DocumentConflict: A document that is to be superseded is not there.
    """
    upload = uploads.find(decision.number)
    if upload.state != "pending":
        raise UploadSettled(UPLOAD_SETTLED.format(number=decision.number))
    preview = Preview.model_validate(upload.preview)
    proposed = {one.id: [older.document for older in one.supersedes] for one in preview.documents}
    taken, documents = set(library.ids()), []
    for content in upload.documents:
        document = read_document(content, f"upload {upload.number}")
        if decision.supersedes is None:
            older: Sequence[str] = [one for one in proposed.get(document.id, ()) if one in library.ids()]
        else:
            older = decision.supersedes.get(document.id, ())
        made = supersede(replace(document, id=_free(document.id, taken), uploaded=True), older, day)
        taken.add(made.id)
        documents.append(made)
    added = library.add(documents)
    ids = [document.id for document in added]
    uploads.settle(upload.number, Settled(state="accepted", by=decision.by, note=decision.note, ids=ids))
    return added


def _free(wanted: str, taken: set[str]) -> str:
    """The id that a document was read under, or with a number where it is in use by now."""
    number, free = 2, wanted
    while free in taken:
        number, free = number + 1, f"{wanted}-{number}"
    return free
