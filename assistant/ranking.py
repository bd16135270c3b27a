"""The passages of an index → those that answer a question, best first.

Search gives candidates by words and by meaning; here they are weighed by what a reader would look
for: the question's own words and their printed forms, the concepts it names, and the sort of thing
it asks for (a sum, a date, a duty).
"""

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files

from assistant.intents import Intent, holds
from assistant.reading import Reading
from assistant.synonyms import printed_forms
from assistant.texts import is_list_head
from corpus.folding import fold
from corpus.records import Passage, PolicyDocument, Region
from index.records import Hit, Query
from index.search import Index

CANDIDATES = 80  # passages weighed; beyond these, words and meaning have both failed
RANK_SHIFT = 10  # 10 / (10 + rank): the first ranks differ clearly, the hundredth hardly counts
NEUTRAL = 0.7  # of a share of nothing: a question that names no concept
NEUTRAL_INTENT = 0.5
LEAST_RANK = 200  # for a passage that a channel did not return
WEAK_INTENTS = frozenset({Intent.LIST, Intent.VALIDITY, Intent.LIMIT})  # almost every passage holds a list
_STATES_VALIDITY = re.compile(
    r"[本该][^。，]{1,12}自.{0,20}(?:施行|实施|执行|生效)|自.{1,16}[起日](?:施行|实施|执行)|"
    r"有效期(?:至|[一二三四五0-9]+年|为)|同时废止|予以废止|之日起废止|溯及|以本.{1,4}为准|按本.{1,4}执行|起(?:施行|实施)[。\s]*$|^[0-9].{4,14}日?\s*实施$"
)
CODE = re.compile(r"[A-Z]+/[A-Z]+[0-9]*|[A-Z]{2,}[ ]?[0-9]{2,}[A-Z]?")  # GB/Z, JR/T, ISO9001
_BARE_HEADING = re.compile(r"^(?:[12][0-9]{3}年度?)?[^。；;：:，,、0-9\t]{1,38}$")
_DATE_LINE = re.compile(r"^[（(](?:发布|召开|印发|公布)(?:时间|日期)")


@dataclass(frozen=True, kw_only=True)
class Features:
    """What the score of a passage rests on; meanings and weights in `ranking.toml`."""

    lexical: float
    dense: float
    pairs: float
    title: float
    concepts: float
    context_concepts: float
    intents: float
    synonyms: float
    is_title: float
    length: float
    is_row: float
    is_national: float
    is_named: float
    states_validity: float


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A passage with its score and what the score rests on."""

    passage: Passage
    score: float
    features: Features
    similarity: float  # cosine of question and passage


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question made ready for comparing with many passages."""

    reading: Reading
    pairs: frozenset[str]
    printed: tuple[str, ...]
    intents: tuple[Intent, ...]
    named: frozenset[str]


