"""Webhook endpoints of `/v1`: made, read, changed, given another secret, tried, taken away; each is one person's."""

import secrets
from collections.abc import Sequence
from typing import Any, cast

from uncaged.archive import hooks
from uncaged.archive.hooks import EVENTS, Delivery, Hook
from uncaged.core.errors import AskedWrong, NotAllowed
from uncaged.queue.fairness import SECOND
from uncaged.web.here import Here
from uncaged.web.outbound import checked
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fetching import one_more
from uncaged.web.v1.fields import Fields
from uncaged.web.v1.paging import listed
from uncaged.web.v1.records import WebhookEndpoint, WebhookEndpointDeleted, WebhookEndpointTest
from uncaged.web.v1.telling import heard, told
from uncaged.web.words import _

DAY = 24 * 3600 * SECOND
LONGEST_NAME = 200


def record(hook: Hook, secret: bool = False) -> WebhookEndpoint:
    """The endpoint object. secret: it is shown, this once."""
    found: WebhookEndpoint = {
        "id": hook.id,
        "object": "webhook_endpoint",
        "created_at": hook.created // SECOND,
        "updated_at": hook.updated // SECOND,
        "name": hook.name,
        "url": hook.url,
        "event_types": list(hook.events),
        "signing_secret_hint": f"{hook.secret[:6]}…{hook.secret[-4:]}",
    }
    if secret:
        found["signing_secret"] = hook.secret
    return found


def make(here: Here, fields: Fields) -> WebhookEndpoint:
    """A new one; its secret is shown this once."""
    if here.studio.settings.offline:
        raise WrongField(
            _("This studio is offline: it sends no webhooks."), param="url", code="unsupported"
        )
    if here.visitor.person.kind == "guest":
        raise NotAllowed(
            _("A guest has no webhooks: the studio would ask anybody's machine for a stranger."),
            _("Ask the owner for a key."),
        )
    url, events = _url(here, fields), _events(fields)
    name = fields.text("name", LONGEST_NAME) or url
    studio = here.studio
    made = studio.commit(
        lambda conn: hooks.add(conn, studio.person, name, url, events, studio.clock.now())
    )
    return record(made, secret=True)


def _url(here: Here, fields: Fields) -> str:
    url = fields.text("url", 2000)
    try:
        checked(url or "", here.studio.settings.private_hooks)
    except AskedWrong as error:
        raise WrongField(error.message, error.hint, param="url") from None
    return url or ""


def _events(fields: Fields) -> Sequence[str]:
    value = fields.take("event_types")
    listed = cast("list[Any]", value) if isinstance(value, list) else None
    if not listed or any(one not in EVENTS for one in listed):
        raise WrongField(
            _("event_types is a list of {}.").format(", ".join(EVENTS)), param="event_types"
        )
    return tuple(dict.fromkeys(listed))


def show(here: Here, hook_id: str) -> WebhookEndpoint:
    """One of one's own."""
    return record(get(here, hook_id))


def get(here: Here, hook_id: str) -> Hook:
    """The same, as it stands in the archive."""
    with here.studio.archive.read() as conn:
        return hooks.get(conn, here.studio.person, hook_id)


def all_of_them(here: Here) -> dict[str, Any]:
    """All of one's own: there are few."""
    with here.studio.archive.read() as conn:
        return listed([record(one) for one in hooks.of(conn, here.studio.person)], False)


def change(here: Here, hook_id: str, fields: Fields) -> WebhookEndpoint:
    """Another name, address, or other events."""
    values: dict[str, Any] = {}
    if fields.given.get("url") is not None:
        values["url"] = _url(here, fields)
    if fields.given.get("event_types") is not None:
        values["events"] = _events(fields)
    name = fields.text("name", LONGEST_NAME)
    if name:
        values["name"] = name
    return record(_change(here, hook_id, values))


def rotate(here: Here, hook_id: str, fields: Fields) -> WebhookEndpoint:
    """Another secret; the old one still counts for a day, if that is wanted."""
    hook, keep = get(here, hook_id), fields.truth("keep_old_secret_active_for_24_hours")
    values: dict[str, Any] = {
        "secret": hooks.new_secret(),
        "old_secret": hook.secret if keep else None,
        "old_until": here.studio.clock.now() + DAY if keep else None,
    }
    return record(_change(here, hook_id, values), secret=True)


def _change(here: Here, hook_id: str, values: dict[str, Any]) -> Hook:
    studio = here.studio
    return studio.commit(
        lambda conn: hooks.change(conn, studio.person, hook_id, values, studio.clock.now())
    )


def remove(here: Here, hook_id: str) -> WebhookEndpointDeleted:
    """It is told nothing any more."""
    studio = here.studio
    studio.commit(lambda conn: hooks.remove(conn, studio.person, hook_id))
    return {"id": hook_id, "object": "webhook_endpoint.deleted", "deleted": True}


async def test(here: Here, hook: Hook, fields: Fields) -> WebhookEndpointTest:
    """Tells it at once of a work that is none; what it answered."""
    event = fields.text("event_type", 40) or EVENTS[0]
    if event not in EVENTS:
        raise WrongField(_("event_type is {}.").format(" or ".join(EVENTS)), param="event_type")
    now = here.studio.clock.now()
    one = Delivery(secrets.token_hex(8), hook, "w_aaaaaaaaaaaa", event, now, 0)
    status = None
    if not here.studio.settings.offline:
        with one_more(here):
            status = await told(here.web, one)
    return {
        "object": "webhook_endpoint.test",
        "id": f"evt_{one.id}",
        "event_type": event,
        "status_code": status,
        "delivered": heard(status),
    }
