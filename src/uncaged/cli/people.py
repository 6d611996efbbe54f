"""`uncaged person`, `key`, `room`: who may do what here, how programs come in, and doors for many visitors."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.keys import SCOPES
from uncaged.cli.address import for_guests
from uncaged.cli.numbers import WHOLE, Number
from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible
from uncaged.core.clock import in_words

if TYPE_CHECKING:
    from uncaged.archive.keys import Key
    from uncaged.archive.people import Person
    from uncaged.archive.rooms import Room

CLASSES = ("keeper", "member", "guest", "collective")


@click.group("person")
def person_command() -> None:
    """Who may do what here."""


@person_command.command("list")
@click.option("--guests", is_flag=True, help="Also people without a login.")
@json_option
def list_people(guests: bool, as_json: bool) -> None:
    """Everybody, the first first."""
    from uncaged.archive import people

    with studio(looking=True) as here, here.archive.read() as conn:
        found = people.all_of_them(conn, guests)
    if as_json:
        print_json([_person(person) for person in found])
        return
    for person in found:
        click.echo(_person_line(person))


@person_command.command("add")
@click.argument("name")
@click.option("--class", "kind", type=click.Choice(CLASSES), default="member", show_default=True)
@json_option
def add_person(name: str, kind: Any, as_json: bool) -> None:
    """NAME comes to the studio. They sign in once they came by `uncaged invite --again NAME`; a key lets programs in.

    A collective has you as its first member.
    """
    from uncaged.archive import memberships, people

    with studio() as here, here.archive.write() as conn:
        now, free = here.clock.now(), people.free_name(conn, name)
        if kind == "collective":
            person = memberships.make(conn, free, here.person, now)
        else:
            person = people.add(conn, kind, now, free)
    print_json(_person(person)) if as_json else click.echo(_person_line(person))


@person_command.command("change")
@click.argument("person")
@click.option("--class", "kind", type=click.Choice(CLASSES), help="What they are from now on.")
@click.option("--name", help="What they are called from now on.")
@json_option
def change_person(person: str, kind: str | None, name: str | None, as_json: bool) -> None:
    """Another class or another name for PERSON (an id, a name, or owner)."""
    from uncaged.archive import people

    with studio() as here, here.archive.write() as conn:
        found = people.find(conn, person)
        now = here.clock.now()
        changed = people.change(conn, found.id, here.person, now, kind=kind, name=name)
    print_json(_person(changed)) if as_json else click.echo(_person_line(changed))


@person_command.command("show")
@click.argument("person", default="owner")
@json_option
def show_person(person: str, as_json: bool) -> None:
    """Who PERSON is (an id, a name, or owner): words, ways in, collectives, works."""
    from uncaged.archive import belongings, keys, logins, memberships, people, sessions

    with studio(looking=True) as here, here.archive.read() as conn:
        found, now = people.find(conn, person), here.clock.now()
        works, shown = belongings.made(conn, found.id)
        more: dict[str, Any] = {
            "about": found.about,
            "left": found.left,
            "works": works,
            "shown": shown,
            "password": logins.password(conn, found.id) is not None,
            "passkeys": len(logins.passkeys_of(conn, found.id)),
            "sessions": len(sessions.of(conn, found.id, now)),
            "keys": sum(key.revoked is None for key in keys.of(conn, found.id)),
            "collectives": [one.id for one in memberships.of(conn, found.id)],
            "members": [one.id for one in memberships.members(conn, found.id)],
        }
    if as_json:
        print_json(_person(found) | more)
        return
    click.echo(_person_line(found))
    rows = [(name, _said(value)) for name, value in more.items() if value not in (None, [])]
    print_rows(rows)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - ids


@person_command.command("rename")
@click.argument("person")
@click.argument("name")
@json_option
def rename_person(person: str, name: str, as_json: bool) -> None:
    """PERSON is called NAME from now on. No two people here have the same name."""
    from uncaged.archive import people

    with studio() as here, here.archive.write() as conn:
        found, now = people.find(conn, person), here.clock.now()
        changed = people.change(conn, found.id, here.person, now, name=name)
    print_json(_person(changed)) if as_json else click.echo(_person_line(changed))


@person_command.command("about")
@click.argument("person")
@click.argument("text")
@json_option
def say_about(person: str, text: str, as_json: bool) -> None:
    """What PERSON says of themselves, to everybody; "" takes it away."""
    from uncaged.archive import people

    with studio() as here, here.archive.write() as conn:
        changed = people.say_about(conn, people.find(conn, person).id, text)
    print_json(_person(changed) | {"about": changed.about}) if as_json else click.echo(
        visible(changed.about or "(nothing)")
    )


@person_command.command("leave")
@click.argument("person")
@click.option(
    "--works",
    type=click.Choice(("delete", "stay")),
    required=True,
    help="delete: all go. stay: what others can see stays, without a name; the rest goes.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def leave_person(person: str, works: str, yes: bool, as_json: bool) -> None:
    """PERSON leaves, for ever: name, logins, keys; and works, as --works says."""
    from uncaged.archive import people
    from uncaged.studio import leaving

    with studio() as here:
        with here.archive.read() as conn:
            found = people.find(conn, person)
        called = visible(found.name or found.id)
        if not yes:
            click.confirm(f"{called} leaves for ever. This cannot be undone. Go on?", abort=True)
        gone = leaving.leave(here, found.id, here.person, works == "stay")
    if as_json:
        print_json({"id": found.id, "deleted": gone})
        return
    click.echo(f"{called} has left; {gone:,} of their works went with them.")


@click.group("key")
def key_command() -> None:
    """Keys for programs: a secret that is shown once."""


@key_command.command("list")
@json_option
def list_keys(as_json: bool) -> None:
    """Every key, the oldest first; the secrets are nowhere."""
    from uncaged.archive import keys

    with studio(looking=True) as here, here.archive.read() as conn:
        found = keys.of(conn)
    if as_json:
        print_json([_key(key) for key in found])
        return
    if not found:
        click.echo("There is no key yet. Make one: uncaged key add NAME")
    for key in found:
        click.echo(_key_line(key))


@key_command.command("add")
@click.argument("name")
@click.option("--for", "person", default="owner", show_default=True, help="Whose: an id or a name.")
@click.option(
    "--may",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="What it may do; again for more. Without it: read and make.",
)
@json_option
def add_key(name: str, person: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Make a key called NAME, and show its secret this once.

    \b
    uncaged key add laptop
    uncaged key add "the house" --may read --may make --may manage
    """
    from uncaged.archive import keys, people

    with studio() as here, here.archive.write() as conn:
        whose = people.find(conn, person)
        key, secret = keys.make(conn, whose.id, name, scopes or ("read", "make"), here.clock.now())
    if as_json:
        print_json(_key(key) | {"secret": secret})
        return
    click.echo(secret)
    click.echo(
        f"\nThis is {key.id}, {', '.join(sorted(key.scopes))}. It cannot be shown again.", err=True
    )


