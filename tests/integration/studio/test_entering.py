"""Who comes in: keys shown once and taken back, rooms, guests by address; nothing of it can be read in the archive."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.archive import guests, keys, people, rooms
from uncaged.core.errors import AskedWrong, DiskFull, NotAllowed, TooMany, WhoIsThere
from uncaged.core.settings import Settings
from uncaged.studio import entering
from uncaged.studio.studio import Studio, open_studio


def make_key(studio: Studio, kind: str = "owner", *scopes: str) -> tuple[keys.Key, str]:
    with studio.archive.write() as conn:
        whose = people.owner(conn) if kind == "owner" else people.add(conn, kind, 1)  # pyright: ignore
        return keys.make(conn, whose.id, "mine", scopes or ("read", "make"), 1)


def make_room(studio: Studio, visitors: int = 2, until: int | None = None) -> str:
    with studio.archive.write() as conn:
        return rooms.make(conn, "the show", visitors, until, studio.person, 1)[1]


def test_a_key_lets_its_person_in_until_it_is_taken_back(studio: Studio) -> None:
    key, secret = make_key(studio, "member")
    visitor = entering.by_key(studio, secret)
    assert (visitor.person.id, visitor.scopes) == (key.person_id, {"read", "make"})
    with studio.archive.write() as conn:
        keys.revoke(conn, key.id, studio.person, 2)
        assert keys.revoke(conn, key.id, studio.person, 3).revoked == 2
    with pytest.raises(WhoIsThere) as gone:
        entering.by_key(studio, secret)
    with pytest.raises(WhoIsThere) as wrong:
        entering.by_key(studio, secret[:-1] + "x")
    assert str(gone.value) == str(wrong.value)


def test_the_secret_is_nowhere(studio: Studio) -> None:
    _, secret = make_key(studio)
    token = make_room(studio)
    entering.by_address(studio, "203.0.113.77")
    studio.archive.checkpoint()
    kept = b"".join(p.read_bytes() for p in studio.settings.home.rglob("*") if p.is_file())
    for word in (secret, secret.removeprefix(keys.BEGINNING), token, "203.0.113.77"):
        assert word.encode() not in kept


def test_a_member_s_key_never_manages(studio: Studio) -> None:
    _, secret = make_key(studio, "member", "read", "manage")
    visitor = entering.by_key(studio, secret)
    with pytest.raises(NotAllowed):
        visitor.needs("manage")
    assert visitor.needs("read") is visitor
    with pytest.raises(NotAllowed):
        visitor.needs("make")


def test_keys_and_rooms_that_cannot_be(studio: Studio) -> None:
    for scopes in ((), ("fly",)):
        with pytest.raises(AskedWrong), studio.archive.write() as conn:
            keys.make(conn, studio.person, "x", scopes, 1)
    for name, visitors, until in (("", 1, None), ("x", 0, None), ("x", 10**9, None), ("x", 1, 1)):
        with pytest.raises(AskedWrong), studio.archive.write() as conn:
            rooms.make(conn, name, visitors, until, studio.person, 1)


def test_the_owner_is_known_from_afar_once_a_key_of_theirs_manages(studio: Studio) -> None:
    make_key(studio)
    make_key(studio, "keeper", "manage")
    assert not entering.has_way_for_owner(studio)
    key, _ = make_key(studio, "owner", "manage")
    assert entering.has_way_for_owner(studio)
    with studio.archive.write() as conn:
        keys.revoke(conn, key.id, studio.person, 1)
    assert not entering.has_way_for_owner(studio)


def test_one_address_is_one_person_whatever_they_call_themselves(studio: Studio) -> None:
    one = entering.by_address(studio, "203.0.113.7").person
    assert one == entering.by_address(studio, "203.0.113.7").person
    assert one == entering.by_address(studio, "::ffff:203.0.113.7").person
    assert one.kind == "guest"
    assert one != entering.by_address(studio, "203.0.113.8").person
    six = {entering.by_address(studio, f"2001:db8:1:2::{n}").person.id for n in range(1, 5)}
    assert len(six) == 1
    assert entering.by_address(studio, "2001:db8:1:3::1").person.id not in six


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_nowhere(text: str) -> None:
    assert entering.network_of(text)


def test_each_visitor_of_a_room_is_a_person_until_it_is_full(studio: Studio) -> None:
    token = make_room(studio, visitors=2)
    one, two = (entering.by_room(studio, token, cookie).person for cookie in ("a", "b"))
    assert one != two and entering.by_room(studio, token, "a").person == one
    with pytest.raises(TooMany, match="full"):
        entering.by_room(studio, token, "c")
    other = make_room(studio)
    assert entering.by_room(studio, other, "a").person not in (one, two)


def test_a_closed_door_lets_nobody_in(studio: Studio) -> None:
    token = make_room(studio)
    with studio.archive.write() as conn:
        rooms.close(conn, rooms.all_of_them(conn)[0].id, studio.person, 5)
    past = make_room(studio, until=2)
    for door in (token, past, "", "x" * 10_000):
        with pytest.raises(WhoIsThere, match="closed"):
            entering.by_room(studio, door, "a")


def test_a_mark_is_forgotten_when_nobody_came_by_it_for_long(studio: Studio) -> None:
    before = entering.by_address(studio, "203.0.113.7").person
    with studio.archive.write() as conn:
        assert guests.forget(conn, studio.clock.now() + guests.FORGET + 1) == 1
        assert people.get(conn, before.id) == before
    assert entering.by_address(studio, "203.0.113.7").person != before


def test_who_comes_every_day_is_not_forgotten(clock: Any, settings: Settings) -> None:
    with open_studio(settings=settings, clock=clock) as studio:
        first = entering.by_address(studio, "203.0.113.7").person
        for _ in range(40):
            clock.sleep(24 * 3600)
            assert entering.by_address(studio, "203.0.113.7").person == first
            with studio.archive.write() as conn:
                assert guests.forget(conn, clock.now()) == 0


def test_the_secret_is_the_owner_s_alone_and_a_torn_one_is_made_anew(studio: Studio) -> None:
    path: Path = studio.settings.home / "secret"
    first = entering.secret_of(studio)
    assert path.stat().st_mode & 0o777 == 0o600 and entering.secret_of(studio) == first
    path.write_bytes(first[:7])
    again = entering.secret_of(studio)
    assert len(again) == 32 and again != first
    assert not list(studio.settings.home.glob(".secret*"))


@pytest.mark.parametrize("what", ["write", "fsync"])
def test_a_full_disk_leaves_no_half_secret(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (studio.settings.home / "secret").unlink(missing_ok=True)
    with monkeypatch.context() as patched:
        patched.setattr(os, what, full)
        with pytest.raises(DiskFull, match="secret"):
            entering.secret_of(studio)
    assert [one for one in studio.settings.home.iterdir() if "secret" in one.name] == []
    assert len(entering.secret_of(studio)) == 32
