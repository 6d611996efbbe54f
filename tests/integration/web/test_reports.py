"""From a report to the appeal: what anybody, the maker and keepers see and may do, with every kind of bad input."""

import re
import threading
from dataclasses import replace
from typing import Any

import pytest

from uncaged.archive import decisions, keys, log, people, reports, works
from uncaged.web.app import create_app

JSON = {"Accept": "application/json"}
DAY = 24 * 3600 * 1_000_000


class Later:
    """A clock that can be put forward."""

    def __init__(self, clock: Any) -> None:
        self._clock, self.ahead = clock, 0

    def now(self) -> int:
        return self._clock.now() + self.ahead

    def monotonic(self) -> float:
        return self._clock.monotonic() + self.ahead / 1e6


@pytest.fixture
def open_house(house: Any) -> Any:
    """A house with a keeper beside the owner, a film that everybody sees, and a clock to put forward."""
    house.clock = Later(house.studio.clock)
    house.studio = replace(house.studio, clock=house.clock)
    house.app = create_app(house.studio, hosts=frozenset({house.host}), local=True)

    def step(conn: Any) -> None:
        for who in ("kettle", "moss"):
            keeper = people.add(conn, "keeper", 1, who)
            scopes = ("read", "make", "manage")
            house.secrets[who] = keys.make(conn, keeper.id, who, scopes, 1)[1]
            house.persons[who] = keeper.id

    house.studio.commit(step)
    house.policy("[door]\nrequests_a_minute = 1_000_000\n[house]\nreports_an_hour = 100\n")
    house.work = shown(house)
    return house


def shown(house: Any, who: str = "member", film: bytes = b"") -> str:
    run = house.make(who, film=film or house.film)
    house.studio.commit(lambda c: works.show(c, run.person_id, run.work_id, "everybody", 5))
    return run.work_id


def report(house: Any, who: str = "guest", **said: Any) -> Any:
    sent = {"about": house.work, "why": "me", "words": "That is my face."} | said
    return house.come(who).post("/reports", json=sent, headers=JSON | house.origin)


def decide(house: Any, who: str, verdict: str = "show", n: int = 1, **said: Any) -> Any:
    sent = {"verdict": verdict, "reasons": "It is a drawing.", **said}
    return house.come(who).post(f"/reports/{n}/decision", json=sent, headers=JSON | house.origin)


def sees(house: Any, who: str, work: str = "") -> int:
    return house.come(who).get(f"/works/{work or house.work}/film").status_code


def events(house: Any, n: int = 1) -> list[str]:
    with house.studio.archive.read() as conn:
        return [line.words.partition("\n")[0] for line in reports.lines(conn, n)]


def test_a_whole_report(open_house: Any) -> None:
    house = open_house
    told = report(house, mail="a@b.example").json()
    assert told["number"] == 1 and told["hidden"] and not told["again"]
    assert [sees(house, who) for who in ("other", "member", "owner", "kettle")] == [404] * 4
    mine = house.come("member").get(f"/works/{house.work}").text
    assert "That is my face." not in mine and "Report 1" in mine and "hidden since" in mine
    case = house.come("member").get("/reports/1").text
    assert "That is my face." in case and "a@b.example" not in case and "203.0.113" not in case
    said = {"words": "I drew it with ink."}
    answered = house.come("member").post("/reports/1/answer", data=said, headers=house.origin)
    assert answered.status_code == 303
    desk = house.come("kettle").get("/reports").text
    assert "report 1" in desk and "hidden" in desk and "nobody yet" in desk
    before = house.come("kettle").get("/reports/1").text
    assert "I drew it with ink." in before and "a@b.example" in before and "<details>" in before
    assert house.come("kettle").get("/reports/1/film").content == house.film
    assert decide(house, "kettle", reasons="A head out of leaves.", rule=1).status_code == 200
    assert sees(house, "other") == 200
    with house.studio.archive.read() as conn:
        assert reports.get(conn, 1).mail is None
        lines = [(e.what, dict(e.details)) for e in log.entries(conn, about=house.work)]
    assert ("looked", {"report": 1}) in lines
    assert ("decided", {"report": 1, "decision": 1, "verdict": "show"}) in lines
    reporter = house.come("guest").get(
        told["link"].replace(f"http://{house.host}", "") + "&as=json"
    )
    maker = house.come("member").get("/reports/1?as=json")
    assert reporter.json()["decisions"] == maker.json()["decisions"]
    assert maker.json()["decisions"][0]["reasons"] == "A head out of leaves."
    book = house.come("guest").get("/house/book.jsonl").text
    assert "A head out of leaves." in book and '"by":"kettle"' in book
    page = house.come("member").get(f"/works/{house.work}").text
    assert "A head out of leaves." in page and "You may appeal until" in page


