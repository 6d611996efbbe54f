"""The model card: what a training says of what it made, written by itself from what its legs told and a judging.

A pure function of these; knows no network and imports no torch, but for the tables of a judging.
``python -m uncaged.training.seedling.model_card MODEL FILE`` writes the card of a model's folder as a document.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.canonical import canonical
from uncaged.core.errors import AskedWrong
from uncaged.training.seedling.counting import HOUR
from uncaged.training.seedling.leg import MACHINE
from uncaged.training.seedling.progress import records
from uncaged.training.seedling.store import Root
from uncaged.training.seedling.weak import weak

JSON, TEXT, JUDGED = "card.json", "card.md", "judged.json"
"""The card's two files in a model's folder, and the judging in a training's."""

LICENCE: Final = "CC0-1.0"

LOSSES: Final = {
    "frame_loss": "loss on frames",
    "clip_loss": "loss on clips",
    "held_frames": "on frames it never learns from",
    "held_clips": "on clips it never learns from",
}
"""What of a leg's records is a loss, and what it is called; the last of each is told."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg as the card tells it. frames, clips: of this leg. hours: of work without pauses. core_seconds: of all its
    processes. data: the data root. losses: by their name in the records, the last of each."""

    stage: str
    frames: int
    clips: int
    hours: float
    core_seconds: float
    watt_hours: float
    device: str
    machine: str
    precision: str
    torch: str
    data: str
    losses: Mapping[str, float]


def legs(body: Mapping[str, Any], folders: Sequence[Path] = ()) -> list[Leg]:
    """All legs that led to a checkpoint, the first first. body: its leg.json, which names those before it; folders: of
    legs, whose records tell losses and the machine. A leg whose folder is not among them tells neither."""
    entries = [past["leg"] for past in body.get("history", ()) if "leg" in past] + [body]
    found: list[Leg] = []
    before = 0.0
    for entry in entries:
        counters, recipe = entry["counters"], entry["recipe"]
        folder = next((one for one in folders if _counters(one) == counters), None)
        core = max(0.0, float(counters["core"]) - before)
        before = float(counters["core"])
        found.append(
            Leg(
                stage=str(recipe["stage"]),
                frames=int(counters["leg_frames"]),
                clips=int(counters["leg_clips"]),
                hours=round(float(counters["worked"]) / HOUR, 4),
                core_seconds=round(core, 1),
                watt_hours=round(_watt_hours(core, counters, recipe), 3),
                device=str(recipe["device"]),
                machine=_machine(folder),
                precision=str(entry.get("precision", "")),
                torch=str(entry.get("torch", "")),
                data=str(entry["data"]),
                losses={} if folder is None else _losses(records(folder)),
            )
        )
    return found


def _watt_hours(core: float, counters: Mapping[str, Any], recipe: Mapping[str, Any]) -> float:
    """Of one leg; see `counting.energy`."""
    busy = core if recipe["device"] == "cpu" else float(counters["worked"])
    return busy * float(recipe["watts"]) / HOUR


def _counters(folder: Path) -> Mapping[str, Any] | None:
    """What the last checkpoint of a leg counts: no other leg has counted the same. None where it cannot be read: the
    folder may be somebody else's."""
    kept = sorted(folder.glob("step-*/leg.json"))
    try:
        return json.loads(kept[-1].read_bytes())["counters"] if kept else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _machine(folder: Path | None) -> str:
    """What a leg wrote of its processor; empty where it wrote nothing."""
    path = None if folder is None else folder / MACHINE
    return path.read_text("utf-8").strip() if path is not None and path.is_file() else ""


