"""`uncaged models add-remote`: a model that performs elsewhere, and what leaves the studio for it, shown beforehand."""

from typing import TYPE_CHECKING

import click

from uncaged.cli.agreeing import consented
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio

if TYPE_CHECKING:
    from uncaged.engines.remote.place import Place
    from uncaged.studio.adding import Added
    from uncaged.studio.remoting import Asked


@click.command("add-remote")
@click.argument("name")
@click.option(
    "--at",
    "addresses",
    multiple=True,
    required=True,
    metavar="URL",
    help="Where it performs; several are asked in turn, one that is given twice takes two films at a time.",
)
@click.option("--model", default="", metavar="THEIRS", help="What it is called there.")
@click.option(
    "--key-from",
    default="",
    metavar="VARIABLE|FILE",
    help="A variable, or a file, with the key that opens it there.",
)
@click.option(
    "--speaks",
    type=click.Choice(["uncaged", "openai", "vllm-omni", "sglang"]),
    help="Its dialect of /v1/videos; else as it says itself.",
)
@click.option(
    "--size",
    "sizes",
    multiple=True,
    metavar="WxH",
    help="A size it makes, where it makes no other.",
)
@click.option("--pictures/--no-pictures", default=None, help="Whether it begins with a picture.")
@click.option(
    "--stills/--no-stills", default=None, help="Whether it makes pictures, works of one frame."
)
@click.option("--sound/--no-sound", default=None, help="Whether its films have sound.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def add_remote_command(
    name: str,
    addresses: tuple[str, ...],
    model: str,
    key_from: str,
    speaks: str | None,
    sizes: tuple[str, ...],
    pictures: bool | None,
    stills: bool | None,
    sound: bool | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Put a model on the shelf as NAME that performs elsewhere: another studio, vLLM-Omni, SGLang, or whatever else
    speaks /v1/videos.

    The address is asked what it has; nothing of yours is sent. What will leave the studio with every film is shown, and
    to whom. Everybody here says yes to it once before their first film.

    \b
    uncaged models add-remote far --at https://studio.example:8484 --model seedling
    uncaged models add-remote big --at http://10.0.0.5:8000 --at http://10.0.0.6:8000 --key-from BIG_KEY
    """
    from uncaged.core.settings import read_key
    from uncaged.engines.sorts import parse_size
    from uncaged.studio import remoting

    key = read_key(key_from) if key_from else ""
    known = tuple(parse_size(one) for one in sizes)
    wish = remoting.Wish(addresses, model, speaks or "", known, pictures, key, stills, sound)
    with studio() as here:
        asked = remoting.ask(here, wish)
        if not as_json:
            print_rows(_offer(asked, name), wrapped=True)
        if not yes and not consented(f"Put it on the shelf as {name}, and say yes to that?"):
            click.echo("It is not on the shelf.")
            return
        added = remoting.add(here, asked, name, key)
        _tell_added(added, asked, as_json)


def _offer(asked: "Asked", name: str) -> list[tuple[str, str]]:
    """What is to be known of it before it is added."""
    place, card = asked.place, asked.card
    return [
        ("model", f"{name}, called {place.model} there"),
        ("", card["summary"]),
        ("at", place.hosts),
        ("speaks", place.speaks),
        ("options", ", ".join(one.name for one in place.options) or "none"),
        ("makes", _makes(place)),
        ("leaves", place.binds),
        ("trained on", card["training_data"]),
        ("licence", card["licence"]),
        ("works", card["works"]),
    ]


def _makes(place: "Place") -> str:
    films = "films with sound" if place.sound else "films"
    return f"{films}, and pictures" if place.stills else films


def _tell_added(added: "Added", asked: "Asked", as_json: bool) -> None:
    model, place = added.model, asked.place
    if as_json:
        record = {
            "name": model.name,
            "id": model.id,
            "engine": model.engine,
            "hash": model.hash,
            "at": list(place.addresses),
            "model": place.model,
            "speaks": place.speaks,
            "leaves": list(place.leaves),
            "options": [one.name for one in place.options],
            "stills": place.stills,
            "sound": place.sound,
            "known": added.known,
        }
        print_json(record)
        return
    click.echo(
        f"{model.name} is on the shelf already."
        if added.known
        else f"{model.name} is on the shelf. Others here say yes to what leaves before their first film."
    )
    print_rows([("next", f'{called()} make "…" --model {model.name}')], wrapped=False)


COMMANDS: tuple[click.Command, ...] = (add_remote_command,)
