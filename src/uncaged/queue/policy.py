"""The policy: who may ask for how much, and by which weights turns are given: one file that people can vote on.

``policy.toml`` in the studio's folder; what it does not say keeps its default. Knows no archive and no clock.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.ids import is_id
from uncaged.core.score import shown
from uncaged.queue.fairness import Terms
from uncaged.queue.turns import Rules

LARGEST = 64_000
"""Bytes of a policy file, at most."""

_DEEP = re.compile(rb"(?<![\w\"'-])(?:[\w\"'-]++\s*+\.\s*+){6}")
"""A name of so many parts that reading it would take for ever, and that means nothing here."""

Weight = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Bound = Annotated[int, Field(ge=0, le=1_000_000_000)] | None
Minutes = Annotated[float, Field(ge=0, le=525_600, allow_inf_nan=False)]
Days = Annotated[float, Field(ge=0, le=36_500, allow_inf_nan=False)] | None
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None


Word = Annotated[str, Field(max_length=200, pattern=r"[^\W_]")]
Words = Annotated[tuple[Word, ...], Field(strict=False, max_length=200)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Class(_Table):
    """What holds for one class of people. A bound that is left out, or ``"none"``, is none."""

    weight: Weight = Field(
        default=1.0, description="Its part of the devices where several classes want them."
    )
    waiting: Bound = Field(default=None, description="Runs that one person may have in line.")
    running: Bound = Field(
        default=None, description="Runs of one person that are performed at a time."
    )
    runs_a_day: Bound = Field(
        default=None, description="Runs that one person may ask for in 24 hours."
    )
    megabytes: Amount = Field(
        default=None, description="Room that one person's kept works may take."
    )
    megapixels: Amount = Field(
        default=None, description="Width times height of a film, in millions."
    )
    seconds: Amount = Field(default=None, description="Length of a film.")
    device_seconds: Amount = Field(default=None, description="What one run may take, as estimated.")
    only_licences: Words | None = Field(
        default=None, description="Models of these licences alone; see [licences]."
    )
    refused_licences: Words = Field(default=(), description="No models of these.")
    only_models: Words | None = Field(
        default=None, description="These models alone, by name or by family."
    )
    refused_models: Words = Field(
        default=(), description="None of these, nor of these adapters, by name or by family."
    )


_GUEST = Class(
    weight=1.0,
    waiting=20,
    running=1,
    runs_a_day=200,
    megabytes=2_000.0,
    megapixels=1.1,
    seconds=60.0,
    device_seconds=900.0,
)
_MEMBER = Class(waiting=500, megabytes=100_000.0)


class Classes(_Table):
    """The classes of people, by what they are in the studio."""

    owner: Class = Class()
    keeper: Class = Class()
    member: Class = _MEMBER
    guest: Class = _GUEST
    collective: Class = _MEMBER


class Line(_Table):
    """How turns are given."""

    half_life_minutes: Minutes = Field(
        default=30.0, gt=0, description="After so long half of what somebody used is forgotten."
    )
    first_wait_minutes: Minutes = Field(
        default=10.0, description="A person's first film that waited so long goes before the rest."
    )
    guarantee_share: float = Field(
        default=0.25, ge=0, le=1, description="The largest part of all starts that may happen so."
    )
    stay_runs: int = Field(
        default=4, ge=0, le=1000, description="Runs for which a performer may stay with its model."
    )
    stay_seconds: float = Field(
        default=300.0, ge=0, le=86_400, description="Seconds for which it may."
    )


class Door(_Table):
    """Who may come in from a network, and how it is seen who comes."""

    guests: bool = Field(default=True, description="Whether people without a login may make films.")
    guest_pictures: bool = Field(
        default=False, description="Whether people without a login may send pictures along."
    )
    requests_a_minute: int = Field(
        default=240, ge=1, le=1_000_000, description="Requests of one person, or one address."
    )
    proxies: tuple[str, ...] = Field(
        default=(),
        strict=False,
        description="Addresses whose forwarded headers are believed: 10.0.0.1, 10.0.0.0/8.",
    )


class Members(_Table):
    """Whom members invite, by a collective they belong to. The owner and keepers invite without a bound."""

    invite: bool = Field(
        default=True,
        description="Whether members may give out links by which strangers come into a collective.",
    )
    open_invitations: Bound = Field(
        default=5, description="Links of one member that are good, and that nobody has come by yet."
    )
    invitations_a_day: Bound = Field(
        default=10,
        description="Links that one member, and whoever came by links of theirs, may make in 24 hours.",
    )


class Guests(_Table):
    """What becomes of the works of people without a login."""

    keep_days: Days = Field(
        default=14.0,
        description="Days after which a guest's work goes that they neither kept nor showed.",
    )


class Trash(_Table):
    """What becomes of works that their person threw away."""

    days: Days = Field(default=30.0, description="Days for which they can be taken back.")


class House(_Table):
    """How reports of what was shown are dealt with."""

    decide_hours: float = Field(
        default=24.0, gt=0, le=8760, description="Hours within which a keeper decides a report."
    )
    appeal_days: float = Field(
        default=14.0, ge=0, le=3650, description="Days within which either side may appeal."
    )
    reports_an_hour: int = Field(
        default=10, ge=1, le=100_000, description="Reports of one address, or of one login."
    )
    hides_a_day: int = Field(
        default=3,
        ge=0,
        le=100_000,
        description="Works that one address may hide at once; more reports wait for a keeper.",
    )


class Licences(_Table):
    """Which licences' models, and adapters, are made with here. It holds for everybody, also for the owner."""

    only: Words | None = Field(
        default=None,
        description="Models of these licences alone, as their cards name them: Apache-2.0, MIT.",
    )
    refused: Words = Field(
        default=(),
        description="No models of these, nor of what says so: research only, non-commercial, undisclosed.",
    )


