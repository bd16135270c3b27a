"""Models that do as they are told, so that what is refused is refused for a reason."""

from evals.hostile.protocol import Asked, Reply, restate, tool_call, words

OPENING, LINK = "您好，关于您问到的事项，具体规定如下：", "条文原文请看："


def fair_lines(asked: Asked) -> list[str]:
    """As many lines as are asked for, which say nothing."""
    return [OPENING, *(LINK for _ in range(asked.lines - 1))]


def echo(asked: Asked) -> Reply:
    """Words fairly, and restates as its script says; without a script there is nothing to restate."""
    if asked.frames:
        return restate(asked.restated) if asked.restated else tool_call("Nothing", {})
    return words("\n".join(fair_lines(asked)))


def looks_about(asked: Asked) -> Reply:
    """Uses each of two tools before it restates."""
    used = asked.tools_used
    if not asked.frames or used > 1:
        return echo(asked)
    return tool_call("list_regions", {}) if used == 0 else tool_call("search_clauses", {"text": asked.question[:200]})


def mends(asked: Asked) -> Reply:
    """Writes a figure at first, and fairly once it is told of it."""
    if asked.is_repair:
        return echo(asked)
    return restate("奖励一千万元") if asked.frames else words("奖励一千万元")


def tells_plainly(asked: Asked) -> Reply:
    """Knows no tools: says in words what it would have filled in."""
    return words(f"Restated：{asked.restated}") if asked.frames and asked.restated else echo(asked)
