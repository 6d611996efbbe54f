"""Another studio of ours as a model: from the command that adds it to a kept work, over a real connection."""

from typing import Any

import pytest

from uncaged.archive import people
from uncaged.core.errors import Impossible, TermsNotAccepted
from uncaged.core.media import film_facts
from uncaged.studio import remoting, terms
from uncaged.studio.studio import Studio


@pytest.fixture
def far(studio: Studio, served: Any) -> remoting.Asked:
    """A model of the studio that is served, on the shelf of this one as `far`."""
    wish = remoting.Wish((served.address,), "echo")
    asked = remoting.ask(studio.settings, wish)
    remoting.add(studio, asked, "far")
    return asked


def test_its_film_is_kept_here_and_says_where_it_was_made(
    studio: Studio, served: Any, far: remoting.Asked
) -> None:
    assert far.place.speaks == "uncaged" and "ink" in far.listed
    assert far.card["licence"] == "AGPL-3.0-or-later" and far.place.sides == (16, 4096)
    work = studio.make("a heron wades", model="far", seconds=0.5, size=(64, 48), fps=8, seed=4)
    found = film_facts(work.path)
    assert (found.width, found.height, found.frames) == (64, 48, 4)
    recipe = dict(work.run.recipe or {})
    assert recipe["at"] == served.address and recipe["their_model"] == "echo"
    assert recipe["sent"] == "prompt, model, seconds, size, seed, fps"
    assert served.address in work.understood["sentence"]
    there = served.client().get("/videos", cast_to=dict[str, Any])
    assert recipe["their_id"] not in str(there)  # nothing of ours stays there


def test_everybody_says_yes_once(studio: Studio, served: Any, far: remoting.Asked) -> None:
    with studio.archive.write() as conn:
        ana = studio.as_person(people.add(conn, "member", 5, "ana").id)
    with pytest.raises(TermsNotAccepted, match=f"performs elsewhere.*{served.address}.*read"):
        ana.ask("a heron", model="far")
    assert terms.accept(ana, "far")
    assert ana.ask("a heron", model="far").run.state == "queued"


def test_an_offline_studio_sends_nothing(studio: Studio, far: remoting.Asked) -> None:
    shut = studio.settings.model_copy(update={"offline": True})
    with pytest.raises(Impossible, match="offline"):
        remoting.ask(shut, remoting.Wish(far.place.addresses, "echo"))