class Policy(_Table):
    """Everything that was decided about the line, the door, and how long things stay."""

    line: Line = Line()
    door: Door = Door()
    members: Members = Members()
    guests: Guests = Guests()
    trash: Trash = Trash()
    house: House = House()
    licences: Licences = Licences()
    classes: Classes = Field(default=Classes(), alias="class")
    weights: dict[str, Weight] = Field(
        default={}, description="People who count for more or less within their class."
    )

    @property
    def hash(self) -> str:
        """SHA-256 of all it says, defaults written out: two files that mean the same have the same."""
        return sha256(canonical(self.to_json()))

    def to_json(self) -> dict[str, Any]:
        """The whole policy as JSON values, under the names of the file."""
        return self.model_dump(mode="json", by_alias=True)

    def of(self, kind: str) -> Class:
        """What holds for a class of people; for one that the file cannot name, what holds for guests."""
        return getattr(self.classes, kind, self.classes.guest)

    @property
    def restricts_models(self) -> bool:
        """Whether there is a model that somebody may not make with."""
        classes = [self.of(kind) for kind in Classes.model_fields]
        return bool(
            self.licences != Licences()
            or any(one.only_licences is not None or one.refused_licences for one in classes)
            or any(one.only_models is not None or one.refused_models for one in classes)
        )

    def rules(self) -> Rules:
        """What it says about turns."""
        kinds = tuple(Classes.model_fields)
        line = self.line
        return Rules(
            line.half_life_minutes * 60,
            Terms(
                line.first_wait_minutes * 60,
                line.guarantee_share,
                line.stay_runs,
                line.stay_seconds,
            ),
            {kind: self.of(kind).weight for kind in kinds},
            {kind: self.of(kind).running for kind in kinds},
            self.weights,
        )


def read(data: bytes, name: str = "policy.toml") -> Policy:
    """The policy that a file says. `AskedWrong` names every mistake, and what would be right."""
    if len(data) > LARGEST:
        raise AskedWrong(f"{name} is larger than a policy can be ({LARGEST // 1000} kB).")
    if _DEEP.search(data):
        raise AskedWrong(
            f"{name} has a name of many parts; a policy has three at most, like class.guest.weight."
        )
    try:
        value = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise AskedWrong(f"{name} is no text in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise AskedWrong(f"{name} cannot be read as TOML: {shown(str(error))}.") from None
    return from_json(value, name)


def from_json(value: Mapping[str, Any], name: str = "policy.toml") -> Policy:
    """The same from JSON values."""
    try:
        policy = Policy.model_validate(_over(Policy().to_json(), value))
    except ValidationError as error:
        said = [_mistake(e["loc"], e["type"], e["msg"], e["input"]) for e in error.errors()[:8]]
        raise AskedWrong(f"{name} cannot be followed. " + " ".join(said)) from None
    for person in policy.weights:
        if not is_id("person", person):
            raise AskedWrong(
                f"{name} cannot be followed. [weights] names {shown(person)}, which is no person's id."
            )
    _check_proxies(policy, name)
    return policy


def _check_proxies(policy: Policy, name: str) -> None:
    import ipaddress

    for proxy in policy.door.proxies:
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError:
            raise AskedWrong(
                f"{name} cannot be followed. [door] proxies: {shown(proxy)} is no address, like 10.0.0.1 or 10.0.0.0/8."
            ) from None


def _over(default: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says, over what holds where it is silent. ``"none"`` takes a bound away: TOML has no such word."""
    merged = dict(default)
    for name, said in value.items():
        below = merged.get(name)
        if isinstance(below, dict) and isinstance(said, dict):
            merged[name] = _over(below, said)  # pyright: ignore[reportUnknownArgumentType] - a table of any kind
        else:
            merged[name] = None if said == "none" else said
    return merged


def _mistake(where: tuple[int | str, ...], kind: str, why: str, given: Any) -> str:
    path = shown(".".join(str(part) for part in where))
    if kind == "extra_forbidden":
        return f"{path} is not known here. {nearest(str(where[-1]), _names(where[:-1]))}"
    return f"{path}: {why}, not {shown(str(given))}."


def _names(where: tuple[int | str, ...]) -> list[str]:
    """What may stand at a place of the file."""
    model: type[BaseModel] = Policy
    for part in where:
        if model is Classes:
            model = Class
            continue
        field = "classes" if part == "class" else str(part)
        found = model.model_fields.get(field)
        if (
            found is None
            or not isinstance(found.annotation, type)
            or not issubclass(found.annotation, BaseModel)
        ):
            break
        model = found.annotation
    return [("class" if name == "classes" else name) for name in model.model_fields]
