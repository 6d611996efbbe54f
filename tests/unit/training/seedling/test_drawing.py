"""Drawing films with networks whose answer is known."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from uncaged.engines.seedling import drawing as performed
from uncaged.engines.seedling.grammar import SLOTS, WIDTH
from uncaged.training.seedling import drawing
from uncaged.training.seedling.drawing import Manner, films, frames
from uncaged.training.seedling.network import built
from uncaged.training.seedling.saying import SlotSize


class Known(nn.Module):
    """Says 3 where something is said and 1 where not, and remembers the flow times and frames it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.asked: list[tuple[Tensor, int]] = []

    def forward(self, x: Tensor, t: Tensor, labels: Tensor, tau: Tensor, count: int) -> Tensor:
        self.asked.append((t.view(-1, count), count))
        said = (labels.abs().sum(1) > 0).float() * 2 + 1
        return said.repeat_interleave(count)[:, None, None, None].expand_as(x)


SAID = np.ones((2, WIDTH), np.float32)


@pytest.mark.parametrize("guidance", [1.0, 2.0, 0.0, -1.0])
@pytest.mark.parametrize("steps", [4, 60])
def test_all_frames_land_on_what_the_network_says(guidance: float, steps: int) -> None:
    drawn = films(Known(), SAID, [1, 2], Manner(steps=steps, guidance=guidance))
    assert drawn.shape == (2, 8, 16, 16, 32)
    np.testing.assert_allclose(drawn, 1 + guidance * 2, atol=1e-5)


def test_the_key_frame_is_drawn_alone_first_and_then_stands_nearly_clean() -> None:
    net = Known()
    films(net, SAID, [1, 2], Manner(steps=3, guidance=1.0))
    assert [count for _, count in net.asked] == [1, 1, 1, 8, 8, 8]
    last, _ = net.asked[-1]
    assert last[:, 4].tolist() == pytest.approx([0.1, 0.1])
    first, _ = net.asked[3]
    assert first[0].tolist() == pytest.approx([1, 1, 1, 1, 0.1, 1, 1, 1])


def test_a_film_comes_from_its_seed_alone() -> None:
    torch.manual_seed(0)
    net = built("tiny", [SlotSize(slot.name, len(slot.values)) for slot in SLOTS]).eval()
    with torch.no_grad():
        for p in net.parameters():
            if not p.any():
                p.normal_(std=0.1)
    manner = Manner(steps=2)
    both = films(net, SAID, [5, 6], manner)
    alone = films(net, SAID[:1], [6], manner)
    np.testing.assert_allclose(both[1], alone[0], atol=1e-4)
    assert np.abs(both[0] - both[1]).max() > 0.1
    taus = np.array([0.1, 0.9], np.float32)
    two = frames(net, SAID, [5, 5], taus, manner)
    assert two.shape == (2, 16, 16, 32)
    assert np.abs(two[0] - two[1]).max() > 1e-3, "a frame's time in the film is heard"


def test_the_judge_draws_as_the_studio_performs() -> None:
    """One film from one noise, by the network in torch and by the same network asked as a graph is."""
    torch.manual_seed(1)
    net = built("tiny", [SlotSize(slot.name, len(slot.values)) for slot in SLOTS]).eval()
    with torch.no_grad():
        for p in net.parameters():
            if not p.any():
                p.normal_(std=0.1)
    manner = Manner(steps=3, guidance=1.7, bend=0.3)
    noise = drawing.noise(9, 8).numpy()
    plan = performed.Plan(SAID[0], np.zeros(WIDTH, np.float32), noise, 1.7, 3, 0.3)

    def estimate(x: Any, t: Any, labels: Any, tau: Any) -> Any:
        given = [torch.from_numpy(np.array(one)) for one in (x[0], t[0], labels, tau[0])]
        with torch.no_grad():
            return net(*given, len(x[0])).numpy()[None]

    def ended(asked: Any) -> Any:
        try:
            while True:
                next(asked)
        except StopIteration as end:
            return end.value

    networks = performed.Networks(estimate, estimate)
    key = ended(performed.key_frame(plan, networks))
    np.testing.assert_allclose(
        films(net, SAID[:1], [9], manner)[0], ended(performed.film(plan, networks, key)), atol=1e-4
    )
