"""A licence that binds whoever makes with a model: nobody makes with it before they have accepted it, each once."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import belongings, log, models, people
from uncaged.core.errors import NotFound, TermsNotAccepted
from uncaged.studio import adding, terms, together
from uncaged.studio.studio import Studio

TINY = {"size": (64, 64), "seconds": 0.5, "fps": 8}
SAID = {"terms": "Sheet Licence 1", "binds": "No printing of money.", "terms_text": "§ 1"}


def add(studio: Studio, twin: Path, **said: str) -> models.Shelved:
    (twin / "paper.json").write_text(json.dumps(said))
    return adding.add(studio, adding.offered(twin)).model


def made(studio: Studio) -> int:
    with studio.archive.read() as conn:
        return conn.exec_driver_sql("SELECT count(*) FROM runs").scalar_one()


def test_a_name_that_ends_a_sentence_ends_none_in_the_middle(studio: Studio, twin: Path) -> None:
    add(studio, twin, **SAID | {"terms": "Sheet Agreement of 5 January."})
    with pytest.raises(TermsNotAccepted, match="comes under Sheet Agreement of 5 January, which"):
        studio.ask("paper", model="my-paper", **TINY)


def test_each_person_accepts_once(studio: Studio, twin: Path) -> None:
    model = add(studio, twin, **SAID)
    with studio.archive.write() as conn:
        ana = studio.as_person(people.add(conn, "member", 5, "ana").id)
    for who in (studio, ana, studio.as_person("")):
        with pytest.raises(TermsNotAccepted, match=r"Sheet Licence 1.*money\. .*models accept my"):
            who.ask("paper", model="MY-paper", **TINY)
    assert made(studio) == 0
    assert terms.accept(ana, "my-paper") and not terms.accept(ana, "My-Paper")
    ana.ask("paper", model="my-paper", **TINY)
    with pytest.raises(TermsNotAccepted):
        studio.ask("paper", model="my-paper", **TINY)
    with studio.archive.read() as conn:
        rows = conn.exec_driver_sql("SELECT person_id, model_id, hash, terms FROM acceptances")
        known = terms.of(model)
        assert known is not None
        assert [tuple(row) for row in rows] == [
            (ana.person, model.id, known.hash, "Sheet Licence 1")
        ]
        told = [entry for entry in log.entries(conn, about=model.id) if entry.what == "accepted"]
        assert [(entry.who, dict(entry.details)) for entry in told] == [(ana.person, {})]
    theirs = {name: list(found) for name, found in belongings.each(studio.archive, ana.person)}
    assert [row.value["terms"] for row in theirs["accepted"]] == ["Sheet Licence 1"]


@pytest.mark.parametrize(
    "said", [{}, {"licence": "Apache-2.0"}, {"terms": "Sheet Licence 1"}, {"binds": ""}]
)
def test_what_binds_nobody_is_accepted_by_nobody(
    studio: Studio, twin: Path, said: dict[str, str]
) -> None:
    model = add(studio, twin, **said)
    with studio.archive.read() as conn:
        assert terms.waits(conn, studio.person, model) is None
    assert not terms.accept(studio, "my-paper")
    studio.ask("paper", model="my-paper", **TINY)


def test_a_binding_sentence_alone_binds(studio: Studio, twin: Path) -> None:
    model = add(studio, twin, licence="Mine", binds="Be kind.")
    known = terms.of(model)
    assert known is not None and (known.name, known.binds) == ("Mine", "Be kind.")
    with pytest.raises(TermsNotAccepted, match=r"Mine.*Be kind\."):
        studio.ask("paper", model="my-paper", **TINY)


def test_other_words_are_accepted_anew(studio: Studio, twin: Path) -> None:
    model = add(studio, twin, **SAID)
    terms.accept(studio, "my-paper")
    for name in ("terms", "binds", "terms_text", "terms_url"):
        other = replace(model, card=dict(model.card) | {name: "otherwise"})
        with studio.archive.read() as conn:
            assert terms.waits(conn, studio.person, model) is None
            assert terms.waits(conn, studio.person, other) is not None, name


def test_no_way_leads_around_it(studio: Studio, twin: Path) -> None:
    model = add(studio, twin, **SAID)
    terms.accept(studio, "my-paper")
    run = studio.ask("paper", model="my-paper", **TINY)
    run.cancel()
    with studio.archive.write() as conn:
        conn.exec_driver_sql("DELETE FROM acceptances")
    with pytest.raises(TermsNotAccepted):
        together.again(studio, run.run.id)
    with pytest.raises(TermsNotAccepted):
        studio.ask_all(["one", "two"], model="my-paper", **TINY)
    terms.accept(studio, "my-paper")
    assert together.again(studio, run.run.id)
    assert model.card["terms"] == "Sheet Licence 1"


def test_of_what_is_not_here_nothing_is_accepted(studio: Studio, paper: Any) -> None:
    with pytest.raises(NotFound):
        terms.accept(studio, "nobody")
