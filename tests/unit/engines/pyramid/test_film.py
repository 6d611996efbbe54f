"""Whole films by tiny networks: the numbers of the authors' own code, and from a folder to frames."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from uncaged.engines.pyramid.answering import Told, answered, finish, on_device
from uncaged.engines.pyramid.drawing import Plan, draw
from uncaged.engines.pyramid.latents import inward, outward, seeded
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit
from uncaged.engines.pyramid.stages import halved
from uncaged.engines.pyramid.twin import POOLED, TEXT, build
from uncaged.engines.pyramid.vae import to_bytes, to_pixels
from uncaged.engines.pyramid.weights import Published

Numbers = Callable[[int, tuple[int, ...]], Tensor]

HEADS = {"num_attention_heads": 2, "attention_head_dim": 16}
WIDTHS = {"joint_attention_dim": 32, "pooled_projection_dim": 24}


def network(family: str) -> nn.Module:
    if family == "miniflux":
        layers = {"num_layers": 1, "num_single_layers": 2}
        shape = {"in_channels": 16, "axes_dims_rope": (4, 6, 6)}
        return MiniFluxNet(MiniFlux(**layers, **shape, **HEADS, **WIDTHS))
    places = {"sample_size": 8, "pos_embed_max_size": 16, "caption_projection_dim": 32}
    return MmditNet(Mmdit(in_channels=4, num_layers=2, **places, **HEADS, **WIDTHS))


OF_THE_AUTHORS = {
    "miniflux": (
        (-0.001418, 1.656484, 5.511975),
        [1.960261, -1.023495, 1.051405, -2.039503, 0.768622, -1.975153],
    ),
    "mmdit": (
        (-0.106090, 1.265994, 5.472399),
        [3.717911, 0.594304, 0.647993, -1.115670, -0.045779, -0.693505],
    ),
}
"""Mean, spread and largest size of a film in latents, and its values at `AT`."""

AT = [0, 1, 1365, 2048, 2730, 4095]


class AuthorsNoise:
    """The noise of the authors' run: white noise for the whole film, made smaller, and new noise at every jump."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers, self.whole = numbers, numbers(3000, (1, 4, 4, 16, 16))
        self.jumps = [(unit, stage) for unit in range(4) for stage in (1, 2)]

    def __call__(self, unit: int, stage: int) -> Tensor:
        if stage == 0:
            return halved(halved(self.whole[:, :, [unit]])) * 4
        size = 4 * 2**stage
        return self.numbers(4000 + self.jumps.index((unit, stage)), (1, 4, 1, size, size))


@pytest.mark.parametrize("family", OF_THE_AUTHORS)
def test_a_film_is_that_of_the_authors(
    numbers: Numbers,
    peopled: Callable[[nn.Module], Any],
    agrees: Callable[..., None],
    family: str,
) -> None:
    """Four units, history, guidance of 7 and 5; one of the two texts has padding."""
    against = Told(numbers(2002, (1, 8, 32))[0, :5], numbers(2004, (1, 24))[0])
    towards = Told(numbers(2001, (1, 8, 32))[0], numbers(2003, (1, 24))[0])
    plan = Plan(4, first_steps=(2, 2, 2), steps=(2, 2, 2))
    net = peopled(network(family))
    film = finish(draw(plan, AuthorsNoise(numbers), (against, towards)), net)
    whole, single = OF_THE_AUTHORS[family]
    agrees(torch.cat(film, 2), (1, 4, 4, 16, 16), whole, AT, single)


def told(seed: int, tokens: int) -> Told:
    chance = torch.Generator().manual_seed(seed)
    text = torch.randn(tokens, TEXT, generator=chance)
    return Told(text, torch.randn(POOLED, generator=chance))


