"""Small parts of the web: ids that are names, cookies, words for numbers, marks, times, rates."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong, TooMany
from uncaged.core.ids import is_id
from uncaged.web import cookies, shapes, words
from uncaged.web.asking import ids_for
from uncaged.web.counting import BOUNDS, Times
from uncaged.web.rates import Rates
from uncaged.web.reading import read_json
from uncaged.web.serving import names
from uncaged.web.views.line import RowView

SECRET = b"s" * 32


@given(st.text(), st.text())
def test_ids_for_the_same_asking_are_the_same(person: str, once: str) -> None:
    person = person.encode(errors="replace").decode()
    once = once.encode(errors="replace").decode()
    run, work = ids_for(SECRET, person, once)
    assert is_id("run", run) and is_id("work", work) and run[2:] != work[2:]
    assert ids_for(SECRET, person, once) == (run, work)
    assert ids_for(SECRET, person, once + "x") != (run, work)
    assert ids_for(b"t" * 32, person, once) != (run, work)


def test_who_asks_and_what_are_not_run_together() -> None:
    assert ids_for(SECRET, "p_a", "key:b") != ids_for(SECRET, "p_a:key", "b")


@given(st.binary(max_size=40))
def test_bytes_are_json_or_a_sentence(data: bytes) -> None:
    with suppress(AskedWrong):
        canonical = json.dumps(read_json(data), allow_nan=False, ensure_ascii=False)
        assert canonical.encode()


def test_a_cookie_is_read_by_whoever_sealed_it() -> None:
    cookie = cookies.for_visitor(SECRET, "to_ken-1")
    token, visitor = cookies.visitor(SECRET, cookie) or ("", "")
    assert token == "to_ken-1" and len(visitor) == 32
    assert cookies.visitor(b"t" * 32, cookie) is None
    assert cookies.for_visitor(SECRET, "to_ken-1") != cookie


def test_a_keys_cookie_ends_by_itself() -> None:
    cookie = cookies.for_key(SECRET, "k_aaaaaaaaaaaa", 1000)
    last = 1000 + cookies.DAYS * cookies.DAY
    assert cookies.key(SECRET, cookie, last - 1) == "k_aaaaaaaaaaaa"
    assert cookies.key(SECRET, cookie, last) is None
    assert cookies.key(b"t" * 32, cookie, 1000) is None
    assert cookies.key(SECRET, cookie.replace("k_a", "k_b"), 1000) is None
    assert cookies.visitor(SECRET, cookie) is None


@given(st.text(max_size=200))
def test_no_other_cookie_is_read(cookie: str) -> None:
    assert cookies.visitor(SECRET, cookie) is cookies.key(SECRET, cookie, 0) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (4.2, "5 s"), (59.5, "1 min"), (110, "1 min 50 s"), (599, "9 min 59 s"),
     (601, "11 min"), (3600, "1 h"), (7900, "2 h 12 min"), (-3, "0 s")],
)  # fmt: skip
def test_times_in_words(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


def test_places_in_words() -> None:
    said = [words.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112, 1004)]
    assert said == "1st 2nd 3rd 4th 11th 12th 13th 21st 112th 1,004th".split()
    sizes = [words.size(n) for n in (900, 31_000, 1_900_000, 999_949_999, 999_950_000, 3 * 10**12)]
    assert sizes == ["900 bytes", "31 kB", "1.9 MB", "999.9 MB", "1.0 GB", "3,000.0 GB"]


def a_row(starts: float | None, takes: float, done: float) -> RowView:
    facts = {"place": 1, "who": "you", "own": True, "model": "ink", "text": None, "work": None}
    facts |= {"state": "queued", "group": None}
    return RowView(**facts, run=None, starts=starts, takes=takes, done=done, why="")  # type: ignore[arg-type] - a test names any


lengths = st.floats(0, 1e7)


@given(st.none() | lengths, lengths, st.floats(0, 1), st.sampled_from(shapes.UNITS))
def test_a_row_of_marks_is_never_longer_than_the_page(
    starts: float | None, takes: float, part: float, unit: float
) -> None:
    waits, done, todo, cut = shapes.marks(a_row(starts, takes, takes * part), unit)
    assert min(waits, done, todo) >= 0 and 1 <= waits + done + todo <= shapes.LONGEST
    if not cut:
        assert abs(waits - (starts or 0) / unit) <= 1 and abs(done - takes * part / unit) <= 1


def test_times_fall_into_their_buckets() -> None:
    times = Times()
    for seconds in (0.0, BOUNDS[0], BOUNDS[0] + 1e-9, 99.0):
        times.add(seconds)
    assert times.buckets[0] == 2 and times.buckets[1] == 1 and times.buckets[-1] == 1
    assert sum(times.buckets) == 4 and times.total > 99


def test_a_rate_is_a_persons_own() -> None:
    rates = Rates()
    for _ in range(3):
        rates.count("ana", 3)
    with pytest.raises(TooMany) as refused:
        rates.count("ana", 3)
    assert 1 <= refused.value.retry_after <= 120
    rates.count("tin", 3)
    rates.count("ana", 9)


def test_a_studio_knows_its_own_names() -> None:
    assert names("127.0.0.1", 8484) == {"127.0.0.1:8484", "[::1]:8484", "localhost:8484"}
    assert "localhost" in names("localhost", 80)
    assert names("192.168.1.5", 8484) == {"192.168.1.5:8484"}
    assert names("fe80::1", 9) == {"[fe80::1]:9"}
    assert "127.0.0.1:8484" in names("0.0.0.0", 8484)


@given(st.floats(0, 1e6), st.floats(0.01, 1e5))
def test_a_wait_that_is_drawn_alone_fits_in_its_row(starts: float, takes: float) -> None:
    one, waits, own = shapes.stair(starts, takes)
    assert one in shapes.UNITS and waits >= 0 and own >= 1 and waits + own <= shapes.ALONE