class Ranker:
    """Ranks the passages of one index; holds folded texts and the rarity of words, computed once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._documents = {document.id: document for document in index.documents}
        self.folded = lru_cache(maxsize=100_000)(fold)
        # An item is read with its list head: 取消称号，三年内不得参与： stands above 抽检不合格的；
        self._heads = {c.id: c.heads[-1] for c in index.clauses if c.heads and is_list_head(c.heads[-1])}
        self._all = fold("\n".join(passage.text for passage in index.passages))
        self.rarity = lru_cache(maxsize=100_000)(self._rarity)

    def rank(
        self, reading: Reading, documents: Iterable[PolicyDocument], named: Sequence[PolicyDocument] = ()
    ) -> list[Ranked]:
        """Rank the passages of `documents` for a question, best first; `named` ones are favoured."""
        asked = _Asked(
            reading=reading,
            pairs=bigrams((*reading.essence, reading.carried)),
            printed=(*printed_forms(fold(reading.search_text)), *CODE.findall(fold(reading.text))),
            intents=tuple(intent for intent in Intent if intent in reading.intents - WEAK_INTENTS),
            named=frozenset(document.id for document in named),
        )
        words = (*reading.essence, reading.carried, *(c.name for c in reading.concepts), *asked.printed)
        allowed = frozenset(document.id for document in documents)
        query = Query(
            text=reading.search_text,
            words=words if any(words) else None,
            documents=None if len(allowed) == len(self._documents) else allowed,
            limit=CANDIDATES,
        )
        ranked = [self._weigh(hit, asked) for hit in self._index.search(query)]
        return sorted(ranked, key=lambda one: (-one.score, one.passage.id))

    def _weigh(self, hit: Hit, asked: _Asked) -> Ranked:
        features = self._features(hit, asked)
        score = sum(weight * getattr(features, name) for name, weight in weights().items())
        return Ranked(passage=hit.passage, score=score, features=features, similarity=hit.similarity or 0.0)

    def _features(self, hit: Hit, asked: _Asked) -> Features:
        passage, reading = hit.passage, asked.reading
        document = self._documents[passage.document_id]
        text, title = self.folded(passage.text), self.folded(document.title)
        context = self.folded(passage.context).replace(title, " ")
        whole = self.read_with_head(passage)
        intents = sum(holds(intent, whole) for intent in asked.intents)
        is_regional = bool(reading.regions) and document.region == Region()
        return Features(
            lexical=RANK_SHIFT / (RANK_SHIFT + (hit.lexical_rank or LEAST_RANK)),
            dense=RANK_SHIFT / (RANK_SHIFT + (hit.dense_rank or LEAST_RANK)),
            pairs=self.share(asked.pairs, whole),
            title=self.share(asked.pairs, title),
            concepts=share_of_concepts(reading, whole),
            context_concepts=share_of_concepts(reading, context),
            intents=intents / len(asked.intents) if asked.intents else NEUTRAL_INTENT,
            synonyms=self.share(asked.printed, whole),
            is_title=float(_is_heading(passage.text, document.title)),
            length=math.log(len(passage.text)),
            is_row=float("\t" in passage.text),
            is_national=float(is_regional),
            is_named=float(document.id in asked.named),
            states_validity=float(reading.has(Intent.VALIDITY) and states_validity(text)),
        )

    def read_with_head(self, passage: Passage) -> str:
        """The folded text of a passage, after its list head where it is an item."""
        head = self._heads.get(passage.clause_id)
        text = self.folded(passage.text)
        return f"{self.folded(head)} {text}" if head else text

    def share(self, forms: Iterable[str], text: str) -> float:
        """Share of `forms`, by rarity, that a folded text holds; 0 when there are none."""
        total = held = 0.0
        for form in forms:
            rarity = self.rarity(form)
            total += rarity
            if form in text:
                held += rarity
        return held / total if total else 0.0

    def share_known(self, stretches: Iterable[str]) -> float:
        """Share of the word pairs of some stretches that the documents hold anywhere; 1 when there are none."""
        pairs = bigrams(stretches)
        return sum(pair in self._all for pair in pairs) / len(pairs) if pairs else 1.0

    def _rarity(self, form: str) -> float:
        """Rarity of a form in the corpus; one unknown to it weighs as a rare one."""
        return math.log(1 + len(self._index.passages) / (1 + self._all.count(form)))


def _is_heading(text: str, title: str) -> bool:
    """Whether a passage only names something: the document's title or date line, or a line without a verb's stop."""
    return text in title or _DATE_LINE.match(text) is not None or _BARE_HEADING.match(text) is not None


@cache
def weights() -> dict[str, float]:
    """The weight of each feature; every feature has one."""
    table = tomllib.loads((files("assistant") / "ranking.toml").read_text("utf-8"))
    names = {field.name for field in fields(Features)}
    if set(table) != names:
        raise ValueError(f"Cannot read ranking.toml: its keys and the features differ in {sorted(set(table) ^ names)}.")
    return {name: float(weight) for name, weight in table.items()}


def bigrams(stretches: Iterable[str]) -> frozenset[str]:
    """The pairs of neighbouring characters within each stretch.

    >>> sorted(bigrams(["复审周期"]))
    ['周期', '复审', '审周']
    """
    return frozenset(part[i : i + 2] for stretch in stretches for part in stretch.split() for i in range(len(part) - 1))


def share_of_concepts(reading: Reading, text: str) -> float:
    """Share of the question's concepts that a folded text mentions; of a topic the title speaks, not each clause."""
    named = [concept for concept in reading.concepts if concept.kind not in ("topic", "other")]
    if not named:
        return NEUTRAL
    return sum(concept.is_in(text) for concept in named) / len(named)


def states_validity(folded: str) -> bool:
    """Whether a folded text says from when, until when or in whose place its document holds."""
    return _STATES_VALIDITY.search(folded) is not None
