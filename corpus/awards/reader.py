"""One clause of an award policy → facts, rules and rejects, limb by limb."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.awards import malformed
from corpus.awards.ellipsis import HEAD_MAX, Carried, complete, entries_for, labels_of_heads, title_of, with_prefix
from corpus.awards.entries import Entry, whole
from corpus.awards.facts import Amount, AmountKind, AwardFact, AwardRule, Reject, RuleKind
from corpus.awards.labelling import HEADS, label, names_of
from corpus.awards.limbs import BLANK, Limb, cut_limbs, split_bracket, texts_of_sentences
from corpus.awards.limits import rule_of_figure, rules_of_sentence
from corpus.awards.normalize import normalize
from corpus.awards.particulars import per_of, who_of
from corpus.awards.parts import take_parts
from corpus.awards.phrases import LIMB_MAX, Figure, find_phrases
from corpus.awards.ruling import LIMITS, OLD_SUM, follows_rate, rule_kind
from corpus.awards.statement import EDGE, Statement
from corpus.labels import read_label
from corpus.records import Clause, Kind, PolicyDocument

ITEM_MAX = 80  # characters of an unlabelled item below an announcing paragraph
_FIGURE_LIKE = re.compile(
    r"[\d零〇一二两三四五六七八九十百千廿卅几数半来.OIL½⅓⅔¼¾²³¹⁰⁴-⁹₀-₉①-⑳㊀-㊉）](?:余|多)?(?:[美欧港日]元|万|千|百|元|亿|%|分之)|\d）(?:万|元)|分之|[一二三四五六七八九]成|\d/\d|[\d一二两三四五六七八九十双加翻]倍|番|减半|折半|一半|[全等]额|\d：\d|\d[、，和的。；]|\d$"
)
_GIVES = re.compile(
    r"给予|奖励|补助|资助|补贴|激励|扶持|奖补|奖金|贴补|配套|补偿|支持|追加|兑现|发放|可得|奖给|所得|奖[:：]|[补奖](?=\d)"
)
_NEW_SUM = re.compile(r"^(?:提高|增加|调整|上调|提升)(?:到|至|为)$")
_EACH_ITS_OWN = frozenset({RuleKind.BUDGET_SHARE, RuleKind.INSTALMENT})  # of several figures each is a rule


@dataclass(frozen=True)
class Found:
    """What one clause yields."""

    facts: list[AwardFact] = field(default_factory=list)
    rules: list[AwardRule] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


class ClauseReader:
    """Reads the clauses of one document in order."""

    def __init__(self, document: PolicyDocument) -> None:
        self._document = document
        self._given: dict[int, int] = {}
        # 某省标准贡献奖管理办法 is about that one prize; a clause that names only grades means its grades.
        self._is_award_policy = document.kind is Kind.AWARD_POLICY or bool(re.search("奖|补|资助", document.title))
        self._is_of_item = "item" in label(document.title)
        self._announced = ""  # an unlabelled paragraph that ends with a colon; short ones below it are its items
        self._open: Sequence[Entry] = ()  # of a sentence that a line end cut: 主持修订的，…； / 参与制定的，…

    def read(self, clause: Clause) -> Found:
        """Read one clause that is no table row."""
        found = Found()
        text = self._document.text[clause.start : clause.end]
        heads = (
            {k: v for k, v in label(self._document.title).items() if k in ("item", "level")} if self._is_of_item else {}
        )
        heads |= labels_of_heads(clause)
        if self._announced and len(text) <= ITEM_MAX and not read_label(text):
            heads = label(normalize(self._announced).text) | heads
        elif not text.rstrip().endswith(("：", ":")):
            self._announced = ""
        carried = Carried(
            heads=heads,
            title=title_of(text),
            grants=any(map(_GIVES.search, (*clause.heads, self._announced))),
            entries=() if read_label(text) else self._open,
        )
        limbs = list(cut_limbs(text, clause.start))
        sentences = texts_of_sentences(limbs)
        for limb in limbs:
            if len(limb.text) <= LIMB_MAX:
                self._read_limb(limb, clause, carried, found, sentences[limb.sentence])
            elif _FIGURE_LIKE.search(limb.text) and _GIVES.search(limb.text):
                found.rejects.append(self._reject(clause, limb, (0, len(limb.text)), malformed.TOO_LONG))
        if text.rstrip().endswith(("：", ":")) and len(text) <= HEAD_MAX:
            self._announced = text
        found.rules.extend(take_parts(found.facts, text, clause.start))
        self._open = carried.entries if text.rstrip()[-1:] in "；;，,、" else ()
        return found

    def _read_limb(self, limb: Limb, clause: Clause, carried: Carried, found: Found, sentence: str) -> None:
        phrases = find_phrases(limb.text) if _FIGURE_LIKE.search(limb.text) else []
        first_rule, read_rules = len(found.rules), rules_of_sentence(limb.text)
        for kind, start, end in read_rules:
            found.rules.append(self._rule(clause, kind, limb, start, end, ()))
        if not phrases and not read_rules:
            carried.before = limb.text[-HEAD_MAX:]
        if not phrases and _GIVES.search(limb.text) and not read_rules:
            stated = whole(limb.text.partition("，")[0])
            carried.entries = [stated]
            if not HEADS & stated.labels.keys():  # 奖给主要起草单位: said once for all that follows
                carried.heads = carried.heads | {k: v for k, v in stated.labels.items() if k in ("role", "act")}
        floor = 0
        for number, phrase in enumerate(phrases):
            before = limb.text[floor : phrase.start]
            floor = phrase.end
            ahead = limb.text[phrase.end : phrases[number + 1].start if number + 1 < len(phrases) else None]
            said = Statement(limb, phrase, before, ahead, sentence)
            if _NEW_SUM.search(EDGE.sub("", before)) and number:
                said = replace(said, before=OLD_SUM.sub("", limb.text[: phrases[number - 1].start]))
            elif obj := said.object_behind:
                floor += len(obj)
            self._read_phrase(said, clause, carried, found)
        _drop_said_twice(found.rules, first_rule)
        last_rule = found.rules[-1] if phrases and found.rules and found.rules[-1].figures else None
        for bracket in limb.brackets:
            self._read_bracket(bracket, clause, carried, found, last_rule)

    def _read_bracket(
        self, limb: Limb, clause: Clause, carried: Carried, found: Found, outer: AwardRule | None
    ) -> None:
        """A bracket with figures: an exception to the rule before it, shares by rank, or a further award."""
        entries = carried.entries
        for part in split_bracket(limb):
            phrases = find_phrases(part.text)
            figures = [figure for phrase in phrases for figure in phrase.figures]
            if not phrases or not (found.facts or found.rules):
                continue
            kind = rule_of_figure(part.text)
            if outer is not None and outer.kind in LIMITS:
                kind = outer.kind
            if kind is None and all(figure.kind is AmountKind.RATE for figure in figures):
                kind = RuleKind.SHARE
            if kind is not None:
                found.rules.append(self._rule(clause, kind, part, 0, len(part.text), figures))
                continue
            self._read_limb(part, clause, carried, found, part.text + "给予")
            carried.entries = entries

    def _read_phrase(self, said: Statement, clause: Clause, carried: Carried, found: Found) -> None:
        if kind := rule_kind(said, found.facts, found.rules):
            self._take_rule(said, kind, clause, carried, found)
        elif any(figure.kind is AmountKind.RATE for figure in said.phrase.figures) and not said.is_share:
            return  # 比例达到20% grants nothing
        elif not self._grants(said, carried, found):
            if found.facts and _GIVES.search(self._document.text[clause.start : clause.end]):
                found.rejects.append(self._reject(clause, said.limb, said.span, malformed.TORN))
        elif why := malformed.why_unreadable(said):
            found.rejects.append(self._reject(clause, said.limb, said.span, why))
        else:
            self._take_facts(said, clause, carried, found)

    def _take_rule(self, said: Statement, kind: RuleKind, clause: Clause, carried: Carried, found: Found) -> None:
        start, end = said.span
        figures = said.phrase.figures
        for own in [[one] for one in figures] if kind in _EACH_ITS_OWN else [figures]:
            found.rules.append(self._rule(clause, kind, said.limb, start, end, own))
        if kind is RuleKind.TOTAL_LIMIT and said.ahead.startswith("，其中"):
            carried.entries = [whole(said.subject)]
        if kind is RuleKind.COST_CEILING and follows_rate(found.facts):
            ceiling, place = said.phrase.figures[-1].yuan, found.facts[-1].figure_start
            for at, fact in enumerate(found.facts):  # of each for which the one share is
                if fact.figure_start == place and fact.amount.kind is AmountKind.RATE:
                    found.facts[at] = replace(fact, amount=replace(fact.amount, ceiling=ceiling))

    def _grants(self, said: Statement, carried: Carried, found: Found) -> bool:
        """Whether the words say that the figures are awarded: here, in the sentence, above, or beside."""
        if said.phrase.words & {"GIVES", "BASE"} or carried.grants or carried.limb is said.limb:
            return True
        if _GIVES.search(said.sentence):
            return True
        named = {*label(said.subject), *label(said.prefix), *(HEADS & label(carried.title).keys())}
        return bool(found.facts and named - {"level"}) or (self._is_award_policy and bool(HEADS & named))

    def _take_facts(self, said: Statement, clause: Clause, carried: Carried, found: Found) -> None:
        entries = entries_for(said.subject, said.phrase.groups, carried)
        if entries is None:
            found.rejects.append(self._reject(clause, said.limb, said.span, malformed.COUNTS_DIFFER))
            return
        completed = [complete(with_prefix(entry, said.prefix), carried) for entry in entries]
        given = [(entry, taken) for entry, taken in completed if entry is not None]
        if len(given) < len(entries):
            found.rejects.append(self._reject(clause, said.limb, said.span, malformed.NO_OBJECT))
            return
        construct = said.construct(len(entries))
        # One figure for all of a list, or one list of figures for each alternative.
        figures = said.phrase.figures * (len(given) // len(said.phrase.figures))
        for one, figure in zip(given, figures, strict=True):
            found.facts.append(self._fact(said, clause, one, figure, construct, carried.title or carried.before))
        carried.entries, carried.limb = [entry for entry, _ in given], said.limb

    def _fact(
        self,
        said: Statement,
        clause: Clause,
        given: tuple[Entry, frozenset[str]],
        figure: Figure,
        construct: str,
        title: str,
    ) -> AwardFact:
        phrase, (entry, taken) = said.phrase, given
        start, end = said.limb.place(*said.span)
        figure_start, figure_end = said.limb.place(figure.start, figure.end)
        names = names_of(entry.labels)
        text = entry.text.replace(BLANK, "")
        return AwardFact(
            id=self._id(figure_start),
            document_id=self._document.id,
            clause_id=clause.id,
            locator=clause.locator,
            subject=EDGE.sub("", text),
            context=" ".join(filter(None, [*(normalize(head).text[-HEAD_MAX:] for head in clause.heads[-2:]), title])),
            labels=names,
            inherited=tuple(name for name in names if name in taken),
            amount=Amount(
                kind=said.kind_of(figure),
                yuan=figure.yuan,
                low=figure.low,
                rate=figure.rate,
                base=figure.base or said.base,
            ),
            noun=phrase.noun or said.borrowed_noun,
            who=who_of(text.rpartition("：")[2] + said.limb.text[phrase.start : phrase.end] + phrase.tail),
            per=per_of(figure.per, phrase.per, said.per_part, text),
            once=phrase.says("ONCE") or said.is_paid_once,
            yearly=phrase.says("YEARLY") or "年" in figure.per,
            budget=said.budget,
            ranks=entry.ranks,
            conditions=said.conditions,
            construct=construct,
            start=start,
            end=end,
            figure_start=figure_start,
            figure_end=figure_end,
        )

    def _id(self, place: int) -> str:
        self._given[place] = number = self._given.get(place, 0) + 1
        return f"{self._document.id}@{place}" + (f".{number}" if number > 1 else "")

    def _rule(
        self, clause: Clause, kind: RuleKind, limb: Limb, start: int, end: int, figures: Sequence[Figure]
    ) -> AwardRule:
        first, last = limb.place(start, end)
        place = limb.place(figures[0].start, figures[0].end)[0] if figures else first
        return AwardRule(
            id=f"{self._document.id}~{place}.{kind.value}",
            document_id=self._document.id,
            clause_id=clause.id,
            locator=clause.locator,
            kind=kind,
            labels=names_of(label(limb.text[start:end] if figures else limb.text)),
            yuan=next((figure.yuan for figure in figures if figure.yuan is not None), None),
            rate=next((figure.rate for figure in figures if figure.rate is not None), None),
            start=first if figures else limb.places[0],
            end=last if figures else limb.places[-1] + 1,
            figures=tuple(limb.place(figure.start, figure.end) for figure in figures),
        )

    def _reject(self, clause: Clause, limb: Limb, span: tuple[int, int], why: str) -> Reject:
        start, end = limb.place(*span)
        return Reject(
            document_id=self._document.id, clause_id=clause.id, locator=clause.locator, label=why, start=start, end=end
        )


def _drop_said_twice(rules: list[AwardRule], first: int) -> None:
    """按1:1分担 tells its rule by its words and by its figure: the figure's is kept, of the rules since `first`."""
    figured = {rule.kind for rule in rules[first:] if rule.figures}
    rules[first:] = [rule for rule in rules[first:] if rule.figures or rule.kind not in figured]
