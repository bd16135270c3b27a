"""Rows → tables in Markdown: side by side, what the model was used for, what hostile ones came to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from evals.bench import model_words as words
from evals.bench.model_asking import HOSTILE, RULES
from evals.bench.model_questions import FREE_TALK
from evals.bench.model_rows import Row
from evals.metrics import percentile


def write_tables(rows: Sequence[Row]) -> str:
    """All tables of which there are rows."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.part, []).append(row)
    tables = [_write_sides({side: parts.get(side, []) for side in words.SIDES})]
    if "assisted" in parts:
        tables.append(_write_uses(parts["assisted"]))
    hostile = {part.partition(":")[2]: found for part, found in parts.items() if part.startswith(HOSTILE)}
    if hostile:
        right = {row.id for row in parts.get(RULES, ()) if row.right}
        lines = [_write_hostile(name, found, right) for name, found in hostile.items()]
        tables.append("\n".join((words.HOSTILE, *lines)))
    return "\n\n".join(tables) + "\n"


def _write_sides(sides: Mapping[str, Sequence[Row]]) -> str:
    of_suites = {side: [row for row in rows if row.lot != FREE_TALK] for side, rows in sides.items()}
    free = {side: [row for row in rows if row.lot == FREE_TALK] for side, rows in sides.items()}
    count, count_free = (max(map(len, lots.values())) for lots in (of_suites, free))
    lines = [
        (words.RIGHT.format(count=count), [_share(row.right for row in rows) for rows in of_suites.values()]),
        (words.FIGURES, [_share(row.figures for row in rows) for rows in of_suites.values()]),
        (words.CITED, [_share(row.cited for row in rows) for rows in of_suites.values()]),
        (words.MARKED, [_share(row.marked for row in rows) for rows in of_suites.values()]),
        (words.RIGHT_FREE.format(count=count_free), [_share(row.right for row in rows) for rows in free.values()]),
        (words.FOLLOWED, [_followed(rows) for rows in sides.values()]),
        (words.WRONG, [_wrong(row.wrong for row in rows) for rows in sides.values()]),
        (words.ADDED, [_wrong(row.added for row in rows) for rows in sides.values()]),
        (words.FIRST, [_seconds(row.first_token_s for row in rows) for rows in sides.values()]),
        (words.WHOLE, [_seconds(row.seconds for row in rows) for rows in sides.values()]),
        (words.TOKENS, [_tokens(rows) for rows in sides.values()]),
    ]
    return "\n".join((words.SIDE, *(f"| {name} | {' | '.join(cells)} |" for name, cells in lines)))


def _write_uses(rows: Sequence[Row]) -> str:
    lines = []
    for task, name in words.TASKS.items():
        found = [row for row in rows if row.task == task]
        if found:
            lines.append(f"| {name} | {len(found)} | {_outcomes(found) if task else ' | '.join(['—'] * 5)} |")
    return "\n".join((words.USED, *lines))


def _write_hostile(name: str, rows: Sequence[Row], right: set[str]) -> str:
    lost = sum(row.id in right and not row.right for row in rows)
    cells = (f"`{name}`", str(len(rows)), _wrong(row.added for row in rows), str(lost))
    return f"| {' | '.join(cells)} | {_outcomes([row for row in rows if row.task])} |"


def _outcomes(rows: Sequence[Row]) -> str:
    """How often each outcome, and why the model's words were not taken."""
    counted = Counter(row.outcome for row in rows)
    why = Counter(words.FAULTS.get(row.why, row.why) for row in rows if row.why)
    cells = [f"{counted[one]} ({_percent(counted[one], len(rows))})" for one in words.OUTCOMES]
    return " | ".join((*cells, "、".join(f"{name} {count}" for name, count in why.most_common()) or words.NONE))


def _share(held: Iterable[bool | None]) -> str:
    told = [one for one in held if one is not None]
    return f"{sum(told)}/{len(told)} ({_percent(sum(told), len(told))})" if told else words.NONE


def _followed(rows: Sequence[Row]) -> str:
    told = [row.follows for row in rows if row.follows is not None]
    return f"{len(told)} / {sum(told)}" if told else words.NONE


def _wrong(figures: Iterable[Sequence[str]]) -> str:
    """Wrong figures, and in how many answers."""
    found = [*figures]
    return f"{sum(map(len, found))} ({sum(map(bool, found))})" if found else words.NONE


def _seconds(values: Iterable[float | None]) -> str:
    told = [one for one in values if one is not None]
    return f"{percentile(told, 0.5):.2f} / {percentile(told, 0.95):.2f}" if told else words.NONE


def _tokens(rows: Sequence[Row]) -> str:
    asked = [row for row in rows if row.calls]
    if not asked:
        return words.NONE
    means = (sum(row.prompt_tokens for row in asked), sum(row.reply_tokens for row in asked))
    return " / ".join(f"{total / len(asked):.0f}" for total in means)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else words.NONE
