"""The layouts in which adapters are written: a file's keys -> what it says of each layer. Needs no torch.

The file is looked at by its header; of alpha tensors only the names. Layouts: diffusers, PEFT, ComfyUI, kohya and
musubi, Mochi's own, LyCORIS (LoHa: Hyeon-Woo et al. 2022, arXiv 2108.06098; LoKr and the rest: Yeh et al. 2024, arXiv
2309.14859), DoRA (Liu et al. 2024, arXiv 2402.09353), and whole differences.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.published import Held

Kind: TypeAlias = Literal["low rank", "hadamard", "kronecker", "whole", "bias"]
Shape: TypeAlias = tuple[int, ...]

WEIGHTS: Final = "adapter.safetensors"
CONFIG: Final = "adapter_config.json"
"""What the two files of an adapter are called here."""

SAID: Final = "lora_adapter_metadata"
"""Under which diffusers writes rank and alpha into a file."""

NETWORKS: Final = ("transformer_2", "transformer")
"""What stands before a name where diffusers wrote it: which network of the model is meant."""

PREFIXES: Final = (
    "base_model.model.",
    "model.diffusion_model.",
    "diffusion_model.",
    "pipe.dit.",
    "unet.",
    *(f"{name}." for name in NETWORKS),
)
JOINED: Final = re.compile(r"(?:lora_unet|lora_transformer|lycoris)_(?=[^.]+$)")
"""What stands before a name in which each dot was made a line."""

TEXTS: Final = re.compile(
    r"(?:base_model\.model\.)?(?:lora_te\d?_|lycoris_te|text_encoder(?:_\d)?\.|text_model\.)"
)
"""How names begin that belong to a text encoder."""

_NAME = r"(?:\.(?!weight$|bias$)[\w-]+)?"
"""PEFT may put an adapter's own name in."""

PIECES: Final[Mapping[str, str]] = {
    "down": rf"\.lora_A{_NAME}(?:\.weight)?|\.lora_down\.weight|[._]lora(?:_linear_layer)?\.down\.weight",
    "up": rf"\.lora_B{_NAME}(?:\.weight)?|\.lora_up\.weight|[._]lora(?:_linear_layer)?\.up\.weight",
    "up_bias": rf"\.lora_B{_NAME}\.bias|\.lora_up\.bias",
    "alpha": r"\.alpha",
    "magnitude": rf"\.lora_magnitude_vector{_NAME}(?:\.weight)?|\.dora_scale",
    **{name: rf"\.hada_{name}{_NAME}" for name in ("w1_a", "w1_b", "w2_a", "w2_b")},
    **{
        f"k{name}": rf"\.lokr_{name}{_NAME}"
        for name in ("w1", "w1_a", "w1_b", "w2", "w2_a", "w2_b")
    },
    "diff": r"\.diff",
    "diff_b": r"\.diff_b",
}
"""How a key ends -> what it holds. Of all that is known; anything else is said to be left over."""

_ENDS: Final = {piece: re.compile(rf"(?P<of>.+?)(?:{end})") for piece, end in PIECES.items()}

NEEDED: Final[Mapping[Kind, tuple[tuple[str, ...], ...]]] = {
    "low rank": (("down",), ("up",)),
    "hadamard": (("w1_a",), ("w1_b",), ("w2_a",), ("w2_b",)),
    "kronecker": (("kw1", "kw1_a"), ("kw1", "kw1_b"), ("kw2", "kw2_a"), ("kw2", "kw2_b")),
    "whole": (("diff",),),
    "bias": (("diff_b",),),
}
"""What each kind is made of: one of each row."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a file says of one layer. layer: as it calls it. joined: with lines for dots. network: which one of the
    model's, empty where the file does not say. keys, shapes: of each piece. alpha, rank: where a configuration says;
    rooted: divided by the root of the rank."""

    layer: str
    joined: bool
    network: str
    kind: Kind
    keys: Mapping[str, str]
    shapes: Mapping[str, Shape]
    alpha: float | None = None
    rank: int | None = None
    rooted: bool = False

    def scale(self, alpha: float | None) -> float:
        """What its product is multiplied with. alpha: of the file's own tensor, which beats a configuration's."""
        rank = self.rank or self._rank
        found = self.alpha if alpha is None else alpha
        if found is None or rank is None:
            return 1.0
        return found / (math.sqrt(rank) if self.rooted else rank)

    @property
    def _rank(self) -> int | None:
        for piece in ("down", "w1_b", "kw2_b", "kw1_b"):
            if piece in self.shapes:
                return self.shapes[piece][0]
        return None  # what has no rank is not scaled, whatever alpha says


@dataclass(frozen=True, slots=True)
class Written:
    """An adapter's file. said: what it says of itself, texts."""

    held: Held
    parts: tuple[Part, ...]
    said: Mapping[str, str]


def is_one(held: Held) -> bool:
    """Whether a file of weights is an adapter's: any of its keys ends as those of one do."""
    return any(_piece(key) is not None for key in held.shapes)