def test_the_link_is_exchanged_for_a_cookie_and_leaves_the_address(open_house: Any) -> None:
    told = report(open_house).json()
    path = told["link"].replace(f"http://{open_house.host}", "")
    stranger = open_house.come("other")
    assert stranger.get("/reports/1").status_code == 404
    came = stranger.get(path)
    assert came.status_code == 303 and came.headers["Location"] == "/reports/1"
    given = came.headers["Set-Cookie"].lower()
    assert "path=/reports/1" in given and "httponly" in given and "samesite=lax" in given
    assert came.headers["Referrer-Policy"] == "same-origin"
    page = stranger.get("/reports/1")
    assert page.status_code == 200 and "<svg" in page.text and "link=" in page.text
    assert "style=" not in page.text
    assert stranger.get("/reports/2").status_code == 404
    secret = path.partition("link=")[2]
    database = open_house.studio.settings.database
    kept = b"".join(p.read_bytes() for p in database.parent.glob(database.name + "*"))
    assert secret.encode() not in kept
    for wrong in ("x", "", "é" * 50, secret[:-1], secret + "0"):
        assert open_house.come("other").get(f"/reports/1?link={wrong}").status_code == 404


def test_the_form_by_hand_with_and_without_cookies(open_house: Any) -> None:
    house, browser = open_house, open_house.come("guest")
    form = browser.get(f"/reports/new?about={house.work}").text
    once = re.search(r'name="once" value="([^"]+)"', form)
    assert once is not None and f'value="{house.work}"' in form
    sent = {"about": f"http://{house.host}/works/{house.work}#t=2", "why": "law", "once": once[1]}
    first = browser.post("/reports", data=sent, headers=house.origin)
    twice = browser.post("/reports", data=sent, headers=house.origin)
    assert first.status_code == twice.status_code == 303
    assert first.headers["Location"] == twice.headers["Location"] == "/reports/1"
    assert first.headers["Set-Cookie"] == twice.headers["Set-Cookie"]
    assert "your link" in browser.get("/reports/1").text
    bare = house.come("other")
    bare.get(f"/reports/new?about={house.work}")
    bare.cookies.clear()
    page = bare.post("/reports", data=sent, headers=house.origin)
    assert page.status_code == 201 and "your link" in page.text and "link=" in page.text


@pytest.mark.parametrize(
    ("about", "why", "more", "status"),
    [
        ("", "me", {}, 404),
        ("w_aaaaaaaaaaaa", "me", {}, 404),
        ("my film", "me", {}, 404),
        ("w_aaaaaaaaaaaa' OR 1=1 --", "me", {}, 404),
        ("http://[::1/works/x", "me", {}, 404),
        ("\u202ew_aaaa\x01", "me", {}, 404),
        ("WORK", "", {}, 400),
        ("WORK", "me; drop", {}, 400),
        ("WORK", "law", {"words": "x" * 4001}, 400),
        ("WORK", "law", {"mail": "nobody"}, 400),
        ("WORK", "law", {"mail": "a@b\r\nBcc: c@d"}, 400),
        ("WORK", "law", {"mail": "a@" + "b" * 300}, 400),
    ],
)
def test_what_cannot_be_reported(
    open_house: Any, about: str, why: str, more: Any, status: int
) -> None:
    said = {"about": about.replace("WORK", open_house.work), "why": why, **more}
    assert report(open_house, **said).status_code == status
    page = open_house.come("guest").post("/reports", data=said, headers=open_house.origin)
    assert page.status_code == status and 'role="alert"' in page.text
    assert "Report something" in page.text
    with open_house.studio.archive.read() as conn:
        assert reports.waiting(conn, 9) == ()


