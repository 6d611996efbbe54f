"""Records of the pages that are read: the models, what a file is, the API, what this is, the source that runs."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View
from uncaged.web.views.making import DialView
from uncaged.web.views.wishing import AnswersView, MachineView, WantView


class MeasuredView(View):
    """What a model takes here, by the runs it has performed in this studio."""

    seconds: float | None = Field(
        description="Device-seconds that such a film takes; null where films so much smaller say too little of it."
    )
    film: float = Field(description="Seconds of the film: 6, or the nearest that it makes.")
    size: tuple[int, int] = Field(description="Of the film: 512 x 512, or the nearest it makes.")
    runs: int = Field(description="The last runs that this was reckoned from.")
    rough: bool = Field(description="Whether all of them were much smaller.")
    bytes: int | None = Field(
        description="Of memory, the most that one of the last runs took; null where none was measured."
    )


class MemoryView(View):
    """What an open model takes here, reckoned. Bytes."""

    opens: int = Field(description="To be opened.")
    needs: int = Field(description="For the film that is compared, opening among it.")
    has: int | None = Field(description="That these machines have; null where nobody knows.")
    fits: bool = Field(description="Whether that film can be made here, as far as one knows.")
    opens_here: bool = Field(description="Whether it can be opened here at all.")
    instead: tuple[str, ...] = Field(description="What of that film would fit, where it does not.")
    film: float = Field(description="Seconds of the film: 6, or the nearest that it makes.")
    size: tuple[int, int] = Field(description="Of the film: 512 x 512, or the nearest it makes.")


class RefusedView(View):
    """Why the house lets whoever asks not make with a model."""

    why: str = Field(description="A sentence that names the licence, or the model.")
    decides: str = Field(description="Who decides that, and where it stands.")


class TermsView(View):
    """The licence of a model that somebody else made."""

    name: str
    binds: str = Field(description="What it asks of whoever makes with it; empty where nothing.")
    text: str = Field(description="The licence itself, where the card has it.")
    url: str = Field(description="Where it can be read; http or https, or empty.")
    waits: bool = Field(
        description="Whether whoever asks has to accept it before they make with it."
    )


class HeldView(View):
    """The files of a model of the studio's own."""

    files: int
    bytes: int
    elsewhere: int = Field(description="How many are used where they lie.")
    missing: int = Field(description="Of how many nobody has said where they lie on this machine.")
    folders: tuple[str, ...] = Field(description="Where they lie: told to the owner alone.")
    lacks: str = Field(
        description="What one types to install what it is performed with; empty where all is here."
    )
    shrunk: str = Field(
        description="Which of its parts lie in numbers that say less than the published ones; else empty."
    )
    hub: str = Field(description="The model and state at a hub that it was fetched as; else empty.")
    terms: TermsView | None = Field(description="Null where its card names none.")


class BroughtView(View):
    """Who put a model on the shelf, and when."""

    mine: bool = Field(description="Whether that was whoever asks.")
    owner: bool = Field(description="Whether that was the owner.")
    name: str = Field(description="Told to whoever keeps the machine alone; else empty.")
    when: int


class CardView(View):
    """A model: what it says of itself, what it can do, what it takes here."""

    name: str
    default: bool = Field(description="Whether it is used when none is named.")
    engine: str = Field(
        description="Of a model of one's own: whose engine performs it; else empty."
    )
    summary: str
    origin: str
    data: str = Field(description="What is known of the data it was trained on.")
    licence: str
    works: str = Field(description="Under which terms its works come.")
    can: tuple[str, ...] = Field(description="What it can do beside films from words.")
    sides: tuple[int, int] = Field(description="Pixels of a side, at least and at most.")
    multiple: int = Field(description="Every side is so many pixels, or a multiple.")
    sizes: tuple[tuple[int, int], ...] = Field(
        description="The only ones; empty: any within sides."
    )
    seconds: tuple[float, float] = Field(description="Seconds of a film, at least and at most.")
    stills: bool = Field(description="Whether it makes pictures: works of one frame.")
    dials: int = Field(description="How many options of its own it has.")
    measured: MeasuredView | None = Field(description="Null where it has performed nothing here.")
    memory: MemoryView | None = Field(description="Null where it is next to nothing.")
    held: HeldView | None = Field(description="Null where it comes with the studio.")
    refused: RefusedView | None = Field(description="Null where whoever asks may make with it.")


