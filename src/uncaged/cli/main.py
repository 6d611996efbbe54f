"""The command `uncaged`. Commands are imported when they are used, so that help comes at once.

Whatever goes wrong ends in one clear sentence and an exit code: 2 asked wrong, 1 failed, 130 cancelled.
"""

import importlib
import io
import os
import signal
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any

import click

from uncaged.core.version import __version__

COMMANDS: Mapping[str, tuple[str, str]] = {
    "make": ("making", "Make a film from a sentence."),
    "models": ("models", "What can perform here, and with which dials."),
    "train": ("learning", "Train a model of your own; what it learns shows while it does."),
    "words": ("words", "What each word of a sentence becomes."),
    "works": ("works", "List what was made."),
    "info": ("works", "Everything a work came from."),
    "view": ("works", "Open a film."),
    "position": ("works", "The point in its model's space that a work stands at."),
    "take": ("taking", "Take a work away: film, frames, strip, or strokes for a pen."),
    "show": ("sharing", "Who sees a work: everybody, whoever has its link, nobody else."),
    "link": ("sharing", "The link by which others see a work."),
    "tag": ("sharing", "Words by which you find a work again."),
    "training": ("sharing", "Whether models may learn from a work."),
    "trash": ("sharing", "Throw a work away; for some days it can be taken back."),
    "restore": ("sharing", "Take a work back out of the trash."),
    "keep": ("sharing", "Keep a work, so that it does not go by itself."),
    "verify": ("verifying", "What a file is: made here, or not known."),
    "delete": ("works", "Delete a work: words, pictures and film are gone."),
    "export": ("moving", "Write the whole studio to a folder, or what is one person's to a file."),
    "import": ("moving", "Bring a studio in from such a folder."),
    "breed": ("growing", "Children of one or more works, to choose from."),
    "vary": ("growing", "Variations of a work."),
    "farther": ("growing", "A work again from farther away, in a larger field."),
    "compare": ("comparing", "The same words by several models, side by side."),
    "line": ("lining", "Who stands in line, and why a run stands where it does."),
    "wait": ("lining", "Wait until runs have ended."),
    "cancel": ("lining", "Cancel runs of yours."),
    "pause": ("lining", "Let everybody pass, until you resume."),
    "resume": ("lining", "Let a paused run wait its turn again."),
    "prefer": ("lining", "Put a run first among your own."),
    "again": ("lining", "Ask again for what failed."),
    "serve": ("serving", "Open the studio: pages, steward and performers."),
    "open": ("door", "Open the studio to whoever comes, for a time; then leave a static site."),
    "gallery": ("gallery", "What is shown to everybody, as a site that any web host serves."),
    "web": ("serving", "Only the pages; somebody else performs."),
    "steward": ("stewarding", "Perform what waits in line."),
    "stock": ("stocking", "Draw the first page's drawings beforehand."),
    "policy": ("policy", "Who may ask for how much, and whose turn it is."),
    "person": ("people", "Who may do what here."),
    "invite": ("inviting", "A link by which somebody comes to stay."),
    "invitations": ("inviting", "Links that were given out; take one back."),
    "sessions": ("inviting", "Where people are signed in."),
    "credit": ("inviting", "Who is named beside a work's maker."),
    "key": ("people", "Keys for programs."),
    "room": ("people", "Rooms, whose visitors are a person each."),
    "house": ("house", "What the house says: its rules, and whom to write to."),
    "report": ("reports", "What was reported, and what becomes of it."),
    "block": ("house", "Files that are neither shown nor taken in here."),
    "doctor": ("doctor", "What is here, what works, what is missing."),
}
"""Each command: its module, and what it does in one line."""


class HeardEnough(Exception):
    """Whoever read our output has closed it: `uncaged works | head -1`."""


class Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"uncaged.cli.{COMMANDS[cmd_name][0]}")
        return getattr(module, f"{cmd_name}_command")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from uncaged.core.errors import nearest

            raise click.UsageError(
                f"There is no command {args[0]!r}. {nearest(args[0], list(COMMANDS))}"
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would make a failure of it
            raise HeardEnough from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])


@click.command(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Try it: uncaged make "two yellow birds over a blue hill at dusk"',
)
@click.version_option(__version__, prog_name="uncaged", message="%(prog)s %(version)s")
def uncaged() -> None:
    """Uncaged: a studio for moving images that nobody can switch off.

    Everything lies in one folder, ~/.uncaged or the one that UNCAGED_HOME names.
    """


def main() -> None:
    """Runs the command line and ends the process."""
    for stream in (
        sys.stdout,
        sys.stderr,
    ):  # a terminal that knows few letters gets question marks, not an end
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    _end_in_good_order()
    sys.exit(run(sys.argv[1:]))


def _end_in_good_order() -> None:
    """A polite end (SIGTERM), or a terminal that closes (SIGHUP): what is begun is cleared away; a film in hand goes
    back to the line. The second one ends at once."""

    told = False

    def end(number: int, _: FrameType | None) -> None:
        nonlocal told
        if told:
            os._exit(128 + number)
        told = True
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup stays nohup
            signal.signal(number, end)


def run(arguments: list[str]) -> int:
    """Runs one command; returns its exit code. Never raises."""
    from uncaged.core.errors import UncagedError

    try:
        ended = uncaged.main(args=arguments, prog_name="uncaged", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nuncaged: stopped.", err=True)
        return 130
    except UncagedError as error:
        from uncaged.cli.opening import typed

        click.echo(f"uncaged: {typed(str(error))}", err=True)
        return error.exit_code
    except (BrokenPipeError, HeardEnough):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        return _too_little_memory()
    except Exception as error:
        return _unforeseen(error)
    return (
        ended if isinstance(ended, int) else 0
    )  # click hands an exit code on as the command's answer


def _too_little_memory() -> int:
    click.echo("uncaged: There was not enough memory. Close something, and ask again.", err=True)
    return 1


def _unforeseen(error: Exception) -> int:
    """A mistake of ours, or of the machine: one sentence; the rest only for whoever wants to mend it."""
    if isinstance(error, ImportError) and "failed to map" in str(error):
        return _too_little_memory()
    if isinstance(error, OSError):
        click.echo(
            f"uncaged: The system said no: {error.strerror or error}. What was kept before is safe.",
            err=True,
        )
    else:
        click.echo(
            f"uncaged: This is a mistake in Uncaged, not yours: {type(error).__name__}: {error}\n"
            "Nothing was lost. `UNCAGED_DEBUG=1` before the command shows where it happened.",
            err=True,
        )
    if os.environ.get("UNCAGED_DEBUG"):
        raise error
    return 1
