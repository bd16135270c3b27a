"""Sums of money in the words of documents and people: 50万元, 8000元, 166,666.67元."""

from decimal import Decimal

from assistant import messages
from corpus.awards import Amount, AmountKind

MYRIAD = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
FEN = Decimal("0.01")


def say_yuan(yuan: Decimal) -> str:
    """A sum as documents print it; exact to the fen.

    >>> say_yuan(Decimal(500000)), say_yuan(Decimal(75000)), say_yuan(Decimal(8000)), say_yuan(Decimal("166666.67"))
    ('50万元', '7.5万元', '8000元', '166,666.67元')
    """
    if yuan >= HUNDRED_MILLION and yuan % MYRIAD == 0:
        return f"{_short(yuan / HUNDRED_MILLION)}亿元"
    if yuan >= MYRIAD and yuan % 100 == 0:
        return f"{_short(yuan / MYRIAD)}万元"
    if yuan == yuan.to_integral_value():
        return f"{yuan:f}元" if yuan < MYRIAD else f"{yuan:,.0f}元"
    return f"{yuan.quantize(FEN):,f}元"


def plain(yuan: Decimal) -> Decimal:
    """The same sum without needless zeros.

    >>> plain(Decimal("35000.00")), plain(Decimal("166666.67"))
    (Decimal('35000'), Decimal('166666.67'))
    """
    return yuan.to_integral_value() if yuan == yuan.to_integral_value() else yuan.normalize()


def _short(number: Decimal) -> str:
    whole = number.to_integral_value()
    return f"{whole:f}" if number == whole else f"{number.normalize():f}"


def say_rate(rate: Decimal) -> str:
    """A ratio as a percentage.

    >>> say_rate(Decimal("0.5")), say_rate(Decimal("0.075"))
    ('50%', '7.5%')
    """
    return f"{_short(rate * 100)}%"


def say_amount(amount: Amount) -> str:
    """How much, with what kind of sum it is: a ceiling never reads like a fixed sum."""
    if amount.kind is AmountKind.RATE or amount.yuan is None:
        share = messages.SHARE_OF.format(base=amount.base, rate=say_rate(amount.rate or Decimal(0)))
        return share + (messages.AT_MOST.format(sum=say_yuan(amount.ceiling)) if amount.ceiling else "")
    if amount.kind is AmountKind.RANGE and amount.low is not None:
        return messages.FROM_TO.format(low=say_yuan(amount.low), high=say_yuan(amount.yuan))
    said = say_yuan(amount.yuan)
    return messages.CEILING.format(sum=said) if amount.kind is AmountKind.CAP else said
