"""`uncaged words`: what each word of a sentence becomes when `ink` reads it. Makes nothing and opens no studio."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from uncaged.cli.opening import json_option, print_json, print_rows, visible
from uncaged.core.reading import WORDS, read_file
from uncaged.core.settings import read_settings

if TYPE_CHECKING:
    from uncaged.engines.ink.words import Lexicon

NOTHING: Final = "–"
"""What stands beside a word that changed nothing by itself."""


@click.command("words")
@click.argument("sentence")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**53 - 1),
    default=1,
    help="What is left open is drawn by lot.",
)
@json_option
def words_command(sentence: str, seed: int, as_json: bool) -> None:
    """What each word of SENTENCE becomes, and what would be drawn. Nothing is made.

    Your own words in the folder `lexicon` of your studio's home count, as they do in a film.
    """
    from uncaged.engines.ink.words import read

    reading = read(sentence, seed, tuple(_own(read_settings().lexicons)))
    if as_json:
        print_json({"words": dict(reading.words), "sentence": reading.sentence})
        return
    print_rows((visible(word), effect or NOTHING) for word, effect in reading.words.items())
    click.echo()
    print_rows([("", reading.sentence)])


def _own(folder: Path) -> "Iterator[Lexicon]":
    """A person's own words, in the order of their files' names."""
    from uncaged.engines.ink.words import Lexicon

    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        yield Lexicon.from_bytes(read_file(path, "Your word file", WORDS), path.name)
