"""What a policy says that it can hardly mean: words of licences that refuse nothing, or far more than somebody thought.

It is followed all the same: whoever reads it is told. The rule is plain, and stands in docs/policy.md.
"""

from collections.abc import Iterator, Sequence

from uncaged.core.words import _
from uncaged.queue.licensing import is_empty, is_short
from uncaged.queue.policy import Classes, Policy
from uncaged.studio.allowing import Wanted


def careful(policy: Policy, known: Sequence[Wanted]) -> tuple[str, ...]:
    """A sentence for each such word, with where it stands. known: what is here, see `allowing.known`."""
    models = [one for one in known if not one.is_adapter]
    return tuple(
        f"{where} {list_}: {said}"
        for where, list_, words, refuses in _lists(policy)
        for word in dict.fromkeys(words)
        if (said := _of(word, models, refuses))
    )


def _lists(policy: Policy) -> Iterator[tuple[str, str, Sequence[str], bool]]:
    """Where it stands, the list's name, its words, and whether they refuse rather than let through."""
    yield "[licences]", "only", policy.licences.only or (), False
    yield "[licences]", "refused", policy.licences.refused, True
    for kind in Classes.model_fields:
        own = policy.of(kind)
        yield f"[class.{kind}]", "only_licences", own.only_licences or (), False
        yield f"[class.{kind}]", "refused_licences", own.refused_licences, True


def _of(word: str, models: Sequence[Wanted], refuses: bool) -> str:
    """Why this word is to be looked at again; empty where it is not."""
    if is_empty(word):
        said = (
            _("“%(word)s” names no licence, and refuses nothing.")
            if refuses
            else _("“%(word)s” names no licence, and lets nothing through.")
        )
        return said % {"word": word}
    if refuses and is_short(word):
        return _("“%(word)s” has one or two letters a word: licences of every kind say that.") % {
            "word": word
        }
    if refuses and models and all(one.licensed.says(word) for one in models):
        return _("“%(word)s” stands in the licence of every model that is here (%(many)s).") % {
            "word": word,
            "many": len(models),
        }
    return ""
