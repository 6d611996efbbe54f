"""One adapter in every layout says the same."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from uncaged.engines.adapters.opened import Adapted, read

Of = Callable[[str], Any]
Arrays = Mapping[str, Tensor]


def linears(net: nn.Module, *ends: str) -> dict[str, nn.Linear]:
    return {
        name: layer
        for name, layer in net.named_modules()
        if isinstance(layer, nn.Linear) and name.endswith(ends or ("to_q", "to_k", "to_v"))
    }


def factors(layers: Mapping[str, nn.Linear], rank: int = 3) -> dict[str, tuple[Tensor, Tensor]]:
    """By the layer's name: down and up."""
    chance = torch.Generator().manual_seed(4)
    return {
        name: (
            torch.randn(rank, one.in_features, generator=chance) * 0.3,
            torch.randn(one.out_features, rank, generator=chance) * 0.3,
        )
        for name, one in layers.items()
    }


def put(folder: Path, arrays: Arrays, said: Mapping[str, str] | None = None, **config: Any) -> Path:
    folder.mkdir(exist_ok=True)
    save_file(
        {k: v.contiguous() for k, v in arrays.items()},
        folder / "adapter.safetensors",
        dict(said or {}),
    )
    if config:
        (folder / "adapter_config.json").write_text(json.dumps(config))
    return folder


def says(own: Any, folder: Path, weight: float = 1.0) -> Tensor:
    with Adapted(own.networks, [(weight, read(folder, own.networks, own.natives, "m"))]).on():
        return own.says(own.net)


def of(
    made: Mapping[str, tuple[Tensor, Tensor]], before: str, down: str, up: str
) -> dict[str, Tensor]:
    return {
        key: value
        for name, (a, b) in made.items()
        for key, value in ((f"{before}{name}{down}", a), (f"{before}{name}{up}", b))
    }


AB, KOHYA = (".lora_A.weight", ".lora_B.weight"), (".lora_down.weight", ".lora_up.weight")


def test_every_layout_says_the_same(family: Of, tmp_path: Path) -> None:
    own = family("cogvideox")
    made = factors(linears(own.net))
    half = {name: (a, b * 0.5) for name, (a, b) in made.items()}
    plain, wanted = own.says(own.net), says(own, put(tmp_path / "0", of(half, "transformer.", *AB)))
    assert float((wanted - plain).abs().max()) > 1e-2
    joined = {name.replace(".", "_"): two for name, two in made.items()}
    written = {
        "lora_adapter_metadata": json.dumps({"transformer.r": 6, "transformer.lora_alpha": 3})
    }
    alphas = {f"{name}.alpha": torch.tensor(1.5) for name in made}
    lined = {f"{name}.alpha": torch.tensor(1.5) for name in joined}
    each: list[tuple[Arrays, dict[str, Any]]] = [
        (of(half, "", *AB), {}),
        (of(half, "diffusion_model.", *AB), {}),
        (of(half, "model.diffusion_model.", *KOHYA), {}),
        (of(half, "", ".lora_A", ".lora_B"), {}),
        (of(half, "transformer.", ".lora_A.style.weight", ".lora_B.style.weight"), {}),
        (of(half, "transformer.", "_lora.down.weight", "_lora.up.weight"), {}),
        (of(half, "unet.", ".lora.down.weight", ".lora.up.weight"), {}),
        (of(made, "base_model.model.", *AB), {"r": 4, "lora_alpha": 2}),
        (
            of(made, "base_model.model.transformer.", *AB),
            {"r": 16, "lora_alpha": 2, "use_rslora": True},
        ),
        (
            of(made, "diffusion_model.", *KOHYA)
            | {f"diffusion_model.{k}": v for k, v in alphas.items()},
            {},
        ),
        (of(joined, "lora_unet_", *KOHYA) | {f"lora_unet_{k}": v for k, v in lined.items()}, {}),
        (of(joined, "lycoris_", *KOHYA) | {f"lycoris_{k}": v for k, v in lined.items()}, {}),
        ({f"transformer.{k}.diff": b @ a for k, (a, b) in half.items()}, {}),
        ({f"lycoris_{k.replace('.', '_')}.diff": b @ a for k, (a, b) in half.items()}, {}),
    ]
    each += [(of(made, "transformer.", *AB), {"said": written})]
    for number, (arrays, more) in enumerate(each, 1):
        folder = put(tmp_path / str(number), arrays, **more)
        assert torch.allclose(says(own, folder), wanted, atol=1e-5), number
    doubled = says(own, put(tmp_path / "last", of(made, "transformer.", *AB)))
    assert torch.allclose(says(own, tmp_path / "0", 2.0), doubled, atol=1e-5)
    assert not torch.allclose(doubled, wanted, atol=1e-3)  # an alpha counts


