"""Adapters as PEFT and diffusers write them say through us what they say through PEFT and diffusers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import CogVideoXPipeline, LTXPipeline, MochiPipeline, WanPipeline
from peft import LoHaConfig, LoKrConfig, LoraConfig, get_peft_model, get_peft_model_state_dict
from torch import Tensor

from uncaged.engines.adapters.opened import Adapted, read

ATTENTION = ["to_q", "to_k", "to_v", "to_out.0"]
FORWARD = {
    "cogvideox": ["ff.net.0.proj", "ff.net.2"],
    "mochi": ["ff.net.0.proj", "ff.net.2", "add_q_proj"],
    "ltx": ["ff.net.0.proj", "ff.net.2", "proj_in"],
    "wan": ["ffn.net.0.proj", "ffn.net.2", "time_proj"],
    "pyramid-flow": ["add_k_proj", "proj_mlp", "proj_out", "norm.linear"],
}
PIPELINES: dict[str, Any] = {
    "cogvideox": CogVideoXPipeline,
    "ltx": LTXPipeline,
    "mochi": MochiPipeline,
    "wan": WanPipeline,
}
Of = Callable[[str], Any]

pytestmark = [
    pytest.mark.filterwarnings("ignore:Already found a .peft_config."),
    pytest.mark.filterwarnings("ignore:Adapter 'default'. 8 LoRA tensor"),  # biases are flat
]


def ours(family: Any, *adapters: tuple[float, Path]) -> Tensor:
    found = [
        (weight, read(folder, family.networks, family.natives, "m")) for weight, folder in adapters
    ]
    with Adapted(family.networks, found).on():
        return family.says(family.net)


def agree(one: Tensor, other: Tensor) -> None:
    """Within 1e-5 of their spread."""
    assert float((one - other).abs().max()) < 1e-5 * max(1.0, float(other.std()))


def learnt(family: Any, config: Any, folder: Path, seed: int = 1) -> Any:
    """A network with an adapter of random weights in it, which has been written to the folder."""
    torch.manual_seed(seed)
    model = get_peft_model(family.other(), config).eval()
    for name, value in model.named_parameters():
        if "magnitude" in name:
            value.data += torch.rand_like(value)
    model.save_pretrained(str(folder))
    (folder / "adapter_model.safetensors").rename(folder / "adapter.safetensors")
    return model.base_model.model


@pytest.mark.parametrize("name", FORWARD)
def test_every_family_says_with_an_adapter_what_peft_says(
    family: Of, name: str, tmp_path: Path
) -> None:
    own = family(name)
    before = {key: value.clone() for key, value in own.net.state_dict().items()}
    plain = own.says(own.net)
    targets = [
        one for one in ATTENTION + FORWARD[name] if name != "pyramid-flow" or one != "to_out.0"
    ]
    config = LoraConfig(r=3, lora_alpha=5, target_modules=targets, init_lora_weights=False)
    theirs = own.says(learnt(own, config, tmp_path))
    assert float((theirs - plain).abs().max()) > 1e-2
    agree(ours(own, (1.0, tmp_path)), theirs)
    assert torch.equal(ours(own, (0.0, tmp_path)), plain)
    assert torch.equal(own.says(own.net), plain)
    after = own.net.state_dict()
    assert all(torch.equal(value, after[key]) for key, value in before.items())


LORA: dict[str, Any] = {"r": 4, "lora_alpha": 8, "init_lora_weights": False}


@pytest.mark.parametrize(
    "config",
    [
        LoraConfig(**LORA, target_modules=ATTENTION, use_rslora=True),
        LoraConfig(**LORA, target_modules=ATTENTION, use_dora=True),
        LoraConfig(**LORA, target_modules=ATTENTION, lora_bias=True),
        LoraConfig(**LORA, target_modules=ATTENTION, rank_pattern={"to_q": 2}, alpha_pattern={"0.attn1.to_v": 3}),
        LoraConfig(**LORA, target_modules=[*ATTENTION, "patch_embed.proj", "proj_out"]),
        LoHaConfig(r=4, alpha=8, target_modules=ATTENTION, init_weights=False),
        LoKrConfig(r=4, alpha=8, target_modules=ATTENTION, init_weights=False),
        LoKrConfig(r=2, alpha=3, target_modules=ATTENTION, init_weights=False, decompose_both=True, decompose_factor=4),
    ],
    ids=["rslora", "dora", "bias", "patterns", "convolution", "loha", "lokr", "lokr of factors"],
)  # fmt: skip
def test_every_kind_says_what_peft_says(family: Of, config: Any, tmp_path: Path) -> None:
    own = family("cogvideox")
    theirs = own.says(learnt(own, config, tmp_path))
    assert float((theirs - own.says(own.net)).abs().max()) > 1e-3
    agree(ours(own, (1.0, tmp_path)), theirs)


@pytest.mark.parametrize("name", PIPELINES)
def test_several_say_what_diffusers_says(family: Of, name: str, tmp_path: Path) -> None:
    own = family(name)
    net, folders = own.other(), [tmp_path / "a", tmp_path / "b"]
    for number, folder in enumerate(folders):
        torch.manual_seed(number)
        config = LoraConfig(
            r=2 + number, lora_alpha=6, target_modules=ATTENTION, init_lora_weights=False
        )
        writer = own.other()
        writer.add_adapter(config)
        PIPELINES[name].save_lora_weights(
            folder,
            transformer_lora_layers=get_peft_model_state_dict(writer),
            transformer_lora_adapter_metadata={
                "r": 2 + number,
                "lora_alpha": 6,
                "target_modules": ATTENTION,
            },
        )
        file = folder / "pytorch_lora_weights.safetensors"
        state = PIPELINES[name].lora_state_dict(file, return_lora_metadata=True)
        net.load_lora_adapter(state[0], metadata=state[-1], adapter_name=f"own{number}")
        file.rename(folder / "adapter.safetensors")
    for weights in ([0.8, -0.5], [1.7, 0.0]):
        net.set_adapters(["own0", "own1"], weights)
        theirs = own.says(net)
        agree(ours(own, *zip(weights, folders, strict=True)), theirs)
