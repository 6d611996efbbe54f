"""Which file of what lies at a hub is an adapter, by names and lengths alone: nothing of it is here yet.

Whether it is one, and of which layout, its header says once it is here: see `recognising`.
"""

from collections.abc import Mapping
from typing import Final

from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines import choosing
from uncaged.engines.adapters.layouts import CONFIG
from uncaged.engines.published import CONFIG as NETWORK
from uncaged.engines.published import PICKLES
from uncaged.studio.recognising import MODEL_INDEX, NAMES

ENDING: Final = ".safetensors"

LARGEST: Final = 4_000_000_000
"""Bytes of an adapter that nobody named: a larger file is rather a model that no family here knows."""

SOME: Final = 8
"""Names of files that are told; whoever wants another sees them at the hub."""


def picked(repo: str, lengths: Mapping[str, int], file: str = "") -> frozenset[str] | None:
    """Names of the files of one adapter, its weights and what stands beside them; None where there is none.

    lengths: bytes of each file there. file: the one of weights that somebody named. Else it is the one that is called
    as adapters are, or the only one in a folder that holds no model.

    Raises `AskedWrong` where there are several or that file is not there, `WeightsBroken` for a pickle, by its name.
    """
    found = _named(repo, lengths, file) if file else _lone(repo, lengths)
    if found is None:
        return None
    config = "/".join([*found.split("/")[:-1], CONFIG])
    return frozenset({found, config} & lengths.keys())


def weights(names: frozenset[str]) -> str:
    """The one of these that holds numbers."""
    return next(name for name in names if name.endswith(ENDING))


def _named(repo: str, lengths: Mapping[str, int], file: str) -> str:
    if file not in lengths:
        raise AskedWrong(
            _("%(repo)s has no file called %(file)s.") % {"repo": repo, "file": shown(file)},
            _files([name for name in lengths if name.endswith(ENDING)]),
            "file",
        )
    if file.endswith(PICKLES):
        raise choosing.pickled(file)
    if not file.endswith(ENDING):
        raise AskedWrong(
            _("%(file)s holds no weights that Uncaged opens.") % {"file": shown(file)},
            _("An adapter is one file of safetensors."),
            "file",
        )
    return file


def _lone(repo: str, lengths: Mapping[str, int]) -> str | None:
    names = [name for name in sorted(lengths) if "/" not in name]
    if MODEL_INDEX in names:
        return None
    named = next((name for name in NAMES if name in names), None)
    if named is not None:
        return named
    if NETWORK in names:
        return None
    there = [name for name in names if name.endswith(ENDING) and lengths[name] <= LARGEST]
    if len(there) > 1:
        raise AskedWrong(
            _("%(repo)s holds more than one adapter.") % {"repo": repo}, _files(there), "file"
        )
    pickles = [name for name in names if name.endswith(PICKLES)]
    if not there and pickles:
        raise choosing.pickled(pickles[0])
    return there[0] if there else None


def _files(names: list[str]) -> str:
    if not names:
        return _("There are no safetensors in it.")
    told = ", ".join(names[:SOME]) + (" …" if len(names) > SOME else "")
    return _("Name one of its files: --file %(file)s (%(files)s)") % {
        "file": names[0],
        "files": told,
    }
