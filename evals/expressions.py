"""The expressions by which a gold sum is worked out: four operations, `min` and `max`, over plain numbers. Exact.

They are data, so nothing is ever run: the text is parsed, and only the few forms named here are reckoned.
"""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

LENGTH_MAX = 200  # characters; the longest of the project has 60
_FORM = re.compile(r"[\d.+\-*/(), minax]+")
_NUMBER = re.compile(r"\d+(\.\d+)?")


class ExpressionError(ValueError):
    """A text that is no such expression, or divides by zero."""


@dataclass(frozen=True, kw_only=True)
class Expression:
    """What an expression comes to, and the numbers that are written in it, in order."""

    value: Fraction
    operands: tuple[Fraction, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it is one number, and nothing is reckoned."""
        return self.operands == (self.value,)


def read_expression(text: str) -> Expression:
    """Read and reckon an expression.

    >>> read_expression("min(3 * 200000 * 0.5, 250000)").value
    Fraction(250000, 1)
    >>> read_expression("500000 / 3").operands
    (Fraction(500000, 1), Fraction(3, 1))

    Raises:
        ExpressionError: It is too long, holds anything but numbers, + - * / ( ) min max, or divides by zero.
    """
    if len(text) > LENGTH_MAX or not _FORM.fullmatch(text):
        raise ExpressionError(f"No expression: {text[:40]!r}. Next: numbers, + - * / ( ), min and max only.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        operands: list[Fraction] = []
        return Expression(value=_reckon(tree, text.strip(), operands), operands=tuple(operands))
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"No expression: {text[:40]!r}. Next: check its brackets and signs.") from error
    except ZeroDivisionError as error:
        raise ExpressionError(f"{text[:40]!r} divides by zero. Next: correct the divisor.") from error


def fen_of(value: Fraction) -> Decimal:
    """A sum in yuan as it is paid: rounded half up to the fen.

    >>> fen_of(Fraction(500000, 3)), fen_of(Fraction(1, 200))
    (Decimal('166666.67'), Decimal('0.01'))
    """
    return Decimal((value * 200 + 1) // 2) / 100


def _reckon(node: ast.expr, text: str, operands: list[Fraction]) -> Fraction:
    """The value of a node; its numbers are taken from the text, as 0.1 is none once it is a float."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            first = _reckon(left, text, operands)
            return _SIGNS[type(op)](first, _reckon(right, text, operands))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CHOICES and len(args) > 1:
            return _CHOICES[name]([_reckon(one, text, operands) for one in args])
        case ast.Constant():
            written = ast.get_source_segment(text, node) or ""
            if _NUMBER.fullmatch(written):
                operands.append(Fraction(written))
                return operands[-1]
    raise ExpressionError(f"No expression: {text[:40]!r}. Next: numbers, + - * / ( ), min and max only.")


_SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = MappingProxyType(
    {
        ast.Add: lambda first, second: first + second,
        ast.Sub: lambda first, second: first - second,
        ast.Mult: lambda first, second: first * second,
        ast.Div: lambda first, second: first / second,
    }
)
_CHOICES: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = MappingProxyType({"min": min, "max": max})
