"""A single file of a network that draws, and what it lacks from other files: together a model as it was published.

What other programs keep in `models/` (ComfyUI's folders, by their names) is found beside the file; more is said by
whoever adds it. Configurations are written here, see `sketches`; no number is read. Needs no torch.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from uncaged.core.errors import AskedWrong, UncagedError, WeightsBroken, WeightsMissing
from uncaged.core.words import _
from uncaged.engines import published, single_files
from uncaged.engines.diffusion.sketching import Config, Known, Sketch, sight, texts
from uncaged.engines.published import CONFIG, Held

NETS: Final = ("diffusion_models", "unet", "unet_gguf", "checkpoints")
"""Folders in which networks that draw lie."""

BESIDE: Final = ("text_encoders", "clip", "clip_gguf", "vae", "clip_vision")
"""Folders beside these."""

CUTTER: Final = "comfy/text_encoders/t5_tokenizer"
"""Where ComfyUI has T5's tokenizer, from the folder above `models`."""

PIECES: Final = "spiece_model"
"""An array of a text encoder that is its tokenizer."""

HALVES: Final = ("high_noise", "low_noise")
"""What stands in the names of two networks that draw one after the other: the one for much noise, the other."""

MOST: Final = 2000
"""Files of a folder that are looked at, at most."""

SHRUNK: Final = "_uncaged_shrunk"
"""What of a model lies in numbers that say less than the published ones, in its index."""

NOT_SO: Final = (KeyError, IndexError, StopIteration, ValueError, TypeError)
"""What looking for shapes ends with where a file is something else."""

T = TypeVar("T")


@dataclass(slots=True)
class Gathered:
    """What a model is made of, as far as it was found. files, made: see `Offer`. shrunk: by part."""

    files: dict[str, Path] = field(default_factory=dict[str, Path])
    made: dict[str, bytes] = field(default_factory=dict[str, bytes])
    shrunk: dict[str, str] = field(default_factory=dict[str, str])
    numbers: int = 0

    def put(self, part: str, file: Held, config: Config) -> None:
        """A part out of a single file, in the place of what stood for it. Raises `WeightsBroken` where its numbers are
        none that are widened here."""
        single_files.refuse_strange(file)
        for name in [name for name in self.files if name.startswith(f"{part}/")]:
            del self.files[name]
        if file.path not in self.files.values():
            self.numbers += file.numbers
        self.files[f"{part}/{single_files.NAME}{file.path.suffix.lower()}"] = file.path
        self.say(f"{part}/{CONFIG}", config)
        if shrunk := single_files.shrunk(file):
            self.shrunk[part] = shrunk

    def say(self, name: str, value: Config) -> None:
        """A small file that is written here."""
        self.made[name] = f"{json.dumps(value, indent=1, sort_keys=True)}\n".encode()


def gathered(
    sketch: Sketch, networks: Sequence[str], small: Sequence[str], file: Path, parts: Sequence[Path]
) -> Gathered | None:
    """A model around a file; None where the file is no network of this family. parts: files and folders that hold what
    it lacks, before those that lie where other programs keep them; a published folder gives all but its network.

    Raises `AskedWrong` where several fit, `WeightsMissing` where none does, `WeightsBroken`.
    """
    main = single_files.held(file)
    net = _tried(lambda: sketch.net(Known(main.shapes)))
    if net is None:
        return None
    found, base = (
        Gathered(),
        next((one for one in parts if (one / "model_index.json").is_file()), None),
    )
    index: Config = {}
    if base is not None:
        index = published.read_json(base / "model_index.json")
        rest = [part for part in networks if not part.startswith("transformer")]
        found.files, found.numbers = published.gathered(base, rest, small)
        net = _as_in(base, net, file)
    elif sketch.rest is None:
        raise WeightsMissing(
            _("%(file)s is a network alone; the rest of its model is published as a folder.")
            % {"file": file},
            _("Name the folder of the published model: --with FOLDER"),
        )
    look = _Looking(sketch, net, main, _files(file, parts, base))
    main, second = look.halves(parts, index)
    found.put("transformer", main, net)
    if second is not None:
        found.put("transformer_2", second, net)
    coder = look.coder(needed=base is None)
    if coder is not None:
        found.put("vae", *coder)
    encoder = look.encoder(needed=base is None)
    if encoder is not None:
        found.put("text_encoder", *encoder)
    if net.get("image_dim") is not None and base is None:
        seen = look.sight()
        found.put("image_encoder", *seen)
        cut = sight(seen[0].shapes)
        assert cut is not None
        found.say("image_processor/preprocessor_config.json", cut[1])
    _cut(found, encoder, file, parts)
    if base is None:
        assert coder is not None and sketch.rest is not None
        index = sketch.rest.index(net, coder[1], second is not None)
        found.say("scheduler/scheduler_config.json", sketch.rest.times(net, coder[1]))
    found.say("model_index.json", index | ({SHRUNK: found.shrunk} if found.shrunk else {}))
    return found


