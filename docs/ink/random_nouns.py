"""Draws English nouns by lot, 200 into random.txt and 200 others into random2.txt: single words below *physical entity*
that WordNet's texts contain.

python docs/ink/random_nouns.py [/usr/share/wordnet]

A noun counts by its commonest sense alone: that sense must lie below *physical entity*, and its tag count (how often
it was met in the texts that were tagged) be above 0. Names (*is an instance of*) are none, and words whose use WordNet
marks in that sense (slurs, disparagement, archaisms) are left out. The list is kept, so that a sheet can be made
without WordNet (Debian: `wordnet-base`).
"""

import random
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from uncaged.engines.ink import words
from uncaged.engines.ink.words.table import digest

HERE = Path(__file__).parent
COUNT = 200
LISTS = (("random.txt", 9), ("random2.txt", 77))
"""Each file with its seed; no list holds a word of those before it, or of the two that were looked at in between."""
LOOKED_AT = (2027, 31)
ROOT = "physical_entity"
SPARE = 20
HUSHED = {
    line.split("\t")[0] for line in files(words).joinpath("hushed.txt").read_text().splitlines()
}
"""Digests of words that insult and that WordNet does not mark: the next one of the lot takes their place."""


def synsets(folder: Path) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """Offset of a noun's synset → the offsets of those above it; ROOT → its own offset. And words of marked use."""
    found: dict[str, list[str]] = {}
    marked: set[tuple[str, str]] = set()
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        words = int(fields[3], 16)
        if ROOT in fields[4 : 4 + 2 * words : 2]:
            found[ROOT] = [fields[0]]
        pointers = fields[4 + 2 * words + 1 :]
        above = [
            pointers[i + 1]
            for i in range(0, len(pointers) - 3, 4)
            if pointers[i] == "@" and pointers[i + 2] == "n"
        ]
        found[fields[0]] = above
        named = [word.lower() for word in fields[4 : 4 + 2 * words : 2]]
        for i in range(0, len(pointers) - 3, 4):
            if pointers[i] == ";u":
                number = int(pointers[i + 3][:2], 16)
                marked |= {(word, fields[0]) for word in named[number - 1 : number] or named}
    return found, marked


def commonest(folder: Path) -> Iterator[tuple[str, str]]:
    """Each single noun with the offset of its commonest sense, where that was met in the tagged texts."""
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        word, _, senses, pointers, *rest = line.split()
        tagged, offset = rest[int(pointers) + 1], rest[int(pointers) + 2]
        if int(senses) > 0 and int(tagged) > 0 and word.isalpha():
            yield word, offset


def below(offset: str, root: str, above: dict[str, list[str]]) -> bool:
    """Whether a synset lies under the root."""
    waiting, seen = [offset], set[str]()
    while waiting:
        here = waiting.pop()
        if here == root:
            return True
        if here not in seen:
            seen.add(here)
            waiting += above.get(here, [])
    return False


def nouns(folder: Path) -> list[str]:
    """All that could be drawn by lot, in order."""
    above, marked = synsets(folder)
    (root,) = above.pop(ROOT)
    found = {
        word
        for word, offset in commonest(folder)
        if (word, offset) not in marked and below(offset, root, above)
    }
    return sorted(found)


if __name__ == "__main__":
    everything = nouns(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"))
    drawn = set[str]()
    for seed in (LISTS[0][1], *LOOKED_AT, LISTS[1][1]):
        left = [word for word in everything if word not in drawn]
        lot = random.Random(seed).sample(left, COUNT + SPARE)
        chosen = [word for word in lot if digest(word) not in HUSHED][:COUNT]
        drawn |= set(chosen)
        for name in (name for name, its in LISTS if its == seed):
            head = f"# {COUNT} of {len(everything)} nouns, drawn by docs/ink/random_nouns.py with seed {seed}.\n"
            (HERE / name).write_text(head + "\n".join(chosen) + "\n", encoding="utf-8")
            print(f"{name}  {COUNT} of {len(everything)}")
