"""An award question → the facts of the ledger that answer it: about everything the question names.

What a question names a fact has to be for; a neighbour in the list, another role or another region never stands
in. This module chooses facts; it does no sum and writes no sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.award_fit import (
    OPEN,
    THINGS,
    answering_level,
    beside_in_article,
    budget_named,
    fits,
    is_for_helpers,
    is_of,
    kinds_by_name,
    may_have,
    named_elsewhere,
    of_features,
    of_item,
    of_levels,
    of_one_grade,
    of_result,
    own_words,
    ranks_defined,
    tells_act,
    unread_sentences,
)
from assistant.award_question import Asked, general_words, read_asked
from assistant.grouping import CLASS
from assistant.limits_asked import limits_asked
from assistant.nearness import each_named, most_meant, named_by_head, named_by_words, named_entries
from assistant.ranking import Ranker, bigrams
from assistant.reading import Reading
from assistant.texts import Texts
from corpus.awards import AwardFact, AwardRule, RuleKind
from corpus.awards.labelling import label, ranks_of, without_names
from corpus.awards.normalize import normalize
from corpus.folding import fold
from corpus.ledger import Ledger
from corpus.records import PolicyDocument

UNNAMED_MIN = 0.5  # share of the question's words that a fact must hold when the question names no concept
LONG_RUN = 6  # characters in a row that are as good as a name
LOOSE_PAIRS_MIN = 2  # word pairs that have to be said to mean an award without a name of its own
LOOSE_MIN, LOOSE_AHEAD = 0.35, 1.6  # of the words, that an award without a name of its own must hold, and how far ahead
DENIED_MIN = 3  # word pairs of what the asker says not to be, by which an award is told to be for just that
NEAR_BEST = 0.75  # facts that hold this share of what the best one holds of the question's other words
_DEFINED = re.compile(r"(?P<who>[^，。；]{2,30}?)，?(?:是指|系指|指的?是|指)(?P<what>[^，。；]{4,60})")
_PLAIN = re.compile("(?:国际|国家|[省市县区])级|标准化")  # names no award
_NO_REVISING = re.compile("(?:不含|不包括|不包含|不计)[^，。；（）]{0,4}修订|修订(?:的|标准)?(?:除外|不在此列|不计入)")


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """A fact for other ranks than the one asked for, with those ranks and the rule that defines them, if another.

    Without ranks: a fact that says itself that it is not for revising, which was asked for.
    """

    fact: AwardFact
    ranks: tuple[int, ...]
    rule: AwardRule | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """The facts that answer; or lists that the rank asked for is `beyond`; of several things, those `missing`."""

    facts: tuple[AwardFact, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    rank: int = 0
    missing: tuple[str, ...] = ()


class AwardSearch:
    """Finds facts of one index's ledger."""

    def __init__(self, texts: Texts, ranker: Ranker, ledger: Ledger) -> None:
        self._texts = texts
        self._ranker = ranker
        self._facts: dict[str, list[AwardFact]] = defaultdict(list)
        self._rules: dict[str, list[AwardRule]] = defaultdict(list)
        for fact in ledger.facts:
            self._facts[fact.document_id].append(fact)
        for rule in ledger.rules:
            self._rules[rule.document_id].append(rule)
        self._unread = {id_: unread_sentences(texts.documents[id_], facts) for id_, facts in self._facts.items()}

    def find(self, reading: Reading, documents: Sequence[PolicyDocument]) -> Found:
        """The facts that answer, by document and place; each document is searched on its own."""
        return self.find_behind(read_asked(reading), documents)

    def find_asked(self, asked: Asked, documents: Sequence[PolicyDocument]) -> Found:
        """The facts for what is asked for, by document and place."""
        facts: list[AwardFact] = []
        beyond: list[Beyond] = []
        for document in documents:
            ranked = [self._with_ranks(fact) for fact in self._fitting(asked, document)]
            inside = [one.fact for one in ranked if not asked.rank or not one.ranks or asked.rank in one.ranks]
            facts += inside
            if asked.rank and not inside:
                beyond += ranked
        if asked.groups.get("act") == ("修订",) and not (facts or beyond):
            beyond = self._not_for_revising(asked, documents)
        roles = set(asked.groups.get("role", ()))
        own = [one for one in beyond if roles & set(one.fact.labels)]
        return Found(facts=tuple(facts), beyond=tuple(own or beyond), rank=asked.rank)

    def _not_for_revising(self, asked: Asked, documents: Sequence[PolicyDocument]) -> list[Beyond]:
        """The awards for making what was only revised, where they say that this is not meant."""
        groups = {kind: names for kind, names in asked.groups.items() if kind != "act"}
        made = self.find_asked(replace(asked, groups=groups), documents).facts
        return [Beyond(fact=fact, ranks=()) for fact in made if _NO_REVISING.search(f"{fact.subject}{fact.context}")]

    def find_behind(self, asked: Asked, documents: Sequence[PolicyDocument]) -> Found:
        """The facts for what is asked for; who is not the first takes part, whatever the asker calls it.

        我们排第二，主导的钱一人一半: asks for what the second gets.
        """
        found = self.find_asked(asked, documents)
        behind = asked.rank > 1 and "standard" in asked.groups
        if not behind or found.facts or not all(one.ranks == (1,) for one in found.beyond):
            return found
        if asked.groups.get("role") == ("参与",):
            return Found(rank=asked.rank)
        return self.find_asked(replace(asked, groups={**asked.groups, "role": ("参与",)}), documents)

    def for_the_first(self, asked: Asked, documents: Sequence[PolicyDocument]) -> Found:
        """Where drafters behind the first get nothing: the awards for the first, as those that the rank lies beyond."""
        first = self.find_asked(replace(asked, rank=1, groups={**asked.groups, "role": ("主导",)}), documents).facts
        only = (Beyond(fact=fact, ranks=(1,)) for fact in first if "主导" in fact.labels)
        return Found(beyond=tuple(only), rank=asked.rank)

    def find_each(self, asked: Asked, documents: Sequence[PolicyDocument]) -> list[AwardFact]:
        """All awards for the thing asked for of whose own words the question says some."""
        fitting = [fact for document in documents for fact in self._facts[document.id] if fits(fact, asked)]
        return each_named(fitting, asked.words)

    def share_of_rank(self, fact: AwardFact, rank: int) -> AwardRule | None:
        """The rule beside a fact by which a drafter of this rank gets a share of its sum; None without a rank."""
        shares = [
            rule
            for rule in self._rules[fact.document_id]
            if rule.kind is RuleKind.SHARE and rule.clause_id == fact.clause_id and len(rule.figures) == 1
        ]
        shares = [rule for rule in shares if rule.rate is not None]
        behind = (rule for rule in shares if fact.start < rule.start)
        return next((rule for rule in behind if rank in ranks_of(self._words(rule))), None)

    def _words(self, rule: AwardRule) -> str:
        return normalize(self._texts.documents[rule.document_id].text[rule.start : rule.end]).text

    def _with_ranks(self, fact: AwardFact) -> Beyond:
        """A fact with the ranks it is for: its own, or those that a rule or a definition of its document gives it."""
        for rule in self._rules[fact.document_id]:
            if only := self._ranks_by(rule, fact):
                return Beyond(fact=fact, ranks=fact.ranks or only, rule=rule)
        return Beyond(fact=fact, ranks=fact.ranks)

    def _ranks_by(self, rule: AwardRule, fact: AwardFact) -> tuple[int, ...]:
        """The ranks that a rule leaves of those whom a fact is for; none where it says nothing of them."""
        words = self._words(rule)
        if rule.kind is RuleKind.COUNT_LIMIT and beside_in_article(rule, fact):
            return ranks_of(words)  # 对获奖标准的资助，给予第一起草单位
        if rule.kind is RuleKind.DEFINITION and set(rule.labels) & of_item(fact) and "排在第一" in words:
            return (1,)  # 会议的主承办单位指排在第一位的单位
        kinds = {name: kinds_by_name()[name] for name in fact.labels}
        roles = {name for name, kind in kinds.items() if kind == "role"}
        if fact.ranks or len(roles) != 1 or "standard" not in kinds.values():
            return ()
        if rule.kind is RuleKind.COUNT_LIMIT and is_of(words, fact):
            return ranks_of(words)  # 参与团标只奖励排名前三的单位
        if rule.kind is RuleKind.DEFINITION:
            for part in _DEFINED.finditer(words):
                if set(label(part["who"]).get("role", ())) == roles and (ranks := ranks_defined(part["what"])):
                    return ranks
        return ()

    def nearest(self, documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
        """Of the documents of a place and those above it, the nearest that grant awards; all where none does."""
        return answering_level(documents, self._facts) or list(documents)

    def find_limits(self, reading: Reading, documents: Iterable[PolicyDocument]) -> list[AwardRule]:
        """The rules with a sum that limit several awards: those for what is named, else those for everything."""
        return [rule for one in documents for rule in limits_asked(self._rules[one.id], one, reading)]

    def _fitting(self, asked: Asked, document: PolicyDocument) -> list[AwardFact]:
        facts = [fact for fact in self._facts[document.id] if fits(fact, asked) and of_levels(fact, asked.levels)]
        facts = self._unnamed(document, asked, facts) or self._narrowed(facts, asked)
        if facts and named_elsewhere(self._unread.get(document.id, ()), facts, asked):
            return []
        covered = {name for fact in facts for name in fact.labels}
        if facts and not any(kinds_by_name()[name] in THINGS for name in covered):
            return facts
        for kind, names in asked.groups.items():
            missing = set(names) - covered
            if kind in OPEN:
                # An act or role that the facts do tell, but otherwise than asked: 修订 where only 制定 is paid for.
                told = {name for name in covered if kinds_by_name()[name] == kind}
                if told and not told & set(names) and not (kind == "role" and asked.rank):
                    return []
            elif len(missing) == len(names):
                return []
        return facts

    def _unnamed(self, document: PolicyDocument, asked: Asked, named: Sequence[AwardFact]) -> list[AwardFact]:
        """The awards that no concept names and that the question's words mean far more than those it names by the way.

        国际质量比对提升示范项目 is not a 示范项目 for short; 专利导航 is no 专利.
        """
        if "item" not in asked.groups:
            return []
        pairs = bigrams((*asked.words, *asked.forms))
        loose = [
            fact
            for fact in self._facts[document.id]
            if not any(kinds_by_name()[name] in THINGS for name in fact.labels)
        ]
        own = [word for stretch in asked.stretches for word in _PLAIN.split(stretch) if len(word) >= LONG_RUN]
        run = named_by_words(loose, own, length=LONG_RUN)
        if run and not named_by_words(named, asked.stretches, length=LONG_RUN):
            return run
        if len(pairs) < LOOSE_PAIRS_MIN or not asked.words:
            return []  # nothing is said but the name: an award that only has some of its characters is another
        texts = {fact.id: fold(f"{fact.subject} {fact.amount.base}") for fact in (*loose, *named)}
        best = max((self._ranker.share(pairs, texts[fact.id]) for fact in loose), default=0.0)
        of_named = max((self._ranker.share(pairs, texts[fact.id]) for fact in named), default=0.0)
        if best < LOOSE_MIN or best < LOOSE_AHEAD * of_named:
            return []
        return [fact for fact in loose if self._ranker.share(pairs, texts[fact.id]) >= best]

    def _narrowed(self, facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
        """Of the facts that fit, those meant: by what else the question says, and by what goes without saying."""
        if asked.groups and not asked.personal:
            facts = self._of_units(facts, asked)
        facts = [fact for fact in facts if may_have(fact, asked)]
        if "item" in asked.groups and "role" not in asked.groups:  # who helps others to an honour is paid otherwise
            facts = [fact for fact in facts if asked.helps == is_for_helpers(fact)]
        if asked.denied:
            pairs = bigrams(general_words(without_names(" ".join(asked.denied))))
            other = [fact for fact in facts if len(pairs & bigrams([fold(fact.subject)])) < DENIED_MIN]
            facts = other or facts
        named = [fact for fact in facts if any((one.rstrip("省市区县") or one) in fact.subject for one in asked.levels)]
        facts = named or facts
        budget = asked.budget or budget_named(facts, asked)
        if budget:
            facts = [fact for fact in facts if not fact.budget or fact.budget == budget]
        if "role" in asked.groups and any(set(asked.groups["role"]) & set(fact.labels) for fact in facts):
            facts = [fact for fact in facts if any(kinds_by_name()[name] == "role" for name in fact.labels)]
        if asked.groups.get("act") == ("修订",) and any("修订" in fact.labels for fact in facts):
            facts = [fact for fact in facts if tells_act(fact)]
        if "act" not in asked.groups and not asked.both_acts and any("制定" in fact.labels for fact in facts):
            facts = [fact for fact in facts if "修订" not in fact.labels or "制定" in fact.labels]
        return self._closest(of_result(of_features(facts, asked), asked), asked)

    def _of_units(self, facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
        """The awards of units; those of persons only where the question's words mean them far more."""
        units = [fact for fact in facts if fact.who != "person"]
        pairs = bigrams(asked.words)
        best = max((self._ranker.share(pairs, fold(fact.subject)) for fact in units), default=0.0)
        meant = [fact for fact in facts if self._ranker.share(pairs, fold(fact.subject)) > best]
        return meant if best < UNNAMED_MIN / 2 and meant and pairs else units or facts

    def _closest(self, facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
        """The facts that hold most of what the question says beside its concepts; of a class that it names only those.

        A class (A类) is told from another by one character, which no share of common words shows.
        """
        classes = [name for word in asked.words for name in CLASS.findall(word)]
        of_class = [fact for fact in facts if any(word in fact.subject for word in classes)]
        return self._nearest(of_class or facts, asked)

    def _nearest(self, facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
        has_thing = bool((THINGS | {"seat"}) & asked.groups.keys())
        pairs = bigrams(asked.words)
        if not has_thing and (graded := of_one_grade(facts, asked)):
            return graded
        if not pairs and not has_thing:
            return facts if asked.any_standard else []
        if not pairs:
            pairs = bigrams(asked.forms)  # 示范 and 试点 are forms of one concept
        held = [fold(own_words(fact, asked) if has_thing else f"{fact.subject} {fact.context}") for fact in facts]
        shares = [self._ranker.share(pairs, text) for text in held]
        best = max(shares, default=0.0)
        if not has_thing and best < UNNAMED_MIN:
            return named_by_words(facts, asked.words) or named_by_head(facts, asked.words)
        near = [fact for fact, share in zip(facts, shares, strict=True) if share >= NEAR_BEST * best]
        near = named_entries(near, asked.words)
        names = {name for kind in THINGS for name in asked.groups.get(kind, ()) if len(asked.groups[kind]) > 1}
        lost = names & {n for fact in facts for n in fact.labels} - {n for fact in near for n in fact.labels}
        if lost:
            return facts  # 国际TC、SC、工作组召集人: one word more for one of them
        return most_meant(near, asked.words, [name for every in asked.groups.values() for name in every])
