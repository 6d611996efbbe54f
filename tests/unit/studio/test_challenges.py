"""Challenges of passkeys by their tickets: the same in every process, and none that was made up, or is over."""

import pytest

from uncaged.studio import passkeys


def test_two_processes_make_the_same_of_a_ticket_and_two_tickets_differ() -> None:
    made = passkeys.challenge(b"s" * 32, "enter", 5)
    assert passkeys.challenge_of(b"s" * 32, "enter", made.ticket, 6).said == made.said
    assert len(made.said) == 32 and made.said.hex() not in made.ticket
    assert passkeys.challenge(b"s" * 32, "enter", 5).said != made.said


@pytest.mark.parametrize("what", ["name", "made", "seal", "shape"])
def test_a_ticket_that_was_made_up_is_none(what: str) -> None:
    secret, now = b"s" * 32, 1_800_000_000_000_000
    made = passkeys.challenge(secret, "enter", now)
    assert passkeys.challenge_of(secret, "enter", made.ticket, now + 1) == made
    name, when, seal = made.ticket.split(".")
    wrong = {
        "name": f"{name[::-1]}.{when}.{seal}",
        "made": f"{name}.{now + 5}.{seal}",
        "seal": f"{name}.{when}.{seal[::-1]}",
        "shape": "x" * 5000,
    }[what]
    for ticket, meant, at in (
        (wrong, "enter", now + 9),
        (made.ticket, "join", now + 9),
        (made.ticket, "enter", now + 301_000_000),
        (made.ticket, "enter", now - 1),
    ):
        with pytest.raises(passkeys.AskedWrong):
            passkeys.challenge_of(secret, meant, ticket, at)
    with pytest.raises(passkeys.AskedWrong):
        passkeys.challenge_of(b"t" * 32, "enter", made.ticket, now)
