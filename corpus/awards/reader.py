"""One limb of an award clause → facts, rules and rejects.

What an entry leaves unsaid it takes over: 参与修订的 means the kind of standard named before it. An entry that
names a thing of its own takes over nothing but who did what to it, and that only from a heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.awards import malformed
from corpus.awards.facts import Amount, AmountKind, AwardFact, AwardRule, Reject, RuleKind
from corpus.awards.labelling import HEADS, KINDS, is_bare, label, names_of
from corpus.awards.limbs import BLANK, Limb, cut_limbs
from corpus.awards.limits import rule_of_figure, rules_of_sentence
from corpus.awards.normalize import normalize
from corpus.awards.phrases import Figure, Phrase, find_phrases
from corpus.awards.subjects import Entry, align, align_crossed, enumerate_entries, whole
from corpus.labels import read_label
from corpus.records import Clause, Kind, PolicyDocument

PER_MAX = 6  # characters; a longer 每… names what the award is for: 每个单位推动标准海外应用
TITLE_MAX = 40  # characters of a title before a colon that opens a clause: （一）示范资助：…
OBJECT_BEFORE_MAX = 8  # characters before a figure that may name the payer only: 市财政
ITEM_MAX = 80  # characters of an unlabelled item below an announcing paragraph
HEAD_MAX = 60  # characters; a longer head is a paragraph, of which only its announcing sentence counts
_FIGURE_LIKE = re.compile(r"[\d零一二两三四五六七八九十百千.OIL](?:余|多)?(?:万|千|百|元|亿|%|分之)|分之|减半|折半|一半|全额|\d：\d|\d[、，和的。；]|\d$")
_GIVES = re.compile(r"给予|奖励|补助|资助|补贴|激励|扶持|奖补|奖金|贴补|配套|补偿|支持|追加|兑现|发放|可得|奖给|所得|奖[:：]|[补奖](?=\d)")
_EDGE = re.compile(rf"^[、，；：。的和及或且并但与以由{BLANK}]+|[、，：{BLANK}]+(?:可以?|将|则|并)?$")
_PER_PART = re.compile(r"^每[^，]{1,8}$")
_CRITERIA = re.compile(r"^(?:根据|视|结合|综合|优先|鼓励|按照?项目进度)")
_BASE_PART = re.compile("经费的?$|资金的?$|费用的?$|金额的?$|收入的?$")
_APPLICANT = re.compile(r"[^，的]{2,40}(?:企业|单位|机构|组织|个人|高校|院所|协会)")
_DOES = re.compile("对|获|承担|通过|被|主导|参与|主持|牵头|制定|修订|完成|评为|列入")
_EACH = re.compile(
    r"每(?:(?:完成|主导|承担|主持|参与|制定|修订|获得?|通过|新增|协助|牵头|培训|增加){1,2})?[一1]?(?P<unit>项|家|张|种|件|类|人|名|次|位|款|户|批|届|起|篇|场|期|部|个)(?P<noun>[一-龥]{0,6})"
)
_CONDITION = re.compile(
    r"[^，。；]*后$|[^，。；]*(?:前提|条件)[^，。；]*|首次|新(?=承担|获|认定|通过|设立|注册|引进|纳入|评)|连续[^，。；、]{2,12}(?:以上|年)"
    r"|(?:结题)?验收合格|通过[^，。；、]{0,10}(?:验收|评审|考核)(?!并获得)|(?:须|应(?=当|在|已|为|于|通过|是|按)|需(?=要|经|通过))[^，。；]{2,40}"
)
_PERSON = re.compile(r"个人|起草者|起草人|委员(?!会)|专家(?!工作室|组|评|库)|人才|专利权?人|举报人|总监|标准官|主席|召集人(?!的单位)")
_GOVERNMENT = re.compile(r"示范(?:城市|县|市)|县（市|人民政府|乡镇|街道办")
_BUDGET = re.compile(r"，?由?([省市县区])级?财政(?:部门)?(?:再|另|另外)?$")
_BUDGETS = {"省": "省级", "市": "市级", "县": "县级", "区": "县级"}
_TORN_START = re.compile(r"^(?:万|千)?元")
_OLD_SUM = re.compile(r"(?:由|从)(?:原来?的?|原先的?)?$")
_NEW_SUM = re.compile(r"^(?:提高|增加|调整|上调|提升)(?:到|至|为)$")
_HALF = re.compile("减半|折半|一半|全额|执行|报销|贴息|计算")
_TOTAL = re.compile("[共总]|合计")
_CAP_NEAR = re.compile("(?:最高|最多|至多|不超过|不高于|上限)[^，。；\\d]{0,8}$")
_BY_LEVEL = re.compile("^(.+?)，?(?:[^，]{0,12})?(?:均|分别)?按照?((?:国家|省|市|[县区])级)$")
_RAISED = re.compile(r"(?:放宽|提高|增加)(?:到|至)")
_COST = re.compile(r"费用|经费|开支|投入|支出|收入|销售|利率|投资|造价|成本|价格|总额度|资金总|LPR|贷款|合同|审定|缴纳|实际|利息|保费|费的?$|金额的?$")


_LIMITS = frozenset({RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT})


@dataclass
class Carried:
    """What the entries before a limb leave to it, and the labels of the heads above."""

    entries: Sequence[Entry] = ()
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""  # the words before the colon that opens the clause
    before: str = ""  # the sentence before, where it holds no figure; for reading only
    limb: Limb | None = None  # the limb that granted last: what follows in it is awarded too
    grants: bool = False  # the heads say that what follows is awarded


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
        heads = {k: v for k, v in label(self._document.title).items() if k in ("item", "level")} if self._is_of_item else {}
        heads |= _labels_of_heads(clause)
        if self._announced and len(text) <= ITEM_MAX and not read_label(text):
            heads = label(normalize(self._announced).text) | heads
        elif not text.rstrip().endswith(("：", ":")):
            self._announced = ""
        carried = Carried(
            heads=heads,
            title=_title_of(text),
            grants=any(map(_GIVES.search, (*clause.heads, self._announced))),
            entries=() if read_label(text) else self._open,
        )
        limbs = list(cut_limbs(text, clause.start))
        for number, limb in enumerate(limbs):
            self._read_limb(limb, clause, carried, found, _joined(limbs, number))
        if text.rstrip().endswith(("：", ":")) and len(text) <= HEAD_MAX:
            self._announced = text
        self._open = carried.entries if text.rstrip()[-1:] in "；;，,、" else ()
        return found

    def _read_limb(self, limb: Limb, clause: Clause, carried: Carried, found: Found, sentence: str) -> None:
        phrases = find_phrases(limb.text) if _FIGURE_LIKE.search(limb.text) else []
        read_rules = rules_of_sentence(limb.text)
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
            said = _Statement(limb, phrase, before, ahead, sentence)
            if _NEW_SUM.search(_EDGE.sub("", before)) and number:
                said = replace(said, before=_OLD_SUM.sub("", limb.text[: phrases[number - 1].start]))
            elif obj := said.object_behind:
                floor += len(obj)
            self._read_phrase(said, clause, carried, found)
        last_rule = found.rules[-1] if phrases and found.rules and found.rules[-1].figures else None
        for bracket in limb.brackets:
            self._read_bracket(bracket, clause, carried, found, last_rule)

    def _read_bracket(
        self, limb: Limb, clause: Clause, carried: Carried, found: Found, outer: AwardRule | None
    ) -> None:
        """A bracket with figures: an exception to the rule before it, shares by rank, or a further award."""
        entries = carried.entries
        for part in _split_bracket(limb):
            phrases = find_phrases(part.text)
            figures = [figure for phrase in phrases for figure in phrase.figures]
            if not phrases or not (found.facts or found.rules):
                continue
            kind = rule_of_figure(part.text)
            if outer is not None and outer.kind in _LIMITS:
                kind = outer.kind
            if kind is None and all(figure.kind is AmountKind.RATE for figure in figures):
                kind = RuleKind.SHARE
            if kind is not None:
                found.rules.append(self._rule(clause, kind, part, 0, len(part.text), figures))
                continue
            self._read_limb(part, clause, carried, found, part.text + "给予")
            carried.entries = entries

    def _read_phrase(self, said: "_Statement", clause: Clause, carried: Carried, found: Found) -> None:
        phrase, limb = said.phrase, said.limb
        if kind := self._rule_kind(said, found):
            start, end = said.span
            found.rules.append(self._rule(clause, kind, limb, start, end, phrase.figures))
            if kind is RuleKind.TOTAL_LIMIT and said.ahead.startswith("，其中"):
                carried.entries = [whole(said.subject)]
            if kind is RuleKind.COST_CEILING and _follows_rate(found):
                fact = found.facts[-1]
                found.facts[-1] = replace(fact, amount=replace(fact.amount, ceiling=phrase.figures[-1].yuan))
            return
        if any(figure.rate is not None for figure in phrase.figures) and not said.is_share:
            return  # 比例达到20% grants nothing
        grants = phrase.says("GIVES") or _GIVES.search(said.sentence) or carried.grants or carried.limb is limb
        grants = grants or phrase.says("BASE") or found.facts and label(said.subject).keys() - {"level"}
        if not grants and not (self._is_award_policy and HEADS & label(said.subject).keys()):
            if found.facts and _GIVES.search(self._document.text[clause.start : clause.end]):
                found.rejects.append(self._reject(clause, limb, said.span, malformed.TORN))
            return
        if _TORN_START.match(said.subject) or said.ahead[:1] in ("、", "和") and not said.ahead[1:]:
            found.rejects.append(self._reject(clause, limb, said.span, malformed.TORN))
            return
        if any(figure.yuan is None and figure.rate is None for figure in phrase.figures):
            broken = re.search("[A-Z]", limb.text[phrase.figures[0].start : phrase.figures[-1].end])
            why = malformed.UNREADABLE if broken else malformed.NO_UNIT
            found.rejects.append(self._reject(clause, limb, said.span, why))
            return
        entries = _entries(said.subject, phrase.groups, carried)
        if entries is None:
            found.rejects.append(self._reject(clause, limb, said.span, malformed.COUNTS_DIFFER))
            return
        entries = [_with_prefix(entry, said.prefix) for entry in entries]
        completed = [_complete(entry, carried) for entry in entries]
        if any(entry is None for entry, _ in completed):
            found.rejects.append(self._reject(clause, limb, said.span, malformed.NO_OBJECT))
            return
        given = [(entry, taken) for entry, taken in completed if entry is not None]
        construct = said.construct(len(entries))
        figures = phrase.figures * (len(given) // len(phrase.figures))  # one for all of a list, or for each alternative
        for one, figure in zip(given, figures, strict=True):
            found.facts.append(self._fact(said, clause, one, figure, construct, carried.title or carried.before))
        carried.entries, carried.limb = [entry for entry, _ in given], limb

    def _rule_kind(self, said: "_Statement", found: Found) -> RuleKind | None:
        if said.phrase.says("GAP"):
            return RuleKind.TOP_UP
        if _OLD_SUM.search(said.before) and re.match("提高|增加|调整|上调|提升", said.ahead):
            return RuleKind.NO_AWARD
        if found.rules and found.rules[-1].figures and _RAISED.search(said.before):
            return found.rules[-1].kind if found.rules[-1].kind in _LIMITS else None
        kind = rule_of_figure(said.text)
        if kind is RuleKind.COST_CEILING and not _follows_rate(found):
            return None
        if kind is None and said.ahead.startswith("，其中") and _TOTAL.search(said.text):
            return RuleKind.TOTAL_LIMIT
        if kind is RuleKind.TOP_UP and not said.phrase.says("GAP"):
            return None
        return kind

    def _fact(
        self, said: "_Statement", clause: Clause, given: tuple[Entry, frozenset[str]], figure: Figure, construct: str, title: str
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
            subject=_EDGE.sub("", text),
            context=" ".join(filter(None, [*(normalize(head).text[-HEAD_MAX:] for head in clause.heads[-2:]), title])),
            labels=names,
            inherited=tuple(name for name in names if name in taken),
            amount=Amount(kind=said.kind_of(figure), yuan=figure.yuan, low=figure.low, rate=figure.rate, base=said.base),
            noun=phrase.noun or said.borrowed_noun,
            who=who_of(text + said.limb.text[phrase.start : phrase.end] + phrase.tail),
            per=per_of(figure.per, phrase.per, said.per_part, text),
            once=phrase.says("ONCE") or said.borrows and "一次性" in said.ahead or "一次性" in said.before[-6:],
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
        return AwardRule(
            id=f"{self._document.id}~{first}.{kind.value}",
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


@dataclass(frozen=True)
class _Statement:
    """One phrase with the words before it (up to the phrase before) and behind it (up to the next)."""

    limb: Limb
    phrase: Phrase
    before: str
    ahead: str
    sentence: str

    @property
    def parts(self) -> list[str]:
        return [part for part in _EDGE.sub("", self.before).split("，") if part]

    @property
    def per_part(self) -> str:
        """每完成一项 before a comma says per what, not what for."""
        parts = self.parts
        last = parts[-1] if len(parts) > 1 else ""
        return last if _PER_PART.match(last) and not label(last) else ""

    @property
    def object_behind(self) -> str:
        """奖励20万元给主导制定国家标准的单位: what it is for stands behind the figure, and nothing before it."""
        before = _EDGE.sub("", self.before)
        if HEADS & label(before).keys() or len(before) > OBJECT_BEFORE_MAX or not self.limb.text:
            return ""
        behind = re.match(r"，?(?:用于(?:支持|奖励)?|给)?[^，。；]*", self.limb.text[self.phrase.end :])
        text = behind.group() if behind else ""
        named = re.match("给|，用于", text) or (not before and HEADS & label(text).keys())
        return text if named and label(text) and not re.search("[万元]", text) else ""

    @property
    def subject(self) -> str:
        if behind := self.object_behind:
            return _EDGE.sub("", re.sub("^，?(?:用于(?:支持|奖励)?|给)", "", behind))
        parts = self.parts[:-1] if self.per_part else self.parts
        if self.base_part:
            parts = parts[:-1]
        if parts and not self.is_new_sum:
            parts = [*parts[:-1], _BUDGET.sub("", parts[-1])]
        parts = [part for part in parts if part and not _CRITERIA.match(part)] or parts  # what a sum depends on is not what it is for
        text = "，".join(parts).replace(BLANK, "")
        text = _EDGE.sub("", text.rpartition("：")[2] or text)
        per = self.phrase.per
        return f"{text}，{per}" if len(per) > PER_MAX or HEADS & label(per).keys() else text

    @property
    def base_part(self) -> str:
        """安排与下拨经费的1：1: the words before a rate that name what it is taken of, where 按 does not."""
        is_rate = any(figure.rate is not None for figure in self.phrase.figures) and not self.phrase.base
        last = self.parts[-1] if len(self.parts) > 1 else ""
        return last if is_rate and _BASE_PART.search(last) else ""

    def kind_of(self, figure: Figure) -> AmountKind:
        """最高可以得到50万元 is a ceiling, though free words stand between."""
        capped = figure.kind is AmountKind.EXACT and _CAP_NEAR.search(self.before)
        return AmountKind.CAP if capped else figure.kind

    @property
    def budget(self) -> str:
        """Whose money it is, where the words say so: 县级财政奖励10万元."""
        found = _BUDGET.search(self.parts[-1]) if self.parts else None
        return _BUDGETS[found.group(1)] if found else ""

    @property
    def is_share(self) -> bool:
        """Whether a ratio is a share of an award or of costs, and no target or turnout."""
        return bool(self.phrase.words & {"BASE", "GIVES"} or self.base_part or _HALF.search(self.text))

    @property
    def is_new_sum(self) -> bool:
        """由20万元提高到40万元: the second figure holds."""
        return _NEW_SUM.search(_EDGE.sub("", self.before)) is not None

    @property
    def prefix(self) -> str:
        """What stands before a colon within the words before the figures: 获得省级奖：某奖一、二等奖."""
        return _EDGE.sub("", "，".join(self.parts)).rpartition("：")[0]

    @property
    def text(self) -> str:
        text = f"{self.before}{self.limb.text[self.phrase.start : self.phrase.end]}{self.phrase.tail}"
        return _EDGE.sub("", text.replace(BLANK, ""))

    @property
    def bare_before(self) -> bool:
        return not _EDGE.sub("", self.before)

    @property
    def borrows(self) -> bool:
        """国家级50万元、省级20万元给予奖励: the words of award stand behind a later figure."""
        return not self.phrase.says("GIVES")

    @property
    def borrowed_noun(self) -> str:
        found = re.search("奖励|补助|资助|补贴|激励|扶持|奖补", self.sentence) if self.borrows else None
        return found.group() if found else ""

    @property
    def base(self) -> str:
        if not any(figure.rate is not None for figure in self.phrase.figures):
            return ""
        bare = re.sub(r"^(?:按照?|参照|比照)|(?:的|比例|标准)+$", "", self.phrase.base)
        if bare or self.base_part:
            return bare or self.base_part[-30:]
        return self.subject[-30:] if is_cost(self.subject[-30:]) else ""

    @property
    def conditions(self) -> tuple[str, ...]:
        parts = [part.replace(BLANK, "") for part in self.parts if part != self.per_part]
        return tuple(found.group() for part in parts for found in _CONDITION.finditer(part))[:4]

    @property
    def span(self) -> tuple[int, int]:
        """From the first of the words before it to the end of its tail."""
        start = self.phrase.start - len(self.before)
        start += len(self.before) - len(self.before.lstrip(f"、，；：。的和及或且并但与{BLANK}"))
        end = min(self.phrase.end + len(self.phrase.tail), len(self.limb.text))
        while end > self.phrase.end and self.limb.text[end - 1] == BLANK:
            end -= 1
        return start, end

    def construct(self, count: int) -> str:
        if any(figure.kind is AmountKind.RATE for figure in self.phrase.figures):
            return "rate"
        if count > 1:
            return "list"
        return "labelled" if self.borrows else "single"


def _title_of(text: str) -> str:
    """What stands before the colon that opens a clause: （一）示范项目资助：…; empty where there is none."""
    label_ = read_label(text)
    plain = normalize(text[label_.length if label_ else 0 :][: TITLE_MAX * 2]).text
    title = re.match("[^，。；：]{2,}(?=[：。])", plain[:TITLE_MAX])
    return title.group() if title and not re.search(r"\d|给予|奖励\d", title.group()) else ""


def _joined(limbs: Sequence[Limb], number: int) -> str:
    """The text of the sentence that a limb belongs to."""
    return "；".join(limb.text for limb in limbs if limb.sentence == limbs[number].sentence)


def _split_bracket(limb: Limb) -> Iterator[Limb]:
    """（第1位全额，第2位70%、第3位50%）holds a statement for each figure."""
    start = 0
    for match in re.finditer(r"[，；、](?=(?:排名|排序)?第|其中|[^，；、]{2,})", limb.text):
        if re.search(r"%|元|全额|减半|万", limb.text[start : match.start()]):
            yield replace(limb, text=limb.text[start : match.start()], places=limb.places[start : match.start()])
            start = match.end()
    yield replace(limb, text=limb.text[start:], places=limb.places[start:])


def _labels_of_heads(clause: Clause) -> dict[str, tuple[str, ...]]:
    """The labels of the heads above a clause; an inner head's word for a kind goes before an outer one's."""
    labels: dict[str, tuple[str, ...]] = {}
    for head in reversed(clause.heads):
        text = normalize(head).text
        if len(text) > HEAD_MAX:
            text = re.split("[。；]", text)[-1] if text.endswith("：") else ""
        for kind, names in label(text).items():
            labels.setdefault(kind, names)
    return labels


def _entries(subject: str, groups: tuple[int, ...], carried: Carried) -> list[Entry] | None:
    """One entry for each figure; a list stated before may be meant again."""
    count = sum(groups)
    if count == 1:
        own = whole(subject)
        if level := _BY_LEVEL.search(subject):
            own = whole(level.group(1))
            return [replace(own, labels=_merged(label(level.group(2)), own.labels))]
        if own.is_elliptic and own.text and len(carried.entries) > 1:  # the same for each of the list before it
            return [_again(entry, own) for entry in carried.entries]
        return enumerate_entries(subject)
    if entries := _align_alternatives(subject, count):
        return entries
    if len(groups) > 1 and len(set(groups)) == 1 and (entries := align_crossed(subject, len(groups), groups[0])):
        return entries
    own = whole(subject)
    if own.is_elliptic and len(carried.entries) == count:
        return [_again(entry, own) for entry in carried.entries]
    return None


def _again(entry: Entry, own: Entry) -> Entry:
    """An entry of the list before, with what is said of it now: 参与的 after a list of standards."""
    labels = _merged(own.labels, entry.labels)
    if own.ranks:
        labels.pop("role", None)
        labels = _merged(own.labels, labels)
    return replace(entry, text=f"{entry.text}：{own.text}", labels=labels, ranks=own.ranks or entry.ranks)


def _align_alternatives(subject: str, count: int) -> list[Entry] | None:
    """承担甲、乙的，或承担丙、丁的，分别…: each alternative is a list of its own; entries stand alternative by alternative."""
    aligned = [align(part, count) for part in re.split("(?<=的)，或者?", subject)]
    if any(entries is None for entries in aligned):
        return align(subject, count)
    return [entry for entries in aligned for entry in entries or []]


def _merged(own: dict[str, tuple[str, ...]], taken: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    joined = taken | own
    return {kind: joined[kind] for kind in KINDS if kind in joined}


def _complete(entry: Entry, carried: Carried) -> tuple[Entry | None, frozenset[str]]:
    """An entry with what it takes over, and the names that it took; None when it is for nothing at all."""
    missing: dict[str, tuple[str, ...]] = {}
    is_applicant = bool(entry.text.startswith("属") and carried.entries) or bool(_APPLICANT.fullmatch(entry.text) and not _DOES.search(entry.text) and carried.entries)
    if len(entry.text) < 2 and carried.title and not carried.entries:
        found = label(carried.title)
        return replace(entry, text=carried.title, labels=_merged(found, carried.heads)), frozenset(names_of(found))
    if entry.is_elliptic or is_applicant and not HEADS & entry.labels.keys():
        missing = dict(carried.heads) | _shared(carried.entries)
        missing |= {kind: names for kind, names in label(carried.title).items() if kind not in missing}
        if not HEADS & (missing.keys() | entry.labels.keys()) and not carried.entries:
            if carried.title:
                return replace(entry, text=f"{carried.title}：{entry.text}"), frozenset()
            if not carried.heads and not entry.labels:
                return None, frozenset()
    elif "standard" in entry.labels:
        before = _shared(carried.entries) if is_bare(entry.text) and not entry.labels.keys() & {"role", "act"} else {}
        known = carried.heads | (before if "standard" in before or _are_standards(carried.entries) else {})
        missing = {kind: names for kind, names in known.items() if kind in ("role", "act")}
    elif "organ" in entry.labels and "level" not in entry.labels and is_bare(entry.text) and "level" in (before := _shared(carried.entries)):
        missing = {"level": before["level"]} if "organ" in before or _are_organs(carried.entries) else {}
    elif "organ" in entry.labels or "item" in entry.labels:
        missing = {kind: names for kind, names in carried.heads.items() if kind in ("seat", "level") and "organ" in entry.labels}
    if not HEADS & (missing.keys() | entry.labels.keys()):  # the title of the clause names the thing
        missing |= {kind: names for kind, names in label(carried.title).items() if kind in HEADS}
    if entry.ranks:  # 第二位 is not the lead drafter before it
        missing.pop("role", None)
    labels = _merged(entry.labels, missing)
    taken = frozenset(names_of(missing)) - frozenset(names_of(entry.labels))
    text = entry.text
    if (entry.is_elliptic or is_applicant) and carried.entries:
        root = carried.entries[0].text.partition("：")[0]
        text = f"{root}：{entry.text}" if len(carried.entries) == 1 else text
    return replace(entry, labels=labels, text=text), taken


def _with_prefix(entry: Entry, prefix: str) -> Entry:
    """An entry that names nothing of the field takes thing and level from the words before the colon."""
    if not prefix or HEADS & entry.labels.keys():
        return entry
    more = {kind: names for kind, names in label(prefix).items() if kind in HEADS or kind == "level"}
    return replace(entry, labels=_merged(entry.labels, more))


def _are_organs(entries: Sequence[Entry]) -> bool:
    return bool(entries) and all("organ" in entry.labels for entry in entries)


def _are_standards(entries: Sequence[Entry]) -> bool:
    return bool(entries) and all("standard" in entry.labels for entry in entries)


def _shared(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """What all of several entries have in common, by kind."""
    if not entries:
        return {}
    first, *others = (entry.labels for entry in entries)
    return {kind: names for kind, names in first.items() if all(other.get(kind) == names for other in others)}


def _follows_rate(found: Found) -> bool:
    return bool(found.facts) and found.facts[-1].amount.kind is AmountKind.RATE


def who_of(text: str) -> str:
    """Who is paid: unit, person, government or team, told from the words of the award."""
    if "班组" in text or "团队" in text:
        return "team"
    if _PERSON.search(text) and not re.search("(?:的|培育|引进)(?:单位|企业)", text):
        return "person"
    return "government" if _GOVERNMENT.search(text) else "unit"


def per_of(*texts: str) -> str:
    """What a sum is paid for each of: 项, 家, 张, 产品 …; the first text that says it decides.

    >>> per_of("", "每个标准项目"), per_of("/家", ""), per_of("", "每完成一项")
    ('标准项目', '家', '项')
    """
    for text in texts:
        if text.startswith("/"):
            return text.lstrip("/每")
        if found := _EACH.search(text):
            noun = re.split(r"的|给|按|分|各|不|最|奖|补|资|推|开", found["noun"])[0]
            return found["unit"] if found["unit"] != "个" or not noun else noun
    return ""


def is_cost(base: str) -> bool:
    """Whether a rate is taken of money that the applicant spent or earned, and not of another award.

    >>> is_cost("项目建设经费"), is_cost("主导制定同类标准奖励额度")
    (True, False)
    """
    return _COST.search(base) is not None and not re.search("奖励|资助额|补助额|同类|同级|相应|上述|上限", base)
