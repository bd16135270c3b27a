"""Taking documents into the corpus and preparing the model: the work behind `add` and `setup`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.read_report import describe_intake
from assistant.service import build, shared_models, today
from assistant.upload_wording import MAYBE_NEWER, OLDER_OF_ONE
from corpus import CorpusError, Library, PolicyDocument, Region, Status
from corpus.describe import Given
from corpus.errors import DocumentConflict
from corpus.intake import Intake, RawFile, load_raw, read_raw
from corpus.regions import find_regions, narrow
from corpus.versions import find_older, supersede


def add_files(
    settings: Settings, files: Sequence[Path], stated: Mapping[str, Any], tell: Callable[[str], object] | None = None
) -> list[PolicyDocument]:
    """Read raw files, store their documents under the home, and bring the index in line.

    Args:
        settings: Where the home is.
        files: Raw files.
        stated: What the user states: document_id, title, region, issuer, number, published,
            in_force_from, in_force_until, draft, supersedes; each may be missing or None.
        tell: Told how each file was read, line by line, before anything is stored.

    Returns:
        The documents added; those whose text was there already are left out.

    Raises:
        CorpusError: A file cannot be read or stored; then none is.
        IndexingError: The index was not built; then the documents are taken out again.
    """
    library = Library(settings.home)
    intakes = read_files(library, [load_raw(file) for file in files], read_given(stated))
    if tell is not None:
        for file, intake in zip(files, intakes, strict=True):
            for line in describe_intake(file.name, intake):
                tell(line)
    read = [document for intake in intakes for document in intake.documents]
    older = stated.get("supersedes") or ()
    if older and len(read) != 1:
        raise DocumentConflict(OLDER_OF_ONE)
    added = library.add([supersede(document, older, today()) for document in read])
    if added:
        try:
            build(settings)
        except BaseException:  # whatever it is: what is not in the index does not stay in the library either
            for document in added:
                library.remove(document.id)
            raise
    return added


def tell_older(settings: Settings, added: Iterable[PolicyDocument]) -> list[str]:
    """A line for each document that seems to be a newer version of a stored one, and was not said to be."""
    stored = Library(settings.home).documents()
    return [
        MAYBE_NEWER.format(id=document.id, older=older.id, title=older.short_title)
        for document in added
        if not document.supersedes
        for older in find_older(document, stored)
    ]


def read_files(library: Library, files: Iterable[RawFile], given: Given) -> list[Intake]:
    """What is read in raw files, with ids that the library has free; nothing is stored.

    Raises:
        UnreadableFile: One of them cannot be read; then none is.
    """
    taken = {document.id for document in library.documents()}
    intakes: list[Intake] = []
    for file in files:
        intakes.append(read_raw(file, given, taken))
        taken |= {document.id for document in intakes[-1].documents}
    return intakes


def read_given(stated: Mapping[str, Any]) -> Given:
    """What is stated, as the reading of a raw file takes it; see `add_files`.

    Raises:
        CorpusError: There is no such region.
    """
    return Given(
        id=stated.get("document_id"),
        title=stated.get("title"),
        region=read_region_name(stated["region"]) if stated.get("region") else None,
        issuer=stated.get("issuer"),
        document_number=stated.get("number"),
        published=_date(stated.get("published")),
        in_force_from=_date(stated.get("in_force_from")),
        in_force_until=_date(stated.get("in_force_until")),
        status=Status.DRAFT if stated.get("draft") else None,
    )


def _date(value: datetime | date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def read_region_name(name: str) -> Region:
    """The region of a name; 全国 is the nation.

    Raises:
        CorpusError: There is no such region.
    """
    if name in ("全国", "国家"):
        return Region()
    regions = narrow(find_regions(name))
    if not regions:
        raise CorpusError(
            f"Cannot read the region {name!r}: no administrative region has this name. "
            "Next: give its full name, such as 浙江省温州市龙港市, or 全国."
        )
    return regions[0]


def prepare_default_model(settings: Settings) -> dict[str, str]:
    """Export the configured model for every home to use; at once when that was done before."""
    if settings.embedding_base_url:
        return {"model": settings.embedding_model, "state": "endpoint"}
    from index import ModelMissing, find_model, model_folder, prepare_model

    try:
        folder = find_model(settings.embedding_model, settings.home)
    except ModelMissing:
        folder = shared_models() / model_folder(settings.embedding_model)
        prepare_model(settings.embedding_model, folder)
        return {"model": settings.embedding_model, "state": "exported", "folder": str(folder)}
    return {"model": settings.embedding_model, "state": "ready", "folder": str(folder)}