def _as_in(base: Path, net: Config, file: Path) -> Config:
    """The configuration of a published folder, where it is of this network. Raises `WeightsBroken`."""
    path = base / "transformer" / CONFIG
    known = published.read_json(path)
    for name in ("num_layers", "in_channels", "out_channels", "cross_attn_mod"):
        if name in known and name in net and known[name] not in (net[name], None):
            raise WeightsBroken(
                _(
                    "%(file)s is another network than %(path)s says: %(name)s is %(here)s, not %(there)s."
                )
                % {
                    "file": file,
                    "path": path,
                    "name": name,
                    "here": net[name],
                    "there": known[name],
                },
                _("Name the folder of the model that it was made from."),
            )
    return known


@dataclass(slots=True)
class _Looking:
    """Looks through files for what a network lacks. said: those that somebody named; beside: those that lie there."""

    sketch: Sketch
    net: Config
    main: Held
    candidates: tuple[list[Path], list[Path]]

    def coder(self, needed: bool) -> tuple[Held, Config] | None:
        """A coder of films."""

        def fits(file: Held) -> Config | None:
            rest, known = self.sketch.rest, Known(file.shapes, single_files.CODERS)
            return None if rest is None else rest.coder(known, self.net)

        return self._one(fits, needed, _("a coder of films (VAE)"), "vae")

    def encoder(self, needed: bool) -> tuple[Held, Config] | None:
        """A text encoder that says as much as the network hears."""

        def fits(file: Held) -> Config | None:
            config, rest = texts(file.shapes), self.sketch.rest
            if config is None or rest is None or config["model_type"] != self.sketch.texts:
                return None
            return config if config["d_model"] == self.net[rest.width] else None

        what = _("a text encoder (%(kind)s)") % {"kind": self.sketch.texts.upper()}
        return self._one(fits, needed, what, "text_encoders")

    def sight(self) -> tuple[Held, Config]:
        """CLIP's sight, which some networks look at a picture with."""

        def fits(file: Held) -> Config | None:
            found = sight(file.shapes)
            return found[0] if found and found[0]["hidden_size"] == self.net["image_dim"] else None

        seen = self._one(fits, True, _("CLIP's sight (ViT-H/14)"), "clip_vision")
        assert seen is not None
        return seen

    def halves(self, parts: Sequence[Path], index: Config) -> tuple[Held, Held | None]:
        """Where a network is one of two, both of them, that for much noise first. Raises `WeightsMissing`."""
        name = self.main.path.name.lower()
        at = next((i for i, half in enumerate(HALVES) if half in name), None)
        if at is None:
            return self.main, None
        other = [
            path
            for path in (*parts, *self._siblings())
            if path.is_file() and HALVES[1 - at] in path.name.lower() and self._same(path)
        ]
        if not other:
            raise WeightsMissing(
                _(
                    "%(file)s is one of two networks that draw one after the other; the other is not here."
                )
                % {"file": self.main.path},
                _("Name it: --with FILE"),
            )
        second = single_files.held(other[0])
        return (self.main, second) if at == 0 else (second, self.main)

    def _siblings(self) -> list[Path]:
        """Beside the network, what is called the same but for its half."""
        path = self.main.path
        plain = path.name.lower().replace(HALVES[0], "").replace(HALVES[1], "")
        return [
            one
            for one in sorted(path.parent.iterdir())
            if one != path
            and one.name.lower().replace(HALVES[0], "").replace(HALVES[1], "") == plain
        ]

    def _same(self, path: Path) -> bool:
        held = _readable(path)
        return held is not None and _tried(lambda: self.sketch.net(Known(held.shapes))) == self.net

    def _one(
        self, fits: Callable[[Held], Config | None], needed: bool, what: str, folder: str
    ) -> tuple[Held, Config] | None:
        """The one that fits: the file itself, else one that was named, else one that lies beside."""
        for files in ([self.main.path], *self.candidates):
            found: list[tuple[Held, Config]] = []
            for path in files:
                held = _readable(path)
                config = None if held is None else _tried(lambda held=held: fits(held))
                if held is not None and config is not None:
                    found.append((held, config))
            if len(found) > 1:
                raise AskedWrong(
                    _("More than one file is %(what)s that fits: %(files)s.")
                    % {"what": what, "files": ", ".join(str(one.path) for one, _config in found)},
                    _("Name one: --with FILE"),
                    "with",
                )
            if found:
                return found[0]
        if not needed:
            return None
        raise WeightsMissing(
            _(
                "%(file)s needs %(what)s, and none that fits lies where it is looked for (%(folder)s)."
            )
            % {"file": self.main.path, "what": what, "folder": folder},
            _("Name one, or the folder of the published model: --with PATH"),
        )


