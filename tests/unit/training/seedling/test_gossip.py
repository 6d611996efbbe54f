"""Processes that average: with what is new, never with what stands still, and without waiting."""

from pathlib import Path

import torch

from uncaged.training.seedling.gossip import Gossip, Told


def circle(folder: Path, rank: int, world: int, size: int) -> Gossip:
    return Gossip([folder / f"{number}.slot" for number in range(world)], rank, world, size)


def test_two_average_what_is_new_and_only_once(tmp_path: Path) -> None:
    one, other = circle(tmp_path, 0, 2, 4), circle(tmp_path, 1, 2, 4)
    mine, theirs = torch.zeros(4), torch.full((4,), 8.0)
    other.say(theirs, Told(frames=32, clips=2, core=1.5))
    assert one.hear(mine) == 1
    assert mine.tolist() == [4.0] * 4
    assert one.hear(mine) == 0, "a slot that has not moved is stale"
    assert mine.tolist() == [4.0] * 4
    other.say(theirs, Told(frames=64, clips=2, core=2.0))
    assert one.hear(mine) == 1
    assert mine.tolist() == [6.0] * 4
    assert one.others() == Told(64, 2, 2.0)


def test_nobody_waits_for_one_who_has_not_come(tmp_path: Path) -> None:
    one = circle(tmp_path, 0, 3, 4)
    mine = torch.ones(4)
    one.say(mine, Told())
    assert one.hear(mine) == 0
    assert mine.tolist() == [1.0] * 4
    circle(tmp_path, 2, 3, 4)  # there, and has said nothing yet
    assert one.hear(mine) == 0


def test_who_begins_anew_forgets_what_its_slot_said(tmp_path: Path) -> None:
    one, other = circle(tmp_path, 0, 2, 4), circle(tmp_path, 1, 2, 4)
    other.say(torch.ones(4), Told(frames=1))
    circle(tmp_path, 1, 2, 4)
    assert one.hear(torch.zeros(4)) == 0


def test_one_alone_needs_no_memory(tmp_path: Path) -> None:
    alone = Gossip((), 0, 1, 4)
    alone.say(torch.ones(4), Told())
    assert alone.hear(torch.ones(4)) == 0
    assert alone.others() == Told() and list(tmp_path.iterdir()) == []


def test_weights_that_require_gradients_are_averaged_too(tmp_path: Path) -> None:
    one, other = circle(tmp_path, 0, 2, 2), circle(tmp_path, 1, 2, 2)
    other.say(torch.ones(2, requires_grad=True), Told())
    mine = torch.zeros(2)
    mine[:1].requires_grad_(True)
    assert one.hear(mine) == 1
    assert mine.tolist() == [0.5, 0.5]
