"""Makes the stroke letters of `ink` from the Hershey fonts (Debian's hershey-fonts-data). Knows nothing of drawing.

    python tools/make_letters.py /usr/share/hershey-fonts src/uncaged/engines/ink/letters.toml

Latin, Greek, kana, figures and signs are Hershey's; Cyrillic, accents and what else is missing are composed of them or
drawn here, so that every alphabet is written with single lines. The same fonts give the same file.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

Stroke: TypeAlias = list[tuple[int, int]]
Letter: TypeAlias = tuple[int, list[Stroke]]
"""How far the pen goes on, and its strokes: x from the left edge, y down from the baseline, capitals 21 high."""

BASELINE = 9
"""Where Hershey's letters stand, in their own coordinates."""

GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
HIRAGANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもや ゆ よらりるれろわゐ ゑをん"
VOICED_HIRAGANA = "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ"
KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤ ユ ヨラリルレロワヰ ヱヲン"
VOICED_KATAKANA = "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ"
KANJI = "日円年大国人東中本京出時上者十一二三四五六七八九"
SMALL_KANA = dict(
    zip("ぁぃぅぇぉっゃゅょァィゥェォッャュョ", "あいうえおつやゆよアイウエオツヤユヨ", strict=True)
)

SAME = dict(zip("АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs", strict=True)) | dict(
    zip("ГПЛФф", "ΓΠΛΦφ", strict=True)
)
"""Cyrillic letters that look like one we have."""

LOWERED = dict(zip("вгджзиклмнптцчшщъыьэюя", "ВГДЖЗИКЛМНПТЦЧШЩЪЫЬЭЮЯ", strict=True)) | dict(
    zip("ђћљњџє", "ЂЋЉЊЏЄ", strict=True)
)
"""Small letters that are capitals made small."""

BARRED = {
    "ø": ("o", "3,2 15,-16"), "Ø": ("O", "3,2 19,-23"), "đ": ("d", "9,-17 17,-17"), "Đ": ("D", "1,-11 10,-11"),
    "ł": ("l", "1,-7 7,-13"), "Ł": ("L", "1,-7 10,-13"), "ħ": ("h", "1,-17 9,-17"), "¢": ("c", "11,-18 7,4"),
    "¥": ("Y", "4,-9 14,-9 / 4,-5 14,-5"), "ґ": ("г", "10,-14 12,-18"), "Ґ": ("Г", "14,-21 16,-26"),
}  # fmt: skip
"""A letter and what is struck through it."""

TURNED = {"¿": "?", "¡": "!"}
"""Signs that stand on their head."""

PAIRED = {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "«": "<<", "»": ">>", "…": "...", "№": "No"}
"""Two letters in one."""

