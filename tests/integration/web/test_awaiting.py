"""What waits for somebody: a word at the head of every page, and a list on their own."""

from typing import Any

from uncaged.archive import credits, works

JSON = {"Accept": "application/json"}
NOTHING = {"reports": 0, "credits": 0, "asked": 0, "hidden": 0, "elsewhere": 0}


def waits(client: Any) -> dict[str, int]:
    return client.get("/me?as=json").json()["waits"]


def test_nothing_waits_for_somebody_new(house: Any) -> None:
    bea = house.stay("bea")
    assert set(waits(bea).values()) == {0}
    page = bea.get("/films").text
    assert 'class="waits"' not in page


def test_whoever_is_named_or_asked_in_is_told_on_every_page(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    work = str(house.make("bea").work_id)
    house.studio.commit(
        lambda c: credits.add(c, work, house.persons["bea"], "cleo", "the voice", 5)
    )
    assert waits(cleo) == NOTHING | {"credits": 1}
    assert 'href="/me#waits" aria-label="1 waits for you">1 waits</a>' in cleo.get("/films").text
    made = bea.post("/me/collectives", data={"name": "trio"}, headers=JSON).json()
    collective = made["collectives"][0]["id"]
    bea.post(f"/collectives/{collective}/ask", data={"name": "cleo"})
    assert waits(cleo)["asked"] == 1 and "2 wait for you" in cleo.get("/line").text
    for at in ("/source", f"/reports/new?about={work}", "/groups/none", "/api"):
        assert 'class="waits"' in cleo.get(at).text, at
    mine = cleo.get("/me").text
    assert 'id="waits"' in mine and "1 film whose maker names you" in mine
    assert "1 collective that asks you in" in mine
    cleo.post("/me/credits", data={"work": work, "n": "1", "answer": "yes"})
    asked = cleo.get("/me?as=json").json()["asked"][0]["invitation"]
    cleo.post(f"/me/asked/{asked}", data={"answer": "no"})
    assert set(waits(cleo).values()) == {0} and set(waits(bea).values()) == {0}


def test_a_report_waits_for_whoever_decides_and_a_hidden_film_for_its_maker(house: Any) -> None:
    bea = house.stay("bea")
    work = house.shown("bea")
    manager = house.come("manager", **house.origin)
    assert waits(manager)["reports"] == 0
    house.report(about=work, why="me")
    assert waits(manager)["reports"] == 1 and "1 waits for you" in manager.get("/films").text
    assert waits(house.come("member"))["reports"] == 0, "who keeps no house decides nothing"
    assert waits(bea) == NOTHING | {"hidden": 1}
    listed = bea.get("/works?state=hidden")
    assert work in listed.text and "Hidden by the house" in listed.text
    assert bea.get("/works?as=json").json()["hidden"] == 1
    house.decide("manager", "hide")
    assert waits(bea)["hidden"] == 1, "an appeal is possible"
    house.policy("[house]\nappeal_days = 0.0000001\n")
    assert waits(bea)["hidden"] == 0 and waits(manager)["reports"] == 0


def test_whoever_acts_as_a_collective_is_told_what_waits_for_themselves(house: Any) -> None:
    bea = house.stay("bea")
    made = bea.post("/me/collectives", data={"name": "trio"}, headers=JSON).json()
    collective = made["collectives"][0]["id"]
    run = house.make("owner")
    house.studio.commit(
        lambda c: credits.add(c, str(run.work_id), run.person_id, "bea", "light", 5)
    )
    bea.post("/me/as", data={"collective": collective})
    assert waits(bea)["credits"] == 1
    theirs = bea.get("/films").text
    assert "1 waits for you" in theirs


def test_a_hidden_film_of_a_collective_waits_for_each_of_its_members(house: Any) -> None:
    bea = house.stay("bea")
    made = bea.post("/me/collectives", data={"name": "trio"}, headers=JSON).json()
    house.persons["trio"] = made["collectives"][0]["id"]
    work = house.shown("trio")
    house.report(about=work, why="me")
    assert waits(bea) == NOTHING | {"elsewhere": 1}, "their own list of hidden films has none"
    assert "1 film of your collectives is hidden" in bea.get("/me").text
    bea.post("/me/as", data={"collective": house.persons["trio"]})
    assert waits(bea) == NOTHING | {"hidden": 1}
    assert work in bea.get("/works?state=hidden").text
    own = house.shown("bea", film=b"another")
    house.report("other", about=own, why="me")
    assert waits(bea) == NOTHING | {"hidden": 1, "elsewhere": 1}
    assert "1 hidden film waits for you outside this collective" in bea.get("/me").text


def test_a_hidden_film_waits_no_more_once_all_is_said_or_it_is_thrown_away(house: Any) -> None:
    bea = house.stay("bea")
    work = house.shown("bea")
    house.report(about=work, why="me")
    house.decide("manager", "hide")
    assert waits(bea)["hidden"] == 1
    house.studio.commit(
        lambda c: works.throw_away(c, house.persons["bea"], work, house.studio.clock.now())
    )
    assert waits(bea) == NOTHING and work not in bea.get("/works?state=hidden").text
    house.studio.commit(
        lambda c: works.take_back(c, house.persons["bea"], work, house.studio.clock.now())
    )
    bea.post("/reports/1/appeal", data={"words": "It is a paper bird."})
    assert waits(bea)["hidden"] == 1, "one can answer while it is open"
    house.keeper("second")
    house.decide("second", "hide", reasons="Still.")
    assert waits(bea) == NOTHING, "a maker appeals once"


def test_a_report_waits_for_nobody_who_may_not_decide_it(house: Any) -> None:
    keeper = house.keeper("kim")
    work = house.shown("owner")
    house.report(about=work, why="hurts")
    assert waits(house.come("kim"))["reports"] == 1
    assert waits(house.come("manager"))["reports"] == 0, "it is the owner's own film"
    added = house.studio.commit(
        lambda c: credits.add(c, work, house.persons["owner"], "kim", "the light", 5)
    )
    assert waits(house.come("kim"))["reports"] == 1, "named, and not yet agreed"
    house.studio.commit(lambda c: credits.answer(c, work, keeper, added.n, True, 6))
    assert waits(house.come("kim"))["reports"] == 0
