"""A maker who deletes a reported film before it is decided: what was reported can be kept out all the same."""

from hashlib import sha256
from typing import Any

import pytest

from uncaged.archive import blocks, reports

JSON = {"Accept": "application/json"}


@pytest.fixture
def reported(house: Any) -> Any:
    """A house with a keeper, and a film of a member's that a guest has reported: `house.work`."""
    house.keeper("kettle")
    house.work = house.shown("member")
    assert house.report(about=house.work).status_code == 201
    return house


def hashes(house: Any) -> tuple[str, ...]:
    with house.studio.archive.read() as conn:
        return reports.hashes(conn, 1)


def delete(house: Any) -> None:
    gone = house.come("member").post(f"/works/{house.work}/delete", headers=JSON | house.origin)
    assert gone.status_code in (200, 204), gone.text


def test_a_maker_who_deletes_first_brings_the_film_back_no_more(reported: Any) -> None:
    house, sha = reported, sha256(reported.film).hexdigest()
    delete(house)
    assert hashes(house) == (sha,)
    for client in (house.come("kettle"), house.come("member")):
        assert sha not in client.get("/reports/1", headers=JSON).text
    done = house.decide("kettle", "delete")
    assert done.status_code == 200, done.text
    with house.studio.archive.read() as conn:
        block = blocks.find(conn, sha)
        assert block is not None and block.report_n == 1 and "report 1" in block.reason
    assert hashes(house) == (), "once it stands on the list, the report needs it no more"
    again = house.make("member").work_id
    refused = house.come("member").post(
        f"/works/{again}/show", data={"to": "everybody"}, headers=JSON | house.origin
    )
    assert refused.status_code == 403 and "deleted by a decision" in refused.text


@pytest.mark.parametrize("verdict", ["hide", "show"])
def test_what_was_decided_otherwise_is_kept_no_longer_than_the_film(
    reported: Any, verdict: str
) -> None:
    assert len(hashes(reported)) == 1
    assert reported.decide("kettle", verdict).status_code == 200
    delete(reported)
    assert hashes(reported) == ()
    with reported.studio.archive.read() as conn:
        assert blocks.listed(conn) == ()


def test_words_of_a_reporter_are_no_hashes(house: Any) -> None:
    house.keeper("kettle")
    house.work = house.shown("member")
    house.report(about=house.work, words="files " + "a" * 64)
    assert hashes(house) == (sha256(house.film).hexdigest(),)
    assert "a" * 64 in house.come("kettle").get("/reports/1", headers=JSON).text
