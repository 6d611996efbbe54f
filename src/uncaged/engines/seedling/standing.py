"""Where a score stands: its words, labels, dials and position as one genome, from which alone a film is drawn.

What somebody turns away from its default beats the position, and the position beats the words.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from uncaged.core.genome import Genome
from uncaged.core.score import Score
from uncaged.engines import noises
from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.seedling import genome as genomes
from uncaged.engines.seedling.described import Reading, described, quoted
from uncaged.engines.seedling.drawing import Plan
from uncaged.engines.seedling.engine import MOST_STEPS
from uncaged.engines.seedling.genome import DIALS, NOT
from uncaged.engines.seedling.grammar import SLOT
from uncaged.engines.seedling.labelling import read_labels
from uncaged.engines.seedling.reading import read
from uncaged.engines.seedling.telling import MISSED


def standing(
    score: Score,
    model: str,
    lexicons: Sequence[Lexicon] = (),
    learned: Collection[str] = frozenset(SLOT),
) -> tuple[Genome, Reading]:
    """The genome of a score, and how its words were read. Raises `AskedWrong` for a position of another model."""
    options = score.options
    if score.position is not None:
        genome = Genome.from_json(score.position, model)
        words: Mapping[str, str] = {}
        sentence = ""
    else:
        reading = read(score.text, score.seed, lexicons, learned)
        words, sentence = reading.words, reading.sentence
        genome = Genome(model, dict(reading.said))
    genome = noises.begun(genome, score.seed)
    genome = genome.evolve(_against(score, lexicons, learned))
    genome = genome.evolve(_turned(options, genome.genes))
    genome = genome.evolve(read_labels(options.get("labels", "")))
    variation = float(options.get("variation", 0.0))
    if variation:
        genome = noises.varied(genome, variation, score.seed)
    said = _said(genome)
    return genome, Reading(said, words, _answer(said, sentence, learned))


def _against(
    score: Score, lexicons: Sequence[Lexicon], learned: Collection[str]
) -> dict[str, float]:
    """What must not be seen, as labels that guidance leads away from."""
    texts = [score.negative or "", str(score.options.get("negative", ""))]
    found: dict[str, float] = {}
    for text in texts:
        if text.strip():
            found |= read(text, score.seed, lexicons, learned).said
    return {f"{NOT}{name}": number for name, number in found.items()}


def _turned(options: Mapping[str, Any], there: Mapping[str, float]) -> dict[str, float]:
    """The dials: those that were turned, and those that the position does not name."""
    return {
        name: float(options.get(name, plain))
        for name, plain in DIALS.items()
        if name not in there or options.get(name, plain) != plain
    }


def _said(genome: Genome) -> dict[str, float]:
    return {name: number for name, number in genome.genes.items() if name in genomes.LABELS}


def _answer(said: Mapping[str, float], sentence: str, learned: Collection[str]) -> str:
    """What was understood: first all that is said, by words, labels or a position; then what the words alone told.

    sentence: of the words, whose first line knows no labels; "" where there are none.
    """
    known = {name: number for name, number in said.items() if name.rpartition(".")[0] in learned}
    lines = [described(known), *sentence.split("\n")[1:]]
    missed = [name for name, number in said.items() if number and name not in known]
    return "\n".join([*lines, f"{MISSED}: {quoted(missed)}."] if missed else lines)


def steps_of(genome: Genome) -> int:
    """Steps of a genome, 1 … `MOST_STEPS`: that many are drawn, whatever the number says."""
    return int(max(1.0, min(float(MOST_STEPS), genome.genes.get("steps", DIALS["steps"]) + 0.5)))


def plan(genome: Genome, seed: int) -> Plan:
    """What a genome draws; seed: its noise, where it names none."""
    dial = {name: genome.genes.get(name, plain) for name, plain in DIALS.items()}
    return Plan(
        genomes.said(genome),
        genomes.said(genome, negative=True),
        genomes.noise_of(genome, seed),
        guidance=dial["guidance"],
        steps=steps_of(genome),
        bend=dial["bend"],
        calm=dial["calm"],
    )
