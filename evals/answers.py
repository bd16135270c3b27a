"""`python -m evals.answers [SET …] [-v] [--json FILE]`: ask labelled questions and say how many answers are right.

Sets are `answers`, `conversations`, `further` and `wordings`; without any, all four. With `-v` each wrong answer in two
lines first. What the figures mean stands in `evals/README.md`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from evals.asking import JudgedAnswer, as_asked, ask_all, each_wording, open_assistant
from evals.cases import (
    AS_OF,
    load_answer_cases,
    load_conversation_cases,
    load_further_cases,
    load_wording_cases,
)
from evals.progress import show_progress
from evals.report import Figure, align_columns
from evals.scoring import RULES
from evals.wordings import WordingScore, group_wordings, score_wordings, write_wordings

SETS = ("answers", "conversations", "further", "wordings")
SHOWN_CHARACTERS = 100  # of a question and of an answer
HOME = Path(sys.prefix) / "share" / "jiangbu" / "evals"  # kept from run to run: vectors are made once


@dataclass(frozen=True, kw_only=True)
class SetScore:
    """The judged answers of one set; for wordings also how the wordings of one question agree."""

    name: str
    judged: tuple[JudgedAnswer, ...]
    wordings: WordingScore | None = None

    @property
    def right(self) -> int:
        """How many answers keep every rule."""
        return sum(one.verdict.is_right for one in self.judged)

    @property
    def wrong_amounts(self) -> int:
        """How many answers state a sum that they should not."""
        return sum(bool(one.verdict.wrong_amounts) for one in self.judged)

    @property
    def withheld(self) -> int:
        """How many questions got an apology in place of an answer."""
        return sum(one.verdict.is_withheld for one in self.judged)


def score_set(assistant: Assistant, name: str) -> SetScore:
    """Ask all questions of a set and judge the answers."""
    if name == "wordings":
        worded = load_wording_cases()
        judged = ask_all(assistant, [asked for case in worded for asked in each_wording(case)], name)
        return SetScore(name=name, judged=tuple(judged), wordings=score_wordings(group_wordings(judged)))
    if name == "further":
        cases = load_further_cases()
    else:
        cases = load_answer_cases() if name == "answers" else load_conversation_cases()
    return SetScore(name=name, judged=tuple(ask_all(assistant, [as_asked(case) for case in cases], name)))


def measure_answers(home: Path) -> list[Figure]:
    """The share of right answers of each set; for wordings, of questions that are right in every wording."""
    with open_assistant(home) as assistant:
        return [_figure_of(score_set(assistant, name)) for name in SETS]


def _figure_of(score: SetScore) -> Figure:
    beside = f"{score.wrong_amounts} state a wrong amount, {score.withheld} withheld"
    found = score.wordings
    if found is not None:
        note = f"{found.all_stated} of {found.n} questions; of {len(score.judged)} wordings {beside}"
        return Figure(
            name="questions right in all five wordings", value=100 * found.all_stated / found.n, unit="%", note=note
        )
    total = len(score.judged)
    note = f"{score.right} of {total}; {beside}"
    return Figure(name=f"{score.name} right", value=100 * score.right / total, unit="%", note=note)


def write_score(score: SetScore) -> str:
    """The score of a set as tables: by type, the rules that were broken, and the wordings where there are any."""
    types = sorted({one.asked.type for one in score.judged})
    rows = [[score.name, "right", "", "wrong amounts", "withheld"]]
    for type_ in types:
        some = tuple(one for one in score.judged if one.asked.type == type_)
        rows.append(_row(type_, SetScore(name=type_, judged=some)))
    rows.append(_row("all", score))
    applied = Counter(name for one in score.judged for name in one.verdict.kept)
    broken = Counter(name for one in score.judged for name in one.verdict.broken)
    rules = ", ".join(f"{name} {applied[name] - broken[name]}/{applied[name]}" for name in RULES if applied[name])
    tables = [f"{align_columns(rows)}\nkept: {rules}\n"]
    if score.wordings is not None:
        tables.append(write_wordings(score.wordings))
    return "\n".join(tables)


def _row(name: str, score: SetScore) -> list[str]:
    share = f"{100 * score.right / len(score.judged):.1f} %"
    return [name, f"{score.right}/{len(score.judged)}", share, str(score.wrong_amounts), str(score.withheld)]


def describe_wrong(judged: Sequence[JudgedAnswer]) -> Iterator[str]:
    """Two lines for each answer that is not right: the question with the rules it breaks, and gold beside answer."""
    for one in judged:
        if one.verdict.is_right:
            continue
        asked, answer = one.asked, one.answer
        question = " / ".join((*asked.question.history, asked.question.question))
        yield f"{asked.question.id} {asked.type}: {', '.join(one.verdict.broken)} | {_cut(question)}"
        gold = ", ".join(f"{yuan:f}" for yuan in asked.gold.yuan) or "no amount"
        kind = f" {asked.gold.kind}" if asked.gold.kind else ""
        stated = ", ".join(f"{amount.yuan:f} {amount.kind}" for amount in answer.amounts) or "no amount"
        got = f"{answer.status} {stated}: {_cut(answer.answer)}"
        yield f"    gold {asked.gold.status} {gold}{kind} | got {got}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


def describe_set(score: SetScore) -> dict[str, Any]:
    """The score of a set for programs: counts, and a row for each question; sums as strings of yuan."""
    return {
        "right": score.right,
        "total": len(score.judged),
        "wrong_amounts": score.wrong_amounts,
        "withheld": score.withheld,
        **({} if score.wordings is None else {"wordings": score.wordings.as_json()}),
        "rows": [
            {
                "id": one.asked.question.id,
                "type": one.asked.type,
                "right": one.verdict.is_right,
                "broken": list(one.verdict.broken),
                "wrong_amounts": [f"{yuan:f}" for yuan in one.verdict.wrong_amounts],
                "answer": one.answer.model_dump(mode="json", exclude={"elapsed_ms"}),
            }
            for one in score.judged
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of the sets; 0 when they could be asked, however the answers are."""
    parser = argparse.ArgumentParser(prog="python -m evals.answers", description="Score answers to labelled questions.")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"{', '.join(SETS)} (default: all)")
    parser.add_argument("-v", "--verbose", action="store_true", help="first say of each wrong answer what is wrong")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every answer and its score to this file, too")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.sets if name not in SETS]:
        parser.error(f"there is no set {', '.join(unknown)}. Next: choose from {', '.join(SETS)}.")
    show_progress()
    with open_assistant(HOME) as assistant:
        scores = [score_set(assistant, name) for name in dict.fromkeys(options.sets or SETS)]
    if options.json is not None:
        report = {"as_of": AS_OF.isoformat(), "sets": {score.name: describe_set(score) for score in scores}}
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for score in scores:
        if options.verbose:
            sys.stdout.writelines(f"{line}\n" for line in describe_wrong(score.judged))
        sys.stdout.write(f"{write_score(score)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
