"""The network: its sizes, what it hears, and that what joins frames begins by saying nothing."""

import pytest
import torch

from uncaged.engines.seedling.grammar import SLOTS, WIDTH, labels
from uncaged.training.seedling.network import UNet, built, joining
from uncaged.training.seedling.saying import Saying, SlotSize

SIZES = [SlotSize(slot.name, len(slot.values)) for slot in SLOTS]


@pytest.fixture(scope="module")
def net() -> UNet:
    """Tiny, and with something to say in every part that begins silent, but for what joins frames."""
    torch.manual_seed(5)
    net = built("tiny", SIZES)
    late = joining(net)
    with torch.no_grad():
        for name, p in net.named_parameters():
            if name not in late and not p.any():
                p.normal_(std=0.1)
    return net


def said(**named: str) -> torch.Tensor:
    return torch.from_numpy(labels(**named))


def test_the_sizes_are_as_large_as_they_are_meant_to_be() -> None:
    with torch.device("meta"):
        small, middle = (
            sum(p.numel() for p in built(size, SIZES).parameters()) for size in ("s", "m")
        )
    assert 8e6 < small < 9.5e6
    assert 2.5 < middle / small < 3.5


def test_before_it_has_learned_films_it_draws_the_frames_one_by_one(net: UNet) -> None:
    x, t, tau = torch.randn(16, 16, 16, 32), torch.rand(16), torch.rand(16)
    both = torch.stack([said(**{"s1.kind": "fish"}), said(**{"s1.hue": "red"})])
    with torch.no_grad():
        film = net(x, t, both, tau, 8)
        alone = net(x, t, both.repeat_interleave(8, 0), tau, 1)
    torch.testing.assert_close(film, alone, rtol=1e-4, atol=1e-5)


def test_films_of_a_batch_do_not_hear_each_other(net: UNet) -> None:
    x, t, tau = torch.randn(16, 16, 16, 32), torch.rand(16), torch.rand(16)
    both = torch.stack([said(**{"s1.kind": "fish"}), said(**{"s1.hue": "red"})])
    with torch.no_grad():
        for name, p in net.named_parameters():
            if name in joining(net) and not p.any():
                p.normal_(std=0.1)
        film = net(x, t, both, tau, 8)
        other = net(x[8:], t[8:], both[1:], tau[8:], 8)
        changed = x.clone()
        changed[15] += 1
        heard = net(changed, t, both, tau, 8)
    torch.testing.assert_close(film[8:], other, rtol=1e-4, atol=1e-5)
    assert torch.equal(heard[:8], film[:8])
    assert not torch.allclose(heard[8], film[8]), "frames of one film do"


def test_every_slot_is_linear_in_its_labels() -> None:
    torch.manual_seed(1)
    saying = Saying(SIZES, said=32, hidden=48).double()
    nothing = torch.zeros(1, WIDTH).double()
    a, b = torch.randn(1, WIDTH).double(), torch.randn(1, WIDTH).double()
    for heard in (saying.vectors, lambda x: saying.words(saying.vectors(x))):
        none = heard(nothing)
        both = heard(3 * a - 10 * b) - none
        torch.testing.assert_close(both, 3 * (heard(a) - none) - 10 * (heard(b) - none))
    assert torch.equal(saying.vectors(nothing)[0], saying.biases)


def test_a_second_subject_shares_the_tables_and_has_words_of_its_own() -> None:
    torch.manual_seed(1)
    saying = Saying(SIZES, said=32, hidden=48)
    first = saying.vectors(said(**{"s1.kind": "fish"})[None]) - saying.biases
    second = saying.vectors(said(**{"s2.kind": "fish"})[None]) - saying.biases
    torch.testing.assert_close(first[:, 0], second[:, 5])
    words = saying.words(saying.vectors(said(**{"s2.kind": "fish"})[None]))
    nothing = saying.words(saying.vectors(torch.zeros(1, WIDTH)))
    changed = (words - nothing).abs().amax((0, 2)).nonzero().flatten().tolist()
    assert changed == [5, len(SLOTS) + 1], "its kind, and the second subject as a whole"


@pytest.mark.parametrize("number", [-10.0, 1e6])
def test_labels_of_any_size_give_numbers(net: UNet, number: float) -> None:
    loud = torch.from_numpy(labels(**{"s1.kind": {"fish": number}}))[None]
    with torch.no_grad():
        clean = net(torch.randn(1, 16, 16, 32), torch.ones(1), loud, torch.full((1,), 0.5))
    assert clean.isfinite().all()


@pytest.mark.parametrize("frames", [1, 8])
def test_it_exports_with_any_number_of_films(net: UNet, frames: int) -> None:
    class Door(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(
            self, x: torch.Tensor, t: torch.Tensor, labels: torch.Tensor, tau: torch.Tensor
        ) -> torch.Tensor:
            return self.net(x.flatten(0, 1), t.flatten(), labels, tau.flatten(), frames)

    def asked(films: int) -> tuple[torch.Tensor, ...]:
        times = torch.rand(films, frames), torch.rand(films, WIDTH), torch.rand(films, frames)
        return torch.randn(films, frames, 16, 16, 32), *times

    many = torch.export.Dim("films")
    shapes = {name: {0: many} for name in ("x", "t", "labels", "tau")}
    exported = torch.export.export(Door(), asked(3), dynamic_shapes=shapes)
    exported = exported.run_decompositions().module()
    five = asked(5)
    with torch.no_grad():
        torch.testing.assert_close(exported(*five), Door()(*five), rtol=1e-4, atol=1e-5)
