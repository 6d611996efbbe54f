"""Why a run failed, as it is told: to people without where anything lies, whole to whoever keeps the machine."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive import models
from uncaged.core.unplaced import unplaced
from uncaged.studio import held, laying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uncaged.archive.runs import Run
    from uncaged.core.errors import UncagedError
    from uncaged.studio.studio import Studio


def told(studio: "Studio", run: "Run", error: "UncagedError") -> str:
    """What stands with the run. Where that says less than the error, the whole goes to the log: standard error."""
    whole = str(error)
    said = unplaced(whole)
    if said == whole:
        return whole
    print(f"uncaged: {run.id}: {whole}", file=sys.stderr)
    return unplaced(whole, _known(studio))


def _known(studio: "Studio") -> "Mapping[str, str]":
    """Where the files of each model on the shelf lie, and what people call that place: the model, and its file."""
    with studio.archive.read() as conn:
        shelf = models.shelf(conn)
    found: dict[str, str] = {}
    for model in shelf:
        places = {str(laying.folder(studio, model)): model.name}
        places |= dict.fromkeys(held.folders(model), model.name)
        for name, away in model.elsewhere.items():
            if away.path is not None:
                places[away.path] = f"{model.name}/{name}"
        found |= places | {str(Path(place).resolve()): said for place, said in places.items()}
    return found
