"""`uncaged models`: what can perform here."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.opening import json_option, print_json, print_rows
from uncaged.engines.registry import DEFAULT, engine, engines

if TYPE_CHECKING:
    from uncaged.engines.base import Capabilities, Engine


@click.group("models")
def models_command() -> None:
    """What can perform here, and with which dials."""


@models_command.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """All models."""
    if as_json:
        print_json([as_record(player) for player in engines().values()])
        return
    print_rows(
        [
            (name + (" *" if name == DEFAULT else ""), player.card.summary)
            for name, player in engines().items()
        ]
    )
    click.echo(f"\n* is used when none is named. More: uncaged models info {DEFAULT}")


@models_command.command("info")
@click.argument("model")
@json_option
def model_info(model: str, as_json: bool) -> None:
    """The card of MODEL, what it can do, and its options."""
    player = engine(model)
    if as_json:
        print_json(as_record(player))
        return
    can = player.capabilities
    print_rows(
        [
            ("model", player.name),
            ("", player.card.summary),
            ("origin", player.card.origin),
            ("trained on", player.card.training_data),
            ("licence", player.card.licence),
            ("works", player.card.works),
            ("can", ", ".join(_abilities(player)) or "make films from words"),
            ("sizes", _sizes(can)),
            ("seconds", " to ".join(dict.fromkeys(f"{end:g}" for end in can.seconds))),
        ]
    )
    click.echo("\nOptions (--option name=value; a dial has a suggested range and no clamp)")
    print_rows([(name, _option(row)) for name, row in _options(player).items()])


def _sizes(can: "Capabilities") -> str:
    if can.sizes:
        return ", ".join(f"{wide}x{high}" for wide, high in can.sizes)
    return f"{can.sides[0]} to {can.sides[1]} pixels a side, any aspect"


def _abilities(player: "Engine") -> list[str]:
    can = player.capabilities
    words = {
        "pictures": can.pictures,
        "positions": can.position,
        "your own words": can.lexicons,
        "loops": can.loop,
        "exact repetition": can.exact,
        "strokes for a pen": can.strokes,
    }
    return [word for word, able in words.items() if able]


def _options(player: "Engine") -> dict[str, dict[str, Any]]:
    return player.options.model_json_schema().get("properties", {})


def _option(row: dict[str, Any]) -> str:
    unit = f" {row['unit']}" if row.get("unit") else ""
    if "suggested" in row:
        low, high = row["suggested"]
        return (
            f"{row['default']:g}{unit}, suggested {low:g} … {high:g}. {row.get('description', '')}"
        )
    choices = f", one of {', '.join(row['enum'])}" if "enum" in row else ""
    return f"{row.get('default')}{choices}. {row.get('description', '')}"


def as_record(player: "Engine") -> dict[str, Any]:
    """A model for programs."""
    can = player.capabilities
    return {
        "name": player.name,
        "default": player.name == DEFAULT,
        "card": {name: getattr(player.card, name) for name in player.card.__slots__},
        "capabilities": {name: getattr(can, name) for name in can.__slots__},
        "options": _options(player),
    }
