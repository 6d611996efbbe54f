"""A sheet of one kind, to look at while one draws it: its forms and seeds, a strip of a film, small and large.

python docs/ink/look_at.py bird -o bird.png
python docs/ink/look_at.py person --motion walk --posture sit --gesture hold --joy -1
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from uncaged.core.order import Pixels
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Film
from uncaged.engines.ink.staging import staged

PALETTES = ("dawn", "sea", "ink-on-paper", "night", "candy", "moss")
SIDE = 256


def look(kind: str, given: argparse.Namespace) -> Pixels:
    """Rows of eight: every form with its seeds on paper, in its home; then eight moments of a film; then 64 pixels."""
    found = kinds()[kind]
    forms = found.forms or ("",)
    rows = [
        _row([_frame(kind, given, forms[i % len(forms)], i, "paper") for i in range(k, k + 8)])
        for k in range(0, max(8, min(len(forms), 24)), 8)
    ]
    rows.append(_row([_frame(kind, given, "", i, found.home) for i in range(8)]))
    film = _picture(kind, given, "", 1, "paper")
    rows.append(_row([film.frame(i * 6) for i in range(8)]))
    small = [_frame(kind, given, "", i, found.home, 64) for i in range(8)]
    rows.append(_row([np.pad(p, ((0, 0), (0, SIDE - 64), (0, 0))) for p in small]))
    return np.concatenate(rows)


def _frame(
    kind: str, given: argparse.Namespace, form: str, seed: int, place: str, side: int = SIDE
) -> Pixels:
    return _picture(kind, given, form, seed, place, side).frame(9)


def _picture(
    kind: str, given: argparse.Namespace, form: str, seed: int, place: str, side: int = SIDE
) -> Picture:
    subject = Subject(
        "s1",
        kind,
        seed,
        form=form,
        motion=given.motion or kinds()[kind].motion,
        posture=given.posture,
        gesture=given.gesture,
        joy=given.joy,
        stir=given.stir,
        count=given.count,
    )
    name = PALETTES[seed % len(PALETTES)]
    scene = Scene((subject,), place, name, seed)
    film = Film(side, side, 2.0, 24, 48)
    return Picture(staged(scene, film))


def _row(pictures: list[Pixels]) -> Pixels:
    return np.concatenate(pictures, axis=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(kinds()))
    parser.add_argument("-o", "--output", type=Path, default=Path("kind.png"))
    parser.add_argument("--motion", default="")
    parser.add_argument("--posture", default="stand")
    parser.add_argument("--gesture", default="none")
    parser.add_argument("--joy", type=float, default=0.0)
    parser.add_argument("--stir", type=float, default=0.0)
    parser.add_argument("--count", type=float, default=1.0)
    arguments = parser.parse_args()
    Image.fromarray(look(arguments.kind, arguments)).save(arguments.output)
    print(arguments.output)
