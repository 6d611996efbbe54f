"""Records of models that come from a hub: what is known of one before anything begins, and how far others are."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View


class HouseSaysView(View):
    """Why the house does not let some people, or anybody, make with a model."""

    why: str = Field(description="A sentence that names the licence, or the model, and whom.")
    decides: str = Field(description="Who decides that, and where it stands.")


class WantedView(View):
    """A model at a hub, as it is before anything large is fetched. Bytes."""

    what: str = Field(description="Its name there, and which state of it: owner/name@commit.")
    repo: str
    commit: str
    family: str
    summary: str
    name: str = Field(description="What it would be called here.")
    files: int = Field(description="How many of its files are needed.")
    bytes: int = Field(description="All of them together.")
    comes: int = Field(description="Still to be fetched.")
    free: int = Field(description="On the disk where they go.")
    spare: int = Field(description="Of these, how many stay free.")
    room: bool = Field(description="Whether it fits.")
    cache: str = Field(description="Where it will lie.")
    opens: int = Field(description="Memory to be opened, guessed by the length of its weights.")
    has: int | None = Field(description="Memory that there is; null where nobody knows.")
    data: str = Field(description="What is known of the data that it was trained on.")
    licence: str = Field(description="As its card there says; empty where that names none.")
    licence_url: str
    asks: str = Field(
        description="What that asks of whoever makes with it; empty where nothing is known."
    )
    house: tuple[HouseSaysView, ...] = Field(
        description="Whom the policy does not let make with it, and why; empty where everybody may."
    )


class FetchView(View):
    """A model on its way."""

    id: str
    what: str
    family: str
    name: str
    state: str = Field(description="going, stopped, failed or done.")
    doing: str = Field(description="fetching, or reading what was fetched.")
    done: int = Field(description="Bytes of that.")
    total: int = Field(description="Of how many; 0 while unknown.")
    why: str = Field(description="Of what failed.")
    hint: str
    model: str = Field(description="What it is called on the shelf; empty until it is there.")
    begun: int
    house: tuple[HouseSaysView, ...] = Field(description="As of one that is looked at.")


class FetchesView(View):
    """Models that were fetched from a hub, or are on their way, and what the next one would be."""

    offline: Trouble | None = Field(
        description="Why nothing can be fetched here; null where it can."
    )
    families: tuple[str, ...]
    wanted: WantedView | None = Field(default=None, description="What was looked at.")
    fetches: tuple[FetchView, ...]
    again: float | None = Field(description="Seconds after which it is worth asking again.")
    typed: dict[str, str]
    trouble: Trouble | None = None
