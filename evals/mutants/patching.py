"""A piece of the program replaced by a broken one, wherever it is known by name, and put back afterwards.

`from module import name` makes a second name for the same thing, so a function is replaced under every name that it
has in our packages, those of modules that are only loaded meanwhile included. What was reckoned before and kept is
forgotten on the way in and on the way out. One thread at a time may patch; answering may use several.
"""

import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

PACKAGES = ("assistant", "corpus", "index")  # what is put to the test; what judges it is never replaced


class MutantError(RuntimeError):
    """A mutant that cannot be made: what it breaks is no longer there. The message says what to do next."""


@dataclass(frozen=True, kw_only=True)
class Patch:
    """One replacement.

    `target` is `package.module:name` or `package.module:Class.name`; `broken` takes what is there and gives what stands
    in: of a function or method another one, of a property another getter, of anything else another value.
    """

    target: str
    broken: Callable[[Any], Any]


@contextmanager
def patched(patches: Sequence[Patch]) -> Iterator[None]:
    """Replace for the time of the block, in order; everything is as before afterwards, also after an error.

    Raises:
        MutantError: A target is not there; or, after the block, one that can be called never was.
    """
    unreached = {patch.target for patch in patches}
    with ExitStack() as stack:
        stack.callback(forget)
        for patch in patches:
            stack.enter_context(_replaced(patch, functools.partial(unreached.discard, patch.target)))
        forget()
        yield
    if unreached:
        raise MutantError(
            f"Nothing went through {', '.join(sorted(unreached))} while it was replaced. Next: aim the mutant at what "
            "the assistant uses now."
        )


def forget() -> None:
    """Empty every cache of our packages: what it holds may come from the other side of a replacement."""
    for module in _modules():
        for value in list(vars(module).values()):
            clear = getattr(value, "cache_clear", None)
            if callable(clear):
                clear()


@contextmanager
def _replaced(patch: Patch, reached: Callable[[], None]) -> Iterator[None]:
    owner, name, found = _find(patch.target)
    stands_in = _stand_in(found, patch.broken, reached)
    shared = isinstance(owner, ModuleType) and callable(found)  # a value is another module's own affair
    setattr(owner, name, stands_in)
    if shared:
        _swap(found, stands_in)
    try:
        yield
    finally:
        setattr(owner, name, found)
        if shared:
            _swap(stands_in, found)


def _find(target: str) -> tuple[Any, str, Any]:
    """The module or class that holds a target, the target's name there, and the target itself."""
    where, _, path = target.partition(":")
    *outer, name = path.split(".")
    try:
        owner: Any = import_module(where)
        for one in outer:
            owner = getattr(owner, one)
        return owner, name, vars(owner)[name]
    except (ImportError, AttributeError, KeyError, TypeError) as error:
        raise MutantError(
            f"Cannot replace {target}: it is not there ({type(error).__name__}: {error}). Next: name where it is now."
        ) from error


def _stand_in(found: Any, broken: Callable[[Any], Any], reached: Callable[[], None]) -> Any:  # noqa: ANN401
    """What takes the place of what was found; a function tells when it is reached, a value is so by being there."""
    if isinstance(found, property):
        return property(_telling(broken(found.fget), reached))
    if callable(found):
        return functools.wraps(found)(_telling(broken(found), reached))
    reached()
    return broken(found)


def _telling(function: Callable[..., Any], reached: Callable[[], None]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function's
        reached()
        return function(*arguments, **named)

    return call


def _swap(old: object, new: object) -> None:
    """Put one thing in place of another under all its names in our modules."""
    for module in _modules():
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)


def _modules() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in PACKAGES]
