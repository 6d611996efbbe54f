"""`uncaged invite`, `invitations`, `sessions`, `credit`: who comes to stay, where they are signed in, who is named."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.address import for_guests
from uncaged.cli.numbers import Number
from uncaged.cli.opening import json_option, print_json, studio, visible
from uncaged.core.clock import in_words

if TYPE_CHECKING:
    from uncaged.archive.credits import Credit
    from uncaged.archive.invitations import Invitation


@click.command("invite")
@click.argument("name", required=False)
@click.option("--keeper", is_flag=True, help="They become a keeper of the house.")
@click.option("--collective", help="They join this collective: its id or name.")
@click.option("--again", help="Opens the lost login of this person again: an id or a name.")
@click.option("--days", type=Number(0.001, 365), default=14.0, show_default=True)
@click.option("--qr", is_flag=True, help="Show the link as a code for a phone, too.")
@json_option
def invite_command(
    name: str | None,
    keeper: bool,
    collective: str | None,
    again: str | None,
    days: float,
    qr: bool,
    as_json: bool,
) -> None:
    """Invite somebody: prints a link, this once, by which they choose a name and a password. It is good once.

    NAME is what you call them.

    \b
    uncaged invite "the new one" --qr
    uncaged invite --again bea
    """
    from uncaged.archive import people
    from uncaged.archive.invitations import Wish
    from uncaged.studio import joining

    with studio() as here:
        with here.archive.read() as conn:
            group = None if collective is None else people.find(conn, collective).id
            whose = None if again is None else people.find(conn, again).id
        wish = Wish("keeper" if keeper else "member", name, group, whose, days)
        made, secret = joining.invite(here, wish)
        link, kept_out = for_guests(here.settings, f"/join?invitation={secret}")
    if as_json:
        print_json(_invitation(made) | {"link": link})
        return
    click.echo(link)
    if qr:
        _print_qr(link)
    click.echo(
        f"\nThis is {made.id}, good once, until {in_words(made.until)}. It cannot be shown again.",
        err=True,
    )
    if kept_out:
        click.echo(kept_out, err=True)


def _print_qr(link: str) -> None:
    import sys

    import segno

    segno.make(link, error="m").terminal(out=sys.stdout, compact=True)


@click.group("invitations", invoke_without_command=True)
@json_option
@click.pass_context
def invitations_command(context: click.Context, as_json: bool) -> None:
    """Links that were given out, the newest first; their secrets are nowhere."""
    if context.invoked_subcommand is not None:
        return
    from uncaged.archive import invitations

    with studio(looking=True) as here, here.archive.read() as conn:
        found, now = invitations.all_of_them(conn), here.clock.now()
    if as_json:
        print_json([_invitation(one) for one in found])
        return
    if not found:
        click.echo("Nobody is invited yet: uncaged invite NAME")
    for one in found:
        click.echo(_invitation_line(one, now))


@invitations_command.command("revoke")
@click.argument("invitation", metavar="ID")
@json_option
def revoke_invitation(invitation: str, as_json: bool) -> None:
    """Take the invitation ID back; whoever came by it stays."""
    from uncaged.archive import invitations

    with studio() as here, here.archive.write() as conn:
        now = here.clock.now()
        gone = invitations.revoke(conn, invitation.strip(), here.person, now)
    print_json(_invitation(gone)) if as_json else click.echo(_invitation_line(gone, now))


@click.command("sessions")
@click.argument("person", required=False)
@click.option("--end", is_flag=True, help="End all of them: whoever is signed in signs in again.")
@json_option
def sessions_command(person: str | None, end: bool, as_json: bool) -> None:
    """Where people are signed in: PERSON (an id or a name), or everybody."""
    from uncaged.archive import people, sessions

    if end and person is None:
        raise click.UsageError("Say whose sessions are to end: uncaged sessions PERSON --end")
    with studio(looking=not end) as here:
        now = here.clock.now()
        with here.archive.read() as conn:
            whose = None if person is None else people.find(conn, person).id
            found = sessions.of(conn, whose, now)
        if end and whose is not None:
            here.commit(lambda conn: sessions.end_all(conn, whose, now))
    if as_json:
        print_json([{name: getattr(one, name) for name in one.__slots__} for one in found])
        return
    for one in found:
        said = "ended now" if end else f"last used {in_words(one.seen)}"
        click.echo(f"{one.id}  {one.person_id}  {one.how:<10} {visible(one.agent):<20}  {said}")
    if not found:
        click.echo("Nobody is signed in." if person is None else "They are signed in nowhere.")


@click.command("credit")
@click.argument("work")
@click.argument("doing", type=click.Choice(("list", "add", "remove", "agree", "refuse")))
@click.argument("name", required=False)
@click.option("--role", help="What they did, in words, with add.")
@json_option
def credit_command(
    work: str, doing: str, name: str | None, role: str | None, as_json: bool
) -> None:
    """Who is named beside the maker of WORK.

    \b
    uncaged credit WORK list
    uncaged credit WORK add NAME --role "the dancer"      somebody here is asked first
    uncaged credit WORK remove 2                          the line with this number
    uncaged credit WORK agree                             to a line that names you (or refuse)
    """
    from uncaged.archive import credits

    with studio(looking=doing == "list") as here:
        now = here.clock.now()
        found = here.work(work)
        if doing == "add":
            if not name or not role:
                raise click.UsageError('Say who and what: credit WORK add NAME --role "…"')
            here.commit(lambda c: credits.add(c, found.id, here.person, name, role, now))
        elif doing == "remove":
            n = _number(name)
            here.commit(lambda c: credits.remove(c, found.id, here.person, n, now))
        elif doing in ("agree", "refuse"):
            n = None if name is None else _number(name)
            here.commit(
                lambda c: credits.answer_each(c, found.id, here.person, n, doing == "agree", now)
            )
        with here.archive.read() as conn:
            roll = credits.of(conn, found.id, every=True)
    if as_json:
        print_json([_credit(one) for one in roll])
        return
    for one in roll:
        waits = "" if one.shown else "  (asked; not shown yet)"
        click.echo(
            f"{one.n:>3}  {visible(one.role):<30} {visible(one.name or one.person_id or '')}{waits}"
        )


def _number(text: str | None) -> int:
    if text is None or not text.isdigit() or len(text) > 6:
        raise click.UsageError("Name the line by its number: uncaged credit WORK list shows them.")
    return int(text)


def _credit(one: "Credit") -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _invitation(one: "Invitation") -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _invitation_line(one: "Invitation", now: int) -> str:
    if one.used is not None:
        state = f"came {in_words(one.used)}: {one.used_by}"
    elif one.revoked is not None:
        state = f"taken back {in_words(one.revoked)}"
    else:
        state = f"{'good until' if one.is_good(now) else 'over since'} {in_words(one.until)}"
    return f"{one.id}  {one.kind:<8} {visible(one.name or ''):<24} {state}".rstrip()
