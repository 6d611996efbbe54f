"""`uncaged models`: what can perform here, the built-in ones and one's own. See `adding` and `shelving`."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import counted, sized
from uncaged.cli import adding, measuring, remoting, shelving, which
from uncaged.cli.adapters import adapter_record, adapter_row, adapter_rows
from uncaged.cli.agreeing import agreed
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio, typed
from uncaged.core.errors import HomeMissing, HomeUnusable
from uncaged.engines.registry import DEFAULT, engines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uncaged.core.errors import ModelNotAllowed
    from uncaged.engines.base import Capabilities, Engine
    from uncaged.queue.licensing import Licensed
    from uncaged.studio.held import Held


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Every model, and of the studio's own where their files lie."""

    players: "Mapping[str, Engine]"
    held: "Mapping[str, Held]"
    refused: "Mapping[str, ModelNotAllowed]"

    def licensed(self, name: str) -> "Licensed":
        """What a model's or an adapter's card says of its licence."""
        from uncaged.studio import allowing

        own = self.held.get(name)
        return allowing.wanted(self.players[name] if own is None else own.model).licensed

    def of_licence(self, word: str) -> "_Shelf":
        """Those alone that come under a licence of this name, or that say so."""
        players = {n: one for n, one in self.players.items() if self.licensed(n).says(word)}
        held = {n: one for n, one in self.held.items() if self.licensed(n).says(word)}
        return _Shelf(players, held, self.refused)


def _shelf() -> _Shelf:
    """The built-in models alone where there is no studio yet, or none that can be looked into."""
    from uncaged.studio import allowing, shelf
    from uncaged.studio.held import held

    try:
        with studio(looking=True) as here:
            return _Shelf(shelf.players(here), held(here), allowing.refused(here))
    except (HomeMissing, HomeUnusable):
        return _Shelf(engines(), {}, {})


@click.group("models")
def models_command() -> None:
    """What can perform here, and with which dials."""


@models_command.command("list")
@click.option(
    "--licence",
    metavar="WORDS",
    help='Those alone that come under it, or say so: Apache-2.0, "research only", non-commercial, undisclosed.',
)
@json_option
def list_models(licence: str | None, as_json: bool) -> None:
    """All models, and which of them the house's policy does not let you make with."""
    here = _shelf()
    if licence is not None:
        here = here.of_licence(licence)
    adapters = {name: one for name, one in here.held.items() if one.model.is_adapter}
    if as_json:
        records = [_record(player, here.held) for player in here.players.values()]
        records += [adapter_record(one) for one in adapters.values()]
        print_json([one | _refusal(here, one["name"]) for one in records])
        return
    if licence is not None and not here.players and not adapters:
        click.echo(f"Nothing here comes under {licence}.")
        return
    print_rows(
        [
            (
                name + (" *" if name == DEFAULT else ""),
                f"{player.card.summary}\n{_can(player)}{_in_short(here, name)}",
            )
            for name, player in here.players.items()
        ]
    )
    if adapters:
        click.echo("\nAdapters, each on top of a model (--adapter NAME=WEIGHT)")
        print_rows([adapter_row(here.held[name], _in_short(here, name)) for name in adapters])
    click.echo(f"\n* is used when none is named. More: {called()} models info {DEFAULT}")
    _tell_families()


def _can(player: "Engine") -> str:
    """What it can beside films from words, in a line."""
    return f"can: {', '.join(['films from words', *_abilities(player)])}"


def _in_short(here: _Shelf, name: str) -> str:
    """Of a model of one's own how large it is, where it lies, and what it lacks; a line each."""
    said = here.refused.get(name)
    why = "" if said is None else f"\n{said.message}"
    found = here.held.get(name)
    if found is None:
        return why
    places = ", ".join(found.folders)
    lines = [f"{sized(found.bytes)} in {places}" if places else sized(found.bytes)]
    if found.lost:
        lines.append(f"{counted(found.lost, 'file')} missing: {called()} models add FOLDER")
    if found.lacks:
        lines.append(f"It performs once you type: {typed(found.lacks)}")
    return "".join(f"\n{line}" for line in lines) + why


