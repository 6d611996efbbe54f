"""What a work's page says beside the film itself: the score in shots, what was turned, what it is made by, a preview.

Knows no visitor: whoever is handed the work may read all of it.
"""

from typing import Any, cast

from uncaged.archive.work import Work
from uncaged.core.adapters import OPTION, of, weighed
from uncaged.core.score import ModelRef, Score
from uncaged.engines.base import Engine
from uncaged.engines.registry import engines
from uncaged.studio import previews, shelf
from uncaged.studio.studio import Studio
from uncaged.web.views.line import RunView
from uncaged.web.views.works import AdaptedView, MadeByView, PreviewView, ShotView


def written(score: Score, studio: Studio | None = None) -> dict[str, Any]:
    """What the score says, and what is known of the model that plays it."""
    own = _adapters(score)
    return {
        "text": score.text,
        "size": score.size,
        "seconds": score.seconds,
        "picture": score.is_picture,
        "fps": score.fps,
        "seed": score.seed,
        "shots": _shots(score),
        "dials": {
            k: value for k, value in _turned(score, studio).items() if k != OPTION or not own
        },
        "adapters": own,
        "parents": score.parents,
        "made_by": made_by(score.model, studio),
        "score": score.to_json(),
        "plays": plays(score, studio),
    }


def _adapters(score: Score) -> tuple[AdaptedView, ...]:
    genes: Any = score.position.get("genes") if score.position else None
    there = cast("dict[str, float]", genes) if isinstance(genes, dict) else {}
    found = weighed(of(score.options), there)
    return tuple(
        AdaptedView(
            name=one.called, weight=1.0 if one.weight is None else one.weight, hash=one.hash
        )
        for one in found
    )


def plays(score: Score, studio: Studio | None = None) -> tuple[str, ...]:
    """What `/grow` can be asked of a work of this score; nothing where its model is not here any more."""
    player = _player(score.model, studio)
    if player is None:
        return ()
    can = player.capabilities
    said = (
        ("vary", can.position),
        ("farther", can.farther and (score.is_picture or can.strokes)),
        ("films", can.position and score.is_picture),
    )
    return tuple(name for name, able in said if able)


def _player(model: ModelRef, studio: Studio | None) -> Engine | None:
    """The model, with exactly these weights; None where it is not here any more."""
    return engines().get(model.name) if studio is None else shelf.exactly(studio, model)


def made_by(model: ModelRef, studio: Studio | None) -> MadeByView | None:
    """A model's card; None where it is not here any more."""
    player = _player(model, studio)
    if player is None:
        return None
    card, can = player.card, player.capabilities
    return MadeByView(
        summary=card.summary,
        origin=card.origin,
        data=card.training_data,
        licence=card.licence,
        works=card.works,
        exact=can.exact,
        strokes=can.strokes,
        extends=can.shots > 1,
    )


def preview_of(studio: Studio, row: Work, run: RunView | None) -> PreviewView | None:
    """The small picture of how far it has come, while it is performed."""
    if run is None or run.state != "in_progress":
        return None
    size = previews.size(previews.held(studio, run.id, run.attempt) or b"")
    if size is None:
        return None
    url = f"/works/{row.id}/preview?step={run.done}"  # a picture of its own for every step
    return PreviewView(url=url, width=size[0], height=size[1])


def _shots(score: Score) -> tuple[ShotView, ...]:
    """The shots with their times; a single shot of several lines keeps them together."""
    found: list[ShotView] = []
    begins = 0.0
    for shot in score.shots:
        ends = round(begins + shot.seconds, 6)
        found.append(ShotView(text=shot.text, begins=begins, ends=ends))
        begins = ends
    return tuple(found)


def _turned(score: Score, studio: Studio | None) -> dict[str, Any]:
    """The options that somebody turned; all of them where the model is not here to say how they stand."""
    player = _player(score.model, studio)
    if player is None:
        return dict(score.options)
    fields = player.options.model_fields
    return {
        name: value
        for name, value in score.options.items()
        if name not in fields or fields[name].default != value
    }
