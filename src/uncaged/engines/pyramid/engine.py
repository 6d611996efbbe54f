"""Pyramid Flow as an engine: what it can, what of a folder it performs with, and opening it. Needs no torch.

What is said of training data stands here with its source, and "undisclosed" where nobody says.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from uncaged.core.errors import Impossible
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines import choosing, fitting, published
from uncaged.engines.base import Capabilities, Card, Offer, Small
from uncaged.engines.open_model import LIMITS, MOST_SHOTS, PRECISION, TWIN, OpenModel, twin_card
from uncaged.engines.pyramid import latents
from uncaged.engines.pyramid.layout import TEXTS, VAE, VARIANT, Layout
from uncaged.engines.pyramid.options import PyramidOptions, stepped
from uncaged.engines.pyramid.stages import Steps

if TYPE_CHECKING:
    from uncaged.engines.pyramid.performing import PyramidPerformance

DRAWS: Final = "transformer"
"""What adapters call the network that draws."""

FPS: Final = 24
PATCH, WIDTH, CHANNELS = 16, 1920, 128
"""Pixels of a token's side, numbers of a token, and channels of the coder's last layer, as published."""

TILE: Final = 256
"""Pixels of a tile's side, where memory is short, as published."""

PAST: Final = 57
"""Frames of a film's end that are looked back at, at most: eight units."""

LEARNT: Final = 121
"""Frames of the films it learnt from at 384p: five seconds; at 768p twice as many."""

DATA: Final = (
    "Pictures: LAION-5B (a part), CC-12M (11 million), SA-1B (6.9 million), JourneyDB (4.4 million, made by "
    "Midjourney) and 14 million made ones whose origin is undisclosed. Films: WebVid-10M, OpenVid-1M, about 1 million "
    "from Open-Sora Plan (arXiv 2410.05954, section 4, at second hand). Nobody is known to have been asked. What its "
    "text encoders learnt from is undisclosed."
)
LICENCES: Final[Mapping[str, tuple[str, str, str]]] = {
    "miniflux": (
        "Its code: MIT. Its weights: see the card they came with; we have not verified it.",
        "",
        "",
    ),
    "mmdit": (
        "Its code: MIT. Its weights began as Stable Diffusion 3 Medium; see the card they came with, which we have not "
        "verified.",
        "Stability AI Community License (probably)",
        "Weights that began as Stable Diffusion 3 Medium are probably bound by Stability AI's community licence, "
        "whatever their card says. Take advice before you sell works made with them.",
    ),
}
"""Of each family: the licence, what the terms are called that bind whoever uses it, and what they ask."""

BEGAN: Final[Mapping[str, str]] = {
    "miniflux": "",
    "mmdit": " What Stable Diffusion 3 Medium, from which it began, learnt from is undisclosed.",
}


