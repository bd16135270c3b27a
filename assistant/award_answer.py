"""Facts of the ledger → the answer: the figure first, with what it is for; then the clause; then what to beware of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant import messages
from assistant.award_fit import kinds_by_name
from assistant.award_search import Found
from assistant.claims import Rule
from assistant.comparing import Total, compare
from assistant.compose import Composer
from assistant.conditions import failed
from assistant.limits_asked import limits_named
from assistant.naming import SUBJECT_MAX, name_award
from assistant.provisos import Provisos
from assistant.quotes import Quote, quote_limb
from assistant.reading import Reading
from assistant.records import Amount as SaidAmount
from assistant.records import Step
from assistant.sums import FEN, plain, say_amount, say_rate, say_yuan
from assistant.texts import Texts
from corpus.anomaly import DOUBTFUL
from corpus.awards import Amount, AmountKind, AwardFact, AwardRule, Reject, RuleKind
from corpus.awards.normalize import normalize
from corpus.awards.numerals import read_money
from corpus.awards.phrases import find_phrases
from corpus.ledger import Ledger

LIST_MAX = 16  # facts that are listed; of more, the asker is asked which are meant
_CHOICES = ("standard", "item", "organ", "role", "level", "grade", "act")
_COMPARES = re.compile(
    r"最高|最多|最大|哪[个边家里地]|谁|比较|相比|对比|差多少|差几|差额|相差|差距|哪[^，。]{0,6}高|高多少|高几|多几"
)
_ADDS_BUDGETS = re.compile(
    r"市[+＋和、与]县|[市省区县]级[、和+＋与][市省区县]级|两级(?:合计|财政)?|省市县|市县(?:两级|合计)"
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A kind in which the facts that fit differ, and the names to choose from."""

    kind: str
    options: tuple[str, ...]


