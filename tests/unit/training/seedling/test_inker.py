"""The inker's network, what it learns from, and the figures it is judged by."""

import numpy as np
import pytest
import torch

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.fitting import fit
from uncaged.training.seedling.ink_judging import Trial, edge_error, enlarged, judged
from uncaged.training.seedling.ink_recipe import InkRecipe
from uncaged.training.seedling.ink_training import loss
from uncaged.training.seedling.inker import beside, built
from uncaged.training.seedling.pairs import Pair, Pairs, Window, pair, spoiled
from uncaged.training.seedling.recipe import differences


@pytest.fixture(scope="module")
def codec() -> Codec:
    return fit(range(2**40, 2**40 + 12))


def pairs(codec: Codec, side: int = 256, noise: float = 0.3) -> Pairs:
    return Pairs(codec, 1, side=side, window=Window(4, 1), noise=noise, kept=3, lasts=2)


@pytest.mark.parametrize("side", [256, 512])
def test_films_come_out_larger_and_longer_whatever_their_size(side: int) -> None:
    net = built("tiny")
    net.side = side
    with torch.no_grad():
        assert net(torch.zeros(16, 64, 64, 3)).shape == (48, side, side, 3)
        assert net(torch.zeros(2, 8, 12, 3)).shape == (6, side // 8, 3 * side // 16, 3)


def test_a_fresh_inker_repeats_pixels_and_frames() -> None:
    net, film = built("tiny"), torch.rand(2, 8, 8, 3)
    with torch.no_grad():
        large = net(film)
    same = film.repeat_interleave(3, 0).repeat_interleave(4, 1).repeat_interleave(4, 2)
    assert torch.equal(large, same)


def test_films_of_a_batch_do_not_see_each_other() -> None:
    torch.manual_seed(0)
    net, films = built("tiny"), torch.rand(2, 4, 8, 8, 3)
    for weight in net.parameters():
        torch.nn.init.normal_(weight, std=0.1)
    with torch.no_grad():
        together = net.ink(films.flatten(0, 1), 4)
        alone = torch.cat([net.ink(film, 4) for film in films])
    assert torch.allclose(together, alone, atol=1e-5)


def test_frames_stand_beside_those_before_and_after_them() -> None:
    x = torch.arange(6.0).reshape(6, 1, 1, 1)
    seen = beside(x, 3, 2).flatten(1).tolist()
    assert seen[0] == [0, 0, 0, 1, 2] and seen[1] == [0, 0, 1, 2, 2] and seen[3] == [3, 3, 3, 4, 5]


def test_a_pair_is_one_film_twice_and_always_the_same(codec: Codec) -> None:
    one, two = pair(5, codec, stage="many"), pair(5, codec, stage="many")
    assert np.array_equal(one.latents, two.latents) and np.array_equal(one.large, two.large)
    assert np.array_equal(one.edges, two.edges)
    assert one.large.shape == (48, 256, 256, 3) and one.latents.shape == (8, 16, 16, 32)
    assert np.array_equal(one.large, clip(5, side=256, frames=48, stage="many").frames)
    seen = one.large[1::3].reshape(16, 64, 4, 64, 4, 3).mean((2, 4))
    assert np.abs(codec.decode(one.latents) - seen).mean() < 6


def test_at_512_pixels_only_the_frames_of_the_small_film_are_drawn(codec: Codec) -> None:
    large = pair(5, codec, side=512).large
    assert large.shape == (16, 512, 512, 3)
    assert np.array_equal(large[3], clip(5, side=512, frames=48).frames[10])


@pytest.mark.parametrize(("side", "frames", "larger"), [(256, 6, 4), (512, 2, 8)])
def test_batches_come_from_seed_and_step_alone(
    codec: Codec, side: int, frames: int, larger: int
) -> None:
    going = pairs(codec, side)
    for step in range(3):
        going.batch(step, 2)
    for step in (3, 4):
        own, again = going.batch(step, 2), pairs(codec, side).batch(step, 2)
        assert torch.equal(own[0], again[0]) and torch.equal(own[1], again[1])
    small, large = own
    assert small.shape == (4, 16, 16, 3)
    assert large.shape == (2 * frames, 16 * larger, 16 * larger, 3)
    assert small.abs().max() <= 1 and large.abs().max() <= 1


def test_a_window_shows_the_same_place_and_time_in_both(codec: Codec) -> None:
    clean = pairs(codec, noise=0.0)
    small, large = clean.batch(0, 8)
    seen = large.reshape(8, 2, 3, 16, 4, 16, 4, 3)[:, :, 1].mean((3, 5)).reshape(small.shape)
    assert (seen - small).abs().mean() < 0.08 < (seen.flip(1) - small).abs().mean()


def test_windows_lie_within_the_film(codec: Codec) -> None:
    chance, window = np.random.default_rng(0), Window(8, 3)
    edges = np.array([[0, 0, 0], [15, 63, 63]])
    found = np.array([window.about(edges, chance, (8, 16, 16, 32)) for _ in range(200)])
    assert found.min() == 0 and (found.max(0) == (5, 8, 8)).all()


def test_doubts_are_at_most_as_large_as_said() -> None:
    chance, none = np.random.default_rng(0), np.zeros((8, 16, 16, 32), np.float32)
    sizes = [float(spoiled(none, chance, 0.4).std()) for _ in range(40)]
    assert max(sizes) < 0.41 and min(sizes) < 0.05 and max(sizes) > 0.3


def test_a_shifted_line_costs_more_than_a_shifted_tone() -> None:
    recipe, meant = InkRecipe(), torch.zeros(3, 16, 16, 3)
    tone = meant + 1 / 16
    line = meant.clone()
    line[:, :, 8] = 1
    assert loss(line, meant, recipe, 3) > loss(tone, meant, recipe, 3) > 0
    restless = meant.clone()
    restless[1] += 3 / 16
    assert loss(restless, meant, recipe, 3) > loss(tone, meant, recipe, 3)
    assert loss(meant, meant, recipe, 3).abs() < 1e-6


def test_recipes_refuse_what_is_none() -> None:
    assert InkRecipe.from_json(InkRecipe(noise=0.2).to_json()) == InkRecipe(noise=0.2)
    assert differences(InkRecipe(), InkRecipe(seed=3)) == [("seed", "0", "3")]
    for wrong in ({"side": 300}, {"precision": "int8"}, {"noise": -1.0}, {"colour": 1}):
        with pytest.raises(AskedWrong):
            InkRecipe.from_json(wrong)


def test_the_same_film_has_no_edge_error_and_a_grey_one_has_all_of_it(codec: Codec) -> None:
    film = pair(7, codec).large
    assert edge_error(film, film) == 0
    assert edge_error(np.full_like(film, 128), film) == 1
    assert edge_error(film, np.full_like(film, 128)) == 0


def test_plain_enlargement_is_judged_between_nothing_and_everything() -> None:
    large = clip(9, side=256, frames=48).frames
    small = clip(9, side=64, frames=48).frames[1::3].astype(np.float32) / 127.5 - 1
    ways = {"plain": enlarged, "true": lambda _: large, "grey": lambda _: np.full_like(large, 128)}
    found = judged(iter([Trial(small, large)]), ways)
    assert found["grey"]["psnr"] < found["plain"]["psnr"] < found["true"]["psnr"]
    assert found["grey"]["edge"] > found["plain"]["edge"] > found["true"]["edge"]


def test_pairs_know_their_films_edges(codec: Codec) -> None:
    found: Pair = pair(11, codec)
    assert found.edges.shape[1] == 3 and 20 < len(found.edges) < 16 * 64 * 64
