"""What leaves the studio: nothing where it is offline, nothing that people were not told of, no key to anybody else."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_server import Server, film, start
from uncaged.archive import models
from uncaged.core.errors import AskedWrong, Impossible, RunCancelled, WeightsBroken
from uncaged.core.order import Order, Progress
from uncaged.engines.remote.place import FILE, Place, address, read
from uncaged.studio import adding, laying, outgoing, remoting, shelf
from uncaged.studio.studio import Studio

NOWHERE = Place(("http://127.0.0.1:9",), "theirs")
KEY = "sk-nobody"


def add(
    studio: Studio, place: Place = NOWHERE, name: str = "far", key: str = KEY
) -> models.Shelved:
    return remoting.add(studio, remoting.Asked(place, ()), name, key).model


def order(studio: Studio, model: str) -> Order:
    """What a performer would be handed."""
    score = studio.ask("a heron", model=model).run.score
    assert score is not None
    return shelf.with_weights(studio, Order("r_aaaaaaaaaaaa", 0, score))


def test_a_key_goes_to_the_addresses_it_was_given_for_alone(studio: Studio) -> None:
    add(studio)
    add(studio, replace(NOWHERE, addresses=("https://studio.example",)), "other", "")
    assert order(studio, "far").key == KEY and order(studio, "other").key == ""
    add(studio, key="sk-newer")
    assert order(studio, "far").key == "sk-newer"


def test_what_stood_in_line_is_not_sent_once_the_studio_is_offline(studio: Studio) -> None:
    model = add(studio)
    ready = order(studio, "far")
    shut = studio.settings.model_copy(update={"offline": True})
    with pytest.raises(Impossible, match="far performs elsewhere, and this studio is offline"):
        outgoing.refuse_offline(shut, model.name)
    closed = replace(studio, settings=shut)
    with pytest.raises(Impossible, match="offline"):
        shelf.with_weights(closed, replace(ready, key=""))
    with pytest.raises(Impossible, match="offline"):
        closed.ask("a heron", model="far")


def test_a_card_that_says_nothing_of_where_it_performs_is_not_believed(studio: Studio) -> None:
    sha = studio.files.keep(NOWHERE.written())
    card = remoting.Asked(NOWHERE, ()).card | {"binds": ""}
    model = adding.keep(studio, models.Shelved("far", outgoing.REMOTE, card, {FILE: sha})).model
    laying.laid_out(studio, model)
    with pytest.raises(AskedWrong, match="does not say where it performs"):
        order(studio, "far")


@pytest.mark.parametrize(
    "said",
    [b"{", b"[]", b'{"addresses": ["http://studio.example"]}', b'{"more": 1}', b" " * 200_000],
)
def test_a_file_that_says_no_place_is_told(tmp_path: Path, said: bytes) -> None:
    (tmp_path / FILE).write_bytes(said)
    with pytest.raises(WeightsBroken, match="Where it performs cannot be read"):
        read(tmp_path)


def test_a_place_is_read_as_it_was_written(tmp_path: Path) -> None:
    place = replace(NOWHERE, sizes=((1280, 720),), seconds=(1.0, 8.0), speaks="sglang")
    (tmp_path / FILE).write_bytes(place.written())
    assert read(tmp_path) == place


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "http://10.0.0.5", "http://box", "http://[::1]:8"]
)
def test_plain_http_is_for_ones_own_network(url: str) -> None:
    assert address(f"{url}/v1/") == url


@pytest.mark.parametrize(
    "url", ["http://8.8.8.8", "https://", "https://a b", "file:///etc", "https://x?key=1", 7]
)
def test_what_is_no_address_is_refused(url: object) -> None:
    with pytest.raises(AskedWrong):
        address(url)


def test_cancelled_here_it_is_deleted_there(studio: Studio, tmp_path: Path) -> None:
    """By a performer in a process of its own."""
    server = Server(film(tmp_path / "film.mp4"), [{"status": "in_progress", "progress": 30}])
    made = start(server)
    add(studio, Place((server.address,), "theirs", "uncaged"))
    asked = studio.ask("a heron", model="far")

    def watch(event: object) -> None:
        if isinstance(event, Progress) and event.done == 27:
            asked.cancel()

    with pytest.raises(RunCancelled):
        asked.wait(watch)
    made.shutdown()
    made.server_close()
    assert server.paths("DELETE") == ["/v1/videos/video_1"]