def _losses(said: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    last = {name: record[name] for record in said for name in LOSSES if name in record}
    return {name: float(last[name]) for name in LOSSES if name in last}


def card(
    name: str,
    body: Mapping[str, Any],
    found: Sequence[Leg],
    roots: Sequence[Root],
    *,
    judged: Mapping[str, Any] | None = None,
    parameters: int = 0,
) -> dict[str, Any]:
    """The card as plain values. body: leg.json of the checkpoint that became the model. roots: what its films are, as
    far as they are at hand. judged: what `judge` wrote of it. parameters: numbers that were learned."""
    known = {root.hash: root for root in (*roots, *_roots(body))}
    data = [
        {"root": sha} | (asdict(known[sha]) if sha in known else {})
        for sha in dict.fromkeys(leg.data for leg in found)
    ]
    watts = float(body["recipe"]["watts"])
    return {
        "card": 1,
        "name": name,
        "licence": LICENCE,
        "size": body["recipe"]["size"],
        "parameters": parameters,
        "step": int(body["counters"]["step"]),
        "code": body["code"],
        "data": data,
        "legs": [asdict(leg) for leg in found],
        "frames": sum(leg.frames for leg in found),
        "clips": sum(leg.clips for leg in found),
        "core_hours": round(sum(leg.core_seconds for leg in found) / HOUR, 3),
        "watt_hours": round(sum(leg.watt_hours for leg in found), 2),
        "energy_assumes": f"{watts:g} W for {_busy(body)}; assumed, not measured",
        "judged": None if judged is None else dict(judged),
        "weak": weak(judged),
    }


def _busy(body: Mapping[str, Any]) -> str:
    device = body["recipe"]["device"]
    return "each busy core" if device == "cpu" else f"the {device} while it learned"


def _roots(body: Mapping[str, Any]) -> list[Root]:
    """What the checkpoint's legs say of their films."""
    bodies = [past["leg"] for past in body.get("history", ()) if "leg" in past] + [body]
    return [Root(**one["films"]) for one in bodies if "films" in one]


def written(said: Mapping[str, Any]) -> bytes:
    """The card as the bytes of its file; the same card is the same bytes."""
    return canonical(dict(said)) + b"\n"


def texts(said: Mapping[str, Any]) -> dict[str, str]:
    """What the shelf says of the model: the texts of `engines.base.Card`."""
    films = sum(int(row.get("count", 0)) for row in said["data"])
    more = "" if all("count" in row for row in said["data"]) else ", and others by their data root"
    machines = sorted({leg["machine"] for leg in said["legs"] if leg["machine"]})
    return {
        "summary": f"{said['name']}: seedling, size {said['size']}, trained here. {said['weak'][0]}",
        "origin": f"{said['core_hours']:.2f} core-hours{_on(machines)}, about {said['watt_hours']:.3g} Wh "
        f"({said['energy_assumes']}); {said['frames']:,} frames and {said['clips']:,} clips; "
        f"{_last_losses(said)}; its card is in card.md.",
        "training_data": f"{films:,} films that the studio's own drawing engine drew from seeds{more}; see card.json.",
        "licence": said["licence"],
        "works": f"{said['licence']} for what the network adds: the films are yours.",
    }


def _on(machines: Sequence[str]) -> str:
    return f" on {' and '.join(machines)}" if machines else ""


def _last_losses(said: Mapping[str, Any]) -> str:
    losses = said["legs"][-1]["losses"]
    parts = [f"{words} {losses[key]:.3f}" for key, words in LOSSES.items() if key in losses]
    return ", ".join(parts) or "no loss was told"


def markdown(said: Mapping[str, Any]) -> str:
    """The card as a document."""
    lines = [
        f"# {said['name']}: what it is and what it cannot do",
        "",
        "Written by the training from its own records; do not edit.",
        "",
        "## What is weak",
        "",
        *(f"- {sentence}" for sentence in said["weak"]),
        "",
        "## What it is",
        "",
        "| | |",
        "|---|---|",
        f"| size | {said['size']}, {said['parameters']:,} numbers that were learned |",
        f"| learned | {said['frames']:,} frames and {said['clips']:,} clips, in {len(said['legs'])} legs |",
        f"| took | {said['core_hours']:.2f} core-hours |",
        f"| energy | about {said['watt_hours']:.3g} Wh ({said['energy_assumes']}) |",
        f"| licence | {said['licence']} |",
        f"| code | `{said['code']}` |",
        "",
        *_legs(said["legs"]),
        *_data(said["data"]),
        *_judged(said["judged"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _legs(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    head = (
        "stage",
        "frames",
        "clips",
        "hours",
        "core-seconds",
        "Wh",
        "processor",
        *LOSSES.values(),
    )
    lines = ["## Its legs", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in rows:
        losses = [f"{row['losses'][k]:.3f}" if k in row["losses"] else "–" for k in LOSSES]
        processor = f"{row['machine'] or 'not recorded'}, {row['device']}, {row['precision']}"
        cells = [row["stage"], f"{row['frames']:,}", f"{row['clips']:,}", f"{row['hours']:.2f}"]
        cells += [f"{row['core_seconds']:,.0f}", f"{row['watt_hours']:.2f}", processor, *losses]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, "", "Work that a kill undid is not counted.", ""]


def _data(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = ["## What it was trained on", ""]
    lines += [
        "Drawings of this program alone, each from its seed; nobody is depicted. CC0-1.0.",
        "",
    ]
    for row in rows:
        what = "not at hand when this was written"
        if "count" in row:
            last = row["first"] + row["count"] - 1
            what = (
                f"{row['count']:,} films, seeds {row['first']} to {last}, stage “{row['stage']}”, "
                f"split “{row['split']}”, version {row['version']}, codec `{row['codec'][:16]}`"
            )
        lines.append(f"- data root `{row['root']}`: {what}")
    return [*lines, ""]


def _judged(judged: Mapping[str, Any] | None) -> list[str]:
    if judged is None:
        return ["## What it can do", "", "It was not judged."]
    from uncaged.training.seedling.judging import Judged, table

    rows = table(Judged(**{name: judged.get(name, {}) for name in Judged.__slots__}))
    manner = ", ".join(f"{name} {value:g}" for name, value in judged.get("manner", {}).items())
    said = "Percent of films in which the probe, a network that has seen drawings alone, names what was asked for"
    return [
        "## What it can do",
        "",
        f"{said}, ± standard error; beside it the drawings themselves. Drawn with {manner or 'the usual dials'}.",
        "",
        rows,
    ]


NOTHING: Final = (
    "# Seedling, measured\n\n"
    "There are no weights of Seedling in this copy of the studio yet, so nothing was measured of them.\n\n"
    "This page is written by `python -m uncaged.training.seedling.model_card` from the card beside the weights.\n"
)
"""What stands where figures will, as long as there are none."""


def document(model: Path) -> str:
    """The card of a model's folder as a document; a sentence where there is no model. `AskedWrong` for a broken one."""
    path = model / JSON
    if not path.is_file():
        return NOTHING
    try:
        said = json.loads(path.read_bytes())
        return markdown(cast("Mapping[str, Any]", said))
    except (ValueError, KeyError, TypeError) as error:
        raise AskedWrong(f"{path} is no card of a model ({error}).", "Export it again.") from None


def main(arguments: Sequence[str]) -> int:
    """Writes the card of a model's folder into a document."""
    parser = argparse.ArgumentParser(prog="model_card", description="Write a model's card.")
    parser.add_argument("model", type=Path, help="a folder that a training has written")
    parser.add_argument("file", type=Path, help="for example docs/seedling-measured.md")
    asked = parser.parse_args(arguments)
    asked.file.write_text(document(asked.model), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
