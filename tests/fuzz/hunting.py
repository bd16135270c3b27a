"""A bounded hunt in a test: what it found is shown with the inputs, so that it can be kept as a case."""

from evals.fuzz.targets import Target, hunt

NO_LIMIT_S = 600.0  # the number of inputs bounds a test, the clock only a hang


def hunt_down(target: Target, most: int, seed: int = 0) -> None:
    """Try so many made-up inputs; fail with the first of each kind that is broken."""
    came = hunt(target, seconds=NO_LIMIT_S, most=most, seed=seed)
    found = [f"{kind}\n  {kept[0].text!r}\n  {kept[0].detail}" for kind, kept in came.kinds.items()]
    assert not found, "\n".join(found)
    assert came.tried == most
