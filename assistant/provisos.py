"""What a clause says beside its sums that raises or bars them, and that no sum reckons with: 属于…产业的，上浮20%.

Whether such a case is the asker's own is theirs to tell; it is quoted beside the figure, so that nobody takes the
figure for the last word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant import messages
from assistant.compose import Composer
from assistant.quotes import Quote
from assistant.texts import Texts
from corpus.awards import AwardFact
from corpus.awards.labelling import label
from corpus.awards.normalize import normalize
from corpus.records import Clause
from corpus.sentences import split_sentences

SAID_MAX = 2  # provisos beside one answer
_RAISES = re.compile(
    r"上浮|上调|加成|(?:增加|提高|追加)(?:奖励|补助|资助|额度)*\d+(?:\.\d+)?%|(?:增加|提高)(?:一倍|[一二三四五]成)"
)
_BARS = re.compile(
    r"(?:的|标准|项目|企业|单位)，?(?:一律|均|都|原则上)?不(?:再|予|予以|再予以|再给予|给予|享受)*"
    r"(?:奖励|奖补|补助|资助|补贴|扶持|激励|支持)"
)
_ARTICLE = re.compile("第[一二三四五六七八九十]{1,3}条")
_AGAIN = re.compile("重复|同一[^，。；]{0,6}不")  # who has several awards: reckoned with by the rules


@dataclass(frozen=True, kw_only=True)
class Proviso:
    """A limb that raises or bars what its clause pays, and the names of those whom it is for."""

    quote: Quote
    names: frozenset[str]


class Provisos:
    """Those of one index, by the clause they stand in."""

    def __init__(self, texts: Texts, award_clauses: Iterable[str]) -> None:
        self._by_clause: dict[str, list[Proviso]] = defaultdict(list)
        clauses = [texts.clauses[id_] for id_ in dict.fromkeys(award_clauses)]
        for document_id in dict.fromkeys(clause.document_id for clause in clauses):
            own = [clause for clause in clauses if clause.document_id == document_id]
            for clause in texts.of(document_id):
                for one in _read(texts, clause):
                    articles = _ARTICLE.findall(one.quote.text)  # 在第三条补助额基础上增加50%
                    meant = [other for other in own if any(other.locator.startswith(article) for article in articles)]
                    for other in meant or [other for other in own if other is clause]:
                        self._by_clause[other.id].append(one)

    def say(self, fact: AwardFact, composer: Composer) -> None:
        """Quote what raises or bars an award, where it names nothing that the award is not for."""
        own = [one for one in self._by_clause.get(fact.clause_id, ()) if one.names <= set(fact.labels)]
        for one in own[:SAID_MAX]:
            composer.reserve(messages.PROVISO.format(marker=composer.mark([one.quote])), one.quote)


def _read(texts: Texts, clause: Clause) -> Iterator[Proviso]:
    document, text = texts.documents[clause.document_id], texts.text(clause)
    for span in split_sentences(text, limbs=True):
        words = normalize(text[span.start : span.end]).text
        if (_RAISES.search(words) or _BARS.search(words)) and not _AGAIN.search(words):
            start, end = clause.start + span.start, clause.start + span.end
            names = frozenset(name for every in label(words).values() for name in every)
            yield Proviso(quote=Quote(document=document, clause=clause, start=start, end=end), names=names)
