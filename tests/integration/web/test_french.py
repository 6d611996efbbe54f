"""The second language that is there, whole: on the pages, beside English, for whoever wishes it."""

from typing import Any

import pytest

HTML = {"Accept": "text/html", "Accept-Language": "fr-CA, fr;q=0.9, en;q=0.5"}


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "Dites quelque chose\u202f: cela devient un film."),
        ("/line", "file"),
        ("/nowhere", "adresse"),
        ("/house", "règles"),
    ],
)
def test_pages_in_french(house: Any, path: str, says: str) -> None:
    page = house.come("somebody").get(path, headers=HTML)
    plain = page.text.replace("\u00a0", "\u202f")
    assert '<html lang="fr" dir="ltr">' in page.text and says in plain
    english = house.come("somebody").get(path, headers={"Accept": "text/html"})
    assert '<html lang="en"' in english.text and says not in english.text


def test_a_place_in_line_in_french(house: Any) -> None:
    run = house.ask("owner", "un oiseau lent")
    page = house.come("owner").get(f"/works/{run.work_id}", headers=HTML).text
    assert "dans la file" in page and "un oiseau lent" in page
    assert '<select id="words" name="words">' in page and 'lang="fr" selected' in page


SMALL = "[class.guest]\nmegapixels = 0.01\nseconds = 1\nwaiting = 1\nruns_a_day = 40\n"


@pytest.mark.parametrize(
    ("path", "sent", "says"),
    [
        ("/works", {"prompt": "un oiseau", "size": "512x512"}, "Demandez une taille plus petite."),
        ("/works", {"prompt": "un oiseau", "size": "64x64", "seconds": "4"}, "Demandez un film plus court."),
        ("/works", {"prompt": " "}, "la phrase est vide"),
        ("/works", {"prompt": "x", "size": "99999x9"}, "n’est pas possible"),
        ("/works", {"prompt": "x", "seconds": "9000"}, "n’est pas possible"),
        ("/reports", {"about": "w_aaaaaaaaaaaa", "why": "hurts", "words": "x"}, "Il n’y a pas ici de tel film"),
        ("/enter", {"name": "personne", "password": "quatre bateaux"}, "ne vont pas ensemble"),
    ],
)  # fmt: skip
def test_what_is_refused_below_the_pages_is_said_in_french(
    house: Any, path: str, sent: dict[str, str], says: str
) -> None:
    """By the policy of the house, by a model, in the middle of a commit: whoever reads French reads why not."""
    house.policy(SMALL)
    page = house.come("somebody").post(path, data=sent, headers=HTML | house.origin)
    assert 400 <= page.status_code < 500, page.status_code
    assert says in page.text and '<html lang="fr"' in page.text
    program = house.come("somebody").post(
        path,
        json=sent,
        headers=house.origin | {"Accept": "application/json", "Accept-Language": "fr"},
    )
    assert says not in program.text, "programs read English"


def test_a_quota_is_said_in_french(house: Any) -> None:
    house.policy(SMALL)
    guest = house.come("somebody")
    sent = {"prompt": "un oiseau", "size": "64x64", "seconds": "1", "model": "echo"}
    assert guest.post("/works", data=sent, headers=HTML | house.origin).is_redirect
    full = guest.post("/works", data=sent | {"prompt": "un autre"}, headers=HTML | house.origin)
    assert full.status_code == 429 and "qu’une personne peut y avoir ici" in full.text
