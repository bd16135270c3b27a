"""What chance may do to a share: its interval, and whether a split is uneven. The only door to scipy's statistics."""


def wilson(part: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, in percent; `n` is 1 or more.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).

    >>> tuple(round(end, 1) for end in wilson(95, 100))
    (88.8, 97.8)
    """
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # scipy ships no types

    interval = binomtest(part, n).proportion_ci(method="wilson")
    return 100 * float(interval.low), 100 * float(interval.high)


def uneven(one: int, other: int) -> float:
    """How likely a split as uneven as this is, when either side is as likely (exact, two-sided).

    Source: Q. McNemar, Note on the sampling error of the difference between correlated proportions, Psychometrika 12
    (1947), in its exact form.

    >>> uneven(10, 0)
    0.001953125
    """
    from scipy.stats import binomtest

    return float(binomtest(one, one + other).pvalue)