@key_command.command("revoke")
@click.argument("key")
@json_option
def revoke_key(key: str, as_json: bool) -> None:
    """Take KEY back, for ever: from the next request on nobody comes in by it."""
    from uncaged.archive import keys

    with studio() as here, here.archive.write() as conn:
        gone = keys.revoke(conn, key.strip(), here.person, here.clock.now())
    print_json(_key(gone)) if as_json else click.echo(_key_line(gone))


@click.group("room")
def room_command() -> None:
    """Rooms: an exhibition, a workshop. Each visitor who comes by the door is a person."""


@room_command.command("list")
@json_option
def list_rooms(as_json: bool) -> None:
    """Every room."""
    from uncaged.archive import rooms

    with studio(looking=True) as here, here.archive.read() as conn:
        found = rooms.all_of_them(conn)
    if as_json:
        print_json([_room(room) for room in found])
        return
    if not found:
        click.echo("There is no room yet. Make one: uncaged room add NAME --visitors 200")
    for room in found:
        click.echo(_room_line(room))


@room_command.command("add")
@click.argument("name")
@click.option("--visitors", type=WHOLE, default=200, show_default=True, help="How many may come.")
@click.option("--hours", type=Number(0.01, 100_000), help="After so long it is over.")
@json_option
def add_room(name: str, visitors: int, hours: float | None, as_json: bool) -> None:
    """Make a room, and show the address of its door this once.

    The studio's name in it is the first of UNCAGED_HOSTS, or what this machine is called.
    """
    from uncaged.archive import rooms

    with studio() as here, here.archive.write() as conn:
        now = here.clock.now()
        until = None if hours is None else now + int(hours * 3600e6)
        room, token = rooms.make(conn, name, visitors, until, here.person, now)
        door, kept_out = for_guests(here.settings, f"/rooms/enter?token={token}")
    if as_json:
        print_json(_room(room) | {"token": token, "address": door})
        return
    click.echo(door)
    click.echo(f"\n{_room_line(room)}. Its address cannot be shown again.", err=True)
    if kept_out:
        click.echo(kept_out, err=True)


@room_command.command("close")
@click.argument("room")
@json_option
def close_room(room: str, as_json: bool) -> None:
    """Close ROOM, for ever; who came by it keeps what they made."""
    from uncaged.archive import rooms

    with studio() as here, here.archive.write() as conn:
        closed = rooms.close(conn, room.strip(), here.person, here.clock.now())
    print_json(_room(closed)) if as_json else click.echo(_room_line(closed))


def _person(person: "Person") -> dict[str, Any]:
    return {"id": person.id, "class": person.kind, "name": person.name, "created": person.created}


def _person_line(person: "Person") -> str:
    return f"{person.id}  {person.kind:<10} {visible(person.name or '')}".rstrip()


def _key(key: "Key") -> dict[str, Any]:
    return {
        "id": key.id,
        "person": key.person_id,
        "name": key.name,
        "may": sorted(key.scopes),
        "created": key.created,
        "revoked": key.revoked,
    }


def _key_line(key: "Key") -> str:
    state = "" if key.revoked is None else f"  taken back {in_words(key.revoked)}"
    may = " ".join(sorted(key.scopes))
    return f"{key.id}  {key.person_id}  {may:<16} {visible(key.name)}{state}"


def _room(room: "Room") -> dict[str, Any]:
    return {name: getattr(room, name) for name in room.__slots__}


def _room_line(room: "Room") -> str:
    ends = "" if room.until is None else f", until {in_words(room.until)}"
    closed = "" if room.closed is None else f", closed {in_words(room.closed)}"
    return f"{room.id}  {room.came:,} of {room.visitors:,} visitors  {visible(room.name)}{ends}{closed}"
