"""What was read in each raw file that an operator adds: said before it is stored, so that nothing hidden slips in."""

from collections.abc import Iterator

from assistant import messages
from corpus.intake import Intake
from corpus.ledger import derive

LISTED_MAX = 5  # hidden places of one file that are quoted
QUOTE_MAX = 60  # characters of each
_KINDS = (
    (("vanish", "display:none", "row", "column", "sheet"), "set_hidden"),
    (("white", "tiny", "off_page"), "unseen"),
    (("deleted",), "deleted"),
    (("comment", "alt"), "beside"),
    (("tags", "zero_width"), "characters"),
)


def describe_intake(name: str, intake: Intake) -> Iterator[str]:
    """The lines that say how a file was read: its form, what was found in it, and what a reader would not see."""
    read = derive(intake.documents)
    converted = intake.converted
    yield messages.READ_FILE.format(
        name="".join(one if one.isprintable() else " " for one in name),
        form=converted.form,
        documents=len(intake.documents),
        clauses=len(read.clauses),
        facts=len(read.ledger.facts),
        rejects=len(read.ledger.rejects),
        hidden=len(converted.hidden),
        unsure=len(converted.unsure),
    )
    for hidden in converted.hidden[:LISTED_MAX]:
        yield messages.READ_HIDDEN.format(how=messages.HIDDEN_HOW[_kind(hidden.how)], text=hidden.text[:QUOTE_MAX])
    for note in converted.notes:
        yield messages.READ_NOTE.format(note=note)


def _kind(how: str) -> str:
    return next((kind for ways, kind in _KINDS if how in ways), "unseen")