@pytest.fixture(scope="module", params=["miniflux", "mmdit"])
def twin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A tiny model of each family, looked at."""
    return Published.of(build(tmp_path_factory.mktemp("twin"), request.param))


def test_from_a_folder_to_frames_and_on(twin: Published) -> None:
    """From words; then the last frame begins another film, which goes on."""
    net, coder = twin.transformer("384p"), twin.coder()
    noise, words = on_device(seeded(5, 128, 64)), (told(1, 3), told(2, 6))
    plan = Plan(3, first_steps=(2, 2, 2), steps=(1, 1, 2))
    film = finish(draw(plan, noise, words), net)
    latents = [outward(unit, number, twin.family) for number, unit in enumerate(film)]
    frames = coder.decode(torch.cat(latents, 2), window=1)
    assert frames.shape == (1, 3, 17, 64, 128) and frames.isfinite().all()
    shown = to_bytes(frames)
    assert shown.shape == (1, 17, 64, 128, 3) and shown.float().std() > 1

    picture = coder.encode(to_pixels(shown[:, -1:]))
    given = [inward(picture, 0, twin.family)]
    more = finish(draw(plan, noise, words, given), net)
    assert torch.equal(more[0], given[0]) and len(more) == 3
    again = finish(draw(plan, noise, words, more[:2]), net)
    assert torch.equal(again[2], more[2])


@pytest.mark.parametrize("weight", [0.0, 0.5, -3.0])
def test_guidance_acts_whatever_its_number(twin: Published, weight: float) -> None:
    """What pipelines elsewhere silently take for 1."""
    net, noise, words = (
        twin.transformer("384p"),
        on_device(seeded(5, 64, 64)),
        (told(1, 3), told(2, 6)),
    )

    def film(number: float) -> Tensor:
        steps: dict[str, Any] = {"first_steps": (2, 2, 2), "steps": (1, 1, 2)}
        plan = Plan(2, **steps, first_guidance=(number,), guidance=(number,))
        return torch.cat(finish(draw(plan, noise, words), net), 2)

    one, other = film(1.0), film(weight)
    assert other.isfinite().all()
    assert (one - other)[:, :, 0].abs().max() > 0.01
    assert (one - other)[:, :, 1].abs().max() > 0.01


def test_all_conditions_of_all_films_are_answered_in_one_batch(twin: Published) -> None:
    """Two films at once, three conditions, texts of several lengths: as each alone."""
    net = twin.transformer("384p")
    words = (told(1, 3), told(2, 6), told(3, 1))
    numbers = [on_device(seeded(seed, 64, 64)) for seed in (1, 2)]

    def questions(noises: Sequence[Any]) -> Any:
        plan = Plan(2, steps=(1, 1, 1), guidance=(2.0, 3.0))
        given = torch.cat([noise(0, 2) for noise in noises])
        drawing = draw(
            plan, lambda u, s: torch.cat([noise(u, s) for noise in noises]), words, [given]
        )
        return next(drawing)

    both = answered(net, questions(numbers))
    assert [one.shape[0] for one in both] == [2, 2, 2]
    for film, noise in enumerate(numbers):
        for cond, alone in enumerate(answered(net, questions([noise]))):
            assert torch.allclose(alone[0], both[cond][film], atol=1e-5)
    assert (both[0] - both[1]).abs().max() > 0.01


def test_half_the_digits_leave_the_film_in_whole_ones(twin: Published) -> None:
    net = twin.transformer("384p", torch.bfloat16)
    words = [Told(one.tokens.bfloat16(), one.pooled.bfloat16()) for one in (told(1, 3), told(2, 6))]
    plan = Plan(2, first_steps=(1, 1, 1), steps=(1, 1, 1))
    film = finish(draw(plan, on_device(seeded(5, 64, 64)), words), net)
    assert {unit.dtype for unit in film} == {torch.float32}
    assert all(unit.isfinite().all() for unit in film)

    drawing = draw(Plan(1, first_steps=(3, 3, 3)), on_device(seeded(5, 64, 64)), words)
    question = drawing.send(answered(net, next(drawing)))
    said = torch.full_like(torch.cat([question.x] * 2), 0.7, dtype=torch.bfloat16)
    for estimate in answered(lambda *_: said, question):
        assert torch.equal(estimate, question.x - said[:1].float() * 0.5005), "nothing more is lost"


def test_plain_arithmetic_needs_no_torch() -> None:
    names = ("stages", "history", "latents", "shapes", "drawing", "layout", "options", "engine")
    lines = [f"import uncaged.engines.pyramid.{name}" for name in names]
    code = "; ".join([*lines, "import sys", "assert 'torch' not in sys.modules"])
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_twin_is_the_same_twice_and_leaves_chance_alone(tmp_path: Path) -> None:
    before = torch.random.get_rng_state()
    one, other = (build(tmp_path / name, "mmdit", seed=3) for name in "ab")
    assert torch.equal(torch.random.get_rng_state(), before)
    paths = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert len(paths) == 4
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in paths)
    third = build(tmp_path / "c", "mmdit", seed=4)
    state, changed = (Published.of(one).coder().state_dict() for one in (one, third))
    assert not np.array_equal(state["quant_conv.conv.bias"], changed["quant_conv.conv.bias"])
