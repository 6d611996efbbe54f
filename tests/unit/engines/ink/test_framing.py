"""Which scheme a film is seen in by lot: never one that hides what was asked for; one for all its scenes."""

from collections import Counter

import pytest

from uncaged.engines.ink.framing import framed
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.words import read

SEEDS = range(90)


def schemes(text: str) -> Counter[str]:
    return Counter(one.scheme for seed in SEEDS for one in read(text, seed).scene.sequence)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("a tiny person beside a huge flower", "wide close portrait diptych map above"),
        ("a wizard gives an apple to a queen", "wide close portrait diptych"),
        ("a man holds a flower", "wide map above frieze"),
        ("a dancer", "close portrait map above frieze"),
        ("a horse sleeps in a meadow", "close portrait frieze"),
        ("a dancer made of smoke", "close portrait"),
        ("a man made of leaves", "close portrait"),
        ("a tree", "close portrait"),
        ("a queue of twenty penguins", "close portrait diptych"),
        ("a table and three glasses", "diptych wide"),
        ("a woman in a garden", "wide"),
    ],
)
def test_what_was_asked_is_never_cut_or_lost(text: str, never: str) -> None:
    found = schemes(text)
    assert found["plain"] > 0.5 * sum(found.values())
    assert not set(never.split()) & set(found), found


def test_what_can_bear_it_is_seen_in_many_ways() -> None:
    found = Counter(read("a horse", seed).scene.scheme for seed in range(240))
    assert {"plain", "wide", "close", "portrait", "diptych", "frieze", "page", "map"} <= set(found)
    assert 0.35 < found["plain"] / sum(found.values()) < 0.7


def test_all_scenes_of_a_film_share_one_scheme() -> None:
    for seed in SEEDS:
        film = read("a horse in a meadow, then it runs, then it eats", seed).scene
        assert len({scene.scheme for scene in film.sequence}) == 1
        assert film.scheme in ("plain", "wide", "close", "portrait")
    text = "a man holds a flower, then he gives the flower to a woman, then they hug"
    assert set(schemes(text)) == {"plain"}


def test_what_was_said_stays() -> None:
    horse = Subject("s1", "horse", 1)
    second = Scene((horse,), "meadow", "dawn", 1, scheme="map")
    first = Scene((horse,), "meadow", "dawn", 1, scheme="", then=second)
    for lot in (0.0, 0.05, 0.3, 0.999):
        assert framed(first, lot).then == second
        assert framed(first, lot).scheme != ""
