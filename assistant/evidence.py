"""Ranked passages → the quotes that answer a question about a rule, or nothing when none does.

A question for a number of days, people or a date is answered only by a sentence that holds one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.focus import defines, defines_term, focus_of, is_in_focus
from assistant.intents import Intent, holds, read_intents
from assistant.quotes import Quote, quote_clause
from assistant.ranking import CODE, Ranked, Ranker, bigrams, share_of_concepts
from assistant.reading import Reading, of_place, read_question
from assistant.scope import Scope, cites_title, find_scope
from assistant.synonyms import printed_forms
from assistant.texts import Texts
from corpus.folding import fold
from corpus.records import PolicyDocument, Region
from corpus.regions import find_regions, narrow

QUANTITIES = frozenset({Intent.DURATION, Intent.DEADLINE, Intent.COUNT})
DEPTH = 6  # passages looked at
BEHIND_MAX = 4.0  # a passage scoring this much less than the best does not answer in its place
BESIDE_MAX = 0.8  # one scoring at most this much less is quoted beside the best
RIVAL_MAX = 1.5  # another region's passage this close makes the region matter
HANDED_MAX = 3.0  # so far behind, a passage that says to whom something is handed in is the apter one
CODED = 2.0  # a code that the question names (GB/Z, JR/T 0254) is rare enough to say what is meant
RELEVANT_MIN = -1.15  # keeps all of 168 answerable questions, refuses 90 % of 97 from outside the field
APT_MAX = 2.0  # a passage this close behind the best may be the apter one
SHARED_INTENTS = frozenset(
    {Intent.LIST, Intent.VALIDITY, Intent.AMOUNT, Intent.LIMIT}
)  # these do not ask for one thing more
PARTS_MAX = 4
LEANS_MAX = 12  # characters of a sentence that only goes on from the first
_CONTENT = re.compile(r"\W|我们|咱们|那|的|了")
_HANDS_IN = re.compile("(?:交|报|送|递)(?:到|给|往|去)?(?:哪|谁|什么部门)")
_HANDED_TO = re.compile(
    "(?:报送|提交|递交|上报|报|送|推荐)(?:至|到|给)?[^。；，、]{0,16}(?:局|委|部门|办公室|机构|研究院)"
)
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_ASKS_TERM = re.compile("[算指]|包括|什么|是谁|哪些|属于|咋|如何|怎么")
_INTERROGATIVE = re.compile(
    "谁|哪|什么|啥|多少|几(?=[个天日家人次项年月份岁点成号位种类])|多久|多长|何时|何种|怎么|怎样|如何|咋|是否|吗$|能不能|"
    "可不可以|要不要|是不是|对不|算不算|有没有|行不|会不会|需不需要|用不用"
)


def split_asked(text: str) -> list[tuple[str, str]]:
    """Split a question that asks several things into one text for each, with the one that it goes on from, if any.

    What a sentence says beside its questions belongs to these.

    >>> split_asked("青岛 奖补申请表交给谁 公示几天")
    [('青岛 奖补申请表交给谁', ''), ('青岛 公示几天', '')]
    >>> split_asked("评审组最少要几个人")
    [('评审组最少要几个人', '')]
    >>> split_asked("从下达到报批最长多久？来不及的话能延几个月")
    [('从下达到报批最长多久', ''), ('来不及的话能延几个月', '从下达到报批最长多久')]
    """
    sentences = [part for part in re.split(r"[？?；;。]+", text) if part.strip()]
    asking = [at for at, part in enumerate(sentences) if _asks(part)]
    if len(asking) < 2:
        return [(part, "") for part in _split_pieces(text)]
    told = [sentence for at, sentence in enumerate(sentences) if at not in asking]
    first = sentences[asking[0]]
    parts = [(part, "") for part in _split_pieces("，".join([*told, first]))]
    for at in asking[1:]:
        leans = len(_CONTENT.sub("", sentences[at])) < LEANS_MAX
        parts += [(part, first if leans else "") for part in _split_pieces("，".join([*told, sentences[at]]))]
    return parts[:PARTS_MAX]


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[，,？?；;。\s]+", text) if piece]


def _split_pieces(text: str) -> list[str]:
    pieces = _pieces(text)
    asking = [place for place, piece in enumerate(pieces) if read_intents(fold(piece)) - SHARED_INTENTS]
    if len(asking) < 2:
        return [text]
    shared = [place for place in range(len(pieces)) if place not in asking]
    return [" ".join(pieces[place] for place in sorted([*shared, one])) for one in asking[:PARTS_MAX]]


def _asks(piece: str) -> bool:
    return bool(read_intents(fold(piece)) - SHARED_INTENTS) or _INTERROGATIVE.search(piece) is not None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The quotes that answer, clause by clause, best first, and the passage that ranked first."""

    quotes: tuple[tuple[Quote, ...], ...]
    best: Ranked


