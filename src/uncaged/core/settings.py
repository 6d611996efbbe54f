"""Settings: read once from the environment, frozen, passed down as a value. No other module reads the environment."""

import os
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from uncaged.core.errors import AskedWrong, HomeUnusable


def _cache() -> Path:
    """Where Hugging Face's library keeps models, by the variables that it reads itself (its `constants.py`)."""
    said = os.environ
    named = said.get("HF_HUB_CACHE") or said.get("HUGGINGFACE_HUB_CACHE")
    home = said.get("HF_HOME") or f"{said.get('XDG_CACHE_HOME') or '~/.cache'}/huggingface"
    path = Path(named or f"{home}/hub")
    try:
        return path.expanduser()
    except RuntimeError:  # nobody's home is known here: nothing lies there either
        return path


LARGEST_KEY = 10_000
"""Bytes of a file with a key in it that are read, at most."""


class Settings(BaseSettings):
    """Where the studio lives and how careful it is. Each field is set by ``UNCAGED_`` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="UNCAGED_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    home: Path = Field(
        default_factory=lambda: Path.home() / ".uncaged",
        description="The studio's folder: archive, files, a person's own words.",
    )
    busy_seconds: float = Field(
        default=30.0,
        gt=0,
        description="How long to wait for another process that is writing to the archive.",
    )
    stall_seconds: float = Field(
        default=600.0,
        gt=0,
        description="A performer without a sign of life for so long is ended and counted dead.",
    )
    silent_seconds: float = Field(
        default=60.0,
        ge=0,
        description="A web or a steward that gives `uncaged serve` no sign of life for so long is ended and begins "
        "again; 0: never.",
    )
    deaths: int = Field(
        default=3,
        ge=1,
        description="A run whose performer died so often while performing it alone has failed.",
    )
    slots: int = Field(
        default=0,
        ge=0,
        le=16,
        description="Films of one model that a performer performs in turn; 0: as many as the model says, 1: one after "
        "the other.",
    )
    compile: bool = Field(
        default=False,
        description="Performers compile the layers that open models repeat: opening takes a minute more, each step "
        "less. Films may differ in their last bits; the recipe says so.",
    )
    grace_seconds: float = Field(
        default=3.0,
        ge=0,
        description="How long a cancelled performer has before its process is ended; with long steps, two of these.",
    )
    finish_seconds: float = Field(
        default=10.0,
        ge=0,
        description="How long films in hand may still take when a steward stops; then they go back to the line.",
    )
    picture_megabytes: float = Field(
        default=64.0,
        gt=0,
        le=10_000,
        description="The largest picture file that is opened, in megabytes.",
    )
    picture_megapixels: float = Field(
        default=80.0,
        gt=0,
        le=10_000,
        description="The largest picture that is opened, in millions of pixels.",
    )
    hosts: str = Field(
        default="",
        description="Names by which browsers reach the pages, beside the machine's own: studio.example, box:8484.",
    )
    offline: bool = Field(
        default=False,
        description="Nothing leaves this machine by itself: no webhook is sent, no picture is fetched.",
    )
    private_hooks: bool = Field(
        default=False,
        description="Webhooks may go to this machine and its own network, and pictures be fetched from it, also "
        "without https.",
    )
    stock_megabytes: float = Field(
        default=256.0,
        ge=0,
        le=100_000,
        description="The drawings of the first page that are drawn beforehand take so many megabytes at most; 0: none "
        "are drawn.",
    )
    hub_cache: Path = Field(
        default_factory=_cache,
        description="Where `uncaged models find` looks for models that others fetched, and `uncaged models add "
        "OWNER/NAME` puts those that it fetches: the cache of Hugging Face, as HF_HUB_CACHE or HF_HOME say.",
    )
    language: str = Field(
        default="en",
        max_length=20,
        description="The language of what the studio writes for everybody, such as the static site: en, fr.",
    )
    fsync: bool = Field(
        default=True,
        description="Wait for the disk at every commit. Only tests of other things turn this off.",
    )

    @property
    def files(self) -> Path:
        """Content-addressed files."""
        return self.home / "files"

    @property
    def database(self) -> Path:
        """The SQLite archive."""
        return self.home / "archive.sqlite3"

    @property
    def scratch(self) -> Path:
        """Performances in progress; whatever lies here may be deleted when no steward is alive."""
        return self.home / "scratch"

    @property
    def errands(self) -> Path:
        """Where stands what is asked for elsewhere, a file for each run."""
        return self.home / "errands"

    @property
    def stock(self) -> Path:
        """Drawings that were drawn beforehand; whatever lies here may be deleted at any time."""
        return self.home / "prepared"

    @property
    def trainings(self) -> Path:
        """A folder for each training, with its checkpoints: what goes on, and what can be gone on with."""
        return self.home / "training"

    @property
    def models(self) -> Path:
        """Models of one's own, each file under its name; whatever lies here is laid out again when it is needed."""
        return self.home / "models"

    @property
    def lexicons(self) -> Path:
        """A person's own words, as TOML files."""
        return self.home / "lexicon"


def read_key(said: str) -> str:
    """The key in the variable of this name, or in the file. `AskedWrong` where there is neither."""
    found = os.environ.get(said)
    if found is None:
        try:
            with Path(said).expanduser().open("rb") as opened:
                found = opened.read(LARGEST_KEY).decode("ascii")
        except (OSError, ValueError, RuntimeError):
            raise AskedWrong(
                f"There is neither a variable nor a file called {said} with a key in it.",
                "export THEIR_KEY=…, then --key-from THEIR_KEY; or name a file.",
                "key_from",
            ) from None
    if not found.strip():
        raise AskedWrong(f"The key in {said} is empty.", about="key_from")
    return found.strip()


def read_settings(home: Path | None = None) -> Settings:
    """The settings from the environment, `home` made absolute; a `home` given beats ``UNCAGED_HOME``.

    `AskedWrong` names the variable that cannot be read, `HomeUnusable` says that nobody's home is meant.
    """
    given: dict[str, Any] = {} if home is None else {"home": home}
    try:
        return at_home(Settings(**given))
    except ValidationError as error:
        first = error.errors()[0]
        name = "UNCAGED_" + str(first["loc"][0]).upper()
        raise AskedWrong(
            f"The variable {name} cannot be {first['input']!r}: {first['msg']}."
        ) from None
    except RuntimeError as error:  # `Path.home` found none
        raise HomeUnusable(_NOBODY.format(error), _ELSEWHERE) from None


def at_home(settings: Settings) -> Settings:
    """The same settings with a home that is absolute, ``~`` written out. `HomeUnusable` where nobody is meant by it."""
    try:
        return settings.model_copy(update={"home": settings.home.expanduser().absolute()})
    except (RuntimeError, OSError) as error:
        raise HomeUnusable(_NOBODY.format(error), _ELSEWHERE) from None


_NOBODY = "The studio's folder cannot be found: {}"
_ELSEWHERE = "Name a folder with UNCAGED_HOME."