def test_what_nobody_else_sees_cannot_be_told_from_what_is_not_there(open_house: Any) -> None:
    secret, hidden = open_house.make("member").work_id, shown(open_house, film=b"another one")
    assert report(open_house, about=hidden).status_code == 201
    said = {
        report(open_house, "other", about=one).content for one in (secret, hidden, "w_" + "a" * 12)
    }
    assert len(said) == 1
    own = report(open_house, "member")
    assert own.status_code == 400 and "yours" in own.text
    queued = open_house.ask("member").work_id
    assert report(open_house, about=queued).status_code == 404


def test_one_address_about_one_film_counts_once(open_house: Any) -> None:
    house = open_house
    assert report(house, why="law", words="first").status_code == 201
    for n in range(9):
        again = report(house, why="law", words=f"again {n}")
        assert again.status_code == 200 and again.json() == {
            "number": None,
            "link": None,
            "again": True,
            "hidden": False,
        }
    case = house.come("kettle").get("/reports/1?as=json").json()
    assert case["again"] == 9
    assert [e["said"] for e in case["events"] if e["said"].startswith("again")] == [
        f"again {n}" for n in range(5)
    ]
    assert "again 3" not in house.come("member").get("/reports/1").text
    assert report(house).json()["hidden"]  # that it shows them still counts
    page = house.come("guest").post(
        "/reports", data={"about": house.work, "why": "law"}, headers=house.origin
    )
    assert page.status_code == 303
    assert "reported from your address" in house.come("guest").get(page.headers["Location"]).text
    house.clock.ahead = 2 * DAY
    assert report(house, "other").status_code == 404  # hidden by now
    decide(house, "kettle")
    assert report(house, why="law").json()["number"] == 2


def test_a_bomb_of_reports(open_house: Any) -> None:
    house = open_house
    house.policy("[door]\nrequests_a_minute = 1_000_000\n[house]\nreports_an_hour = 5\n")
    films = [shown(house, film=b"film %d" % n) for n in range(7)]
    answers = [report(house, about=one) for one in films]
    assert [a.status_code for a in answers] == [201] * 5 + [429] * 2
    assert [a.json()["hidden"] for a in answers[:5]] == [True, True, True, False, False]
    assert int(answers[5].headers["Retry-After"]) > 0
    assert "too-many" in events(house, 4) and "hid" in events(house, 3)
    assert report(house, "other", about=films[6]).json()["hidden"]
    form = house.come("guest").get("/reports/new").text
    assert "5 reports an hour" in form and "3 films a day" in form
    house.clock.ahead = DAY + 1
    assert report(house, about=films[5]).json()["hidden"]


def test_what_was_decided_is_not_hidden_by_the_next_one(open_house: Any) -> None:
    report(open_house)
    decide(open_house, "kettle")
    again = report(open_house, "other").json()
    assert again["number"] == 2 and not again["hidden"]
    assert "decided-before" in events(open_house, 2)