def looked(path: Path, config: Path | None = None) -> Written:
    """What an adapter's file says of which layers, by its header. config: of PEFT, where there is one.

    Raises `WeightsMissing`, `WeightsBroken`: also for keys that belong to no layout that is known here.
    """
    held = published.held(path)
    known = _Scales.of(
        held.said.get(SAID, ""), None if config is None else published.read_json(config)
    )
    layers: dict[str, dict[str, str]] = {}
    for key in sorted(held.shapes):
        if TEXTS.match(key):
            raise WeightsBroken(
                _("This adapter changes a text encoder too (%(key)s), which is not possible here.")
                % {"key": key},
                _("Export the layers of the network that draws alone."),
            )
        found = _piece(key)
        if found is None:
            raise _strange(key)
        layer, piece = found
        layers.setdefault(layer, {})[piece] = key
    if not layers:
        raise WeightsBroken(_("This file changes nothing: it holds no layer of an adapter."))
    parts = tuple(part for name, keys in layers.items() for part in _parts(name, keys, held, known))
    return Written(held, parts, held.said)


def _piece(key: str) -> tuple[str, str] | None:
    """The layer that a key speaks of, as it is written there, and what it holds."""
    for piece, end in _ENDS.items():
        match = end.fullmatch(key)
        if match is not None:
            return match["of"], piece
    return None


def _strange(key: str) -> WeightsBroken:
    return WeightsBroken(
        _("This adapter is written in a layout that is not known here: it holds %(key)s.")
        % {"key": key},
        _("Known are LoRA, DoRA, LoHa, LoKr and whole differences."),
    )


def _parts(written: str, keys: Mapping[str, str], held: Held, known: "_Scales") -> list[Part]:
    """What is said of one layer: a change of its weights, one of its bias, or both."""
    layer, joined, network = _layer(written)
    left, found = set(keys), list[Part]()
    for kind, rows in NEEDED.items():
        if not any(piece in left for row in rows for piece in row):
            continue
        for row in rows:
            if not any(piece in left for piece in row):
                raise WeightsBroken(
                    _("This adapter is not whole: of %(layer)s there is %(there)s alone.")
                    % {"layer": written, "there": ", ".join(sorted(keys.values()))},
                    published.again(),
                )
        own = {piece for row in rows for piece in row} & left
        if kind != "bias":
            own |= left & {"alpha", "magnitude", *(["up_bias"] if kind == "low rank" else [])}
        left -= own
        pieces = {piece: keys[piece] for piece in sorted(own)}
        shapes = {piece: held.shapes[key] for piece, key in pieces.items()}
        found.append(Part(layer, joined, network, kind, pieces, shapes, *known.at(written, layer)))
    if left:
        raise _strange(keys[min(left)])
    return found


def _layer(written: str) -> tuple[str, bool, str]:
    """A layer's name without what its layout puts before it; whether it has lines for dots; and which network."""
    match = JOINED.match(written)
    if match is not None:
        return written[match.end() :], True, ""
    network, name = "", written
    while (prefix := next((one for one in PREFIXES if name.startswith(one)), None)) is not None:
        name = name.removeprefix(prefix)
        network = prefix[:-1] if prefix[:-1] in NETWORKS else network
    return name, False, network


@dataclass(frozen=True, slots=True)
class _Scales:
    """Rank and alpha as a configuration says them, for all layers and for some by name."""

    rows: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, said: str, config: Mapping[str, Any] | None) -> "_Scales":
        """said: what diffusers wrote into the file: for each network, before each name."""
        rows = [] if config is None else [config]
        try:
            value = json.loads(said) if said else {}
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise WeightsBroken(_("What this adapter says of its rank cannot be understood."))
        plain = dict[str, Any]()
        for key, one in cast("dict[str, Any]", value).items():
            network, _dot, name = key.partition(".")
            plain[name if network in NETWORKS else key] = one
        return cls((*rows, plain) if plain else tuple(rows))

    def at(self, written: str, layer: str) -> tuple[float | None, int | None, bool]:
        """Alpha, rank, and whether the root of that counts. Raises `WeightsBroken`."""
        for row in self.rows:
            alpha = self._one(row, "alpha_pattern", ("lora_alpha", "alpha"), written, layer)
            rank = self._one(row, "rank_pattern", ("r",), written, layer)
            if alpha is None:
                continue
            if rank is None or not rank >= 1:
                raise WeightsBroken(_("What this adapter says of its rank cannot be understood."))
            return alpha, int(rank), bool(row.get("use_rslora"))
        return None, None, False

    def _one(
        self,
        row: Mapping[str, Any],
        patterns: str,
        names: tuple[str, ...],
        written: str,
        layer: str,
    ) -> float | None:
        some = row.get(patterns)
        rows = cast("dict[str, Any]", some) if isinstance(some, dict) else {}
        ends = (value for key, value in rows.items() if _means(key, layer) or _means(key, written))
        value = next(ends, next((row[name] for name in names if row.get(name) is not None), None))
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise WeightsBroken(_("What this adapter says of its rank cannot be understood."))
        return float(value)


def _means(pattern: str, layer: str) -> bool:
    """Whether a pattern of PEFT means this layer: its name, or how that ends. Raises `WeightsBroken` for any other
    pattern, since somebody else's regular expression may take for ever."""
    name = pattern.removeprefix("^").removesuffix("$").replace("\\.", ".")
    if re.fullmatch(r"[\w.-]+", name) is None:
        raise WeightsBroken(_("What this adapter says of its rank cannot be understood."))
    return layer == name or layer.endswith(f".{name}")