def _refusal(here: _Shelf, name: str) -> dict[str, Any]:
    """For programs: why the house lets whoever asks not make with it; null where it does."""
    why = here.refused.get(name)
    return {"refused": None if why is None else why.message}


def _tell_families() -> None:
    """To which families models made elsewhere can belong, and which of them lack something."""
    from uncaged.studio.adding import takes

    found = takes()
    if not found:
        return
    click.echo(f"Models made elsewhere: {called()} models add FOLDER, of {', '.join(found)}.")
    for command in dict.fromkeys(player.lacks for player in found.values() if player.lacks):
        names = ", ".join(name for name, player in found.items() if player.lacks == command)
        click.echo(f"{names}: performed once you type {typed(command)}")


@models_command.command("info")
@click.argument("model")
@json_option
def model_info(model: str, as_json: bool) -> None:
    """The card of MODEL, what it can do, and its options."""
    here = _shelf()
    held = here.held.get(model)
    if held is not None and held.model.is_adapter:
        if as_json:
            print_json(adapter_record(held) | _refusal(here, model))
        else:
            print_rows(adapter_rows(held) + _why_not(here, model))
        return
    player = here.players.get(model) or _player(model)
    if as_json:
        print_json(_record(player, here.held) | _refusal(here, player.name))
        return
    can = player.capabilities
    print_rows(
        [
            ("model", player.name),
            ("", player.card.summary),
            *_own(player, here.held.get(player.name)),
            *([("lacks", typed(player.lacks))] if player.lacks else []),
            ("origin", player.card.origin),
            ("trained on", player.card.training_data),
            ("licence", player.card.licence),
            *_asks(here.held.get(player.name)),
            *_why_not(here, player.name),
            ("works", player.card.works),
            ("can", ", ".join(_abilities(player)) or "make films from words"),
            *((said, ", ".join(values)) for said, values in player.knows.items()),
            ("sizes", _sizes(can)),
            ("seconds", " to ".join(dict.fromkeys(f"{end:g}" for end in can.seconds))),
            *measuring.rows(measuring.found(player)),
        ]
    )
    click.echo("\nOptions (--option name=value; a dial has a suggested range and no clamp)")
    print_rows([(name, _option(row)) for name, row in _options(player).items()])


def _why_not(here: _Shelf, name: str) -> list[tuple[str, str]]:
    """Why the house lets whoever asks not make with it, and who decides."""
    why = here.refused.get(name)
    return [] if why is None else [("not for you", f"{why.message}\n{why.hint}")]


