"""What was made, printed: what was understood, where it lies, what to try next; and as a record for programs."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncaged.cli.opening import called, print_rows
from uncaged.core.adapters import OPTION, of
from uncaged.engines.registry import DEFAULT

if TYPE_CHECKING:
    from uncaged.studio.work import Work


def what_of(work: "Work") -> str:
    """Which word is right for it: picture or film."""
    return "picture" if work.score.is_picture else "film"


def tell(work: "Work", place: Path) -> None:
    """What was understood, where the film lies, what to try next."""
    score, what = work.score, what_of(work)
    measure = f"{score.size[0]}x{score.size[1]}"
    if not score.is_picture:
        measure = f"{score.seconds:g} s, {measure}, {score.fps:g} fps"
    rows = [
        (what, f"{place}"),
        ("", f"{measure}, kept as {work.id}"),
        ("understood", work.understood.get("sentence", "")),
    ]
    if score.position is None:
        rows.append(("seed", f"{score.seed}  (the same words and seed give the same {what})"))
    print_rows(rows)
    following = _following(work)
    print_rows(
        [("next" if i == 0 else "", what) for i, what in enumerate(following)], wrapped=False
    )


def _following(work: "Work") -> list[str]:
    """Commands that go on from here, each of which works as it is printed."""
    from uncaged.studio.shelf import player

    score, command = work.score, called()
    commands = [f"{command} view latest"]
    alone = score.film is None and not score.pictures
    if score.position is None and alone and len(score.text) <= 300:
        commands.append(f"{command} make {shlex.join(_as_asked(work))}")
    if player(work.studio, score.model.name).capabilities.strokes:
        commands.append(f"{command} take latest --as svg")
    if work.position is not None:
        commands.append(f"{command} position latest -o here.json")
    return commands


def _as_asked(work: "Work") -> list[str]:
    """The arguments that ask for this film again, with the next seed; what is a default is left out."""
    from uncaged.studio.shelf import player

    score = work.score
    model = player(work.studio, score.model.name)
    words = ["--", score.text] if score.text.startswith("-") else [score.text]
    flags = ["--seed", str(score.seed + 1)]
    if model.name != DEFAULT:
        flags += ["--model", model.name]
    if score.size != tuple(model.defaults["size"]):
        flags += ["--size", f"{score.size[0]}x{score.size[1]}"]
    if score.is_picture:
        flags.append("--picture")
    elif score.seconds != model.defaults["seconds"]:
        flags += ["--seconds", f"{score.seconds:g}"]
    if score.fps != model.defaults["fps"]:
        flags += ["--fps", f"{score.fps:g}"]
    if score.negative:
        flags += ["--negative", score.negative]
    plain = model.check({})
    for one in of(score.options):
        flags += ["--adapter", str(replace(one, hash=""))]
    for name, value in score.options.items():
        if value != plain.get(name) and name != OPTION:
            flags += [
                "--option",
                f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}",
            ]
    return flags + (["--loop"] if score.loop else []) + words


def words_in_a_line(words: list[list[str]]) -> str:
    """Each word that changed something, with what it became."""
    return " · ".join(f"{word} → {what}" for word, what in words if what)


def as_record(work: "Work") -> dict[str, Any]:
    """A work for programs."""
    run, position = work.run, work.position
    return {
        "id": work.id,
        "run": run.id,
        "state": run.state,
        "film": str(work.path) if work.whole else None,
        "score": work.score.to_json(),
        "understood": dict(work.understood),
        "position": None if position is None else position.to_json(),
        "recipe": dict(run.recipe or {}),
        "seconds": run.measured_seconds,
        "bytes": run.measured_bytes,
    }
