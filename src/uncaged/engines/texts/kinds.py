"""Which text encoder a published model has, by its configuration alone. Needs no torch."""

from pathlib import Path
from typing import Any, cast

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines import published


def gemma(folder: Path) -> dict[str, Any]:
    """What a model says of the part of its text encoder that reads, where that is Gemma 3.

    Raises `WeightsMissing`, `WeightsBroken`.
    """
    path = folder / "text_encoder" / published.CONFIG
    known = published.read_json(path)
    inner = known.get("text_config", known)
    if not isinstance(inner, dict) or known.get("model_type") not in ("gemma3", "gemma3_text"):
        raise WeightsBroken(
            _("%(path)s describes %(kind)s; the text encoder that can be opened here is Gemma 3.")
            % {"path": path, "kind": known.get("model_type", "?")},
            _("Choose LTX-2 or LTX-2.3 as they were published in folders."),
        )
    return cast("dict[str, Any]", inner)
