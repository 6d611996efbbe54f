"""Numbers on the command line, read as everywhere else: `1_0` and digits of other scripts are none.

Knows no command.
"""

from collections.abc import Callable
from typing import Any

import click

from uncaged.core import numbers


class _Whole(click.types.IntParamType):
    """A whole number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_read(self, numbers.whole, value, param, ctx), param, ctx)


class _Number(click.types.FloatParamType):
    """A number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_read(self, numbers.number, value, param, ctx), param, ctx)


class Whole(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_read(self, numbers.whole, value, param, ctx), param, ctx)


class Number(click.FloatRange):
    """A number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_read(self, numbers.number, value, param, ctx), param, ctx)


def _read(
    wanted: click.ParamType[Any, Any],
    read: Callable[[str], object],
    value: Any,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> Any:
    """The value as it is, once it is seen to be a number; click says what is wrong with any other."""
    if isinstance(value, str):
        try:
            read(value)
        except ValueError:
            wanted.fail(f"{value!r} is not a valid {wanted.name}.", param, ctx)
    return value


WHOLE, NUMBER = _Whole(), _Number()
"""Without bounds."""
