"""Figures, verdicts and differences as lines for a terminal."""

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from evals import words
from evals.comparing import Change, Comparison, diff_words
from evals.gate import Gate
from evals.runs import Row, Run, RunConfig
from evals.summary import STATUSES, Counts, Share, Summary

SHOWN_CHARACTERS = 100  # of a question and of an answer
CHANGES_MAX = 50  # of a sort, in a terminal; the report has them all
_SIDES = {"": "{}", "before": "[-{}-]", "after": "{{+{}+}}"}


def write_run_line(config: RunConfig) -> str:
    """A run in one line: id, suites, probes, engine, revision."""
    suites = "、".join(one.name for one in config.suites)
    count = sum(one.probes for one in config.suites) * config.repeat
    return words.RUN_LINE.format(
        id=config.id,
        suites=suites,
        count=count,
        filters=f" --filter {' '.join(config.filters)}" if config.filters else "",
        engine=config.engine,
        revision=config.git_revision or "—",
        seconds=config.seconds,
    )


def write_summary(run: Run, summary: Summary) -> str:
    """The figures of a run as tables."""
    head = [words.SUITE, words.RIGHT, "", words.INTERVAL, words.WHOLE_CASES, words.WRONG_SUMS, words.WITHHELD]
    rows = [head + ([words.UNSTEADY] if run.config.repeat > 1 else [])]
    for one, cases in zip(summary.suites, summary.cases, strict=True):
        rows.append(_counts(one, f"{cases.part}/{cases.n}", run.config.repeat))
    rows.append(_counts(summary.total, "", run.config.repeat, words.TOTAL))
    types = [[words.TYPE, words.RIGHT, "", words.INTERVAL, "", words.WRONG_SUMS, words.WITHHELD]]
    types += [_counts(one, "", 1, words.TYPES.get(one.name, one.name)) for one in summary.types]
    return "\n".join([columns(rows), "", columns(types), "", *_lines(run, summary)])


def _counts(one: Counts, cases: str, repeat: int, name: str = "") -> list[str]:
    cells = [name or one.name, f"{one.right.part}/{one.right.n}", _percent(one.right), _interval(one.right), cases]
    cells += [str(one.wrong_amounts), str(one.withheld)]
    return cells + ([str(one.unsteady)] if repeat > 1 else [])


def _lines(run: Run, summary: Summary) -> Iterator[str]:
    kept = "，".join(f"{words.RULES.get(name, name)} {share.part}/{share.n}" for name, share in summary.rules)
    yield words.KEPT.format(kept=kept)
    if summary.measures:
        yield "，".join(f"{words.MEASURES[name]} {_told(share)}" for name, share in summary.measures)
    for one in summary.refusals:
        if one.precision.n or one.recall.n:
            status = words.STATUSES[one.status]
            yield words.REFUSAL.format(status=status, precision=_told(one.precision), recall=_told(one.recall))
    if summary.confusion:
        yield words.CONFUSION
        names = [words.STATUSES[status] for status in STATUSES]
        cells = [[words.STATUSES[expected], *map(str, counts)] for expected, counts in summary.confusion]
        yield columns([["", *names], *cells])
    if (score := summary.retrieval) is not None:
        shares = (score.hit_at_1, score.hit_at_3, score.hit_at_5, score.hit_at_10)
        hits = " ".join(f"hit@{at} {100 * share:.1f}%" for at, share in zip((1, 3, 5, 10), shares, strict=True))
        yield words.RETRIEVAL.format(n=score.n, hits=hits, mrr=score.mrr, ndcg=score.ndcg)
    if summary.extraction:
        yield words.EXTRACTION.format(**{name: _told(share) for name, share in summary.extraction})
    if (took := summary.latency) is not None:
        fields = {"n": took.n, "p50": took.p50, "p95": took.p95, "p99": took.p99, "slowest": took.slowest}
        yield words.LATENCY.format(**fields, workers=run.config.workers, seconds=run.config.seconds)


