"""Numbers on the command line: the same that a form takes."""

import click
import pytest
from click.testing import CliRunner

from uncaged.cli.numbers import NUMBER, WHOLE, Number, Whole


@click.command()
@click.option("--whole", type=WHOLE)
@click.option("--number", type=NUMBER)
@click.option("--few", type=Whole(1, 20), default=3)
@click.option("--short", type=Number(0))
def say(**given: object) -> None:
    click.echo(repr(given))


@pytest.mark.parametrize("said", ["1_0", "\u0661", "\uff11"])
@pytest.mark.parametrize("name", ["whole", "number", "few", "short"])
def test_what_nobody_meant_is_refused(name: str, said: str) -> None:
    result = CliRunner().invoke(say, [f"--{name}", said])
    assert result.exit_code == 2 and "is not a valid" in result.output


def test_numbers_are_taken_and_bounds_hold() -> None:
    result = CliRunner().invoke(
        say, ["--whole", "-7", "--number", "1.5e1", "--few", "20", "--short", ".5"]
    )
    assert result.output == "{'whole': -7, 'number': 15.0, 'few': 20, 'short': 0.5}\n"
    assert CliRunner().invoke(say, ["--few", "21"]).exit_code == 2
    assert CliRunner().invoke(say, ["--short", "-1"]).exit_code == 2