OWN = {
    "Б": (19, "15,-21 3,-21 3,0 11,0 14,-1 16,-3 16,-8 14,-10 11,-12 3,-12"),
    "Д": (21, "4,0 7,-6 8,-21 17,-21 17,0 / 2,5 2,0 20,0 20,5"),
    "Ж": (22, "11,-21 11,0 / 2,-21 7,-13 11,-11 15,-13 20,-21 / 1,0 7,-9 11,-11 15,-9 21,0"),
    "З": (18, "3,-18 5,-20 8,-21 12,-20 14,-18 14,-14 12,-12 8,-11 12,-11 15,-9 16,-6 15,-2 12,0 8,0 5,-1 2,-4"),
    "И": (22, "4,-21 4,0 18,-21 18,0"),
    "Ц": (22, "4,-21 4,0 18,0 18,-21 / 18,0 20,0 20,5"),
    "Ч": (20, "4,-21 4,-13 5,-10 8,-9 12,-9 16,-11 / 16,-21 16,0"),
    "Ш": (26, "4,-21 4,0 22,0 22,-21 / 13,-21 13,0"),
    "Щ": (27, "4,-21 4,0 22,0 22,-21 / 13,-21 13,0 / 22,0 24,0 24,5"),
    "Ъ": (20, "1,-21 6,-21 6,0 13,0 16,-1 18,-3 18,-7 16,-9 13,-11 6,-11"),
    "Ы": (23, "4,-21 4,0 10,0 13,-1 14,-3 14,-7 13,-9 10,-11 4,-11 / 19,-21 19,0"),
    "Ь": (18, "4,-21 4,0 11,0 14,-1 16,-3 16,-7 14,-9 11,-11 4,-11"),
    "Э": (20, "3,-17 5,-20 8,-21 12,-20 15,-18 17,-14 17,-7 15,-3 12,-1 8,0 5,-1 3,-4 / 7,-11 17,-11"),
    "Є": (20, "17,-17 15,-20 12,-21 8,-20 5,-18 3,-14 3,-7 5,-3 8,-1 12,0 15,-1 17,-4 / 13,-11 3,-11"),
    "Ю": (26, "4,-21 4,0 / 4,-11 10,-11 / 16,-21 13,-20 11,-16 10,-11 11,-5 13,-1 16,0 19,-1 21,-5 22,-11 21,-16 "
              "19,-20 16,-21"),
    "Я": (20, "16,0 16,-21 8,-21 5,-20 4,-19 3,-16 4,-13 5,-12 8,-11 16,-11 / 9,-11 3,0"),
    "У": (18, "2,-21 9,-7 / 16,-21 9,-7 6,-1 4,0 2,0"),
    "Ђ": (22, "1,-21 15,-21 / 7,-21 7,0 / 7,-12 12,-13 16,-12 18,-8 18,-3 16,0 13,2"),
    "Ћ": (22, "1,-21 15,-21 / 7,-21 7,0 / 7,-12 12,-13 16,-12 18,-8 18,0"),
    "Љ": (27, "1,0 3,-2 4,-21 13,-21 13,0 19,0 23,-2 24,-6 22,-10 18,-11 13,-11"),
    "Њ": (27, "4,-21 4,0 / 4,-11 14,-11 / 14,-21 14,0 19,0 23,-2 24,-6 22,-10 18,-11 14,-11"),
    "Џ": (22, "4,-21 4,0 18,0 18,-21 / 11,0 11,5"),
    "б": (18, "14,-20 10,-19 6,-17 4,-13 3,-8 4,-3 6,-1 9,0 12,-1 14,-3 15,-6 14,-10 12,-12 9,-13 6,-12 4,-9"),
    "ς": (16, "13,-12 10,-14 7,-14 4,-11 3,-8 4,-4 7,-2 10,0 11,3 9,6 6,6"),
    "ß": (19, "4,0 4,-15 5,-19 7,-21 10,-21 13,-19 13,-16 11,-13 10,-12 13,-11 15,-8 15,-4 13,-1 10,0 7,0"),
    "ı": (8, "4,-14 4,0"),
    "ȷ": (10, "6,-14 6,3 5,6 3,7 1,7"),
    "þ": (19, "4,-21 4,7 / 4,-11 6,-13 8,-14 11,-14 13,-13 15,-11 16,-8 16,-6 15,-3 13,-1 11,0 8,0 6,-1 4,-3"),
    "Þ": (19, "4,-21 4,0 / 4,-16 11,-16 14,-14 15,-11 14,-7 11,-5 4,-5"),
    "ð": (18, "5,-19 9,-18 12,-15 15,-9 15,-5 13,-1 10,0 7,0 4,-2 3,-5 4,-9 7,-11 10,-11 13,-9 / 6,-14 12,-19"),
    "€": (20, "17,-18 14,-20 11,-21 8,-20 6,-17 5,-13 5,-8 6,-4 8,-1 11,0 14,-1 17,-3 / 2,-12 13,-12 / 2,-8 12,-8"),
    "£": (20, "16,-17 14,-20 11,-21 8,-20 7,-17 8,-10 8,-5 6,-1 3,0 16,0 18,-2 / 3,-11 13,-11"),
    "§": (16, "12,-18 10,-21 6,-21 4,-18 5,-15 11,-11 12,-8 10,-5 / 6,-14 4,-11 5,-8 11,-4 12,-1 10,2 6,2 4,-1"),
    "°": (12, "6,-21 4,-20 3,-18 4,-16 6,-15 8,-16 9,-18 8,-20 6,-21"),
    "·": (10, "5,-10 4,-9 5,-8 6,-9 5,-10"),
    "•": (14, "7,-12 4,-11 3,-9 4,-7 7,-6 10,-7 11,-9 10,-11 7,-12 7,-6"),
    "–": (20, "2,-8 18,-8"),
    "—": (30, "2,-8 28,-8"),
    "“": (16, "6,-21 4,-19 4,-16 5,-15 6,-16 / 12,-21 10,-19 10,-16 11,-15 12,-16"),
    "”": (16, "5,-21 6,-20 6,-18 4,-15 / 11,-21 12,-20 12,-18 10,-15"),
    "„": (16, "5,-2 6,-1 6,1 4,4 / 11,-2 12,-1 12,1 10,4"),
    "‘": (10, "6,-21 4,-19 4,-16 5,-15 6,-16"),
    "’": (10, "5,-21 6,-20 6,-18 4,-15"),
    "‚": (10, "5,-2 6,-1 6,1 4,4"),
    "×": (20, "4,-15 16,-3 / 16,-15 4,-3"),
    "÷": (22, "3,-9 19,-9 / 11,-16 10,-15 11,-14 12,-15 11,-16 / 11,-4 10,-3 11,-2 12,-3 11,-4"),
    "±": (22, "3,-11 19,-11 / 11,-19 11,-3 / 3,0 19,0"),
    "→": (24, "2,-9 22,-9 / 15,-15 22,-9 15,-3"),
    "←": (24, "22,-9 2,-9 / 9,-15 2,-9 9,-3"),
    "↑": (18, "9,0 9,-21 / 3,-14 9,-21 15,-14"),
    "↓": (18, "9,-21 9,0 / 3,-7 9,0 15,-7"),
    "♥": (24, "12,-14 10,-18 6,-19 3,-16 3,-12 5,-8 12,0 19,-8 21,-12 21,-16 18,-19 14,-18 12,-14"),
    "★": (24, "12,-21 7,-1 22,-13 2,-13 17,-1 12,-21"),
    "♪": (18, "12,-3 11,-21 16,-16 / 12,-3 10,-5 6,-4 4,-1 6,1 10,0 12,-3"),
    "ー": (27, "3,-9 24,-9"),
    "、": (27, "3,-3 6,1"),
    "。": (27, "5,-4 3,-3 3,0 5,1 7,0 7,-3 5,-4"),
    "「": (27, "22,-21 14,-21 14,-6"),
    "」": (27, "6,-12 6,2 14,2"),
    "・": (27, "13,-11 12,-10 13,-9 14,-10 13,-11"),
    "々": (27, "8,-19 6,-14 3,-10 / 7,-15 19,-15 16,-10 10,-4 / 9,-9 14,-4"),
}  # fmt: skip

