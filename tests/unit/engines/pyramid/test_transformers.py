"""The two transformers: the numbers of the authors' own code, the names and sizes of what was published."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit

Values = Callable[[str], dict[str, Tensor]]
Numbers = Callable[[int, tuple[int, ...]], Tensor]
Peopled = Callable[[nn.Module], Any]

TINY = {
    "miniflux": MiniFlux(
        in_channels=16,
        num_layers=1,
        num_single_layers=2,
        num_attention_heads=2,
        attention_head_dim=16,
        joint_attention_dim=32,
        pooled_projection_dim=24,
        axes_dims_rope=(4, 6, 6),
    ),
    "mmdit": Mmdit(
        sample_size=8,
        in_channels=4,
        num_layers=2,
        num_attention_heads=2,
        attention_head_dim=16,
        joint_attention_dim=32,
        caption_projection_dim=32,
        pooled_projection_dim=24,
        pos_embed_max_size=16,
    ),
}
OF_THE_AUTHORS = {
    "miniflux": (
        (0.008817, 0.596307, 1.963835),
        [-0.133531, -1.236082, 0.537744, -0.599284, -0.310258, -0.139384],
    ),
    "mmdit": (
        (0.161702, 0.547542, 2.116083),
        [-0.489958, 0.949302, 0.520008, -0.455890, 0.988038, 0.158760],
    ),
}
"""Mean, spread and largest size of a forward pass, and its values at `AT`."""

AT = [0, 1, 682, 1024, 1365, 2047]


def made(family: str) -> nn.Module:
    tiny = TINY[family]
    return MiniFluxNet(tiny) if isinstance(tiny, MiniFlux) else MmditNet(tiny)


def asked(numbers: Numbers) -> dict[str, Any]:
    text = numbers(4, (2, 8, 32))
    return {
        "clips": [
            numbers(1, (2, 4, 2, 4, 4)),
            numbers(2, (2, 4, 1, 8, 8)),
            numbers(3, (2, 4, 1, 16, 16)),
        ],
        "texts": [text[0], text[1, :5]],
        "pooled": numbers(5, (2, 24)),
        "timestep": torch.tensor([500, 37.5]),
    }


@pytest.mark.parametrize("name", ["history", "single"])
def test_miniflux_computes_what_the_authors_did(
    values: Values, config: Callable[[str], dict[str, Any]], name: str
) -> None:
    """With the history at two sizes and without; one of the two texts has padding."""
    net = MiniFluxNet(MiniFlux.of(config("miniflux")))
    net.load_state_dict(values("miniflux_tiny"))
    case = values("miniflux_case")
    seen = ["h0", "h1", "x"] if name == "history" else ["x"]
    texts = [text[real.bool()] for text, real in zip(case["in.text"], case["in.mask"], strict=True)]
    clips = [case[f"in.{clip}"] for clip in seen]
    out = net(clips, texts, case["in.pooled"], case["in.timestep"])
    meant = case[f"out.{name}"]
    assert out.shape == meant.shape
    assert (out - meant).abs().max() < 1e-5 * meant.std()


@pytest.mark.parametrize("family", TINY)
def test_both_compute_what_the_authors_did(
    numbers: Numbers, peopled: Peopled, agrees: Callable[..., None], family: str
) -> None:
    """Two heads, several blocks, a history of three frames in two clips, two timesteps in one batch."""
    net = peopled(made(family))
    whole, single = OF_THE_AUTHORS[family]
    agrees(net(**asked(numbers)), (2, 4, 1, 16, 16), whole, AT, single, off=3e-6)


def test_the_table_of_places_is_that_of_the_authors(agrees: Callable[..., None]) -> None:
    table = MmditNet(TINY["mmdit"]).pos_embed.pos_embed  # pyright: ignore[reportArgumentType]
    at, single = [0, 1, 2730, 4096, 5461, 8191], [0, 0, 0.992198, 0, 0.007906, 0.999999]
    agrees(table, (1, 256, 32), (0.490056, 0.509750, 1.0), at, single, off=1e-6)


@pytest.mark.parametrize("family", TINY)
def test_neighbours_in_a_batch_change_nothing(
    numbers: Numbers, peopled: Peopled, family: str
) -> None:
    """The shorter text is padded beside the longer one, and not alone."""
    net, both = peopled(made(family)), asked(numbers)
    together = net(**both)
    for i in range(2):
        alone = net(
            [clip[[i]] for clip in both["clips"]],
            [both["texts"][i]],
            both["pooled"][[i]],
            both["timestep"][[i]],
        )
        assert torch.allclose(alone[0], together[i], atol=1e-5)


@pytest.mark.parametrize("family", TINY)
def test_earlier_frames_of_a_clip_do_not_see_later_ones(
    numbers: Numbers, peopled: Peopled, family: str
) -> None:
    net, given = peopled(made(family)), asked(numbers)
    given["clips"][-1] = numbers(3, (2, 4, 3, 16, 16))
    before = net(**given)
    given["clips"][-1] = given["clips"][-1].clone()
    given["clips"][-1][:, :, 2] += 1
    after = net(**given)
    assert torch.equal(after[:, :, :2], before[:, :, :2])
    assert (after[:, :, 2] - before[:, :, 2]).abs().max() > 0.1
    given["clips"][0] = given["clips"][0] + 1
    assert (net(**given)[:, :, 0] - before[:, :, 0]).abs().max() > 1e-3, "later ones see earlier"


@pytest.mark.parametrize("family", TINY)
def test_half_the_digits_give_about_the_same(
    numbers: Numbers, peopled: Peopled, family: str
) -> None:
    net, given = peopled(made(family)), asked(numbers)
    whole = net(**given)
    for name in ("clips", "texts"):
        given[name] = [one.bfloat16() for one in given[name]]
    half = net.bfloat16()(**given | {"pooled": given["pooled"].bfloat16()})
    assert half.dtype == torch.bfloat16
    assert (half.float() - whole).square().mean().sqrt() < 0.03 * whole.std()


WIDTH = {"miniflux": 1920, "mmdit": 1536}
BLOCK = {
    "norm1.linear": (6, 1),
    "norm1_context.linear": (6, 1),
    "attn.to_q": (1, 1),
    "attn.to_k": (1, 1),
    "attn.to_v": (1, 1),
    "attn.add_q_proj": (1, 1),
    "attn.add_k_proj": (1, 1),
    "attn.add_v_proj": (1, 1),
    "attn.to_out.0": (1, 1),
    "attn.to_add_out": (1, 1),
    "ff.net.0.proj": (4, 1),
    "ff.net.2": (1, 4),
    "ff_context.net.0.proj": (4, 1),
    "ff_context.net.2": (1, 4),
}
"""Layers of a joint block, and their sizes in widths."""


def layers(rows: dict[str, tuple[int, int]], before: str, width: int) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, tuple[int, ...]] = {}
    for name, (out, inside) in rows.items():
        sizes[f"{before}{name}.weight"] = (out * width, inside * width)
        sizes[f"{before}{name}.bias"] = (out * width,)
    return sizes


def linear(name: str, out: int, *inside: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out, *inside), f"{name}.bias": (out,)}


def around(width: int, pooled: int) -> dict[str, tuple[int, ...]]:
    """What stands before and after the blocks of both."""
    return {
        **linear("time_text_embed.timestep_embedder.linear_1", width, 256),
        **linear("time_text_embed.timestep_embedder.linear_2", width, width),
        **linear("time_text_embed.text_embedder.linear_1", width, pooled),
        **linear("time_text_embed.text_embedder.linear_2", width, width),
        **linear("context_embedder", width, 4096),
        **linear("norm_out.linear", 2 * width, width),
        **linear("proj_out", 64, width),
    }


def published_miniflux() -> dict[str, tuple[int, ...]]:
    width = 1920
    keys = {**around(width, 768), **linear("x_embedder", width, 64)}
    for i in range(8):
        keys |= layers(BLOCK, f"transformer_blocks.{i}.", width)
        for norm in ("norm_q", "norm_k", "norm_added_q", "norm_added_k"):
            keys[f"transformer_blocks.{i}.attn.{norm}.weight"] = (64,)
    single = {"norm.linear": (3, 1), "proj_mlp": (4, 1), "proj_out": (1, 5)}
    single |= {f"attn.to_{name}": (1, 1) for name in "qkv"}
    for i in range(16):
        keys |= layers(single, f"single_transformer_blocks.{i}.", width)
        for norm in ("norm_q", "norm_k"):
            keys[f"single_transformer_blocks.{i}.attn.{norm}.weight"] = (64,)
    return keys


def published_mmdit() -> dict[str, tuple[int, ...]]:
    width = 1536
    keys = {**around(width, 2048), **linear("pos_embed.proj", width, 16, 2, 2)}
    keys["pos_embed.pos_embed"] = (1, 36864, width)
    last = {
        name: size
        for name, size in BLOCK.items()
        if not name.startswith("ff_context") and name != "attn.to_add_out"
    } | {"norm1_context.linear": (2, 1)}
    for i in range(24):
        keys |= layers(BLOCK if i < 23 else last, f"transformer_blocks.{i}.", width)
        for norm in ("norm_q", "norm_k", "norm_add_q", "norm_add_k"):
            keys[f"transformer_blocks.{i}.attn.{norm}.weight"] = (64,)
    return keys


def test_miniflux_has_the_names_and_sizes_that_were_published() -> None:
    with torch.device("meta"):
        state = MiniFluxNet(MiniFlux()).state_dict()
    assert {key: tuple(value.shape) for key, value in state.items()} == published_miniflux()
    assert len(state) == 496
    assert sum(value.numel() for value in state.values()) == 1_972_059_200


def test_mmdit_has_the_names_and_sizes_that_were_published() -> None:
    with torch.device("meta"):
        net = MmditNet(Mmdit())
    state = net.state_dict()
    assert {key: tuple(value.shape) for key, value in state.items()} == published_mmdit()
    assert len(state) == 779
    learnt = sum(value.numel() for value in net.parameters())
    assert round(learnt / 1e9, 3) == 2.028
    assert sum(value.numel() for value in state.values()) - learnt == 36864 * 1536


def test_a_picture_beyond_the_table_of_places_is_refused(
    numbers: Numbers, peopled: Peopled
) -> None:
    given = asked(numbers) | {"clips": [numbers(1, (2, 4, 1, 34, 16))]}
    with pytest.raises(ValueError, match="17 × 8 patches"):
        peopled(made("mmdit"))(**given)
