"""The coder of films: the numbers of the authors' own code, piece by piece as in one go, and no look ahead."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from uncaged.core.errors import AskedWrong
from uncaged.engines.pyramid.shapes import Vae
from uncaged.engines.pyramid.tiling import Tiles
from uncaged.engines.pyramid.vae import VaeNet, to_bytes, to_pixels
from uncaged.engines.pyramid.vae_layers import Past

Values = Callable[[str], dict[str, Tensor]]
Numbers = Callable[[int, tuple[int, ...]], Tensor]
Agrees = Callable[..., None]

TINY = Vae(
    encoder_out_channels=4,
    encoder_layers_per_block=(1, 1, 1, 1),
    encoder_block_out_channels=(8, 8, 16, 16),
    encoder_norm_num_groups=4,
    decoder_in_channels=4,
    decoder_layers_per_block=(1, 1, 1, 1),
    decoder_block_out_channels=(8, 8, 16, 16),
    decoder_norm_num_groups=4,
)
AT_LATENTS = [0, 1, 256, 384, 512, 767]
AT_PIXELS = [0, 1, 69632, 104448, 139264, 208895]


@pytest.fixture(scope="module")
def coder(values: Values, config: Callable[[str], dict[str, Any]]) -> VaeNet:
    """With the weights of `values`."""
    net = VaeNet(Vae.of(config("vae")))
    net.load_state_dict(values("vae_tiny"))
    return net.requires_grad_(False)


@pytest.fixture(scope="module")
def other(peopled: Callable[[nn.Module], Any]) -> VaeNet:
    """With weights from numbered seeds, and four channels."""
    return peopled(VaeNet(TINY)).requires_grad_(False)


@pytest.mark.parametrize("name", ["image", "video"])
def test_it_codes_as_the_authors_did(coder: VaeNet, values: Values, name: str) -> None:
    case = values("vae_case")
    for found, meant in (
        (coder.encode(case[f"in.{name}"]), case[f"lat.{name}"]),
        (coder.decode(case[f"lat.{name}"]), case[f"rec.{name}"]),
    ):
        assert found.shape == meant.shape
        assert (found - meant).abs().max() < 1e-5 * meant.std()


def test_its_moments_are_those_of_the_authors(
    other: VaeNet, numbers: Numbers, agrees: Agrees
) -> None:
    mean, spread = other.moments(numbers(6, (1, 3, 17, 64, 64)), window=8)
    agrees(
        mean,
        (1, 4, 3, 8, 8),
        (0.000338, 0.383674, 1.747581),
        AT_LATENTS,
        [0.246640, 0.317372, -0.108440, -0.022140, 0.092940, 0.274594],
        off=3e-6,
    )
    agrees(
        spread,
        (1, 4, 3, 8, 8),
        (-0.036428, 0.395637, 1.459190),
        AT_LATENTS,
        [-0.372603, -0.446055, -0.031118, 0.082000, -0.029385, 0.219178],
        off=3e-6,
    )


def test_its_frames_are_those_of_the_authors_whole_and_in_tiles(
    other: VaeNet, numbers: Numbers, agrees: Agrees
) -> None:
    latents, shape = numbers(7, (1, 4, 3, 8, 8)), (1, 3, 17, 64, 64)
    agrees(
        other.decode(latents),
        shape,
        (-0.067749, 0.851441, 5.844523),
        AT_PIXELS,
        [-0.003892, 0.091301, -0.027613, -0.349654, -0.001344, -0.068495],
    )
    agrees(
        other.decode(latents, window=1, tiles=Tiles(32)),
        shape,
        (-0.074623, 0.885423, 6.297620),
        AT_PIXELS,
        [0.007485, 0.089925, -0.057509, -0.250021, -0.042714, -0.081035],
    )


def test_piece_by_piece_it_codes_as_in_one_go(coder: VaeNet, numbers: Numbers) -> None:
    frames, latents = numbers(1, (1, 3, 41, 16, 24)), numbers(2, (1, 16, 6, 2, 3))
    whole, film = coder.encode(frames), coder.decode(latents)
    for window in (8, 16, 32):
        assert (coder.encode(frames, window=window) - whole).abs().max() < 1e-5 * whole.std()
    for window in (1, 2, 3):
        assert (coder.decode(latents, window=window) - film).abs().max() < 1e-5 * film.std()


def test_a_film_is_decoded_while_it_is_drawn(coder: VaeNet, numbers: Numbers) -> None:
    """Unit by unit, each as soon as it stands."""
    latents = numbers(2, (1, 16, 4, 2, 2))
    past: Past = {}
    parts = [coder.go_on(latents[:, :, [unit]], past) for unit in range(4)]
    assert [part.shape[2] for part in parts] == [1, 8, 8, 8]
    whole = coder.decode(latents)
    assert (torch.cat(parts, 2) - whole).abs().max() < 1e-5 * whole.std()


def test_no_frame_sees_a_later_one(coder: VaeNet, numbers: Numbers) -> None:
    frames, latents = numbers(1, (1, 3, 17, 16, 16)), numbers(2, (1, 16, 3, 2, 2))
    coded, film = coder.encode(frames), coder.decode(latents)
    frames[:, :, 9:] += 1
    latents[:, :, 2] += 1
    other_coded, other_film = coder.encode(frames), coder.decode(latents)
    assert torch.equal(other_coded[:, :, :2], coded[:, :, :2])
    assert (other_coded[:, :, 2] - coded[:, :, 2]).abs().max() > 1e-3
    assert torch.equal(other_film[:, :, :9], film[:, :, :9])
    assert (other_film[:, :, 9] - film[:, :, 9]).abs().max() > 1e-3
    alone = coder.encode(frames[:, :, :1])
    assert torch.allclose(alone, other_coded[:, :, :1], atol=1e-6), "a picture is a first frame"


def test_tiles_meet_without_a_seam(coder: VaeNet, numbers: Numbers) -> None:
    """What each tile says is linear here, so that blending must give the line back, wherever the last tile ends."""
    for height, width in ((9, 14), (4, 5), (8, 7)):
        slope = torch.arange(height)[:, None] * 10.0 + torch.arange(width)
        latents = slope.expand(1, 3, 2, height, width)
        large = Tiles(32).decoded(
            lambda x: x.repeat_interleave(8, -1).repeat_interleave(8, -2), latents
        )
        assert torch.allclose(large, slope.repeat_interleave(8, 0).repeat_interleave(8, 1))
        small = Tiles(32).encoded(lambda x: x[..., ::8, ::8], large)
        assert torch.allclose(small, latents)
    frames = numbers(1, (1, 3, 9, 32, 32))
    once = coder.encode(frames)
    assert torch.equal(coder.encode(frames, tiles=Tiles(32)), once), "as large as a tile"


def test_a_narrow_last_tile_is_faded_in_over_all_it_has() -> None:
    """Tiles of 8 latents every 6: of 7 rows the last is a tile of its own, and two would be the overlap."""
    tile = iter([0.0, 8.0])
    tall = Tiles(64).decoded(
        lambda x: torch.full((1, 1, 1, 8 * x.shape[-2], 8), next(tile)), torch.zeros(1, 1, 1, 7, 1)
    )
    assert tall.shape == (1, 1, 1, 56, 8)
    assert tall[0, 0, 0, :, 0].tolist() == [0] * 48 + list(range(8))


def test_the_spread_of_a_code_keeps_its_bounds(other: VaeNet, numbers: Numbers) -> None:
    bias, kept = other.quant_conv.conv.bias, other.quant_conv.conv.bias.clone()
    bias[4:6], bias[6:] = 100.0, -100.0
    _, spread = other.moments(numbers(6, (1, 3, 1, 16, 16)))
    bias.copy_(kept)
    assert torch.equal(spread[:, :2], torch.full((1, 2, 1, 2, 2), 20.0))
    assert torch.equal(spread[:, 2:], torch.full((1, 2, 1, 2, 2), -30.0))


def test_what_cannot_be_is_refused(coder: VaeNet) -> None:
    with pytest.raises(AskedWrong, match="1, 9, 17 … frames, not 8"):
        coder.encode(torch.zeros(1, 3, 8, 16, 16))
    with pytest.raises(AskedWrong, match="multiples of 8 frames, not by 4"):
        coder.encode(torch.zeros(1, 3, 9, 16, 16), window=4)
    with pytest.raises(AskedWrong, match="one latent frame or more"):
        coder.decode(torch.zeros(1, 16, 1, 2, 2), window=0)
    with pytest.raises(AskedWrong, match="multiple of 32 pixels, not 40"):
        Tiles(40)


def test_pixels_are_bytes_cut_off() -> None:
    row = torch.tensor([-2.0, -1.0, 0.0, 0.5, 1.0, 3.0])
    frames = row.expand(1, 3, 2, 1, 6)
    assert to_bytes(frames).shape == (1, 2, 1, 6, 3)
    assert to_bytes(frames)[0, 0, 0, :, 0].tolist() == [0, 0, 127, 191, 255, 255]
    every = torch.arange(256, dtype=torch.uint8).reshape(1, 1, 1, 256, 1).expand(1, 1, 1, 256, 3)
    assert to_pixels(every).shape == (1, 3, 1, 1, 256)
    assert to_pixels(every).min() == -1 and to_pixels(every).max() == 1


def residual(name: str, inside: int, width: int) -> dict[str, tuple[int, ...]]:
    sizes = {
        f"{name}.norm1": (inside,),
        f"{name}.norm2": (width,),
        f"{name}.conv1.conv": (width, inside, 3, 3, 3),
        f"{name}.conv2.conv": (width, width, 3, 3, 3),
    }
    if inside != width:
        sizes[f"{name}.conv_shortcut.conv"] = (width, inside, 1, 1, 1)
    return sizes


def published() -> dict[str, tuple[int, ...]]:
    """The names of all layers, and the sizes of their weights."""
    sizes: dict[str, tuple[int, ...]] = {
        "encoder.conv_in.conv": (128, 3, 3, 3, 3),
        "encoder.conv_norm_out": (512,),
        "encoder.conv_out.conv": (32, 512, 3, 3, 3),
        "decoder.conv_in.conv": (512, 16, 3, 3, 3),
        "decoder.conv_norm_out": (128,),
        "decoder.conv_out.conv": (3, 128, 3, 3, 3),
        "quant_conv.conv": (32, 32, 1, 1, 1),
        "post_quant_conv.conv": (16, 16, 1, 1, 1),
    }
    for part, levels, count in (
        ("encoder.down_blocks", (128, 256, 512, 512), 2),
        ("decoder.up_blocks", (512, 512, 256, 128), 3),
    ):
        before = levels[0]
        for level, width in enumerate(levels):
            for i in range(count):
                sizes |= residual(f"{part}.{level}.resnets.{i}", before, width)
                before = width
            if level == 3:
                continue
            kind, space, time = ("down", 1, 1) if "down" in part else ("up", 4, 2)
            for name, more in ((f"{kind}samplers", space), (f"temporal_{kind}samplers", time)):
                sizes[f"{part}.{level}.{name}.0.conv.conv"] = (more * width, width, 3, 3, 3)
    for part in ("encoder", "decoder"):
        for i in range(2):
            sizes |= residual(f"{part}.mid_block.resnets.{i}", 512, 512)
        sizes[f"{part}.mid_block.attentions.0.group_norm"] = (512,)
        for name in ("to_q", "to_k", "to_v", "to_out.0"):
            sizes[f"{part}.mid_block.attentions.0.{name}"] = (512, 512)
    return sizes


def test_it_has_the_names_and_sizes_that_were_published() -> None:
    with torch.device("meta"):
        state = VaeNet(Vae()).state_dict()
    found = {key: tuple(value.shape) for key, value in state.items()}
    meant = published()
    assert {k.removesuffix(".weight"): v for k, v in found.items() if k[-5:] != ".bias"} == meant
    assert {k.removesuffix(".bias"): v for k, v in found.items() if k[-5:] == ".bias"} == {
        key: size[:1] for key, size in meant.items()
    }
    assert len(state) == 260
    assert sum(value.numel() for value in state.values()) == 335_402_067
