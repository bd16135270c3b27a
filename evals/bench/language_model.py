"""`python -m evals.bench.language_model`: what a language model adds to the rules engine, and what it cannot do.

The same questions four times: to the rules engine alone, with the model of an endpoint beside it, to the textbook chain
with that model, and with hostile endpoints in its place. With `-o FILE` each answer is kept in FILE as it comes, and a
run that was cut off goes on where it was; answers are asked for anew when the model or a prompt is another.

`make llm` serves a small real model here; without an endpoint only the rules engine and the hostile part are run.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from tqdm import tqdm

from assistant.config import Settings, load_settings
from assistant.llm import Bounds, Endpoint
from evals.bench.model_asking import (
    ASSAULTS,
    ASSISTED,
    HOSTILE,
    RULES,
    Desk,
    Part,
    Recording,
    assisted_part,
    hostile_part,
    rules_part,
)
from evals.bench.model_questions import COUNT, Asked, chosen_questions, free_questions
from evals.bench.model_rows import Kept, Row
from evals.bench.model_tables import write_tables
from evals.bench.textbook import open_textbook
from evals.bench.textbook_rag import TEXTBOOK, textbook_part
from evals.loading import Sources
from evals.progress import show_progress
from evals.under_test import HOME, open_under_test
from index import open_embedder

PARTS = (RULES, ASSISTED, TEXTBOOK, HOSTILE)
NO_ENDPOINT = "No language model: {parts} left out. Next: `make llm`, then --base-url and --model.\n"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is asked, of whom, how far each may go, and where the answers are kept."""

    questions: Sequence[Asked]
    parts: Sequence[str]
    endpoint: Endpoint | None
    bounds: Bounds
    kept: Kept

    def run(self) -> Iterator[Row]:
        """All rows, part by part, kept ones too; the rules engine is always asked: the others are held against it."""
        with ExitStack() as opened:
            for part in self._open(opened):
                for asked in tqdm(self.questions, desc=part.name, unit="题", disable=not sys.stderr.isatty()):
                    if part.name == RULES:
                        yield part.ask(asked)  # takes no time, so it is never kept
                    elif (kept := self.kept.find(part.name, part.under, asked.probe.question)) is not None:
                        yield part.judge_anew(asked, kept)
                    else:
                        yield self.kept.add(part.ask(asked))

    def _open(self, opened: ExitStack) -> Iterator[Part]:
        to = opened.enter_context(open_under_test(Settings(home=HOME)))
        desk = Desk(assistant=Recording(to.index), sources=Sources(to.index.documents))
        yield rules_part(desk)
        if ASSISTED in self.parts and self.endpoint is not None:
            yield assisted_part(desk, self.endpoint, self.bounds)
        if TEXTBOOK in self.parts and self.endpoint is not None:
            embedder = open_embedder(Settings(home=HOME).embedding_model, home=HOME)
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="jiangbu-textbook-")))
            chunks = open_textbook(to.index.documents, embedder, folder).dense
            yield textbook_part(chunks, desk.sources, self.endpoint, self.bounds)
        for behaviour in ASSAULTS if HOSTILE in self.parts else ():
            yield opened.enter_context(hostile_part(desk, behaviour))


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print the tables; 1 when a model brought a wrong figure to a user of ours."""
    options = _read(arguments)
    endpoint = _endpoint(options, load_settings())
    parts = options.part or PARTS
    if endpoint is None and (missed := [one for one in (ASSISTED, TEXTBOOK) if one in parts]):
        sys.stderr.write(NO_ENDPOINT.format(parts=", ".join(missed)))
    show_progress()
    comparison = Comparison(
        questions=[*chosen_questions(options.questions), *free_questions()],
        parts=parts,
        endpoint=endpoint,
        bounds=Bounds(first_token_s=options.first_token_s, total_s=options.total_s, reply_tokens=options.reply_tokens),
        kept=Kept(options.output),
    )
    rows = list(comparison.run())
    sys.stdout.write(write_tables(rows))
    return int(any(row.added for row in rows if row.part != TEXTBOOK))


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.language_model", description=__doc__.split("\n")[0])
    parser.add_argument("--base-url", metavar="URL", help="OpenAI-compatible endpoint (default: as configured)")
    parser.add_argument("--model", metavar="NAME", help="its model (default: as configured)")
    parser.add_argument("--questions", type=int, default=COUNT, metavar="N", help=f"of the suites (default: {COUNT})")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this; may be given several times")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="keep the answers here, one a line; resumes")
    # On two cores a small model needs half a minute before its first word.
    parser.add_argument("--first-token-s", type=float, default=120.0, metavar="S")
    parser.add_argument("--total-s", type=float, default=240.0, metavar="S")
    parser.add_argument("--reply-tokens", type=int, default=200, metavar="N")
    return parser.parse_args(arguments)


def _endpoint(options: argparse.Namespace, settings: Settings) -> Endpoint | None:
    """The endpoint that is named, else the configured one; a configured key goes to the configured address alone."""
    address, model = options.base_url or settings.llm_base_url, options.model or settings.llm_model
    if address is None or model is None:
        return None
    key = settings.llm_api_key if address == settings.llm_base_url else None
    return Endpoint(model=model, base_url=address, api_key=key or SecretStr(""))


if __name__ == "__main__":
    sys.exit(main())
