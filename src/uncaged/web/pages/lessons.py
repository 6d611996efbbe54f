"""A training as its page shows it: figures by their names, losses as curves, the last picture, time and energy.

Knows no trainer: what nobody has named here is shown by the name that the trainer gave it.
"""

from collections.abc import Mapping

from uncaged.archive import learnt, models
from uncaged.archive.run import Run
from uncaged.core.errors import NotFound
from uncaged.studio import lessons, previews
from uncaged.studio.lessons import number
from uncaged.web.here import Here
from uncaged.web.views.line import CurveView, FigureView, PictureView, TrainingView
from uncaged.web.words import _

LONGEST = 200
"""Characters of a figure that is a text."""


def names() -> Mapping[str, str]:
    """What trainers usually say, in the reader's language."""
    return {
        "loss": _("loss"),
        "frame_loss": _("loss, single frames"),
        "clip_loss": _("loss, films"),
        "held_loss": _("loss on what it never learns from"),
        "held_frames": _("loss on frames it never learns from"),
        "held_clips": _("loss on films it never learns from"),
        "gradient": _("length of the gradient"),
        "samples": _("samples"),
        "samples_a_second": _("samples a second"),
        "kind": _("kind named right, %"),
        "hue": _("hue named right, %"),
        "size": _("size named right, %"),
        "motion": _("motion named right, %"),
        "place": _("place named right, %"),
        "looked_at": _("films or frames that the probe looked at"),
    }


APART = ("now", "seconds_left", "watt_hours", "energy_assumes")
"""Figures that are said in a sentence of their own."""


def show(here: Here, run: Run) -> TrainingView:
    """What a training is to do, and what it has learned so far."""
    assert run.task is not None
    place = lessons.folder(here.studio, run.task.begun)
    lesson, known = lessons.lesson(place), names()
    with here.studio.archive.read() as conn:
        model = learnt.made_by(conn, run.id)
        stands = models.on_shelf(conn, run.task.name)
    return TrainingView(
        name=run.task.name,
        what=run.task.what,
        recipe=dict(run.task.recipe),
        step=lesson.step,
        kept=lesson.kept,
        now=str(lesson.figures.get("now", ""))[:LONGEST],
        seconds_left=number(lesson.figures.get("seconds_left")),
        watt_hours=number(lesson.figures.get("watt_hours")),
        energy_assumes=str(lesson.figures.get("energy_assumes", ""))[:LONGEST],
        figures=tuple(
            FigureView(name=name, said=_said(name, known), value=_value(value))
            for name, value in lesson.figures.items()
            if name not in APART and isinstance(value, int | float | str)
        ),
        curves=tuple(_curve(name, points, known) for name, points in sorted(lesson.curves.items())),
        preview=_picture(run, lesson.step, lessons.preview(place)),
        model=model,
        shelved=model is not None and stands is not None and stands.id == model,
    )


def preview(here: Here, run: Run) -> bytes:
    """The last picture of a training, as PNG. Raises `NotFound` where there is none."""
    data = None
    if run.task is not None:
        data = lessons.preview(lessons.folder(here.studio, run.task.begun))
    if data is None:
        raise NotFound(_("There is no picture of this run."))
    return data


def _said(name: str, known: Mapping[str, str]) -> str:
    return known.get(name, name.replace("_", " "))


def _value(value: float | str) -> float | str:
    return value[:LONGEST] if isinstance(value, str) else float(value)


def _curve(
    name: str, points: tuple[tuple[float, float], ...], known: Mapping[str, str]
) -> CurveView:
    values = [value for _step, value in points]
    return CurveView(
        name=name,
        said=_said(name, known),
        points=points,
        drawn=lessons.blocks(values),
        low=min(values),
        high=max(values),
    )


def _picture(run: Run, step: int, data: bytes | None) -> PictureView | None:
    size = previews.size(data or b"")
    if size is None:
        return None
    url = f"/runs/{run.id}/preview?step={step}"  # a picture of its own for every step
    return PictureView(url=url, width=size[0], height=size[1])
