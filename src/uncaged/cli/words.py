"""`uncaged words`: what each word of a sentence becomes when a model reads it. Makes nothing and opens no studio."""

from typing import Final

import click

from uncaged.cli.numbers import Whole
from uncaged.cli.opening import json_option, print_json, print_rows, visible
from uncaged.core.reading import read_words
from uncaged.core.settings import read_settings
from uncaged.engines.registry import DEFAULT, engine

NOTHING: Final = "–"
"""What stands beside a word that changed nothing by itself."""


@click.command("words")
@click.argument("sentence")
@click.option(
    "--model", default=DEFAULT, show_default=True, help="Who reads; see `uncaged models list`."
)
@click.option(
    "--seed",
    type=Whole(0, 2**53 - 1),
    default=1,
    help="What is left open is drawn by lot.",
)
@json_option
def words_command(sentence: str, model: str, seed: int, as_json: bool) -> None:
    """What each word of SENTENCE becomes, and what would be drawn. Nothing is made.

    Your own words in the folder `lexicon` of your studio's home count, as they do in a film.
    """
    reader = engine(model)
    own = read_words(read_settings().lexicons) if reader.capabilities.lexicons else ()
    understood = reader.understand(sentence, seed=seed, words=own)
    if as_json:
        print_json({"words": dict(understood.words), "sentence": understood.sentence})
        return
    print_rows((visible(word), effect or NOTHING) for word, effect in understood.words.items())
    click.echo()
    print_rows([("", understood.sentence)])
