"""Adapters made elsewhere come on the shelf: recognised by what their files hold, beside the models that they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from uncaged.archive import models
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.words import _
from uncaged.engines import published
from uncaged.engines.adapters import layouts, sound
from uncaged.engines.adapters.fitting import Misfit
from uncaged.engines.adapters.layouts import CONFIG, WEIGHTS, Part, Written
from uncaged.engines.diffusion.engine import MODEL_INDEX
from uncaged.engines.published import PICKLES
from uncaged.studio import elsewhere, licences, terms
from uncaged.studio.adapting import check
from uncaged.studio.adding import Offered, name_beside, name_of

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

NAMES: Final = ("adapter_model.safetensors", "pytorch_lora_weights.safetensors")
"""What an adapter's file is called in a folder of its own; else it is the only one there."""

KINDS: Final = {
    "low rank": "LoRA",
    "hadamard": "LoHa",
    "kronecker": "LoKr",
    "whole": "whole differences",
    "bias": "whole differences",
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """Files that hold one. written: what they say of which layers."""

    place: Path
    files: Mapping[str, Path]
    written: Written


def found(place: Path) -> Adapter | None:
    """The adapter that a file or a folder holds, by its names and header; None where it is none.

    Raises `WeightsBroken` for one that cannot be used: a pickle, cut off, of a layout that is not known here.
    """
    place = place.expanduser().absolute()
    weights = place if place.is_file() else _within(place)
    if weights is None:
        return None
    if place.is_file() and place.suffix in PICKLES:
        published.refuse_pickle(place)
    if place.is_dir() and weights.name not in NAMES and not layouts.is_one(published.held(weights)):
        return None
    if place.is_file() and (
        weights.suffix != ".safetensors" or not layouts.is_one(published.held(weights))
    ):
        return None
    config = weights.with_name(CONFIG)
    files = {WEIGHTS: weights} | ({CONFIG: config} if config.is_file() else {})
    return Adapter(place, files, layouts.looked(weights, files.get(CONFIG)))


def _within(folder: Path) -> Path | None:
    """The file of an adapter in a folder that holds nothing else of a model."""
    if (folder / MODEL_INDEX).exists():
        return None
    named = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if named is not None:
        return named
    if (folder / CONFIG).is_file():
        published.refuse_pickle(folder / NAMES[0])
    there = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
    return there[0] if len(there) == 1 and not (folder / published.CONFIG).is_file() else None


def offered(
    studio: "Studio", adapter: Adapter, on: str = "", family: str = "", licence: str = ""
) -> Offered:
    """The same as it can be put on the shelf: beside the model that it was made for. Reads the file once through.

    on: that model, where several are fit for it; family: or theirs. licence: what is said of it where it was fetched.
    Raises `Misfit` where it fits none on the shelf,
    `AskedWrong` where several ask for different things, `WeightsBroken` where a number in it is none.
    """
    fit = fit_for(studio, adapter, on, family)
    sound.check(adapter.written.held)
    parent = fit[0]
    asks = {None if (said := terms.of(one)) is None else said.hash for one in fit}
    if len(asks) > 1 and not on:
        raise AskedWrong(
            _(
                "This adapter fits %(models)s, whose licences differ: it inherits that of the one it was made for."
            )
            % {"models": ", ".join(one.name for one in fit)},
            _("Name that one: --on %(model)s") % {"model": parent.name},
            "on",
        )
    place = adapter.place
    if place.is_file():  # those that have everybody's name are called as their folder is
        place = place.parent if place.name in NAMES else place.with_suffix("")
    called = name_of(place)
    is_folder = adapter.place.is_dir()
    folder = adapter.place if is_folder else adapter.place.parent
    texts = licences.lying(folder, adapter.files.values()) if is_folder else {}  # else anybody's
    return Offered(
        folder,
        parent.engine,
        card(adapter.written, parent, licence) | texts,
        adapter.files,
        sum(elsewhere.length(path) for path in adapter.files.values()),
        name_beside(called),
    )


def inherited(parent: models.Shelved) -> dict[str, Any]:
    """What its licence asks of whoever makes with a model, and with whatever performs on top of it."""
    own = terms.of(parent)
    if own is None:
        return {}
    asked = ("terms", "binds", "terms_text", "terms_url")
    found = {name: parent.card[name] for name in asked if parent.card.get(name)}
    return found | {"terms": own.name}  # so that the same is asked, word by word


def card(adapter: Written, parent: models.Shelved, licence: str = "") -> dict[str, Any]:
    """What is known of it: what its file says, and what its parent's licence asks. licence: what else is said of it."""
    said = adapter.said
    origin = [said.get(name, "") for name in ("modelspec.author", "author", "modelspec.title")]
    works = str(parent.card.get("works", ""))
    own_licence = said.get("modelspec.license") or said.get("license") or ""
    own_licence = "; ".join(dict.fromkeys(one for one in (own_licence, licence) if one))
    own = terms.of(parent)
    beside = f"Its parent's: {parent.card.get('licence') or own.name if own else ''}" if own else ""
    return {
        "summary": f"An adapter for {parent.engine}: {kind_of(adapter.parts)}.",
        "origin": next((one for one in origin if one), "")
        or "Made elsewhere. Its file does not say by whom.",
        "licence": "; ".join(one for one in (own_licence, beside) if one),
        "works": f"Its card does not say. Its parent's: {works}" if works else "",
        "family": parent.engine,
        "adapts": parent.engine,
        "parent": parent.name,
        "layers": len(adapter.parts),
        **inherited(parent),
    }


def kind_of(parts: Sequence[Part]) -> str:
    """What it is in a few words."""
    kinds = list(dict.fromkeys(KINDS[part.kind] for part in parts))
    ranks = sorted({part.shapes["down"][0] for part in parts if part.kind == "low rank"})
    directed = ["DoRA"] if any("magnitude" in part.shapes for part in parts) else []
    rank = f" of rank {ranks[0]}" if len(ranks) == 1 else ""
    rank = f" of ranks {ranks[0]} to {ranks[-1]}" if len(ranks) > 1 else rank
    layers = len({(part.network, part.layer) for part in parts})
    return f"{', '.join([*directed, *kinds])}{rank}, {layers} layers"


def fit_for(
    studio: "Studio", adapter: Adapter, on: str = "", family: str = ""
) -> list[models.Shelved]:
    """The models on the shelf that it fits, the oldest first. Raises what is wrong with the one it fits best."""
    wrong: list[UncagedError] = []
    fit: list[models.Shelved] = []
    for model in parents(studio, on, family):
        try:
            check(studio, model, adapter.written)
        except UncagedError as error:
            wrong.append(error)
        else:
            fit.append(model)
    if fit:
        return fit
    raise max(wrong, key=lambda one: one.found if isinstance(one, Misfit) else -1)


def parents(studio: "Studio", on: str = "", family: str = "") -> list[models.Shelved]:
    """The models on the shelf that an adapter could be for, the oldest first. Raises `AskedWrong` where there are none,
    `NotFound` where none is called as `on` says."""
    with studio.archive.read() as conn:
        known = [models.own(conn, on)] if on else list(models.shelf(conn))
    found = [one for one in known if not one.is_adapter and family in ("", one.engine)]
    if not found:
        raise AskedWrong(
            _("This is an adapter, and no model is on the shelf that it could be for."),
            _("Put the model that it was made for on the shelf first: uncaged models add FOLDER"),
        )
    return found
