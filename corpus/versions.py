"""Versions of one policy: a newer one takes the older one's place from its first day on, and both stay.

The newer one says so (`supersedes`); what that means for the older one is worked out whenever the library is read,
so that the packaged documents are never written to and an older version holds again where the newer one is removed.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from corpus.folding import fold
from corpus.records import PolicyDocument, Status, Superseded

_EDITION = re.compile(r"[（(【\[][^（）()【】\[\]]{1,12}[）)】\]]|(?:19|20)\d{2}年?(?:版|修订版?)?|修订版?|暂行|试行")
_FRAME = re.compile(r"^.*?(?:印发|发布|公布|修订|修改)(?=《)|的?(?:通知|公告)$|^关于|[《》“”\"\s]")
TITLE_MIN = 5  # characters; what is left of a shorter title names no policy


def mark_versions(documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """The documents in their order, each told by which newer one it is superseded, and from what day.

    A draft takes nothing's place. Of several newer ones the first to take effect counts.
    """
    known = list(documents)
    newer: dict[str, PolicyDocument] = {}
    for document in known:
        start = document.supersedes_from
        if start is None or document.status is Status.DRAFT:
            continue
        for older in document.supersedes:
            first = newer.get(older)
            if older != document.id and (
                first is None or first.supersedes_from is None or start < first.supersedes_from
            ):
                newer[older] = document
    return [_marked(document, newer.get(document.id)) for document in known]


def without_versions(document: PolicyDocument) -> PolicyDocument:
    """The document as it is stored: without what newer ones say of it."""
    return document if document.superseded is None else replace(document, superseded=None)


def supersede(document: PolicyDocument, older: Sequence[str], taken_in: date) -> PolicyDocument:
    """The document as a newer version of others: from its first day, else its publication, else the day given."""
    if not older:
        return document
    start = document.in_force_from or document.published or taken_in
    return replace(document, supersedes=tuple(dict.fromkeys(older)), supersedes_from=start)


def find_older(document: PolicyDocument, stored: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """The stored documents that the document seems to be a newer version of: same region, same title, another text.

    A proposal for a person to decide; titles are compared without year, 暂行 and the like. A document that a newer one
    has superseded already is left out, so is any where the document itself is a draft.
    """
    name = policy_name(document.short_title)
    if document.status is Status.DRAFT or len(name) < TITLE_MIN:
        return []
    text = "".join(document.text.split())
    return [
        one
        for one in stored
        if one.id != document.id
        and one.region == document.region
        and one.superseded is None
        and policy_name(one.short_title) == name
        and "".join(one.text.split()) != text
    ]


def policy_name(title: str) -> str:
    """What stays of a title from version to version.

    >>> policy_name("关于印发《云岭市标准化激励暂行办法（2024年修订）》的通知") == policy_name("云岭市标准化激励办法")
    True
    """
    return _EDITION.sub("", _FRAME.sub("", fold(title).strip()))


def out_of_place(documents: Iterable[PolicyDocument], day: date) -> frozenset[str]:
    """The ids of the documents from which nothing is answered on `day`: those superseded or repealed by another that
    is there, and those that are to supersede.

    A newer version that has not begun gives way to the older one only while that one is there.
    """
    known = {document.id: document for document in documents}
    hidden: set[str] = set()
    for document in known.values():
        if document.superseded and document.superseded.by in known and is_superseded(document, day):
            hidden.add(document.id)
        if is_repealed(document, known.values(), day):
            hidden.add(document.id)
        waits = document.supersedes_from is not None and day < document.supersedes_from
        if waits and any(older in known for older in document.supersedes):
            hidden.add(document.id)
    return frozenset(hidden)


def repealing(document: PolicyDocument, known: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """The documents that say they repeal this one, whenever they begin.

    Editions of a policy often bear one title, and each repeals that title: what began before a document, or with it,
    repeals another edition.
    """
    titles = (document.title, document.short_title)
    naming = (one for one in known if one.id != document.id and any(title in titles for title in one.repeals))
    own = _first_day(document)
    return [one for one in naming if own is None or (other := _first_day(one)) is None or other > own]


def is_repealed(document: PolicyDocument, known: Iterable[PolicyDocument], day: date) -> bool:
    """Whether one of the same region has repealed the document by `day`; False where either's first day is unknown."""
    return _first_day(document) is not None and any(
        one.region == document.region
        and one.status is not Status.DRAFT
        and one.in_force_from is not None
        and one.in_force_from <= day
        for one in repealing(document, known)
    )


def _first_day(document: PolicyDocument) -> date | None:
    return document.in_force_from or document.published


def is_superseded(document: PolicyDocument, day: date) -> bool:
    """Whether a newer version has taken the document's place on `day`."""
    return document.superseded is not None and day >= document.superseded.since


def drop_missing(documents: Iterable[PolicyDocument], without: Collection[str]) -> tuple[PolicyDocument, ...]:
    """The documents that are left without some of them; those that a missing one superseded hold again."""
    left = (document for document in documents if document.id not in without)
    return tuple(mark_versions(map(without_versions, left)))


def _marked(document: PolicyDocument, newer: PolicyDocument | None) -> PolicyDocument:
    told = None
    if newer is not None and newer.supersedes_from is not None:
        told = Superseded(by=newer.id, title=newer.short_title, since=newer.supersedes_from)
    return document if document.superseded == told else replace(document, superseded=told)
