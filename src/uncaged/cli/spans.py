"""Lengths of time on the command line: `3h`, `90m`, `1h30m`, `2d`. Knows no command."""

import re
from typing import Any

import click

_PART = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(s|min|m|h|d)")
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


class Span(click.ParamType[float, str]):
    """Seconds, written with their units."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, float | int):
            return float(value)
        text = str(value).strip().lower()
        parts = _PART.findall(text)
        if not parts or _PART.sub("", text).strip():
            self.fail(f"{value!r} is no length of time. Say 3h, 90m or 1h30m.", param, ctx)
        return float(sum(float(number) * _UNITS[unit] for number, unit in parts))


SPAN = Span()
