"""Adapters as `uncaged models list, info` tell them: beside the models, since they perform nothing by themselves."""

from typing import TYPE_CHECKING, Any

from uncaged.archive.telling import counted, sized
from uncaged.cli.opening import called
from uncaged.cli.shelving import asks, whence
from uncaged.engines.shelved import card_of

if TYPE_CHECKING:
    from uncaged.studio.held import Held


def adapter_row(held: "Held", more: str) -> tuple[str, str]:
    """An adapter in a list. more: where it lies, and what is missing."""
    return held.model.name, f"{card_of(held.model.card, elsewhere=True).summary}{more}"


def adapter_rows(held: "Held") -> list[tuple[str, str]]:
    """All that is known of one."""
    model, card = held.model, card_of(held.model.card, elsewhere=True)
    rows = [
        ("adapter", model.name),
        (
            "on top of",
            f"{model.card.get('parent')}, and others of its family whose layers are as wide",
        ),
        ("family", model.engine),
        ("", card.summary),
        ("origin", card.origin),
        ("trained on", card.training_data),
        ("licence", card.licence),
        ("works", card.works),
        *asks(model.card),
        ("weights", model.hash),
        ("files", f"{len(model.files)}, {sized(held.bytes)} together"),
        *(("in", place) for place in held.folders),
    ]
    if held.lost:
        rows.append(("missing", f"{counted(held.lost, 'file')}: {called()} models add FILE"))
    use = f'{called()} make "…" --model {model.card.get("parent")} --adapter {model.name}=1'
    return [*rows, ("next", use)]


def adapter_record(held: "Held") -> dict[str, Any]:
    """An adapter for programs."""
    model, card = held.model, card_of(held.model.card, elsewhere=True)
    return {
        "name": model.name,
        "adapter": True,
        "engine": model.engine,
        "on": model.card.get("parent"),
        "hash": model.hash,
        "card": {name: getattr(card, name) for name in card.__slots__},
        "id": model.id,
        "files": len(model.files),
        "bytes": held.bytes,
        "folders": list(held.folders),
        "missing": held.lost,
        **whence(model.card),
    }
