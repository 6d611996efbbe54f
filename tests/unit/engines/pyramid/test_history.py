"""What a frame sees of the frames before it."""

import numpy as np
import pytest

from uncaged.engines.pyramid.history import Seen, clips

SEEN = {
    (0, 0): "",
    (0, 2): "",
    (1, 0): "0×1",
    (1, 1): "1×1",
    (1, 2): "2×1",
    (2, 0): "0×1 0×1",
    (2, 1): "0×1 1×1",
    (2, 2): "1×1 2×1",
    (3, 0): "0×2 0×1",
    (3, 1): "0×2 1×1",
    (3, 2): "0×1 1×1 2×1",
    (15, 0): "0×14 0×1",
    (15, 1): "0×14 1×1",
    (15, 2): "0×13 1×1 2×1",
}
"""Unit and stage → clips as size × frames, oldest first."""


@pytest.mark.parametrize("where", SEEN)
def test_what_is_further_back_is_smaller(where: tuple[int, int]) -> None:
    seen = clips(*where)
    assert " ".join(f"{clip.size}×{clip.last - clip.first}" for clip in seen) == SEEN[where]
    frames = [frame for clip in seen for frame in range(clip.first, clip.last)]
    assert frames == list(range(where[0])), "each once, in order"


@pytest.mark.parametrize(("unit", "tokens"), [(15, (3840, 5280, 11760)), (30, (7440, 8880, 15360))])
def test_a_long_film_stays_as_short_to_read_as_it_should(
    unit: int, tokens: tuple[int, ...]
) -> None:
    """1280×768: a frame is 240, 960 or 3,840 tokens."""
    for stage, meant in enumerate(tokens):
        history = sum(240 * 4**clip.size * (clip.last - clip.first) for clip in clips(unit, stage))
        assert history + 240 * 4**stage == meant


def test_frames_are_made_smaller_by_their_means() -> None:
    units = [np.full((1, 1, 1, 8, 8), float(number)) for number in range(4)]
    units[3][..., :4, :4] = 9.0
    old, middle, new = Seen(units).history(4, 2)
    assert [float(frame.max()) for frame in old] == [0, 1]
    assert old[0].shape[-2:] == (2, 2) and len(middle) == len(new) == 1
    assert middle[0].shape[-2:] == (4, 4) and middle[0].max() == 2
    assert new[0] is units[3]
    small = Seen(units).history(4, 0)[-1][0]
    assert small[0, 0, 0].tolist() == [[9, 3], [3, 3]]