class AdapterView(View):
    """An adapter: a small model on top of one."""

    name: str
    family: str = Field(description="Of which family the models are that it fits.")
    on: str = Field(description="The model that it was put on the shelf for.")
    summary: str = Field(description="What kind it is, and what it attaches to.")
    layers: int | None = Field(description="How many layers it changes; null where nobody says.")
    origin: str
    data: str = Field(description="What is known of the data it was trained on.")
    licence: str = Field(
        description="Its own, and what it inherits from the model it was made for."
    )
    works: str
    brought: BroughtView | None = Field(description="Null where the log does not say.")
    held: HeldView
    refused: RefusedView | None = Field(description="Null where whoever asks may make with it.")


class AdapterPage(View):
    """One adapter."""

    adapter: AdapterView
    models: tuple[str, ...] = Field(description="On the shelf, of its family; its own first.")
    owner: bool = Field(description="Whether whoever asks may take it off the shelf.")


class ModelPage(View):
    """One model: its card, its dials, and the words it has learnt where those can be counted."""

    card: CardView
    dials: tuple[DialView, ...]
    adapters: tuple[AdapterView, ...] = Field(description="On the shelf, of its family.")
    brought: BroughtView | None = Field(description="Null where it comes with the studio.")
    plays: bool = Field(description="False of a family of models of which none is chosen yet.")
    knows: dict[str, tuple[str, ...]] = Field(description="By what they say; English names.")
    owner: bool = Field(description="Whether whoever asks may take models off the shelf.")


class ModelsView(View):
    """Every model that is here, the one that is used when none is named first; then the adapters."""

    models: tuple[CardView, ...]
    adapters: tuple[AdapterView, ...]
    machine: MachineView
    wants: tuple[WantView, ...] = Field(description="What people want, and which models can.")
    asked: AnswersView | None = Field(description="Null where nobody says what they want.")
    owner: bool = Field(
        description="Whether whoever asks may put models on the shelf and take them off."
    )
    offline: bool = Field(description="Whether nothing can be fetched from a hub here.")
    licence: str = Field(description="Those alone come under it, or say so; empty for all.")
    typed: dict[str, str] = Field(description="What the form of wishes holds.")
    trouble: Trouble | None = None
    broken: dict[str, str] = Field(description="Plug-ins that could not be loaded, and why.")


class FactsView(View):
    """What a film or a picture says of itself. Pixels, seconds."""

    width: int
    height: int
    frames: int = Field(description="1 for a picture.")
    fps: float | None = None
    seconds: float | None = None


class KnownView(View):
    """The work that this very file is, as far as whoever asks may see it."""

    work: str
    own: bool
    text: str
    model: str
    kept: int | None


class AnswerView(View):
    """What could be said of a file."""

    name: str | None = Field(description="What it was called; null where only its hash was given.")
    sha256: str
    bytes: int | None
    mime: str | None
    facts: FactsView | None
    known: KnownView | None = Field(description="Null where this very file is not known here.")


class VerifyView(View):
    """A place to ask about a file, and the answer to what was asked."""

    largest: float = Field(description="Megabytes that a file may have.")
    answer: AnswerView | None = None
    trouble: Trouble | None = None


class AddressView(View):
    """An address that programs ask."""

    method: str
    path: str
    what: str


class ApiView(View):
    """How a program that was written for another service is brought here."""

    base_url: str
    model: str = Field(description="The model that performs where none of ours is named.")
    seconds: tuple[float, float]
    sides: tuple[int, int]
    addresses: tuple[AddressView, ...]


class AboutView(View):
    """What this is, and who sees what."""

    version: str
    house: str | None = Field(description="What the house calls itself.")
    about: str | None = Field(description="What the house says of itself.")
    contact: str | None
    local: bool = Field(description="Whether nobody but this machine can reach it.")


class ChangeView(View):
    """A file that is not as the commit has it."""

    path: str
    state: str = Field(description="changed, new or gone.")


class SourceView(View):
    """The exact source that runs here."""

    version: str
    commit: str | None = Field(description="Null where it does not run from a checkout.")
    committed: int | None
    changes: tuple[ChangeView, ...]
    diff: str = Field(description="The local changes themselves; cut where they are very long.")
    tarball: str
    bytes: int
    sha256: str