def _cut(
    found: Gathered, encoder: tuple[Held, Config] | None, file: Path, parts: Sequence[Path]
) -> None:
    """The tokenizer: a folder that was named, what the text encoder's file holds, or ComfyUI's own."""
    named = [one for one in parts if one.is_dir() and not (one / "model_index.json").is_file()]
    folders = [inner for one in named for inner in (one, one / "tokenizer")]
    root = _root(file)
    if root is not None and encoder is not None and encoder[1]["model_type"] == "t5":
        folders.append(root.parent / CUTTER)
    for folder in folders:
        if (folder / "tokenizer_config.json").is_file():
            found.files |= {
                f"tokenizer/{path.name}": path
                for path in sorted(folder.iterdir())
                if path.suffix in published.TEXT_FILES and path.is_file()
            }
            return
    if "tokenizer/tokenizer_config.json" in found.files:
        return
    if encoder is not None and PIECES in encoder[0].shapes:
        from safetensors import safe_open

        with safe_open(encoder[0].path, "numpy") as opened:
            found.made["tokenizer/spiece.model"] = bytes(opened.get_tensor(PIECES))
        special = {"eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", "extra_ids": 0}
        found.say("tokenizer/tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", **special})
        return
    raise WeightsMissing(
        _("%(file)s needs a tokenizer for its text encoder.") % {"file": file},
        _("Name a folder that holds one (tokenizer_config.json …): --with FOLDER"),
    )


def _files(file: Path, parts: Sequence[Path], base: Path | None) -> tuple[list[Path], list[Path]]:
    """Files that were named or lie in named folders; and those that lie where other programs keep them."""
    named = [path for one in parts if one != base for path in _within(one)]
    root = _root(file)
    if root is None or base is not None:
        return named, []
    beside = [path for name in BESIDE for path in _within(root / name)]
    return named, [path for path in beside if path not in named]


def _root(file: Path) -> Path | None:
    """The folder `models` of another program, where the file lies in it as networks do there."""
    return next((one.parent for one in file.parents if one.name in NETS), None)


def _within(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    found = (path for path in place.rglob("*") if path.suffix.lower() in single_files.ENDINGS)
    yield from sorted(path for path in islice(found, MOST) if path.is_file())


def _readable(path: Path) -> Held | None:
    """What a file holds; None where it is nothing that could be opened: others may fit."""
    with suppress(UncagedError):
        return single_files.held(path)
    return None


def _tried(look: Callable[[], T | None]) -> T | None:
    with suppress(*NOT_SO):
        return look()
    return None
