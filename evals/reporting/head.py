"""The first thing that a reader of the report sees: whether the run holds, in a sentence."""

from dataclasses import dataclass
from shlex import join

from evals.reporting import wording
from evals.reporting.finding import Finding, VerdictName, verdict_of
from evals.reporting.written import clip, percent
from evals.runs import RunConfig


@dataclass(frozen=True, kw_only=True)
class Head:
    """The verdict, and what has to be known to read it right."""

    verdict: VerdictName
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


def show_head(finding: Finding) -> Head:
    """The verdict of a run for people."""
    config, verdict = finding.run.config, verdict_of(finding)
    sentences = []
    if finding.gate.is_regression:
        sentences.append(wording.REGRESSION.format(against=clip(finding.against, 120), what=_lost(finding)))
    if finding.gate.below:
        sentences.append(wording.BELOW.format(below="；".join(_below(finding))))
    if verdict == "holds":
        sentences.append(wording.HOLDS.format(against=clip(finding.against, 120)))
    if verdict == "no_baseline":
        sentences.append(wording.NO_BASELINE)
    notes = [wording.ONLY_PART.format(filters=clip(" ".join(config.filters), 120))] if config.filters else []
    if finding.run.stale:
        notes.append(wording.STALE.format(count=finding.run.stale))
    return Head(verdict=verdict, sentences=tuple(sentences), notes=tuple(notes))


def _lost(finding: Finding) -> str:
    """What became worse."""
    comparison = finding.comparison
    if comparison is None:
        return ""
    gone = sum(one.is_right for one in comparison.gone)
    counts = (
        (wording.LOST_FALSE, len(comparison.newly_false)),
        (wording.LOST_WRONG, len(comparison.newly_wrong)),
        (wording.LOST_GONE, gone),
    )
    return "，".join(sentence.format(count=count) for sentence, count in counts if count)


def _below(finding: Finding) -> list[str]:
    shares = {one.name: one.right for one in finding.summary.suites}
    return [
        wording.BELOW_ONE.format(suite=clip(suite, 60), percent=percent(shares[suite]), least=f"{least:f}")
        for suite, least in finding.gate.below
    ]


def command_of(config: RunConfig) -> str:
    """The command that runs the same again, words quoted as a shell wants them."""
    parts = ["jiangbu", "eval", "run", *(one.given for one in config.suites)]
    parts += [part for one in config.filters for part in ("--filter", one)]
    parts += ["--repeat", str(config.repeat)] if config.repeat > 1 else []
    parts += ["--engine", config.engine] if config.engine != "rules" else []
    parts += ["--as-of", config.as_of.isoformat()] if config.as_of else []
    return clip(join(parts), 2000)
