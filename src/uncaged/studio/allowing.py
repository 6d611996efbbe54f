"""Which models the house lets somebody make with, by its policy: their licences, and their names.

Looked at where something is asked for, and once more before it is performed. Who is depicted is no question of this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from uncaged.archive import learnt, models
from uncaged.archive.run import Run
from uncaged.core.adapters import of as adapters_of
from uncaged.core.errors import ModelNotAllowed
from uncaged.core.naming import folded
from uncaged.core.score import Score, shown
from uncaged.core.task import Task
from uncaged.core.words import _
from uncaged.engines.base import Engine
from uncaged.engines.registry import engines
from uncaged.queue import admission, following
from uncaged.queue.licensing import Licensed, Rule
from uncaged.queue.policy import Classes, Policy
from uncaged.studio.outgoing import REMOTE

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model or an adapter that somebody would make with. family: whose code performs it."""

    name: str
    family: str
    licensed: Licensed
    is_adapter: bool = False


def wanted(model: Engine | models.Shelved) -> Wanted:
    """What is to be known of a model that comes with the studio, or of one of its own."""
    if isinstance(model, Engine):
        return Wanted(model.name, model.family or model.name, Licensed((model.card.licence,)))
    return Wanted(model.name, model.engine, licensed(model), model.is_adapter)


def licensed(model: models.Shelved) -> Licensed:
    """What its card says of its licence, and what the card says that it had where it was fetched."""

    def said(fact: str) -> str:
        text: Any = model.card.get(fact)
        return text.strip() if isinstance(text, str) else ""

    away = model.engine == REMOTE  # there the terms say that it performs elsewhere, and where
    names = [said("licence"), said("hub_licence"), "" if away else said("terms")]
    return Licensed(
        tuple({one.casefold(): one for one in reversed(names) if one}.values())[::-1],
        "" if away else said("binds"),
    )


@dataclass(frozen=True, slots=True)
class House:
    """What the policy lets a kind of people make with."""

    policy: Policy
    kind: str

    def against(self, one: Wanted) -> ModelNotAllowed | None:
        """Why they may not make with it; None where they may."""
        own, everybody = self.policy.of(self.kind), self.policy.licences
        for rule, where, whom in (
            (Rule(everybody.only, everybody.refused), "[licences]", _("anybody")),
            (
                Rule(own.only_licences, own.refused_licences),
                f"[class.{self.kind}]",
                _people(self.kind),
            ),
        ):
            word = rule.against(one.licensed)
            if word is not None:
                return ModelNotAllowed(_of_licence(one, rule, word, whom), _who_decides(where))
        names = {folded(one.name), folded(one.family)}
        listed = own.only_models is None or one.is_adapter or _among(names, own.only_models)
        if listed and not _among(names, own.refused_models):
            return None
        return ModelNotAllowed(
            _("This house does not let %(whom)s make with %(model)s.")
            % {"model": one.name, "whom": _people(self.kind)},
            _who_decides(f"[class.{self.kind}]"),
        )

    def refuse(self, *wanted: Wanted) -> None:
        """Raises `ModelNotAllowed` where one of these may not be made with."""
        for one in wanted:
            why = self.against(one)
            if why is not None:
                raise why


def without(policy: Policy, one: Wanted) -> Mapping[str, ModelNotAllowed]:
    """The kinds of people that a policy does not let make with a model, here or not yet, and why."""
    if not policy.restricts_models:
        return {}
    said = {kind: House(policy, kind).against(one) for kind in Classes.model_fields}
    return {kind: why for kind, why in said.items() if why is not None}


def reasons(policy: Policy, one: Wanted) -> Sequence[ModelNotAllowed]:
    """The same, each reason once."""
    found = {why.message: why for why in without(policy, one).values()}
    return tuple(found.values())


def _among(names: set[str], listed: tuple[str, ...]) -> bool:
    return any(folded(one) in names for one in listed)


def _people(kind: str) -> str:
    return {
        "owner": _("the owner"),
        "keeper": _("keepers"),
        "member": _("members"),
        "collective": _("collectives"),
    }.get(kind, _("guests"))


def _of_licence(one: Wanted, rule: Rule, word: str, whom: str) -> str:
    said = {"model": one.name, "licence": shown(one.licensed.shown)[1:-1], "whom": whom}
    if word:
        return _(
            "The licence of %(model)s is: %(licence)s. This house does not let %(whom)s make with what is “%(word)s”."
        ) % {**said, "word": word}
    return _(
        "The licence of %(model)s is: %(licence)s. This house does not let %(whom)s make with it, only with these "
        "licences: %(only)s."
    ) % {**said, "only": ", ".join(rule.only or ()) or _("none")}


def _who_decides(where: str) -> str:
    return _(
        "Whoever keeps this house decides that, in %(where)s of its policy: `uncaged policy`. Choose another model: "
        "`uncaged models list`."
    ) % {"where": where}


def house(
    conn: Connection, studio: "Studio", policy: Policy | None = None, person: str | None = None
) -> House:
    """What whoever asks may make with. policy: the one that holds, where somebody has just read it. person: somebody
    else."""
    held = policy or following.look(conn, studio.policy).policy
    if not held.restricts_models:
        return House(held, "guest")  # nothing to be asked: it is the same for everybody
    return House(held, admission.kind_of(conn, studio.person if person is None else person))


def known(studio: "Studio") -> Sequence[Wanted]:
    """What comes with the studio, then adapters and models of the studio's own."""
    with studio.archive.read() as conn:
        return [wanted(one) for one in (*engines().values(), *models.shelf(conn))]


def refused(studio: "Studio", policy: Policy | None = None) -> Mapping[str, ModelNotAllowed]:
    """Every model and adapter that is here and that whoever asks may not make with, and why."""
    with studio.archive.read() as conn:
        here = house(conn, studio, policy)
    if not here.policy.restricts_models:
        return {}
    found = ((one.name, here.against(one)) for one in known(studio))
    return {name: why for name, why in found if why is not None}


def refuse(conn: Connection, here: House, score: Score) -> None:
    """Raises `ModelNotAllowed` where the model of a score, or one of its adapters, may not be made with."""
    if not here.policy.restricts_models:
        return
    model = score.model
    if model.hash is None:
        known = engines().get(model.name)
        here.refuse(*([] if known is None else [wanted(known)]))
        return
    hashes = [model.hash, *(one.hash for one in adapters_of(score.options) if one.hash)]
    found = (models.of_hash(conn, one) for one in hashes)
    here.refuse(*(wanted(one) for one in found if one is not None))


def refuse_run(studio: "Studio", run: Run) -> None:
    """Raises `ModelNotAllowed` where a run stands in line for a model that its person may not make with any more: to
    perform with it, or to train it."""
    with studio.archive.read() as conn:
        here = house(conn, studio, person=run.person_id)
        if run.score is not None:
            refuse(conn, here, run.score)
        if run.task is not None:
            refuse_task(conn, here, run.task)


def refuse_task(conn: Connection, here: House, task: Task) -> None:
    """Raises `ModelNotAllowed` where what a training would train may not be made with: its family, or the model that it
    goes on from."""
    if not here.policy.restricts_models:
        return
    family, begun = engines().get(task.what), learnt.begun_from(conn, task)
    own = (one for one in models.shelf(conn) if begun is not None and one.id == begun)
    here.refuse(*(wanted(one) for one in (*(() if family is None else (family,)), *own)))
