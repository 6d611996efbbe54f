"""The folders in which Pyramid Flow was published: what is there, and opening it. Safetensors only.

What is missing, cut off, made for another network, or could run code when opened is refused with a sentence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, TypeVar, cast

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing, nearest
from uncaged.core.words import _
from uncaged.engines.pickled import LOOK, is_pickled
from uncaged.engines.pyramid.miniflux import MiniFluxNet
from uncaged.engines.pyramid.mmdit import MmditNet
from uncaged.engines.pyramid.shapes import MiniFlux, Mmdit, Shape, Vae, shape
from uncaged.engines.pyramid.vae import VaeNet

CONFIG: Final = "config.json"
WEIGHTS: Final = "diffusion_pytorch_model.safetensors"
INDEX: Final = f"{WEIGHTS}.index.json"
VARIANT: Final = "diffusion_transformer_"
"""How a transformer's folder begins; what follows is the variant: 384p, 768p, image."""

VAE: Final = "causal_video_vae"
PICKLES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
Net = TypeVar("Net", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Published:
    """A folder that was looked at.

    variants: the transformers' folders by name (384p, 768p, image), all of one family. vae: the coder's folder.
    """

    folder: Path
    family: str
    variants: Mapping[str, Path]
    vae: Path

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Looks at names and configurations only. Raises `WeightsMissing`, `WeightsBroken`."""
        try:
            found = sorted(one for one in folder.iterdir() if one.name.startswith(VARIANT))
        except OSError as error:
            raise WeightsMissing(
                _("%(folder)s cannot be read: %(why)s.") % {"folder": folder, "why": error.strerror}
            ) from None
        variants = {one.name.removeprefix(VARIANT): one for one in found}
        if not variants:
            raise WeightsMissing(
                _("%(folder)s holds no transformer of Pyramid Flow: no folder %(name)s….")
                % {"folder": folder, "name": VARIANT},
                _("Name the folder that holds it."),
            )
        known = [described(one, MiniFlux, Mmdit) for one in variants.values()]
        families = {one.family for one in known}
        if len(families) > 1:
            raise WeightsBroken(
                _("The transformers in %(folder)s are not of one family.") % {"folder": folder},
                _again(),
            )
        if {one.channels for one in known} != {described(folder / VAE, Vae).channels}:
            raise WeightsBroken(
                _("The transformers in %(folder)s and its coder of films do not fit each other.")
                % {"folder": folder},
                _again(),
            )
        return cls(folder, families.pop(), variants, folder / VAE)

    def transformer(
        self, variant: str, dtype: torch.dtype = torch.float32, device: str = "cpu"
    ) -> MiniFluxNet | MmditNet:
        """A variant, ready to answer. Raises `AskedWrong` where there is none, `WeightsMissing`, `WeightsBroken`."""
        if variant not in self.variants:
            raise AskedWrong(
                _("This model has no variant %(name)s.") % {"name": variant},
                nearest(variant, list(self.variants)),
                "variant",
            )
        folder = self.variants[variant]
        known = described(folder, MiniFlux, Mmdit)
        with torch.device("meta"):
            net = (
                MiniFluxNet(known)
                if isinstance(known, MiniFlux)
                else MmditNet(cast("Mmdit", known))
            )
        return filled(net, folder, dtype, device)

    def coder(self, dtype: torch.dtype = torch.float32, device: str = "cpu") -> VaeNet:
        """The coder of films, ready to code. Raises `WeightsMissing`, `WeightsBroken`."""
        known = described(self.vae, Vae)
        with torch.device("meta"):
            net = VaeNet(cast("Vae", known))
        return filled(net, self.vae, dtype, device)


def described(folder: Path, *wanted: type[Shape]) -> Shape:
    """What a folder's configuration says is in it, one of `wanted`. Raises `WeightsMissing`, `WeightsBroken`."""
    path = folder / CONFIG
    config = _json(path)
    try:
        known = shape(config)
    except ValueError as error:
        raise WeightsBroken(
            _("%(path)s says %(field)s is %(value)s, which cannot be.")
            % {
                "path": path,
                "field": error.args[0],
                "value": json.dumps(config.get(error.args[0])),
            },
            _again(),
        ) from None
    if not isinstance(known, wanted):
        raise WeightsBroken(
            _("%(path)s describes no network of Pyramid Flow that belongs there.") % {"path": path},
            _("Name the folder of a Pyramid Flow model as it was published."),
        )
    return known


def filled(net: Net, folder: Path, dtype: torch.dtype, device: str = "cpu") -> Net:
    """A network without numbers (on the device `meta`) and the weights of a folder -> the same, ready, never to learn.

    Every array that the network has must be there, in its shape. Raises `WeightsMissing`, `WeightsBroken`.
    """
    meant = net.state_dict()
    state: dict[str, Tensor] = {}
    for path, keys in _shards(folder).items():
        with _opened(path) as arrays:
            held = set(arrays.keys())
            for key in sorted(held if keys is None else keys):
                if key in held:
                    _fits(path, key, arrays.get_slice(key).get_shape(), meant)
            for key in sorted((held if keys is None else held & keys) & meant.keys()):
                try:
                    state[key] = arrays.get_tensor(key).to(device, dtype)
                except (SafetensorError, RuntimeError) as error:
                    raise _cut(path, str(error)) from None
    missing = sorted(meant.keys() - state.keys())
    if missing:
        raise WeightsBroken(
            _("The weights in %(folder)s have no array %(key)s (%(count)s are missing of %(all)s).")
            % {"folder": folder, "key": missing[0], "count": len(missing), "all": len(meant)},
            _again(),
        )
    net.load_state_dict(state, assign=True)
    return net.eval().requires_grad_(False)


def _fits(path: Path, key: str, found: Sequence[int], meant: Mapping[str, Tensor]) -> None:
    """Whether an array is the one that is meant; one of no part of the network at all is left alone."""
    if key not in meant:
        if key.partition(".")[0] not in {name.partition(".")[0] for name in meant}:
            return
        raise WeightsBroken(
            _("%(path)s holds %(key)s, for which this network has no place.")
            % {"path": path, "key": key},
            _("The weights are of another network than their %(config)s says.")
            % {"config": CONFIG},
        )
    if list(found) != list(meant[key].shape):
        raise WeightsBroken(
            _("%(path)s: %(key)s is %(found)s; it should be %(meant)s.")
            % {
                "path": path,
                "key": key,
                "found": "×".join(map(str, found)),
                "meant": "×".join(map(str, meant[key].shape)),
            },
            _("The weights are of another network than their %(config)s says.")
            % {"config": CONFIG},
        )


def _shards(folder: Path) -> Mapping[Path, set[str] | None]:
    """Each file and which arrays it must hold; None: whatever it holds."""
    if (folder / INDEX).exists():
        rows = _json(folder / INDEX).get("weight_map")
        if not isinstance(rows, dict) or not rows:
            raise WeightsBroken(
                _("%(file)s is no index of weights.") % {"file": folder / INDEX}, _again()
            )
        shards: dict[Path, set[str]] = {}
        for key, name in cast("dict[str, str]", rows).items():
            if not isinstance(name, str) or Path(name).name != name:
                raise WeightsBroken(
                    _("%(file)s is no index of weights.") % {"file": folder / INDEX}, _again()
                )
            shards.setdefault(folder / name, set()).add(key)
        return dict(shards)
    return {folder / WEIGHTS: None}


def _opened(path: Path) -> Any:
    """A safetensors file, of which nothing has been read but its header."""
    pickled = _pickled(path)
    if pickled is not None:
        raise WeightsBroken(
            _("%(path)s is a pickle, or holds one: opening it could run anything.")
            % {"path": pickled},
            _("Uncaged opens weights as safetensors only. Export the model again."),
        )
    if not path.is_file():
        raise WeightsMissing(
            _("A file of the weights is missing: %(path)s.") % {"path": path}, _again()
        )
    try:
        return safe_open(path, "pt")
    except SafetensorError as error:
        raise _cut(path, str(error)) from None
    except OSError as error:
        raise WeightsBroken(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from None


def _pickled(path: Path) -> Path | None:
    """A pickle that bears the file's name, or lies where the file should be."""
    try:
        with path.open("rb") as file:
            return path if is_pickled(file.read(LOOK)) else None
    except OSError:
        beside = sorted(path.parent.glob("*")) if path.parent.is_dir() else []
        return next((one for one in beside if one.suffix in PICKLES), None)


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise WeightsMissing(
            _("A file of the weights is missing: %(path)s.") % {"path": path}, _again()
        ) from None
    except OSError as error:
        raise WeightsBroken(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise WeightsBroken(_("%(path)s cannot be understood.") % {"path": path}, _again())
    return cast("dict[str, Any]", value)


def _cut(path: Path, why: str) -> WeightsBroken:
    return WeightsBroken(
        _("%(path)s is no whole safetensors file: %(why)s.") % {"path": path, "why": why}, _again()
    )


def _again() -> str:
    return _("Fetch the weights again, all of them.")
