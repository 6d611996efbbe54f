"""Batches: the same for the same key, labels left out as often as asked, a key frame, nothing that is held back."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.grammar import SLOTS, WIDTH, labels
from uncaged.training.seedling.feeding import Feed, chances
from uncaged.training.seedling.recipe import Recipe

RECIPE = Recipe(stage="mixed", frames_a_step=256, clips_a_step=16)


def feed(recipe: Recipe = RECIPE, count: int = 40) -> Feed:
    """Clip i is full of the number i, its frames j of i + j/8, and everything is said of it."""
    latents = np.arange(count, dtype=np.float16)[:, None, None, None, None]
    latents = latents + np.arange(8, dtype=np.float16)[:, None, None, None] / 8
    latents = np.broadcast_to(latents, (count, 8, 16, 16, 32)).copy()
    return Feed(latents, np.ones((count, WIDTH), np.float32), recipe)


def test_the_same_key_gives_the_same_batch_and_another_another() -> None:
    one, same, other = (feed().batch((0, 0, step), clips=True) for step in (5, 5, 6))
    for name in ("clean", "noise", "t", "tau", "labels"):
        assert torch.equal(getattr(one, name), getattr(same, name))
        if name != "tau":
            assert not torch.equal(getattr(one, name), getattr(other, name))


def test_a_frame_knows_its_time_in_the_film() -> None:
    batch = feed().batch((1,), clips=False)
    assert batch.frames == 1
    assert torch.equal(batch.clean[:, 0, 0, 0] % 1 + 1 / 16, batch.tau)
    assert 0 < float(batch.tau.min()) < 0.1
    assert 0.9 < float(batch.tau.max()) < 1


def test_a_clip_has_its_frames_in_order_and_a_key_frame_nearly_clean() -> None:
    batch = feed().batch((1,), clips=True)
    assert batch.clean.shape == (128, 16, 16, 32)
    assert torch.equal(batch.clean[:8, 0, 0, 0] % 1, torch.arange(8) / 8)
    t = batch.t.view(16, 8)
    assert float(t[:, 4].max()) <= 0.3
    others = t[:, [0, 1, 2, 3, 5, 6, 7]]
    assert bool((others == others[:, :1]).all()), "all others share one time"
    assert float(others.mean()) > 0.6
    without = feed(replace(RECIPE, key_place=-1)).batch((1,), clips=True).t.view(16, 8)
    assert bool((without == without[:, :1]).all())


def test_noise_and_clean_meet_at_the_flow_time() -> None:
    batch = feed().batch((2,), clips=True)
    t = batch.t[:, None, None, None]
    torch.testing.assert_close(batch.noisy(), (1 - t) * batch.clean + t * batch.noise)


def test_slots_are_left_out_whole_and_as_often_as_asked() -> None:
    every = feed(replace(RECIPE, frames_a_step=4000, drop_slot=0.25, drop_all=0.1))
    heard = every.batch((3,), clips=False).labels.numpy()
    said = np.stack([heard[:, s.offset : s.end].mean(1) for s in SLOTS], 1)
    assert set(np.unique(said)) == {0.0, 1.0}
    nothing = (said == 0).all(1).mean()
    assert 0.08 < nothing < 0.12
    assert 0.30 < (said == 0).mean() < 0.35  # 0.1 + 0.9 · 0.25


def test_what_is_held_back_is_never_learned_from_and_always_the_same() -> None:
    every = feed()
    learned = every.batch((4,), clips=False).clean[:, 0, 0, 0]
    held = every.held(0, clips=False)
    assert float(learned.max()) < 36 <= float(held.clean.min())
    assert torch.equal(held.noise, feed().held(0, clips=False).noise)
    assert bool((held.labels == 1).all())


def test_clips_are_drawn_as_often_as_asked() -> None:
    vectors = np.stack([labels(**{"s1.motion": m}) for m in ("still", "sways")] * 50)
    sums = chances(vectors, [("s1.motion=sways", 3.0)])
    assert sums is not None
    assert sums[-1] == 50 + 150
    assert chances(vectors, []) is None


@pytest.mark.parametrize(
    "emphasis",
    [("s1.motion=flies", 2.0), ("s9.motion=still", 2.0), ("s1.motion=still", -1.0)],
)
def test_emphasis_that_means_nothing_is_refused(emphasis: tuple[str, float]) -> None:
    with pytest.raises(AskedWrong):
        chances(np.zeros((3, WIDTH), np.float32), [emphasis])


def test_no_clips_are_no_data() -> None:
    with pytest.raises(AskedWrong, match="no clips"):
        feed(count=0)
