"""Sums of money in the words of documents and people: 50万元, 8000元, 166,666.67元."""

from decimal import Decimal

from assistant import messages
from assistant.claims import Money
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


def say_money(money: Money) -> str:
    """What a calculation came to; a ceiling and a range never read like a fixed sum.

    >>> say_money(Money(yuan=Decimal(300000), kind=AmountKind.CAP))
    '不超过30万元（上限，不是定额）'
    """
    if money.kind is AmountKind.RANGE and money.low is not None:
        return messages.FROM_TO.format(low=say_yuan(money.low), high=say_yuan(money.yuan))
    said = say_yuan(money.yuan)
    return said if money.kind is AmountKind.EXACT else messages.CEILING.format(sum=said)


def say_expression(expression: str) -> str:
    """An expression of yuan and factors as people write it.

    >>> say_expression("500000 / 3"), say_expression("min(1100000, 500000)")
    ('50万元÷3', '110万元与50万元取低')
    """
    for name, word in (("min", messages.LOWER_OF), ("max", messages.HIGHER_OF)):
        if expression.startswith(f"{name}("):
            terms = expression[len(name) + 1 : -1].split(", ")
            return messages.AND.join(_term(term, money=True) for term in terms) + word
    parts = expression.split(" ")
    signs = {"*": "×", "/": "÷", "+": "＋", "-": "－"}
    adds = any(part in "+-" for part in parts)
    return "".join(signs.get(part) or _term(part, money=adds or at == 0) for at, part in enumerate(parts))


def _term(term: str, *, money: bool) -> str:
    number = Decimal(term)
    if money:
        return say_yuan(number)
    return say_rate(number) if number < 1 else f"{number:f}"


def say_amount(amount: Amount) -> str:
    """How much, with what kind of sum it is: a ceiling never reads like a fixed sum."""
    if amount.kind is AmountKind.RATE or amount.yuan is None:
        share = messages.SHARE_OF.format(base=amount.base, rate=say_rate(amount.rate or Decimal(0)))
        return share + (messages.AT_MOST.format(sum=say_yuan(amount.ceiling)) if amount.ceiling else "")
    if amount.kind is AmountKind.RANGE and amount.low is not None:
        return messages.FROM_TO.format(low=say_yuan(amount.low), high=say_yuan(amount.yuan))
    said = say_yuan(amount.yuan)
    return messages.CEILING.format(sum=said) if amount.kind is AmountKind.CAP else said