class EvidenceSearch:
    """Chooses and cuts the quotes from the documents of one index."""

    def __init__(self, texts: Texts, ranker: Ranker) -> None:
        self._texts = texts
        self._ranker = ranker

    def parts(
        self, reading: Reading, scope: Scope, documents: Sequence[PolicyDocument]
    ) -> Iterator[tuple[Reading, Scope]]:
        """The parts of a question that are asked one by one: its sentences, or its several regions."""
        if len(reading.regions) > 1:
            yield from self._by_place(reading, documents)
            return
        parts = split_asked(reading.text)
        named_later = len(parts) > 1 and not any(cites_title(parts[0][0], one.title) for one in scope.named)
        for text, before in parts:
            if text == reading.text:
                yield reading, scope
                return
            part = replace(read_question(text, ()), regions=reading.regions, levels=reading.levels)
            if reading.carried:
                part = replace(part, carried=reading.carried, concepts=part.concepts or reading.concepts)
            elif before and part.intents & QUANTITIES:  # the words beside the question word alone tell what is counted
                lead = read_question(before, ())
                carried = " ".join((*(concept.name for concept in lead.concepts), *lead.essence))
                part = replace(part, carried=carried, concepts=part.concepts or lead.concepts)
            elif before:
                shared = [piece for piece in _pieces(before) if not _asks(piece)]
                whole = read_question(" ".join([*(shared or [before]), text]), ())
                part = replace(whole, regions=reading.regions, levels=reading.levels)
            part_scope = find_scope(part, documents)
            named_later = named_later and not part_scope.named
            own = bool(part_scope.named) or (named_later and scope.is_sure)  # what a later sentence names is not meant
            yield part, part_scope if own else scope

    def _by_place(self, reading: Reading, documents: Sequence[PolicyDocument]) -> Iterator[tuple[Reading, Scope]]:
        """What is asked of each of several places: by sentences, where each names its own."""
        sentences = [part for part in re.split(r"[？?；;。]+", reading.text) if _asks(part)]
        own = [narrow(find_regions(sentence), reading.regions) for sentence in sentences]
        apart = len(sentences) > 1 and all(own)
        for sentence, regions in zip(sentences, own, strict=True) if apart else [(reading.text, reading.regions)]:
            whole = replace(reading, text=sentence, regions=tuple(regions))
            for region in regions:
                asked = of_place(whole, region)
                place = find_scope(asked, documents)
                yield asked, replace(place, national=tuple(set(place.named) & set(place.national)))
        national = [document for document in documents if document.region == Region()]
        if named := [document for document in national if cites_title(reading.text, document.title)]:
            yield (
                replace(reading, regions=()),
                Scope(own=(), below=(), national=tuple(named), missing=(), named=tuple(named)),
            )

    def find_further(self, reading: Reading, ranked: Sequence[Ranked], quoted: Collection[str]) -> Evidence | None:
        """The evidence for one more question that the same clause would answer again: another paragraph of its article.

        Args:
            reading: The further question.
            ranked: Passages, best first.
            quoted: Clauses that are quoted already.
        """
        if not ranked or ranked[0].passage.clause_id not in quoted:
            return None
        article = self._article(ranked[0])
        beside = [one for one in ranked if one.passage.clause_id not in quoted and self._article(one) == article]
        return self.find(reading, beside) if article and beside else None

    def _article(self, one: Ranked) -> str:
        found = _ARTICLE.match(self._texts.clauses[one.passage.clause_id].locator)
        return f"{one.passage.document_id} {found.group()}" if found else ""

    def find(self, reading: Reading, ranked: Sequence[Ranked]) -> Evidence | None:
        """The evidence in ranked passages; None when none of them answers."""
        if called := self._calling(reading, ranked):
            ranked = [called, *(one for one in ranked if one is not called)]
        near = [one for one in ranked[:DEPTH] if ranked[0].score - one.score <= BEHIND_MAX]
        answering = [one for one in near if self._answers(reading, one)]
        if not answering or self.relevance(reading, answering[0]) < RELEVANT_MIN and not called:
            return None
        best = called or self._most_apt(reading, answering)
        beside = [one for one in answering if best.score - one.score <= BESIDE_MAX and self._same_document(one, best)]
        passages = {one.passage.clause_id: one.passage for one in (*reversed(beside), best)}
        clauses = list(dict.fromkeys([best.passage.clause_id, *(one.passage.clause_id for one in beside)]))[:2]
        whole_list = reading.has(Intent.LIST) or (reading.has(Intent.MATERIALS) and not reading.has(Intent.WHO))
        score = self._sentence_scorer(reading)
        quotes = [
            tuple(quote_clause(self._texts, self._texts.clauses[id_], passages[id_], score, whole_list=whole_list))
            for id_ in clauses
        ]
        return Evidence(quotes=tuple(quotes), best=best)

    def _calling(self, reading: Reading, ranked: Sequence[Ranked]) -> Ranked | None:
        """The best passage that says what it means by a term, where the question asks what falls under it."""
        asked = fold(reading.text)
        if not _ASKS_TERM.search(asked):
            return None
        return next((one for one in ranked if defines_term(asked, fold(one.passage.text))), None)

    def _answers(self, reading: Reading, one: Ranked) -> bool:
        """Whether a passage holds the sort of quantity asked for, and is no bare title."""
        asked = reading.intents - SHARED_INTENTS
        if one.features.is_title and not (asked & {Intent.DEADLINE} and holds(Intent.DEADLINE, one.passage.text)):
            return False
        if not asked & QUANTITIES:
            return True
        clause = self._texts.clauses[one.passage.clause_id]
        items = "".join(self._texts.text(item) for item in self._texts.items_of(clause))
        text = self._ranker.read_with_head(one.passage) + fold(items)
        focus = () if reading.carried else focus_of(fold(reading.text))
        return any(holds(intent, text) for intent in asked) and is_in_focus(focus, text)

    def _most_apt(self, reading: Reading, answering: Sequence[Ranked]) -> Ranked:
        """The best passage, unless one close behind defines what is to be defined, or names all that is named."""
        best = answering[0]
        if _HANDS_IN.search(reading.text):
            able = [one for one in answering if best.score - one.score <= HANDED_MAX and self._same_document(one, best)]
            if taking := [one for one in able if _HANDED_TO.search(fold(one.passage.text))]:
                return taking[0]
        close = [o for o in answering if best.score - o.score <= APT_MAX and self._same_document(o, best)]
        if reading.has(Intent.DEFINITION):
            if defining := [one for one in answering if defines(fold(reading.text), fold(one.passage.text))]:
                return defining[0]
            close = [one for one in close if holds(Intent.DEFINITION, fold(one.passage.text))] or close
        if reading.concepts:
            most = max(one.features.concepts for one in close)
            close = [one for one in close if one.features.concepts == most]
        return close[0]

    def relevance(self, reading: Reading, one: Ranked) -> float:
        """How likely a passage answers at all, as log-odds: is the question about what the passage is about?

        Weights by logistic regression on our answerable questions against questions from outside the
        field; see `RELEVANT_MIN`.
        """
        passage, features = one.passage, one.features
        pairs = bigrams((*reading.essence, reading.carried))
        around = f"{self._ranker.read_with_head(passage)} {self._ranker.folded(passage.context)}"
        return (
            -4.58
            + 2.79 * self._ranker.share(pairs, around)
            + 1.42 * features.synonyms
            + (1.05 + 0.25 * features.concepts if reading.concepts else 0.0)
            + 0.53 * features.title
            + 0.66 * features.intents
            + 1.31 * one.similarity
            + 0.9 * features.is_row  # a row is short: one rare name in it is what was looked up
            + (1.67 if reading.regions else 0.0)
            + 1.0 * features.is_named
            + (CODED if any(code in around for code in CODE.findall(fold(reading.text))) else 0.0)
        )

    def rival_regions(self, reading: Reading, ranked: Sequence[Ranked], evidence: Evidence) -> list[Region]:
        """The regions whose rules compete when the question names none, or only a wider one."""
        best = self._texts.documents[evidence.best.passage.document_id].region
        if best == Region() or any(best.covers(region) for region in reading.regions):
            return []
        regions: list[Region] = []
        for one in ranked[: DEPTH * 2]:
            region = self._texts.documents[one.passage.document_id].region
            close = evidence.best.score - one.score <= RIVAL_MAX
            if close and region != Region() and region not in regions and self._answers(reading, one):
                regions.append(region)
        return regions if len(regions) > 1 else []

    def _same_document(self, one: Ranked, other: Ranked) -> bool:
        return one.passage.document_id == other.passage.document_id

    def _sentence_scorer(self, reading: Reading):  # type: ignore[no-untyped-def]  # noqa: ANN202
        pairs = bigrams((*reading.essence, reading.carried))
        printed = printed_forms(fold(reading.search_text))

        def score(sentence: str) -> float:
            folded = fold(sentence)
            asked = reading.intents - {Intent.LIST, Intent.VALIDITY}
            held = sum(holds(intent, folded) for intent in asked) / len(asked) if asked else 0.0
            words = self._ranker.share(pairs, folded) + 0.8 * self._ranker.share(printed, folded)
            return words + 0.4 * held + 0.2 * (share_of_concepts(reading, folded) if reading.concepts else 0.0)

        return score