def test_low_precision_is_read(family: Of, tmp_path: Path) -> None:
    own = family("ltx")
    made = factors(linears(own.net))
    wanted = says(own, put(tmp_path / "a", of(made, "transformer.", *AB)))
    for kind, far in ((torch.bfloat16, 0.05), (torch.float16, 0.01), (torch.float8_e4m3fn, 0.5)):
        arrays = {key: value.to(kind) for key, value in of(made, "transformer.", *AB).items()}
        found = says(own, put(tmp_path / "b", arrays))
        assert 0 < float((found - wanted).abs().max()) < far * float(wanted.std())


def test_a_difference_of_what_is_no_layer(family: Of, tmp_path: Path) -> None:
    own = family("wan")
    names = ("blocks.0.norm2.weight", "blocks.0.scale_shift_table", "blocks.0.attn1.to_q.bias")
    state = dict(own.net.state_dict())
    more = {
        name: torch.randn(state[name].shape, generator=torch.Generator().manual_seed(2))
        for name in names
    }
    other = own.other()
    other.load_state_dict(state | {name: state[name] + more[name] for name in names})
    ends = ("blocks.0.norm3.diff", "blocks.0.modulation.diff", "blocks.0.self_attn.q.diff_b")
    arrays = {f"diffusion_model.{end}": more[name] for name, end in zip(names, ends, strict=True)}
    before, plain = {key: value.data_ptr() for key, value in state.items()}, own.says(own.net)
    assert torch.allclose(says(own, put(tmp_path, arrays)), own.says(other), atol=1e-5)
    assert torch.equal(own.says(own.net), plain)
    assert {key: value.data_ptr() for key, value in own.net.state_dict().items()} == before


def test_dora_in_both_directions(family: Of, tmp_path: Path) -> None:
    """Of LyCORIS: lengths of rows (out, 1), or of columns (1, in). Reckoned from the weights themselves."""
    own = family("cogvideox")
    layers = linears(own.net, "to_q", "net.2")
    made, chance = factors(layers), torch.Generator().manual_seed(6)
    for columns in (False, True):
        other, arrays = own.other(), of(made, "transformer.", *AB)
        for name, one in layers.items():
            whole = one.weight + made[name][1] @ made[name][0]
            length = whole.norm(dim=int(not columns), keepdim=True)
            new = length * (1 + torch.rand(length.shape, generator=chance))
            arrays[f"transformer.{name}.dora_scale"] = new
            other.get_submodule(name).weight.data = one.weight + 0.7 * (
                whole / length * new - one.weight
            )
        folder = put(tmp_path / str(columns), arrays)
        assert torch.allclose(says(own, folder, 0.7), own.says(other), atol=1e-5)


@pytest.mark.parametrize("kind", ["lora", "loha", "lokr", "diff", "dora"])
def test_three_in_one_of_every_kind(family: Of, kind: str, tmp_path: Path) -> None:
    """Mochi's own layout, beside the same change written for each layer by itself."""
    own, chance = family("mochi"), torch.Generator().manual_seed(3)
    wide = own.net.transformer_blocks[0].attn1.to_q.in_features
    rand = lambda *shape: torch.randn(*shape, generator=chance) * 0.3  # noqa: E731
    layer, three = (
        "blocks.0.attn.qkv_x",
        ["transformer_blocks.0.attn1." + one for one in ("to_q", "to_k", "to_v")],
    )
    arrays: dict[str, Tensor] = {"lora_A": rand(4, wide), "lora_B": rand(3 * wide, 4)}
    whole = arrays["lora_B"] @ arrays["lora_A"]
    if kind == "loha":
        arrays = {
            "hada_w1_a": rand(3 * wide, 2),
            "hada_w1_b": rand(2, wide),
            "hada_w2_a": rand(3 * wide, 2),
            "hada_w2_b": rand(2, wide),
            "alpha": torch.tensor(4.0),
        }
        whole = (
            2
            * (arrays["hada_w1_a"] @ arrays["hada_w1_b"])
            * (arrays["hada_w2_a"] @ arrays["hada_w2_b"])
        )
    if kind == "lokr":
        arrays = {
            "lokr_w1": rand(3, 2),
            "lokr_w2_a": rand(wide, 2),
            "lokr_w2_b": rand(2, wide // 2),
            "alpha": torch.tensor(1.0),
        }
        whole = torch.kron(arrays["lokr_w1"], arrays["lokr_w2_a"] @ arrays["lokr_w2_b"]) / 2
    if kind == "diff":
        arrays = {"diff": whole}
    if kind == "dora":
        base = torch.cat([own.net.get_submodule(one).weight for one in three]) + whole
        arrays["dora_scale"] = rand(3 * wide, 1).abs() + 1
        whole = base / base.norm(dim=1, keepdim=True) * arrays["dora_scale"] - base + whole
    one = says(own, put(tmp_path / "a", {f"{layer}.{end}": value for end, value in arrays.items()}))
    alone = {f"{name}.diff": part for name, part in zip(three, whole.chunk(3), strict=True)}
    other = says(own, put(tmp_path / "b", alone))
    assert float((one - own.says(own.net)).abs().max()) > 1e-3
    assert torch.allclose(one, other, atol=1e-5)
