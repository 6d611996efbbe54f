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
