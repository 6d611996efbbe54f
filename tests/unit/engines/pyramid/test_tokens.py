"""Clips as tokens: their order, their places, and that looking without a mask is looking with one."""

import pytest
import torch
from torch import Tensor

from uncaged.engines.pyramid.tokens import (
    Layout,
    Size,
    attend,
    packed,
    patches,
    places,
    turns,
    unpatched,
)


def test_a_token_is_four_latents_channel_fastest() -> None:
    frame, row, column, channel = (torch.arange(n) for n in (2, 4, 6, 3))
    clip = (
        1000 * frame[None, :, None, None]
        + 100 * row[None, None, :, None]
        + 10 * column[None, None, None, :]
        + channel[:, None, None, None]
    )[None]
    tokens = patches(clip)
    assert tokens.shape == (1, 2 * 2 * 3, 12)
    assert tokens[0, 1].tolist() == [20, 21, 22, 30, 31, 32, 120, 121, 122, 130, 131, 132]
    assert tokens[0, 3, 0] == 200 and tokens[0, 6, 0] == 1000
    assert torch.equal(unpatched(tokens, (2, 2, 3)), clip)


def test_smaller_clips_are_spread_over_the_places_of_the_last() -> None:
    where = places([(2, 1, 2), (1, 2, 4), (1, 4, 8)])
    assert where.shape == (4 + 8 + 32, 3)
    assert where[:4].tolist() == [[0, 1.5, 1.5], [0, 1.5, 5.5], [1, 1.5, 1.5], [1, 1.5, 5.5]]
    assert where[4:12, 0].tolist() == [2] * 8
    assert where[4:8, 2].tolist() == [0.5, 2.5, 4.5, 6.5]
    assert where[4:12:4, 1].tolist() == [0.5, 2.5]
    assert where[12:].tolist() == [[3, row, column] for row in range(4) for column in range(8)]


def test_turns_are_by_place_and_text_stays_still() -> None:
    cos, sin = turns(((1, 1, 2),), 3, (4, 2, 4), torch.device("cpu"))
    assert cos.shape == sin.shape == (5, 5)
    assert torch.equal(sin[:4], torch.zeros(4, 5)), "text, and the token at 0"
    meant = torch.tensor([0, 0, 0, 1, 0.01], dtype=torch.float64)
    assert torch.allclose(sin[4], meant.sin().float()) and torch.allclose(
        cos[4], meant.cos().float()
    )


CASES: dict[str, tuple[list[int], list[Size]]] = {
    "one frame": ([5, 5], [(1, 2, 2)]),
    "texts of several lengths": ([4, 7, 7, 1], [(2, 1, 1), (1, 1, 2), (1, 2, 4)]),
    "a current clip of several frames": ([2, 3], [(2, 1, 2), (3, 2, 2)]),
}


@pytest.mark.parametrize("case", CASES)
def test_looking_without_a_mask_is_looking_with_one(case: str) -> None:
    lengths, clips = CASES[case]
    layout = Layout.of(lengths, clips)
    mask = allowed(lengths, clips)
    chance = torch.Generator().manual_seed(1)
    q, k, v = (torch.randn(len(lengths), 2, mask.shape[-1], 8, generator=chance) for _ in range(3))
    meant = torch.softmax((q @ k.mT / 8**0.5).masked_fill(~mask[:, None], -torch.inf), -1) @ v
    found = attend(q, k, v, layout.groups)
    for sample, length in enumerate(lengths):
        begin = max(lengths) - length
        assert torch.allclose(found[sample, :, begin:], meant[sample, :, begin:], atol=1e-6)
        assert not found[sample, :, :begin].any(), "padding is told nothing"
    current = layout.current
    assert current == clips[-1][0] * clips[-1][1] * clips[-1][2]
    last = attend(q[:, :, -current:], k, v, layout.last)
    assert torch.allclose(last, meant[:, :, -current:], atol=1e-6)


def allowed(lengths: list[int], clips: list[Size]) -> Tensor:
    """Who may see whom, as the rule says it: (B, N, N). Real sees real where its frame is not earlier; text is at 0."""
    text = max(lengths)
    times = [0] * text
    frame = 0
    for count, rows, columns in clips:
        for _ in range(count):
            times += [frame] * (rows * columns)
            frame += 1
    when = torch.tensor(times)
    real = torch.ones(len(lengths), len(times), dtype=torch.bool)
    for sample, length in enumerate(lengths):
        real[sample, : text - length] = False
    alike = real[:, :, None] == real[:, None, :]
    return alike & (when[:, None] >= when[None, :])


def test_texts_are_padded_in_front() -> None:
    texts = packed([torch.ones(2, 3), torch.full((4, 3), 2.0)])
    assert texts[:, :, 0].tolist() == [[0, 0, 1, 1], [2, 2, 2, 2]]
