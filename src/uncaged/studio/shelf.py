"""The shelf: every model that performs here, the built-in ones and the studio's own, by name; and their weights.

Knows no page. What a model's files are, its engine knows.
"""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from uncaged.archive import files, learnt, models
from uncaged.core.errors import (
    AskedWrong,
    FileDamaged,
    NotFound,
    WeightsBroken,
    WeightsMissing,
    nearest,
)
from uncaged.core.ids import PREFIXES, is_id, is_sha256
from uncaged.core.naming import folded, is_seen, look_alike, looks_as
from uncaged.core.order import Order
from uncaged.core.score import ModelRef, shown
from uncaged.core.words import _
from uncaged.engines.base import Engine
from uncaged.engines.registry import engines, families
from uncaged.engines.shelved import shelved
from uncaged.queue.policy import Policy
from uncaged.studio import adapting, allowing, elsewhere, laying, lessons, outgoing, terms

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

LONGEST = 60
"""Characters of a model's name, at most."""


def players(studio: "Studio") -> Mapping[str, Engine]:
    """Every model by its name: the built-in ones, then the studio's own, the oldest first."""
    with studio.archive.read() as conn:
        own = models.shelf(conn)
    found = dict(engines())
    for model in own:
        family = families().get(model.engine)
        if family is not None and model.name not in found and not model.is_adapter:
            place, away = laying.folder(studio, model), bool(model.elsewhere)
            found[model.name] = shelved(family, model.name, model.hash, model.card, place, away)
    return found


def player(studio: "Studio", name: str) -> Engine:
    """The model of this name; `NotFound` offers the nearest ones."""
    built_in = families().get(name)
    if built_in is not None:
        return built_in
    known = players(studio)
    found = known.get(name) or next(
        (one for key, one in known.items() if folded(key) == folded(name)), None
    )
    if found is None:
        _refuse_adapter(studio, name)
        raise NotFound(
            _("There is no model called %(name)s.") % {"name": shown(name)[1:-1]},
            nearest(name, list(known)),
        )
    if found.hash is not None:  # its engine may look into its files before it is opened
        with studio.archive.read() as conn:
            own = models.on_shelf(conn, found.name)
        if own is not None:
            # whoever asks for a film, or performs one, is told
            with contextlib.suppress(FileDamaged, WeightsMissing, WeightsBroken):
                laying.laid_out(studio, own)
    return found


def _refuse_adapter(studio: "Studio", name: str) -> None:
    """Raises `AskedWrong` where this is an adapter, which performs nothing by itself."""
    with studio.archive.read() as conn:
        own = models.on_shelf(conn, name)
    if own is not None and own.is_adapter:
        raise AskedWrong(
            _("%(name)s is an adapter: it performs on top of a model.") % {"name": own.name},
            _("Choose the model, and it beside: --model %(model)s --adapter %(name)s=1")
            % {"model": own.card.get("parent") or "MODEL", "name": own.name},
            "model",
        )


def exactly(studio: "Studio", model: ModelRef) -> Engine | None:
    """The model with exactly these weights; None where it is not here any more."""
    if model.hash is None:
        return engines().get(model.name)
    own = players(studio).get(model.name)
    return own if own is not None and own.hash == model.hash else None


def family(studio: "Studio", name: str) -> Engine | None:
    """The engine that knows the positions of the model of this name; None where that is not here."""
    found = engines().get(name) or players(studio).get(name)
    return None if found is None else families().get(found.family or found.name)


def fits(name: str, engine: str) -> bool:
    """Whether a model can have this name here, and one of our engines performs it with files of its own."""
    player = families().get(engine)
    if player is None or type(player).settle is Engine.settle:
        return False
    try:
        check_plain_name(name)
    except AskedWrong:
        return False
    return True


def check_name(conn: Connection, name: str) -> None:
    """`AskedWrong` where no model can have this name: nobody could type it, or take it for another one."""
    check_plain_name(name)
    looks = looks_as(name)
    for one in models.shelf(conn):
        if look_alike(looks, looks_as(one.name)):
            raise AskedWrong(
                _("There is a model called %(name)s already.") % {"name": one.name},
                _(
                    "Choose another name, or take that one off the shelf: uncaged models remove %(name)s"
                )
                % {"name": one.name},
                "name",
            )


