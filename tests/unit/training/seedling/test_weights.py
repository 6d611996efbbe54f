"""The flat master: AdamW by the book, what joins frames left alone, moments that come back, windows and rates."""

import pytest
import torch
from torch import nn

from uncaged.training.seedling.joining import Neighbours
from uncaged.training.seedling.layers import Conv
from uncaged.training.seedling.weights import Weights, mean_share, rate


class Small(nn.Module):
    """A convolution, which is channels-last, and a part that joins frames."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = Conv(8, 6)
        self.join = Neighbours(6)


def small() -> Weights:
    torch.manual_seed(3)
    return Weights(Small().to(memory_format=torch.channels_last), dtype=torch.float32)


def graded(weights: Weights, seed: int) -> dict[str, torch.Tensor]:
    """Random gradients in each parameter's own order of memory."""
    generator = torch.Generator().manual_seed(seed)
    found: dict[str, torch.Tensor] = {}
    for name, p in weights.net.named_parameters():
        gradient = torch.randn(p.shape, generator=generator)
        found[name] = gradient
        p.grad = torch.empty_like(p).copy_(gradient)
    return found


def test_an_update_on_a_channels_last_gradient_is_the_textbook_one() -> None:
    weights = small()
    before = {name: p.detach().clone() for name, p in weights.net.named_parameters()}
    gradients = graded(weights, 1)
    assert not weights.net.conv.weight.grad.is_contiguous()
    weights.gather(1e9)
    weights.step(1e-2, films=True)
    weights.follow(1.0)
    for name, p in weights.net.named_parameters():
        g = gradients[name]
        first, second = 0.1 * g / (1 - 0.9), 0.02 * g * g / (1 - 0.98)
        wanted = before[name] * (1 - 1e-2 * 0.01) - 1e-2 * first / (second.sqrt() + 1e-8)
        torch.testing.assert_close(p.detach(), wanted, rtol=1e-5, atol=1e-6)


def test_what_joins_frames_stays_in_a_step_on_single_frames() -> None:
    weights = small()
    graded(weights, 1)
    before = {name: p.detach().clone() for name, p in weights.net.named_parameters()}
    weights.gather(1.0)
    weights.step(1e-2, films=False)
    weights.follow(0.5)
    moved = {n for n, p in weights.net.named_parameters() if not torch.equal(p, before[n])}
    assert moved == {"conv.weight", "conv.bias"}
    assert float(weights.moments()["updates.1"]) == 0


def test_a_long_gradient_is_shortened_and_its_length_said() -> None:
    weights = small()
    gradients = graded(weights, 2)
    whole = float(torch.cat([g.flatten() for g in gradients.values()]).norm())
    assert weights.gather(1.0) == pytest.approx(whole, rel=1e-5)
    weights.step(0.0, films=True)
    first = torch.cat([t.flatten() for n, t in weights.moments().items() if n.startswith("first")])
    assert float(first.norm()) == pytest.approx(0.1, rel=1e-4)


def test_weights_and_moments_come_back_to_the_bit() -> None:
    one, other = small(), small()
    for seed in (1, 2):
        graded(one, seed)
        one.gather(1.0)
        one.step(1e-2, films=seed == 1)
        one.follow(0.3)
    other.load(one.tensors())
    other.load_moments(one.moments())
    for weights in (one, other):
        graded(weights, 3)
        weights.gather(1.0)
        weights.step(1e-2, films=True)
        weights.follow(0.3)
    assert torch.equal(one.master, other.master)
    assert torch.equal(one.mean, other.mean)


def test_a_new_stage_begins_from_the_mean() -> None:
    one, other = small(), small()
    graded(one, 1)
    one.gather(1.0)
    one.step(1e-1, films=True)
    one.follow(0.25)
    other.load(one.tensors(), from_mean=True)
    assert torch.equal(other.master, one.mean)
    assert not torch.equal(other.master, one.master)


def test_the_mean_looks_back_over_a_share_of_the_stage() -> None:
    mean, steps = 0.0, 2000
    for step in range(steps):
        mean += (step - mean) * mean_share(0.12, step)
    assert 0.09 < (steps - mean) / steps < 0.13
    assert mean_share(0.12, 0) > 0.85, "at a stage's first step the mean is where the weights are"


def test_the_learning_rate_warms_stands_and_falls_only_where_asked() -> None:
    assert rate(1.0, 10, 50, 0.0, 0.0) == pytest.approx(0.2)
    assert rate(1.0, 500, 50, 0.99, 0.0) == 1.0
    assert rate(1.0, 500, 50, 0.85, 0.3) == pytest.approx(0.5)
    assert rate(1.0, 500, 50, 1.0, 0.3) == pytest.approx(0.03)