def write_wrong(rows: Iterable[Row]) -> Iterator[str]:
    """Three lines for each row that is not right: question with the rules broken, gold, answer."""
    for row in rows:
        if row.is_right:
            continue
        worst, gold = row.worst, row.described.gold
        broken = "、".join(words.RULES.get(name, name) for name in worst.verdict.broken)
        question = " / ".join((*row.described.history, row.described.question))
        yield f"{row.suite} {row.id} [{broken}] {_cut(question)}"
        sums = "、".join(map(str, gold.get("yuan", ()))) or "—"
        yield f"    {words.GOLD} {gold.get('status', '')} {sums} {gold.get('kind', '')} {_cut(gold.get('why', ''))}"
        back = worst.outcome.back
        stated = "、".join(f"{one['yuan']} {one['kind']}" for one in back.get("amounts", ())) or "—"
        text = back.get("answer") or back.get("text") or back.get("refused") or ""
        yield f"    {words.GOT} {worst.verdict.actual} {stated} {_cut(text)}"


def write_changes(comparison: Comparison, *, reworded: bool = True) -> str:
    """A comparison: counts, then each difference with both answers and their words side by side.

    Args:
        comparison: The two sides.
        reworded: Whether to list what is said in other words, too, beside its count.
    """
    sorts = (
        (words.NEWLY_WRONG, comparison.newly_wrong),
        (words.NEWLY_FALSE, comparison.newly_false),
        (words.NEWLY_RIGHT, comparison.newly_right),
        (words.REWORDED, comparison.reworded),
    )
    counts = "，".join(f"{name} {len(changes)}" for name, changes in sorts)
    lines = [words.COMPARED.format(n=comparison.n, counts=counts)]
    others = (comparison.added, comparison.gone, comparison.put_otherwise)
    if any(others):
        added, gone, otherwise = map(len, others)
        lines.append(words.NOT_COMPARED.format(added=added, gone=gone, otherwise=otherwise))
    p_value = comparison.p_value
    lines.append(words.TOO_FEW if p_value is None else words.MCNEMAR.format(p=p_value, told=_certain(comparison)))
    for name, changes in sorts if reworded else sorts[:-1]:
        if changes:
            lines += ["", f"## {name}（{len(changes)}）", *_changes(changes)]
    return "\n".join(lines)


def _certain(comparison: Comparison) -> str:
    return words.CERTAIN if comparison.is_certain else words.UNCERTAIN


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes[:CHANGES_MAX]:
        before, after = change.before, change.after
        question = "" if after.row is None else _cut(after.row.described.question)
        broken = "、".join(words.RULES.get(name, name) for name in after.broken)
        yield f"{after.suite} {after.probe} {f'[{broken}] ' if broken else ''}{question}"
        texts = [text_of(side.row) for side in (before, after)]
        if all(texts):
            yield "    " + "".join(_SIDES[one.side].format(one.text) for one in diff_words(*texts)).replace(
                "\n", "\n    "
            )
        elif texts[1]:
            yield f"    {words.GOT} {_cut(texts[1])}"
    if len(changes) > CHANGES_MAX:
        yield words.AND_MORE.format(count=len(changes) - CHANGES_MAX)


def text_of(row: Row | None) -> str:
    """What was said, as text; "" where there is no text, as in a baseline."""
    if row is None:
        return ""
    back = row.worst.outcome.back
    return str(back.get("answer") or back.get("text") or back.get("refused") or "")


def write_gate(gate: Gate, against: str) -> str:
    """The verdict in a line."""
    below = "、".join(f"{name} < {least}%" for name, least in gate.below)
    if gate.is_regression:
        return words.REGRESSION.format(against=against) + (words.ALSO_BELOW.format(below=below) if below else "")
    if below:
        return words.BELOW.format(below=below)
    return words.HOLDS.format(against=against) if against else words.NOTHING_TO_HOLD


def columns(rows: list[list[str]]) -> str:
    """Rows of cells as lines; a Chinese character is two columns wide.

    >>> columns([["甲", "1"], ["abc", "2"]]).splitlines()
    ['甲   1', 'abc  2']
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _percent(share: Share) -> str:
    return "—" if share.percent is None else f"{share.percent:.1f}%"


def _interval(share: Share) -> str:
    return "" if share.low is None else f"{share.low:.1f}–{share.high:.1f}%"


def _told(share: Share) -> str:
    return f"{share.part}/{share.n}（{_percent(share)}）" if share.n else "—"


def _cut(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"