MARKS = {
    "\u0300": "-4,-6 2,-1",
    "\u0301": "4,-6 -2,-1",
    "\u0302": "-5,-1 0,-6 5,-1",
    "\u0303": "-6,-2 -4,-5 -1,-5 1,-3 4,-3 6,-6",
    "\u0304": "-5,-4 5,-4",
    "\u0306": "-5,-6 -3,-3 0,-2 3,-3 5,-6",
    "\u0307": "0,-5 -1,-4 0,-3 1,-4 0,-5",
    "\u0308": "-4,-5 -5,-4 -4,-3 -3,-4 -4,-5 / 4,-5 3,-4 4,-3 5,-4 4,-5",
    "\u030a": "0,-7 -3,-6 -3,-3 0,-2 3,-3 3,-6 0,-7",
    "\u030b": "-1,-6 -4,-1 / 5,-6 2,-1",
    "\u030c": "-5,-6 0,-1 5,-6",
    "\u0313": "1,-6 2,-4 0,-1",
    "\u0314": "0,-6 -2,-4 0,-1",
    "\u0342": "-6,-2 -4,-5 -1,-5 1,-3 4,-3 6,-6",
    "\u0323": "0,3 -1,4 0,5 1,4 0,3",
    "\u0327": "0,0 2,3 1,6 -3,6",
    "\u0328": "3,0 1,3 2,6 5,6",
    "\u0331": "-5,4 5,4",
    "\u0345": "0,3 0,6 1,7 2,6",
    "\u3099": "10,2 12,6 / 14,0 16,4",
    "\u309a": "13,0 11,2 11,4 13,6 15,4 15,2 13,0",
}
"""Combining marks: x from the letter's middle; y up from its top (negative), or down from the baseline (positive)."""


def read(path: Path) -> list[Letter]:
    """The letters of a font in James Hurt's format, in their order."""
    found: list[Letter] = []
    held, need = "", 0
    for line in path.read_text("latin-1").splitlines():
        if not held:
            need = 8 + 2 * int(line[5:8])
        held += line
        if len(held) >= need:
            found.append(_letter(held[8:need]))
            held = ""
    return found


def _letter(body: str) -> Letter:
    """Pairs of characters, each as far from R as its number says; the first pair are the edges, ' R' lifts the pen."""
    left, right = (ord(c) - ord("R") for c in body[:2])
    strokes: list[Stroke] = [[]]
    for k in range(2, len(body) - 1, 2):
        if body[k : k + 2] == " R":
            strokes.append([])
        else:
            x, y = (ord(c) - ord("R") for c in body[k : k + 2])
            strokes[-1].append((x - left, y - BASELINE))
    return right - left, [stroke for stroke in strokes if stroke]


def parsed(text: str) -> list[Stroke]:
    """Strokes as they stand in the tables above."""
    strokes: list[Stroke] = []
    for part in text.split(" / "):
        pairs = [pair.split(",") for pair in part.split()]
        strokes.append([(int(x), int(y)) for x, y in pairs])
    return strokes