class AwardAnswer:
    """Says what facts grant, through a composer."""

    def __init__(self, texts: Texts, ledger: Ledger) -> None:
        self._texts = texts
        self._facts = {fact.id: fact for fact in ledger.facts}
        self._provisos = Provisos(texts, (fact.clause_id for fact in ledger.facts))
        self._on_top = [rule for rule in ledger.rules if rule.kind is RuleKind.ON_TOP]
        self._anomalies = {
            fact_id: anomaly for anomaly in ledger.anomalies if anomaly.code in DOUBTFUL for fact_id in anomaly.facts
        }

    def say(
        self,
        facts: Sequence[AwardFact],
        composer: Composer,
        reading: Reading,
        shares: Mapping[str, AwardRule],
        *,
        claims: bool,
    ) -> None:
        """State the facts, document by document, each with its clause.

        Args:
            facts: To state.
            composer: Takes the sentences.
            reading: The question.
            shares: Rules by rank, by fact id.
            claims: Whether a sum was asked for that could not be worked out; then no amount answers.
        """
        several = len({fact.document_id for fact in facts}) > 1
        adds = _ADDS_BUDGETS.search(reading.text) is not None
        reckoned = claims and not adds
        totals: list[Total] = []
        for document_id in dict.fromkeys(fact.document_id for fact in facts):
            own = [fact for fact in facts if fact.document_id == document_id]
            region = self._texts.documents[document_id].region.name
            lines = [self._line(fact, composer) for fact in own]
            head = [messages.IN_REGION.format(region=region)] if several else []
            composer.say("\n".join([*head, *lines]))
            place = region if several else ""
            if adds and (total := self._add_budgets(own, composer, place)):
                totals.append(total)
                continue
            for fact in own:
                rule = shares.get(fact.id)
                self._state(fact, composer, place=place, counts=not reckoned and rule is None)
                if rule is not None:
                    self._say_share(fact, rule, composer)
            if len(own) == 1 and own[0].amount.yuan is not None:
                totals.append(
                    Total(
                        place=region,
                        yuan=own[0].amount.yuan,
                        is_cap=own[0].amount.kind is not AmountKind.EXACT,
                        marker=composer.number(self._quotes(own[0])[-1]),
                    )
                )
        if reckoned:
            composer.say(messages.NOT_RECKONED)
        elif several and _COMPARES.search(reading.text):
            compare(totals, len({fact.document_id for fact in facts}), composer, reading)
        for fact in facts:
            for base_id in (fact.id, *fact.rests_on):
                composer.quote(self._quotes(self._facts[base_id]))

    def _say_share(self, fact: AwardFact, rule: AwardRule, composer: Composer) -> None:
        """第2位按70%: the sum of the fact, taken at the rate of the rank asked for."""
        quote, rate = self._quote_rule(rule), rule.rate or Decimal(0)
        yuan = ((fact.amount.yuan or Decimal(0)) * rate).quantize(FEN, ROUND_HALF_UP)
        marker, base = composer.mark([quote]), say_yuan(fact.amount.yuan or Decimal(0))
        composer.say(messages.RANK_SHARE.format(base=base, rate=say_rate(rate), sum=say_yuan(yuan), marker=marker))
        kind = "exact" if fact.amount.kind is AmountKind.EXACT else "cap"
        composer.amount(SaidAmount.model_validate({"yuan": plain(yuan), "kind": kind, "label": name_award(fact)}))
        composer.step(
            Step(
                step=messages.RANK_STEP.format(rate=say_rate(rate)),
                expression=f"{fact.amount.yuan:f} * {rate:f}",
                yuan=plain(yuan),
                citation=composer.number(quote),
            )
        )

    def _add_budgets(self, facts: Sequence[AwardFact], composer: Composer, place: str) -> Total | None:
        """One award out of several budgets, where the document says that one comes on top of the other."""
        rule = next((r for r in self._on_top if r.document_id == facts[0].document_id), None)
        budgets, alike = [fact.budget for fact in facts], len({(fact.labels, fact.subject) for fact in facts}) == 1
        if rule is None or not alike or len(facts) < 2 or "" in budgets or len(set(budgets)) < len(budgets):
            return None
        sums = [fact.amount.yuan or Decimal(0) for fact in facts]
        is_cap = any(fact.amount.kind is not AmountKind.EXACT for fact in facts)
        quote = self._quote_rule(rule)
        total = Total(
            place=self._texts.documents[facts[0].document_id].region.name,
            yuan=sum(sums, Decimal(0)),
            is_cap=is_cap,
            marker=composer.number(quote),
        )
        said = say_amount(Amount(kind=AmountKind.CAP if is_cap else AmountKind.EXACT, yuan=total.yuan))
        terms = "＋".join(f"{fact.budget}{say_yuan(one)}" for fact, one in zip(facts, sums, strict=True))
        composer.say(messages.BUDGETS_ADDED.format(terms=terms, sum=said, marker=composer.mark([quote])))
        composer.quote([quote])
        label = " ".join(part for part in (place, name_award(facts[0]), messages.TOGETHER) if part)
        composer.amount(
            SaidAmount.model_validate({"yuan": total.yuan, "kind": "cap" if is_cap else "exact", "label": label})
        )
        composer.step(
            Step(
                step=messages.BUDGETS_STEP.format(terms=terms),
                expression=" + ".join(f"{one:f}" for one in sums),
                yuan=total.yuan,
                citation=composer.number(quote),
            )
        )
        return total

    def say_failed(self, facts: Sequence[AwardFact], told: str, composer: Composer) -> bool:
        """Say that what was told fails a condition of each award; False where it does not of any."""
        wanting = [(fact, condition) for fact in facts if (condition := failed(fact, told, self._clause_of(fact)))]
        if len(wanting) < len(facts):
            return False
        for fact, condition in wanting:
            quotes = self._quotes(fact)
            about = name_award(fact)
            composer.say(messages.BELOW_THRESHOLD.format(about=about, threshold=condition) + composer.mark(quotes))
            composer.quote(quotes)
            self.doubt(fact, composer)
        return True

    def _clause_of(self, fact: AwardFact) -> str:
        """The clause of an award that stands alone in it; empty for one of several."""
        beside = sum(other.clause_id == fact.clause_id for other in self._facts.values())
        return self._texts.text(self._texts.clauses[fact.clause_id]) if beside == 1 else ""

    def say_wanting(self, found: Found, composer: Composer) -> None:
        """What nothing is granted for: a thing with no award, a rank beyond those that the clause lists."""
        for name in found.missing:
            composer.say(messages.PART_NOT_FOUND.format(topic=name))
        for one in () if found.facts else found.beyond[:1]:
            quotes = [*self._quotes(one.fact), *([self._quote_rule(one.rule)] if one.rule else [])]
            about = name_award(one.fact)
            said = messages.NOT_FOR_REVISING.format(about=about)
            if one.ranks:
                first, last = one.ranks[0], one.ranks[-1]
                ranks = f"{last}" if first == last else f"{first}至第{last}"
                said = messages.BEYOND_RANKS.format(about=about, ranks=ranks, rank=found.rank)
            composer.say(said + composer.mark(quotes))
            for quote in quotes:
                composer.quote([quote])

    def say_limits(self, rules: Sequence[AwardRule], composer: Composer, *, counts: bool) -> None:
        """State rules that limit the sum of several awards."""
        for rule in rules:
            quote = self._quote_rule(rule)
            marker = composer.mark([quote])
            if rule.yuan is not None:
                composer.say(messages.LIMIT_LINE.format(of=limits_named(rule), sum=say_yuan(rule.yuan), marker=marker))
                label = re.sub(r"\s", "", quote.text)[:SUBJECT_MAX]
                if counts:
                    composer.amount(SaidAmount(yuan=rule.yuan, kind="cap", label=label))
            composer.quote([quote])

    def say_torn(self, reject: Reject, composer: Composer) -> None:
        """A torn place: its words, the figures as printed, and that nothing may be claimed from it."""
        document, clause = self._texts.documents[reject.document_id], self._texts.clauses[reject.clause_id]
        fragment = document.text[reject.start : reject.end].strip()
        message = messages.TORN_AT.format(title=document.short_title, place=reject.locator, fragment=fragment)
        quotes = quote_limb(self._texts, clause, reject.start, reject.end, leans=False)
        composer.say(f"{message}{composer.mark(quotes)}")
        composer.quote(quotes)
        for phrase in find_phrases(normalize(fragment).text):
            for figure in phrase.figures:
                if figure.yuan is not None:
                    composer.amount(SaidAmount(yuan=figure.yuan, kind="exact", label=messages.TORN_LABEL))
        composer.doubt(message)

    def choice(self, facts: Sequence[AwardFact]) -> Choice | None:
        """What to ask when too many facts fit to list them."""
        if len(facts) <= LIST_MAX:
            return None
        kinds = kinds_by_name()
        for kind in _CHOICES:
            options = tuple(dict.fromkeys(name for fact in facts for name in fact.labels if kinds[name] == kind))
            if len(options) > 1:
                return Choice(kind=kind, options=options)
        return None

    def _line(self, fact: AwardFact, composer: Composer) -> str:
        quotes = [*self._quotes(fact), *(quote for base in fact.rests_on for quote in self._quotes(self._facts[base]))]
        said = say_amount(fact.amount)
        if (base := self._base_of(fact)) is not None and fact.amount.rate is not None:
            said += messages.COMPUTED.format(sum=say_yuan(base), rate=say_rate(fact.amount.rate))
        per = messages.PER.format(unit=fact.per) if fact.per and not fact.yearly else ""
        once = messages.ONCE if fact.once else messages.YEARLY if fact.yearly else ""
        extra = "，".join(part for part in (per, once, fact.budget) if part)
        about = name_award(fact)
        extra = f"（{extra}）" if extra else ""
        marker = composer.mark(quotes)
        return messages.AWARD_LINE.format(about=about, sum=said, extra=extra, doubt=self.doubts([fact]), marker=marker)

    def _state(self, fact: AwardFact, composer: Composer, *, place: str, counts: bool) -> None:
        """Put the figure into the answer's amounts, its reckoning into its steps, its doubts into the warnings."""
        amount = fact.amount
        label = " ".join(part for part in (place, name_award(fact), fact.budget) if part)
        yuan = amount.ceiling if amount.kind is AmountKind.RATE else amount.yuan
        if yuan is not None and counts:
            kind = "exact" if amount.kind is AmountKind.EXACT else "cap"
            composer.amount(SaidAmount.model_validate({"yuan": yuan, "kind": kind, "label": label}))
        base = self._base_of(fact)
        if base is not None and amount.rate is not None and amount.yuan is not None:
            about = name_award(self._facts[fact.rests_on[0]]) if fact.rests_on else amount.base
            composer.step(
                Step(
                    step=messages.RATE_STEP.format(about=about, rate=say_rate(amount.rate)),
                    expression=f"{base:f} * {amount.rate:f}",
                    yuan=amount.yuan,
                    citation=composer.number(self._quotes(fact)[-1]),
                )
            )
        self.doubt(fact, composer)

    def _base_of(self, fact: AwardFact) -> Decimal | None:
        """The sum that a worked-out share is taken of: another award's, or the one that its own words state."""
        amount = fact.amount
        if fact.rests_on:
            return self._facts[fact.rests_on[0]].amount.yuan or Decimal(0)
        return read_money(amount.base) if amount.rate is not None and amount.yuan is not None else None

    def _quotes(self, fact: AwardFact) -> list[Quote]:
        clause, leans = self._texts.clauses[fact.clause_id], bool(fact.inherited)
        return quote_limb(self._texts, clause, fact.start, fact.end, leans=leans, with_head=leans)

    def quotes_of(self, source: AwardFact | Rule) -> list[Quote]:
        """The quotes that a fact, with what it rests on, or a rule stands on."""
        if isinstance(source, Rule):
            return [self._quote_rule(source.rule)]
        return [quote for id_ in (*source.rests_on, source.id) for quote in self._quotes(self._facts[id_])]

    def doubts(self, facts: Iterable[AwardFact]) -> str:
        """What is said beside a sum that rests on a fact which looks misprinted; empty for sound ones."""
        return messages.DOUBTFUL if any(fact.id in self._anomalies for fact in facts) else ""

    def doubt(self, fact: AwardFact, composer: Composer) -> None:
        """Warn of a fact, or one that it rests on, that looks misprinted, and of what raises or bars it."""
        for id_ in (fact.id, *fact.rests_on):
            if anomaly := self._anomalies.get(id_):
                composer.doubt(messages.ANOMALY_AT.format(place=self._facts[id_].locator, detail=anomaly.detail))
        self._provisos.say(fact, composer)

    def _quote_rule(self, rule: AwardRule) -> Quote:
        clause = self._texts.clauses[rule.clause_id]
        return quote_limb(self._texts, clause, rule.start, rule.end, leans=False, with_head=False)[-1]
