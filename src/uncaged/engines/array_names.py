"""What a network's arrays are called elsewhere -> what its class here calls them.

The names that models were published with go through the library that has their networks; those of text encoders
through `text_names`. What is called right already stays.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from torch import Tensor

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import mochi_names, single_files, wan_names
from uncaged.engines.published import again
from uncaged.engines.text_names import renamed

FOREIGN: Final[Mapping[str, tuple[str, str]]] = {
    "WanTransformer3DModel": ("head.modulation", "convert_wan_transformer_to_diffusers"),
    "WanVACETransformer3DModel": ("head.modulation", "convert_wan_transformer_to_diffusers"),
    "LTX2VideoTransformer3DModel": (
        "patchify_proj.weight",
        "convert_ltx2_transformer_to_diffusers",
    ),
    "AutoencoderKLWan": ("decoder.middle.0.residual.0.gamma", "convert_wan_vae_to_diffusers"),
    "LTXVideoTransformer3DModel": (
        "patchify_proj.weight",
        "convert_ltx_transformer_checkpoint_to_diffusers",
    ),
    "AutoencoderKLLTXVideo": (
        "vae.per_channel_statistics.mean-of-means",
        "convert_ltx_vae_checkpoint_to_diffusers",
    ),
    "MochiTransformer3DModel": (
        "x_embedder.proj.weight",
        "convert_mochi_transformer_checkpoint_to_diffusers",
    ),
}
"""By the class of a network: an array that only the published names have, and what of the library turns them."""

LEFT: Final[Mapping[str, Mapping[str, str]]] = {
    "WanTransformer3DModel": wan_names.LOOKS,
    "LTX2VideoTransformer3DModel": {
        f"{stream}prompt_adaln_single.": f"{stream}prompt_adaln." for stream in ("", "audio_")
    },
}
"""By the class of a network: how names begin that this leaves as they were published, and how they begin here."""


def turned(kind: str, found: dict[str, Tensor], path: Path) -> dict[str, Tensor]:
    """Arrays of a file by the names that a network of this class knows. Raises `WeightsBroken` where one is missing."""
    if kind.endswith("EncoderModel"):
        return {renamed(name): one for name, one in found.items()}
    if kind.startswith("Autoencoder"):
        found = single_files.within(found, single_files.CODERS)
        if kind == "AutoencoderKLLTXVideo":
            found = {f"{single_files.CODERS[0]}{name}": one for name, one in found.items()}
        if kind == "AutoencoderKLMochi" and mochi_names.SIGN in found:
            return _of_mochi(found)
        if kind == "AutoencoderKLWan" and wan_names.SIGN in found:
            return {wan_names.renamed(name): one for name, one in found.items()}
    else:
        found = single_files.within(found)
    sign, function = FOREIGN.get(kind, ("", ""))
    if sign not in found:
        return single_files.within(found, single_files.CODERS)
    utils: Any = import_module("diffusers.loaders.single_file_utils")
    try:
        state = getattr(utils, function)(found)
    except KeyError as error:
        raise WeightsBroken(
            _("The weights in %(folder)s have no array %(key)s (%(count)s are missing of %(all)s).")
            % {"folder": path, "key": error.args[0], "count": 1, "all": len(found)},
            again(),
        ) from None
    left = LEFT.get(kind, {})
    return {_begun(name, left): one for name, one in state.items()}


def _begun(name: str, left: Mapping[str, str]) -> str:
    """See `LEFT`."""
    there = next((one for one in left if name.startswith(one)), "")
    return left[there] + name.removeprefix(there) if there else name


def _of_mochi(found: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mochi's coder, for which the library has no function."""
    state: dict[str, Tensor] = {}
    for name, value in found.items():
        here = mochi_names.renamed(name)
        if mochi_names.ONE in here:
            for letter, part in zip("qkv", value.chunk(3), strict=True):
                state[here.replace(mochi_names.ONE, f".to_{letter}.")] = part
        else:
            state[here] = value
    return state