def _sizes(can: "Capabilities") -> str:
    if can.sizes:
        return ", ".join(f"{wide}x{high}" for wide, high in can.sizes)
    unit = math.lcm(can.multiple, 2)
    low, high = -(-can.sides[0] // unit) * unit, can.sides[1] // unit * unit
    steps = f", in steps of {unit}" if unit > 2 else ""
    return f"{low} to {high} pixels a side, any aspect{steps}"


@models_command.command("remove")
@click.argument("model")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def remove_model(model: str, yes: bool, as_json: bool) -> None:
    """Take MODEL, one of your own, off the shelf: its weights are gone, but where they lie elsewhere they stay there.

    Works that were made with it stay.
    """
    from uncaged.studio import shelf
    from uncaged.studio.outgoing import REMOTE

    with studio() as here:
        known = shelf.look(here, model)
        question = f"The weights of {model} will be gone for ever. Remove it?"
        if known.engine == REMOTE:
            question = f"Nothing will be sent any more to where {model} performs. Remove it?"
        elif known.elsewhere:
            question = f"{model} will perform no more; its files stay where they are. Remove it?"
        if not yes and not agreed(question):
            click.echo("It stays.")
            return
        learned = shelf.learned_in(here, model)
        gone = shelf.remove(here, model)
        from uncaged.studio.held import folders

        places = folders(gone)
        if as_json:
            print_json({"name": gone.name, "id": gone.id, "stays": list(places)})
        elif gone.elsewhere:
            alone = [one.path for one in gone.elsewhere.values() if one.path is not None]
            stay = alone if len(gone.files) == len(alone) == 1 else places
            said = (
                "Its file stays where it is"
                if len(stay) == len(gone.files)
                else "Its files stay where they are"
            )
            click.echo(f"{gone.name} is off the shelf. {said}:")
            click.echo("".join(f"  {place}\n" for place in stay), nl=False)
        elif learned is not None:
            click.echo(
                f"{gone.name} is off the shelf. The folder of its training stays, with its checkpoints:"
            )
            click.echo(f"  {learned}")
        elif gone.engine == REMOTE:
            click.echo(f"{gone.name} is off the shelf: nothing is sent there any more.")
        else:
            click.echo(f"{gone.name} is off the shelf, and its weights are gone.")


for command in adding.COMMANDS + remoting.COMMANDS + shelving.COMMANDS + which.COMMANDS:
    models_command.add_command(command)


def _player(model: str) -> "Engine":
    from uncaged.engines.registry import engine
    from uncaged.studio import shelf

    try:
        with studio(looking=True) as here:
            return shelf.player(here, model)
    except (HomeMissing, HomeUnusable):
        return engine(model)


def _own(player: "Engine", held: "Held | None") -> list[tuple[str, str]]:
    """Of a model of one's own: whose engine performs it, what its files are, where they lie."""
    if player.hash is None:
        return []
    rows = [("engine", player.family), ("weights", player.hash)]
    if held is not None:
        rows.append(("files", f"{len(held.model.files)}, {sized(held.bytes)} together"))
        rows += [("in" if i == 0 else "", place) for i, place in enumerate(held.folders)]
        if held.lost:
            said = f"{counted(held.lost, 'file')}: {called()} models add FOLDER"
            rows.append(("missing", said))
    return rows


def _asks(held: "Held | None") -> list[tuple[str, str]]:
    """What its licence asks, and where that can be read; or what leaves for where it performs."""
    from uncaged.studio.outgoing import REMOTE

    return [] if held is None else shelving.asks(held.model.card, held.model.engine == REMOTE)


def _abilities(player: "Engine") -> list[str]:
    can = player.capabilities
    words = {
        "works of one frame": can.stills,
        "from farther away": can.farther,
        "masks": can.masks,
        "pictures": can.pictures,
        "films drawn anew": "remixes" in can.films,
        "going on with films": "extends" in can.films,
        "positions": can.position,
        "your own words": can.lexicons,
        "loops": can.loop,
        "exact repetition": can.exact,
        "strokes for a pen": can.strokes,
        "sound": can.sound,
    }
    return [word for word, able in words.items() if able]


def _options(player: "Engine") -> dict[str, dict[str, Any]]:
    return player.options.model_json_schema().get("properties", {})


def _option(row: dict[str, Any]) -> str:
    unit = f" {row['unit']}" if row.get("unit") else ""
    if "suggested" in row:
        low, high = row["suggested"]
        usual = "unsaid" if row["default"] is None else f"{row['default']:g}{unit}"
        return f"{usual}, suggested {low:g} … {high:g}. {row.get('description', '')}"
    choices = f", or {', '.join(one for one in row['enum'] if one)}" if "enum" in row else ""
    usual = "as it chooses" if row.get("default") is None else (row["default"] or "(empty)")
    return f"{usual}{choices}. {row.get('description', '')}"


def _record(player: "Engine", held: "Mapping[str, Held]") -> dict[str, Any]:
    """A model for programs; of one's own with where its files lie."""
    can, own = player.capabilities, held.get(player.name)
    record = {
        "name": player.name,
        "default": player.name == DEFAULT,
        "engine": player.family or player.name,
        "hash": player.hash,
        "card": {name: getattr(player.card, name) for name in player.card.__slots__},
        "capabilities": {name: getattr(can, name) for name in can.__slots__},
        "knows": {said: list(values) for said, values in player.knows.items()},
        "options": _options(player),
        "lacks": player.lacks,
        "fits": measuring.record(measuring.found(player)),
    }
    if own is not None:
        record |= {
            "id": own.model.id,
            "files": len(own.model.files),
            "bytes": own.bytes,
            "folders": list(own.folders),
            "missing": own.lost,
            **shelving.whence(own.model.card),
        }
    return record
