"""The wire: what goes in comes out, and what is no message is said to be none."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.order import (
    Broke,
    Done,
    Event,
    Frame,
    Learned,
    Media,
    Order,
    PositionFound,
    Preview,
    Progress,
    Trained,
    Understood,
)
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.wire import Message, WireBroken, pack, receive, send, unpack

EVENTS: list[Event] = [
    Understood({"zwei": "count", "birds": "bird", "𝔘": ""}, "Two birds."),
    PositionFound({"model": "ink", "genes": {"a": 1.5}}),
    Progress(3, 10, "drawing"),
    Preview(bytes(range(256))),
    Media("/tmp/x.mp4", "video/mp4", 64, 64, 24.0, 48),
    Learned({"step": 3, "loss": 0.25, "kept": 2, "energy_assumes": "8 W"}),
    Trained("/tmp/m", {"engine": "echo", "files": {"a": {"sha256": "0" * 64}}, "card": {}}),
    Done({"numpy": "2"}, 1.25),
    Broke("no", "try", True),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_every_event_crosses_the_wire(event: Event) -> None:
    pipe = BytesIO()
    what, body, raw = pack(event)
    send(pipe, Message(what, "r_a", 1, 0, body, raw))
    pipe.seek(0)
    message = receive(pipe)
    assert message is not None
    again = unpack(message)
    assert again == event
    if isinstance(event, Understood) and isinstance(again, Understood):
        assert list(again.words) == list(event.words)  # their order is the sentence's
    assert receive(pipe) is None


def test_frames_stay_inside() -> None:
    with pytest.raises(TypeError):
        pack(Frame(np.zeros((2, 2, 3), np.uint8)))


def test_an_order_crosses_the_wire() -> None:
    score = Score((Shot("a bird", 2.0),), ModelRef("ink"), (64, 64), 24, 1)
    order = Order("r_x", 2, score, {"a" * 64: "/f"}, "/tmp/s", True, "svg", 1.5, "/k")
    assert Order.from_json(order.to_json()) == order


@given(st.binary(max_size=200))
def test_no_noise_is_a_message(noise: bytes) -> None:
    try:
        found: Any = receive(BytesIO(noise))
    except WireBroken:
        return
    assert found is None
    assert noise == b""


def test_a_message_cut_short_is_broken() -> None:
    pipe = BytesIO()
    send(pipe, Message("done", "r_a", 1, 0, {"a": 1}, b"raw"))
    whole = pipe.getvalue()
    for length in range(1, len(whole)):
        with pytest.raises(WireBroken):
            receive(BytesIO(whole[:length]))


@pytest.mark.parametrize("what", ["progress", "learned", "trained", "media", "broke", "nothing"])
@pytest.mark.parametrize("body", [{}, {"facts": 3}, {"facts": [1]}, {"folder": "/", "manifest": 1}])
def test_an_event_that_says_nothing_is_broken(what: str, body: dict[str, Any]) -> None:
    with pytest.raises(WireBroken):
        unpack(Message(what, "r_a", 1, 0, body))
