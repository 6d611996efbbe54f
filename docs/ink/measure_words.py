"""How many words `ink` understands: nouns, verbs and pairs drawn at random from WordNet, each in a small sentence.

    .venv/bin/python docs/ink/measure_words.py --wordnet /usr/share/wordnet

Writes docs/ink/words-measured.md, with every word that is not understood, so that somebody can mend it.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from choosing import usable  # noqa: E402 # pyright: ignore[reportMissingImports]
from wordnet import Synset, WordNet  # noqa: E402 # pyright: ignore[reportMissingImports]

from uncaged.engines.ink.words import read  # noqa: E402

Key = tuple[str, str]
OUT: Final = Path(__file__).parent / "words-measured.md"
NOUNS, VERBS, PAIRS = 500, 300, 200
OWN, KIND, PLACE, PART = (
    "drawn by its own name",
    "drawn as its kind",
    "a place, a time, weather",
    "worn, or a material",
)
INVENTED, HASHED = "invented", "only hashed"
DONE = "understood"
ORDER: Final = (OWN, KIND, DONE, PLACE, PART, INVENTED, HASHED)


def main() -> None:
    """Draws the words, reads them, writes the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wordnet = WordNet(asked.wordnet)
    lots = random.Random(asked.seed)
    nouns = sorted(set(_nouns(wordnet)))
    verbs = sorted(set(_verbs(wordnet)))
    drawn = lots.sample(nouns, NOUNS)
    done = lots.sample(verbs, VERBS)
    pairs = [(lots.choice(verbs), lots.choice(nouns)) for _ in range(PAIRS)]
    found = {noun: _noun(read(f"a {noun}", 1).words, noun) for noun in drawn}
    acted = {verb: _verb(read(f"two men {verb}", 1).words, verb) for verb in done}
    both = {f"{verb} a {noun}": _pair(verb, noun) for verb, noun in pairs}
    OUT.write_text(_page(len(nouns), len(verbs), found, acted, both), encoding="utf-8")
    print(f"Wrote {OUT.relative_to(ROOT)}")


def _nouns(wordnet: WordNet) -> Iterator[str]:
    """Nouns that name something physical and that somebody met in a text; nobody's name."""
    below = _below(wordnet)
    root = wordnet.named("physical_entity.n.01").key
    person = wordnet.named("person.n.01").key
    for word in wordnet.index["n"]:
        spelled = usable(word)
        for synset in wordnet.senses(word, "n"):
            above = below(synset)
            named = person in above and any(True for _ in synset.across("@i"))
            if spelled and root in above and not named and wordnet.count(word, synset) > 0:
                yield spelled


def _below(wordnet: WordNet) -> Callable[[Synset], frozenset[Key]]:
    """What answers which synsets a synset lies below."""
    known: dict[Key, frozenset[Key]] = {}

    def above(synset: Synset) -> frozenset[Key]:
        if synset.key not in known:
            known[synset.key] = frozenset({synset.key})
            ups = [above(wordnet.synsets[key]) for key in synset.across("@", "@i")]
            known[synset.key] = frozenset({synset.key}).union(*ups)
        return known[synset.key]

    return above


def _verbs(wordnet: WordNet) -> Iterator[str]:
    """Verbs of one word that somebody met in a text."""
    for word in wordnet.index["v"]:
        spelled = usable(word)
        often = sum(wordnet.count(word, synset) for synset in wordnet.senses(word, "v"))
        if spelled and " " not in spelled and often:
            yield spelled


def _noun(words: Mapping[str, str], noun: str) -> str:
    """What became of a noun, by what its last word did."""
    effect = words[noun.split(" ")[-1]]
    if effect.startswith("drawn as a creature") and noun not in ANIMALS:
        return INVENTED
    if effect.startswith("drawn"):
        return OWN if effect in ("drawn",) or effect.startswith("drawn,") else KIND
    if any(mark in effect for mark in ("setting:", "palette:", "weather:")):
        return PLACE
    if effect:
        return PART
    return HASHED


ANIMALS: Final = frozenset({"animal", "creature", "beast", "monster"})


def _verb(words: Mapping[str, str], verb: str) -> str:
    return DONE if words.get(verb) else HASHED


def _pair(verb: str, noun: str) -> str:
    """Both words of *a woman paints a boat*; what the worse one became."""
    words = read(f"two men {verb} a {noun}", 1).words
    one, other = _verb(words, verb), _noun(words, noun)
    if one == HASHED:
        return HASHED
    return DONE if other in (OWN, KIND, PLACE, PART) else other


def _page(
    nouns: int, verbs: int, found: dict[str, str], acted: dict[str, str], both: dict[str, str]
) -> str:
    lines = [
        "# How many words are understood",
        "",
        f"Made by `docs/ink/measure_words.py`: {NOUNS} nouns drawn by lot from the {nouns:,} of WordNet that lie",
        'below *physical entity* and have a tag count above 0 (nobody\'s names), each as "a …";',
        f'{VERBS} of the {verbs:,} verbs with a tag count above 0, each as "two men …";',
        f'{PAIRS} pairs of both, as "two men … a …", understood only if both words are.',
        "",
        "| what it became | nouns | verbs | pairs |",
        "|---|---|---|---|",
    ]
    counts = [Counter(one.values()) for one in (found, acted, both)]
    sizes = (len(found), len(acted), len(both))
    for what in ORDER:
        cells = [_share(count[what], size) for count, size in zip(counts, sizes, strict=True)]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    for title, words, bad in (
        ("Nouns that are invented or only hashed", found, (INVENTED, HASHED)),
        ("Verbs that are only hashed", acted, (HASHED,)),
        ("Pairs that are not understood", both, (INVENTED, HASHED)),
    ):
        lines += ["", f"## {title}", "", *_wrapped(word for word in words if words[word] in bad)]
    lines += ["", "## What the nouns became", ""]
    lines += [f"{line}  " for line in _by_effect(found)]
    return "\n".join(lines).rstrip() + "\n"


def _by_effect(found: dict[str, str]) -> Iterator[str]:
    """Every noun that is drawn as its kind, by kind, so that somebody can judge it."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for noun, what in found.items():
        if what in (KIND, PLACE, PART):
            effect = read(f"a {noun}", 1).words[noun.split(" ")[-1]]
            kinds[effect.split(",")[0].removeprefix("drawn as ")].append(noun)
    for kind in sorted(kinds):
        yield f"{kind}: {', '.join(sorted(kinds[kind]))}"


def _share(many: int, of: int) -> str:
    return f"{many} ({100 * many / of:.0f} %)" if many else ""


def _wrapped(words: Iterable[str]) -> Sequence[str]:
    lines = [""]
    for word in sorted(words):
        if len(lines[-1]) + len(word) > 112:
            lines.append("")
        lines[-1] += f"{word}, "
    return [line.strip() for line in lines[:-1]] + [lines[-1].strip(" ,") or "none"]


if __name__ == "__main__":
    main()
