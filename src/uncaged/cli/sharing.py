"""`uncaged show`, `tag`, `trash`, `restore`, `keep`, `training`, `link`: who sees a work, and finding it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from uncaged.cli.opening import json_option, print_json, studio, visible
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

OFF = "~"
"""What stands for the - of a tag that is taken off, once it is no option."""

SEEN_BY = {"nobody": "nobody but you", "link": "whoever has the link", "everybody": "everybody"}


@click.command("show")
@click.argument("work")
@click.option(
    "--to",
    type=click.Choice(("everybody", "link", "nobody")),
    default="everybody",
    show_default=True,
    help="Who sees it from now on.",
)
@json_option
def show_command(work: str, to: str, as_json: bool) -> None:
    """Show WORK: at once, and nobody approves it. --to nobody takes it back."""
    with studio() as here:
        shown = here.work(work).show(to)
        if as_json:
            _print(here, shown.id)
            return
        click.echo(f"{shown.id} is seen by {SEEN_BY[shown.row.visibility]}.")
        if to == "link":
            _say_link(here, shown.id)


@click.command("link")
@click.argument("work")
@click.option("--change", is_flag=True, help="Older links of it open nothing from now on.")
@json_option
def link_command(work: str, change: bool, as_json: bool) -> None:
    """The link by which others see WORK, while it is shown by link."""
    from uncaged.archive import links

    with studio() as here:
        found = here.work(work)
        if change:
            now = here.clock.now()
            here.commit(lambda conn: links.change(conn, here.person, found.id, now))
        if as_json:
            _print(here, found.id)
            return
        if found.row.visibility == "nobody":
            click.echo(f"Nobody else sees {found.id}. First: uncaged show {found.id} --to link")
            return
        _say_link(here, found.id)


class _Signed(click.Command):
    """A command whose words may begin with one - without being options: ``-draft``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        plain = ("-h", "-")
        signed = [
            OFF + one[1:] if one[:1] == "-" and one[:2] != "--" and one not in plain else one
            for one in args
        ]
        return super().parse_args(ctx, signed)


@click.command("tag", cls=_Signed)
@click.argument("work")
@click.argument("tags", nargs=-1)
@json_option
def tag_command(work: str, tags: tuple[str, ...], as_json: bool) -> None:
    """Put tags on WORK and take them off: by them you find it again.

    \b
    uncaged tag latest +harbour -draft
    """
    from uncaged.archive import tagging

    more = [tag[1:] for tag in tags if tag.startswith("+")]
    fewer = [tag[1:] for tag in tags if tag.startswith(OFF)]
    if len(more) + len(fewer) != len(tags):
        raise AskedWrong(
            "A tag begins with + to be put on, or with - to be taken off.",
            "uncaged tag latest +harbour -draft",
        )
    with studio() as here:
        found = here.work(work)
        has = here.commit(lambda conn: tagging.change(conn, here.person, found.id, more, fewer))
        if as_json:
            _print(here, found.id)
        else:
            click.echo(f"{found.id}  " + (" ".join(map(visible, has)) or "(no tags)"))


@click.command("trash")
@click.argument("work")
@json_option
def trash_command(work: str, as_json: bool) -> None:
    """Throw WORK away: nobody else sees it, and for some days it can be taken back (`uncaged restore`)."""
    from uncaged.archive import works
    from uncaged.queue import following
    from uncaged.studio import letting_go

    with studio() as here:
        found = here.work(work)
        now = here.clock.now()
        here.commit(lambda conn: works.throw_away(conn, here.person, found.id, now))
        if as_json:
            _print(here, found.id)
            return
        with here.archive.read() as conn:
            row = works.get(conn, here.person, found.id)
            until = letting_go.until(following.look(conn, here.policy).policy, "", row)
        when = "until you delete it" if until is None else f"until {in_words(until)}"
        click.echo(f"{found.id} lies in the trash {when}. Back: uncaged restore {found.id}")


def _change(work: str, step: Callable[..., object], as_json: bool, said: str) -> None:
    """Does `step` to a work of one's own, and says so."""
    with studio() as here:
        found = here.work(work)
        now = here.clock.now()
        here.commit(lambda conn: step(conn, here.person, found.id, now))
        if as_json:
            _print(here, found.id)
        else:
            click.echo(said.format(found.id))


@click.command("restore")
@click.argument("work")
@json_option
def restore_command(work: str, as_json: bool) -> None:
    """Take WORK back out of the trash."""
    from uncaged.archive import works

    _change(work, works.take_back, as_json, "{} is back. Nobody else sees it until you show it.")


@click.command("keep")
@click.argument("work")
@json_option
def keep_command(work: str, as_json: bool) -> None:
    """Keep WORK: only works of guests go by themselves, and only those that nobody keeps."""
    from uncaged.archive import expiring

    _change(work, expiring.keep, as_json, "{} stays until you delete it.")


@click.command("training")
@click.argument("work")
@click.argument("allow", type=click.Choice(("yes", "no")))
@json_option
def training_command(work: str, allow: str, as_json: bool) -> None:
    """Say whether models may learn from WORK. Without a word of yours: no."""
    from uncaged.archive import showing

    with studio() as here:
        found = here.work(work)
        now, may = here.clock.now(), allow == "yes"
        here.commit(lambda conn: showing.allow_training(conn, here.person, found.id, may, now))
        if as_json:
            _print(here, found.id)
        else:
            said = "Models may learn from it" if may else "Not for training"
            click.echo(f"{found.id}: {said}.")


def _link(here: "Studio", work_id: str) -> tuple[str, str]:
    """The link to see it, and what still keeps others out."""
    from uncaged.archive import works
    from uncaged.cli.address import for_guests
    from uncaged.studio import links

    with here.archive.read() as conn:
        times = works.get(conn, here.person, work_id).links or 0
    return for_guests(here.settings, links.path(here, work_id, "viewer", times))


def _say_link(here: "Studio", work_id: str) -> None:
    link, kept_out = _link(here, work_id)
    click.echo(link)
    if kept_out:
        click.echo(kept_out, err=True)


def _print(here: "Studio", work_id: str) -> None:
    """The work as it stands now."""
    from uncaged.archive import tagging, works

    with here.archive.read() as conn:
        row, tags = works.get(conn, here.person, work_id), tagging.of(conn, work_id)
    by_link = row.visibility == "link"
    print_json(
        {
            "id": row.id,
            "visibility": row.visibility,
            "shown": row.shown,
            "claimed": row.claimed,
            "trashed": row.trashed,
            "training": bool(row.training),
            "tags": list(tags),
            "link": _link(here, work_id)[0] if by_link else None,
        }
    )
