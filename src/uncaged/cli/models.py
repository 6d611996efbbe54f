"""`uncaged models`: what can perform here, the built-in ones and one's own."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.agreeing import agreed
from uncaged.cli.opening import json_option, print_json, print_rows, studio
from uncaged.core.errors import HomeMissing, HomeUnusable
from uncaged.engines.registry import DEFAULT, engines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uncaged.engines.base import Capabilities, Engine


def _players() -> "Mapping[str, Engine]":
    """Every model; the built-in ones alone where there is no studio yet, or none that can be looked into."""
    from uncaged.studio import shelf

    try:
        with studio(looking=True) as here:
            return shelf.players(here)
    except (HomeMissing, HomeUnusable):
        return engines()


@click.group("models")
def models_command() -> None:
    """What can perform here, and with which dials."""


@models_command.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """All models."""
    players = _players()
    if as_json:
        print_json([as_record(player) for player in players.values()])
        return
    print_rows(
        [
            (name + (" *" if name == DEFAULT else ""), player.card.summary)
            for name, player in players.items()
        ]
    )
    click.echo(f"\n* is used when none is named. More: uncaged models info {DEFAULT}")


@models_command.command("info")
@click.argument("model")
@json_option
def model_info(model: str, as_json: bool) -> None:
    """The card of MODEL, what it can do, and its options."""
    player = _players().get(model) or _player(model)
    if as_json:
        print_json(as_record(player))
        return
    can = player.capabilities
    print_rows(
        [
            ("model", player.name),
            *_own(player),
            ("", player.card.summary),
            ("origin", player.card.origin),
            ("trained on", player.card.training_data),
            ("licence", player.card.licence),
            ("works", player.card.works),
            ("can", ", ".join(_abilities(player)) or "make films from words"),
            *((said, ", ".join(values)) for said, values in player.knows.items()),
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


@models_command.command("remove")
@click.argument("model")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_model(model: str, yes: bool) -> None:
    """Take MODEL, one of your own, off the shelf: its weights are gone. Works that were made with it stay."""
    from uncaged.studio import shelf

    with studio() as here:
        if not yes and not agreed(f"The weights of {model} will be gone for ever. Remove it?"):
            click.echo("It stays.")
            return
        gone = shelf.remove(here, model)
        click.echo(
            f"{gone.name} is off the shelf. The folder of its training stays, with its checkpoints:"
        )
        click.echo(f"  {here.settings.trainings}")


def _player(model: str) -> "Engine":
    from uncaged.engines.registry import engine
    from uncaged.studio import shelf

    try:
        with studio(looking=True) as here:
            return shelf.player(here, model)
    except (HomeMissing, HomeUnusable):
        return engine(model)


def _own(player: "Engine") -> list[tuple[str, str]]:
    """Of a model of one's own: whose engine performs it, and what its files are."""
    if player.hash is None:
        return []
    return [("engine", player.family), ("weights", player.hash)]


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
        "engine": player.family or player.name,
        "hash": player.hash,
        "card": {name: getattr(player.card, name) for name in player.card.__slots__},
        "capabilities": {name: getattr(can, name) for name in can.__slots__},
        "knows": {said: list(values) for said, values in player.knows.items()},
        "options": _options(player),
    }