class PyramidFlow(OpenModel):
    """Pyramid Flow, miniFLUX and SD3: films from words, or from a picture, frame after frame."""

    name = "pyramid-flow"
    card = Card(
        summary="Pyramid Flow: films of five or ten seconds from a sentence, or from a picture.",
        origin="Peking University, Kuaishou and BUPT, 2024 (arXiv 2410.05954).",
        training_data=DATA,
        licence="Its code: MIT. Its weights: see the card they came with; we have not verified it.",
        works="The films are yours; what the licence of the weights asks of you still holds.",
    )
    options = PyramidOptions
    libraries = ("torch", "transformers", "numpy")
    dials: ClassVar[Mapping[str, float]] = {
        "guidance": 1.0,
        "first_guidance": 1.0,
        "fall": 0.1,
        "temperature": 0.03,
    }
    twins: ClassVar[Mapping[str, Mapping[str, Any]]] = {"sd3": {"family": "mmdit"}}
    kept = ("steps", "first_steps", "variant", "suffix", "negative", "brief", PRECISION)

    def able(self, folder: Path) -> tuple[Capabilities, Mapping[str, Any]]:
        found = Layout.of(folder)
        found.check_texts()
        low, high = LIMITS.sides
        sides = (low, min(high, found.longest or high))
        can = replace(
            LIMITS,
            pictures=1,
            shots=MOST_SHOTS,
            films=("extends",),
            masks=True,
            multiple=latents.GRAIN,
            sides=sides,
        )
        return can, {"size": found.usual, "seconds": LEARNT / FPS, "fps": FPS}

    def adaptable(self, folder: Path) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        """All variants are of one shape; adapters change whichever draws."""
        variants = Layout.of(folder).variants
        return {DRAWS: published.arrays(next(iter(variants.values())))}

    def offer(self, folder: Path) -> Offer | None:
        if not any(folder.glob(f"{VARIANT}*")):
            return None
        found = Layout.of(folder)
        found.check_texts()
        weights = [one.name for one in (*found.variants.values(), found.vae)]
        weights += [one.encoder for one in found.texts]
        cutters = [one.tokenizer for one in found.texts]
        files, numbers = published.gathered(folder, weights, cutters)
        for one in cutters:
            if f"{one}/tokenizer_config.json" not in files:
                raise published.missing(folder / one / "tokenizer_config.json")
        facts = {"family": self.name, "architecture": found.family, "parameters": numbers}
        configs = [published.read_json(one / published.CONFIG) for one in found.variants.values()]
        twin = any(config.get(TWIN) for config in configs)
        return Offer(
            files, facts | (twin_card(self.name) if twin else self.described(found.family))
        )

    def wants(self, names: Collection[str], read: Small) -> Collection[str] | None:
        folders = {name.split("/")[0] for name in names if "/" in name}
        drawing = sorted(one for one in folders if one.startswith(VARIANT))
        if not drawing:
            return None
        texts = TEXTS["mmdit" if "tokenizer_3" in folders else "miniflux"]
        weights = [*drawing, VAE, *(one.encoder for one in texts)]
        return choosing.chosen(names, weights, [one.tokenizer for one in texts], read)

    def foretold(self, names: Collection[str], read: Small) -> Mapping[str, Any]:
        """What the card will say; see `foretelling.Foretells`."""
        drawing = [
            one for one in names if one.startswith(VARIANT) and one.endswith(published.CONFIG)
        ]
        if any(read(one).get(TWIN) for one in drawing):
            return twin_card(self.name)
        return self.described(
            "mmdit" if any("tokenizer_3/" in one for one in names) else "miniflux"
        )

    def described(self, family: str) -> dict[str, str]:
        """Texts for the card of what was published; see `Offer.card`."""
        licence, terms, binds = LICENCES[family]
        return {
            "summary": self.card.summary,
            "origin": self.card.origin,
            "training_data": DATA + BEGAN[family],
            "works": self.card.works,
            "licence": licence,
            "terms": terms,
            "binds": binds,
        }

    def ready(self, score: Score) -> None:
        super().ready(score)
        named = str(score.options.get("variant", ""))
        if named:
            Layout.of(self.home()).named(named)
        if score.film is not None and score.shots[-1].pictures:
            raise Impossible(
                _("%(model)s takes a picture for the beginning of a film alone.")
                % {"model": self.name},
                about="pictures",
            )
        self.refuse_film(score)

    def weighed(self, score: Score) -> fitting.Weighed | None:
        if self.folder is None:
            return None
        new = new_part(score).frame_count
        film = fitting.Film(score.size, new, held=min(PAST, score.frame_count - new))
        said = str(score.options.get(PRECISION, ""))
        return fitting.Weighed(self.numbers(self.folder), film, _work, said)

    @staticmethod
    def numbers(folder: Path) -> int:
        """How many numbers are open at once: the largest of its transformers, and all else."""
        drawing = [fitting.numbers(one) for one in folder.glob(f"{VARIANT}*")]
        return fitting.numbers(folder) - sum(drawing) + max(drawing, default=0)

    def open(self, files: Mapping[str, Path], device: str = "") -> "PyramidPerformance":
        from uncaged.engines.precision import Opening
        from uncaged.engines.pyramid.performing import Networks, PyramidPerformance

        count = self.numbers(self.home())
        wanted = Opening(self.name, count, device, self.precision, self.compiled)
        return PyramidPerformance(self, Networks.opened(self.home(), wanted))

    def twin(self, folder: Path, seed: int = 0, family: str = "miniflux") -> None:
        from uncaged.engines.pyramid.twin import whole

        whole(folder, family, seed=seed)

    def cost(self, score: Score) -> float:
        """Millions of pixels × questions for each of the latent frames, under each condition that counts."""
        options, genes = score.options, dict[str, Any]()
        score = new_part(score)
        if score.position and isinstance(score.position.get("genes"), Mapping):
            genes = dict(score.position["genes"])
        units = latents.enough(score.frame_count)
        masked = any(picture.mask for picture in score.pictures)
        stands = int(bool(score.pictures) and not masked)  # its first frame is a picture
        asked = 0
        for steps, dial, count in (
            ("first_steps", "first_guidance", 1 - stands),
            ("steps", "guidance", units - 1),
        ):
            own: Steps = stepped(options.get(steps, PyramidOptions.model_fields[steps].default))
            each = sum(max(1, one - bool(options.get("brief"))) for one in own)
            said = options.get(dial, self.usual[dial])
            weight = said if said != self.usual[dial] else genes.get(dial, said)
            asked += each * count * (1 if weight in (0.0, 1.0) else 2)
        return score.pixels * max(asked, 1) / units


def new_part(score: Score) -> Score:
    """What of a score is drawn: where it goes on with a film, its last shot alone, of as many frames as are new."""
    if score.film is None:
        return score
    shot = replace(score.shots[-1], seconds=score.frames_new / score.fps)
    return score.evolve(shots=(shot,), film=None)


def _work(film: fitting.Film) -> fitting.Work:
    """What is in hand for a film: a unit of eight frames and what came before it, ever smaller; see `fitting.Work`."""
    pixels = film.size[0] * film.size[1]
    tokens = pixels / PATCH**2 * 2
    tile = min(pixels, TILE**2) * 8
    return fitting.Work(tokens, WIDTH, pixels * 8, CHANNELS, pixels * film.frames, tile)