def upright(fonts: Path) -> dict[str, Letter]:
    """Every letter there is, written upright."""
    roman, greek = read(fonts / "rowmans.jhf"), read(fonts / "greeks.jhf")
    letters = {chr(32 + k): roman[k] for k in range(95)}
    letters |= {c: greek[ord("A") - 32 + k] for k, c in enumerate(GREEK)}
    letters |= {c.lower(): greek[ord("a") - 32 + k] for k, c in enumerate(GREEK)}
    letters |= dict(_kana(read(fonts / "japanese.jhf")))
    letters |= {c: (advance, parsed(text)) for c, (advance, text) in OWN.items()}
    letters |= {c: letters[same] for c, same in SAME.items()}
    letters |= {c: _small(letters[large]) for c, large in LOWERED.items()}
    letters |= {c: _struck(letters[base], bar) for c, (base, bar) in BARRED.items()}
    letters |= {c: _turned(letters[base]) for c, base in TURNED.items()}
    return letters | {c: _pair([letters[part] for part in pair]) for c, pair in PAIRED.items()}


def running(fonts: Path) -> dict[str, Letter]:
    """The letters of a running hand."""
    script = read(fonts / "scripts.jhf")
    return {chr(k): script[k - 32] for k in (*range(65, 91), *range(97, 123))}


def _kana(font: list[Letter]) -> Iterator[tuple[str, Letter]]:
    rows = ((3, KANJI[:15]), (18, KANJI[15:]), (33, HIRAGANA), (88, VOICED_HIRAGANA))
    for first, row in (*rows, (113, KATAKANA), (168, VOICED_KATAKANA)):
        for k, character in enumerate(row):
            if character != " ":
                yield character, font[first + k]
    known = dict(zip(HIRAGANA + KATAKANA, font[33 : 33 + len(HIRAGANA)] + font[113:], strict=False))
    for small, large in SMALL_KANA.items():
        advance, strokes = known[large]
        yield (
            small,
            (advance - 5, [[(x * 7 // 10 + 2, y * 7 // 10) for x, y in s] for s in strokes]),
        )


def _small(letter: Letter) -> Letter:
    """A capital as a small letter: two thirds as high, a little broader for that."""
    advance, strokes = letter
    return round(advance * 0.78), [
        [(round(x * 0.78), round(y * 2 / 3)) for x, y in s] for s in strokes
    ]


def _struck(letter: Letter, bar: str) -> Letter:
    return letter[0], [*letter[1], *parsed(bar)]


def _turned(letter: Letter) -> Letter:
    """Turned by half a circle about its middle, and hung a little lower."""
    advance, strokes = letter
    return advance, [[(advance - x, -14 - y) for x, y in s] for s in strokes]


def _pair(parts: list[Letter]) -> Letter:
    """Letters pushed into each other."""
    at, strokes = 0, list[Stroke]()
    for advance, own in parts:
        strokes += [[(x + at, y) for x, y in s] for s in own]
        at += advance - 5
    return at + 5, strokes


def _row(letter: Letter) -> str:
    advance, strokes = letter
    return " / ".join([str(advance), *(" ".join(f"{x},{y}" for x, y in s) for s in strokes)])


def _table(name: str, rows: Mapping[str, str]) -> Iterator[str]:
    yield f"\n[{name}]"
    for character, row in rows.items():
        quoted = f"\\U{ord(character):08x}" if name == "marks" or character in '"\\' else character
        yield f'"{quoted}" = "{row}"'


def text(fonts: Path) -> str:
    """The whole file."""
    lines = [
        "# Letters as strokes of a pen: how far it goes on, then x,y of every stroke. Made by tools/make_letters.py.",
        "# Capitals are 21 high, the baseline is 0, y goes down. Marks: x from the letter's middle, y from its top.",
        "# The Hershey Fonts were originally created by Dr. A. V. Hershey while working at the U. S. National Bureau",
        "# of Standards; the format they came in by James Hurt, Cognition, Inc. See LICENSES/Hershey.txt.",
        *_table("upright", {c: _row(letter) for c, letter in sorted(upright(fonts).items())}),
        *_table("running", {c: _row(letter) for c, letter in running(fonts).items()}),
        *_table("marks", MARKS),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fonts", type=Path, help="the folder of Debian's hershey-fonts-data")
    parser.add_argument("output", type=Path)
    given = parser.parse_args()
    given.output.write_text(text(given.fonts), "utf-8")
    print(given.output, given.output.stat().st_size, "bytes")