def check_plain_name(name: str) -> None:
    """The same without a look at the shelf."""
    hint = _("Letters, digits, and . _ - between them: my-first-model.")
    plain = "".join(c for c in name if c not in "._-")
    if not name or len(name) > LONGEST or not plain.isalnum() or not is_seen(name):
        raise AskedWrong(_("%(name)s is no name of a model.") % {"name": shown(name)}, hint, "name")
    if not name[0].isalnum() or any(is_id(noun, name) for noun in PREFIXES) or is_sha256(name):
        raise AskedWrong(_("%(name)s is no name of a model.") % {"name": shown(name)}, hint, "name")
    looks = looks_as(name)
    for known in families():
        if look_alike(looks, looks_as(known)):
            said = (
                _("%(known)s is a built-in model; yours needs a name that looks otherwise.")
                if families()[known].is_here
                else _("%(known)s is a family of models; yours needs a name that looks otherwise.")
            )
            raise AskedWrong(said % {"known": known}, hint, "name")


def look(studio: "Studio", name: str) -> models.Shelved:
    """A model of one's own by its name. Raises `NotFound`, `AskedWrong` where it comes with the studio."""
    if name in engines():
        raise AskedWrong(
            _("%(name)s comes with the studio; only models of your own are taken off the shelf.")
            % {"name": name}
        )
    with studio.archive.read() as conn:
        return models.own(conn, name)


def learned_in(studio: "Studio", name: str) -> Path | None:
    """The folder of the training that made this model of one's own, where that is still here. Raises as `look`."""
    model = look(studio, name)
    with studio.archive.read() as conn:
        run = learnt.made(conn, model.id)
    if run is None or run.task is None:
        return None
    place = lessons.folder(studio, run.task.begun)
    return place if place.is_dir() else None


def remove(studio: "Studio", name: str) -> models.Shelved:
    """Takes a model of one's own off the shelf: its kept weights are gone, what lies elsewhere stays there.

    Raises `NotFound`, `AskedWrong`.
    """
    look(studio, name)
    with studio.archive.write() as conn:
        model, gone = models.take_off(conn, name, studio.person, studio.clock.now())
    with studio.archive.write() as conn:
        files.forget(conn, studio.files, gone)
    shutil.rmtree(laying.folder(studio, model), ignore_errors=True)  # links in it are not followed
    outgoing.forget(studio, model)
    return model


def offered(studio: "Studio", policy: Policy | None = None) -> Mapping[str, Engine]:
    """Those of `players` that the house lets whoever asks make with. policy: the one that holds, where somebody has
    just read it."""
    refused = allowing.refused(studio, policy)
    return {name: one for name, one in players(studio).items() if name not in refused}


def refuse(studio: "Studio", name: str, policy: Policy | None = None) -> None:
    """Raises where a model cannot perform here now for whoever asks, whatever they ask for.

    `ModelNotAllowed`, and of one's own `WeightsMissing`, `WeightsBroken`, `TermsNotAccepted`. Nothing is loaded.
    policy: the one that holds, where somebody has just read it.
    """
    with studio.archive.read() as conn:
        if name in families():
            if policy is None or policy.restricts_models:
                allowing.house(conn, studio, policy).refuse(allowing.wanted(families()[name]))
            return
        own = models.on_shelf(conn, name)
        if own is None:
            return
        allowing.house(conn, studio, policy).refuse(allowing.wanted(own))
        terms.refuse(conn, studio.person, own)
    if own.engine == outgoing.REMOTE:
        outgoing.refuse_offline(studio.settings, own.name)
    found = families().get(own.engine)
    if found is None or found.lacks:
        raise WeightsMissing(
            _("%(model)s is performed by %(family)s, which is not installed here.")
            % {"model": own.name, "family": own.engine},
            ""
            if found is None
            else _("Whoever keeps this machine types: %(command)s") % {"command": found.lacks},
        )
    elsewhere.refuse_others(own)


def with_weights(studio: "Studio", order: Order) -> Order:
    """The order with the files of its score's model, where that is one of the studio's own, and of its adapters.

    `AskedWrong` where that model is not here any more. Otherwise raises as `laying.laid_out` does.
    """
    wanted = order.score.model
    if wanted.hash is None:
        return order
    with studio.archive.read() as conn:
        found = models.of_hash(conn, wanted.hash)
    if found is None:
        raise AskedWrong(
            _("The model %(name)s is not on the shelf any more.") % {"name": wanted.name},
            _("Choose another model."),
        )
    laid, key, mark = laying.laid_out(studio, found), "", ""
    if found.engine == outgoing.REMOTE:
        outgoing.refuse_unconfirmed(studio, found)
        key, mark = outgoing.key_of(studio, found), outgoing.mark(studio)
    return replace(
        order,
        engine=found.engine,
        model=laid,
        folder=str(laying.folder(studio, found)),
        adapters=adapting.laid(studio, order.score),
        key=key,
        mark=mark,
    )
