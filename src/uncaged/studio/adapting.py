"""The adapters of a score: named by their files, refused where they do not fit or may not be used, laid out.

Which layers they change, `engines.adapters` knows.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from uncaged.archive import models
from uncaged.core.adapters import OPTION, Chosen, of, read, written
from uncaged.core.errors import AskedWrong, WeightsMissing, nearest
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines.adapters import fitting, layouts
from uncaged.engines.adapters.fitting import Misfit
from uncaged.engines.adapters.layouts import CONFIG, WEIGHTS, Written
from uncaged.engines.adapters.options import AdaptedOptions
from uncaged.engines.registry import families
from uncaged.queue.policy import Policy
from uncaged.studio import allowing, elsewhere, laying, terms

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def check(studio: "Studio", model: models.Shelved, adapter: Written, network: str = "") -> None:
    """Raises `Misfit` where an adapter does not fit a model, `WeightsMissing`, `WeightsBroken`.

    network: see `Chosen`.
    """
    player = families().get(model.engine)
    if player is None:
        raise WeightsMissing(_("%(family)s is not installed here.") % {"family": model.engine})
    laying.laid_out(studio, model)
    found = player.adaptable(laying.folder(studio, model))
    networks = fitting.narrowed(found, network, model.name)
    fitting.fitted(adapter.parts, networks, player.natives, model.name)


def named(
    studio: "Studio",
    model: str,
    options: Mapping[str, Any],
    stands: bool,
    policy: Policy | None = None,
) -> Mapping[str, Any]:
    """The options, with each adapter by its files; those that a person may not use, or that do not fit, are refused.

    stands: whether there is a position, which says how strong those are whose weight is not said. policy: the one that
    holds, where somebody has just read it. Raises `AskedWrong`, `WeightsMissing`, `WeightsBroken`, `TermsNotAccepted`,
    `ModelNotAllowed`.
    """
    with studio.archive.read() as conn:
        own = models.on_shelf(conn, model)
        player = None if own is None else families().get(own.engine)
        if own is None or player is None or not issubclass(player.options, AdaptedOptions):
            return options  # its model says itself whether it has an option of this name
        chosen = read(options.get(OPTION) or "")
        adapters = [_known(conn, one) for one in chosen]
        house = allowing.house(conn, studio, policy)
        for adapter in adapters:
            house.refuse(allowing.wanted(adapter))
            terms.refuse(conn, studio.person, adapter)
    exact: list[Chosen] = []
    for one, adapter in zip(chosen, adapters, strict=True):
        elsewhere.refuse_others(adapter)
        _check(studio, own, adapter, one.network)
        weight = 1.0 if one.weight is None and not stands else one.weight
        exact.append(Chosen(adapter.name, adapter.hash, weight, one.network))
    return {**options, OPTION: written(exact)}


def _known(conn: Connection, one: Chosen) -> models.Shelved:
    """An adapter on the shelf, by its files or else by its name. Raises `AskedWrong`."""
    found = models.of_hash(conn, one.hash) if one.hash else models.on_shelf(conn, one.name)
    if found is None:
        known = [other.name for other in models.shelf(conn) if other.is_adapter]
        said = (
            _("The adapter %(name)s is not on the shelf any more.")
            if one.hash
            else _("There is no adapter called %(name)s.")
        )
        offer = (
            nearest(one.name, known) if known else _("There is none yet: uncaged models add FILE")
        )
        raise AskedWrong(said % {"name": one.name}, offer, OPTION)
    if not found.is_adapter:
        raise AskedWrong(
            _("%(name)s is a model, and no adapter.") % {"name": found.name},
            _("Choose it as the model: --model %(name)s") % {"name": found.name},
            OPTION,
        )
    return found


def _check(studio: "Studio", model: models.Shelved, adapter: models.Shelved, network: str) -> None:
    """Raises where an adapter on the shelf does not fit; looked at once for each pair of files."""
    if model.engine != adapter.engine:
        raise Misfit(
            _("%(adapter)s is an adapter for %(family)s, and %(model)s is of the family %(other)s.")
            % {
                "adapter": adapter.name,
                "family": adapter.engine,
                "model": model.name,
                "other": model.engine,
            },
            _("Choose a model of its family."),
        )
    pair = (model.hash, adapter.hash, network)
    if pair in _FIT:
        return
    check(studio, model, _looked(studio, adapter), network)
    while len(_FIT) >= PAIRS:
        _FIT.pop(next(iter(_FIT)), None)
    _FIT[pair] = None


PAIRS: Final = 256
_FIT: Final = dict[tuple[str, str, str], None]()
"""Hashes of a model and an adapter that fit each other, and the network: what was found once stays true."""


def _looked(studio: "Studio", adapter: models.Shelved) -> Written:
    laying.laid_out(studio, adapter)
    folder = laying.folder(studio, adapter)
    return layouts.looked(folder / WEIGHTS, folder / CONFIG if CONFIG in adapter.files else None)


def laid(studio: "Studio", score: Score) -> Mapping[str, str]:
    """Hash → folder of every adapter that a score names, laid out.

    Raises `AskedWrong` where one is not here any more, and as `laying.laid_out` does.
    """
    chosen = of(score.options)
    if not chosen:
        return {}
    with studio.archive.read() as conn:
        adapters = [_known(conn, one) for one in chosen]
    for adapter in adapters:
        laying.laid_out(studio, adapter)
    return {one.hash: str(laying.folder(studio, one)) for one in adapters}


def refuse(conn: Connection, person: str, score: Score) -> None:
    """Raises `TermsNotAccepted` where this person has not accepted what an adapter of a score asks, `AskedWrong` where
    one is not here any more."""
    for one in of(score.options):
        terms.refuse(conn, person, _known(conn, one))