WILD = [
    "<script>alert(1)</script>",
    "\u202egnp.exe \u2066x",
    "𝕏 👩\u200d🎨 漢字 ت",
    "a\x01b\x1b[31m",
    "' OR 1=1 --",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("words", WILD)
def test_wild_words_stay_words(open_house: Any, words: str) -> None:
    house = open_house
    report(house, words=words)
    house.come("member").post("/reports/1/answer", json={"words": words}, headers=house.origin)
    done = decide(house, "kettle", "sentence", reasons=words, sentence=words)
    assert done.status_code == 200
    for who, path in (
        ("kettle", "/reports/1"),
        ("kettle", "/reports"),
        ("member", f"/works/{house.work}"),
        ("guest", f"/works/{house.work}"),
        ("guest", "/house"),
        ("guest", "/house/book"),
    ):
        page = house.come(who).get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "\u202e" not in page.text
        assert "\x1b" not in page.text and "49" not in re.findall(r"“(.*?)”", page.text)


def test_both_sides_may_appeal_once_and_somebody_else_decides(open_house: Any) -> None:
    house = open_house
    link = report(house).json()["link"].replace(f"http://{house.host}", "")
    reporter = house.come("guest")
    reporter.get(link)
    early = reporter.post("/reports/1/appeal", json={"words": "no"}, headers=house.origin)
    assert early.status_code == 409
    decide(house, "kettle")
    first = reporter.post("/reports/1/appeal", json={"words": "It is me."}, headers=house.origin)
    twice = reporter.post("/reports/1/appeal", json={"words": "It is me."}, headers=house.origin)
    assert first.status_code == twice.status_code == 200
    assert events(house).count("appeal reporter") == 1
    refused = decide(house, "kettle", "hide")
    assert refused.status_code == 403 and "somebody else" in refused.text
    assert decide(house, "moss", "hide", reasons="It is she.").status_code == 200
    assert sees(house, "other") == 404
    again = reporter.post("/reports/1/appeal", json={"words": "more"}, headers=house.origin)
    assert again.status_code == 409
    house.clock.ahead = 15 * DAY
    late = house.come("member").post(
        "/reports/1/appeal", json={"words": "No."}, headers=house.origin
    )
    assert late.status_code == 409 and "over" in late.text
    house.clock.ahead = 13 * DAY
    maker = house.come("member").post(
        "/reports/1/appeal", json={"words": "No."}, headers=house.origin
    )
    assert maker.status_code == 200
    assert decide(house, "owner", "show", reasons="Third look.").status_code == 200
    with house.studio.archive.read() as conn:
        numbers = decisions.numbers(conn, 0)
    assert (numbers.appeals, numbers.granted, numbers.show) == (2, 2, 1)


def test_a_report_that_waits_too_long_is_late(open_house: Any) -> None:
    report(open_house)
    assert open_house.come("kettle").get("/reports?as=json").json()["open"][0]["left"] > 86_000
    open_house.clock.ahead = 2 * DAY
    assert open_house.come("kettle").get("/reports?as=json").json()["open"][0]["left"] < -86_000
    assert "late by" in open_house.come("kettle").get("/reports").text


def test_two_decide_at_once(open_house: Any) -> None:
    report(open_house)
    answers: list[int] = []

    def one(who: str, verdict: str) -> None:
        answers.append(decide(open_house, who, verdict).status_code)

    both = [threading.Thread(target=one, args=a) for a in (("kettle", "show"), ("moss", "hide"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answers) == [200, 409]
    with open_house.studio.archive.read() as conn:
        assert len(decisions.of_report(conn, 1)) == 1


def test_a_form_that_comes_back_keeps_what_was_typed(open_house: Any) -> None:
    house = open_house
    report(house)
    said = {"verdict": "sentence", "reasons": "Long and careful.", "rule": "1", "sentence": ""}
    page = house.come("kettle").post("/reports/1/decision", data=said, headers=house.origin)
    assert page.status_code == 400 and "Long and careful." in page.text and "checked" in page.text
    for wrong in (
        {"verdict": "burn"},
        {"verdict": ""},
        {"rule": 99},
        {"rule": "x"},
        {"reasons": " "},
    ):
        assert decide(house, "kettle", **({"verdict": "hide"} | wrong)).status_code == 400
    assert decide(house, "kettle", "hide", reasons="x" * 4001).status_code == 400
    assert decide(house, "kettle", "hide").status_code == 200
    stale = house.come("moss").post(
        "/reports/1/decision", data=said | {"sentence": "x"}, headers=house.origin
    )
    assert stale.status_code == 409 and "Long and careful." not in stale.text.split("<main")[0]
    twice = decide(house, "kettle", "hide")
    assert twice.status_code == 200 and len(twice.json()["decisions"]) == 1


def test_nobody_decides_their_own(open_house: Any) -> None:
    house = open_house
    house.work = shown(house, "kettle", film=b"of a keeper")
    report(house)
    assert house.come("kettle").get("/reports/1?as=json").json()["side"] == "maker"
    assert decide(house, "kettle").status_code == 403
    assert house.come("kettle").get("/reports/1/film").status_code == 404
    house.work = shown(house, film=b"reported by a keeper")
    assert report(house, "moss").status_code == 201
    assert decide(house, "moss", n=2).status_code == 403
    assert decide(house, "owner", n=2).status_code == 200


def test_cookies_of_others_open_nothing(open_house: Any) -> None:
    house = open_house
    report(house)
    stranger = house.come("other", Cookie="uncaged_report=" + "x" * 43)
    for path in ("answer", "appeal"):
        said = stranger.post(f"/reports/1/{path}", json={"words": "x"}, headers=house.origin)
        assert said.status_code == 404
    crossing = {"Origin": "http://evil.example"}
    sent = {"about": house.work, "why": "me"}
    assert house.come("guest").post("/reports", data=sent, headers=crossing).status_code == 403
    for n in ("0", "-1", "9" * 40, "1e3", "١", "%00"):
        assert house.come("owner").get(f"/reports/{n}").status_code == 404
