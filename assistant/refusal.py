"""What to say when nothing answers: what was looked for, where, and what is near, without its figures."""

import re
from collections.abc import Sequence

from assistant import messages
from assistant.ranking import Ranked
from assistant.reading import Reading
from assistant.scope import Scope
from assistant.texts import Texts

TOPIC_MAX = 40
NEAR_MAX = 2
NEAR_SHARE = 0.3  # of the question's words a passage must hold to be called near
_SUM = re.compile(r"[0-9.一二三四五六七八九十百千两][0-9.一二三四五六七八九十百千两\s]*(?:[万亿]\s*元?|元)")


def describe_topic(reading: Reading) -> str:
    """What was asked for, in a few words: the concepts named, else the question's own words.

    A sum that the asker names is not repeated, and neither is markup: a refusal must not read as a promise.
    """
    names = [*reading.levels, *(concept.name for concept in reading.concepts if concept.kind != "other")]
    topic = "、".join(dict.fromkeys(names)) or " ".join(reading.essence)
    topic = _SUM.sub("", topic or " ".join(re.findall(r"\w+", reading.text)))
    return re.sub(r"\s+", " ", topic).strip()[:TOPIC_MAX] or messages.UNNAMED_TOPIC


def where_looked(reading: Reading, scope: Scope) -> str:
    """The documents looked in, by title; empty when the whole corpus was."""
    documents = scope.named or (*scope.own, *scope.below)
    if not documents:
        return ""
    titles = "、".join(f"{d.region.name}《{d.short_title}》" for d in documents[:4])
    return titles if len(documents) <= 4 else f"{titles}等{len(documents)}份文件"


def places_near(ranked: Sequence[Ranked], texts: Texts, reading: Reading) -> str:
    """Where related clauses stand; never what they say."""
    near = [
        one
        for one in ranked[:NEAR_MAX]
        if one.features.pairs >= NEAR_SHARE or (reading.concepts and one.features.concepts >= 0.5)
    ]
    places = []
    for one in near:
        clause = texts.clauses[one.passage.clause_id]
        places.append(f"《{texts.documents[one.passage.document_id].short_title}》{clause.locator}")
    return "、".join(dict.fromkeys(places))
