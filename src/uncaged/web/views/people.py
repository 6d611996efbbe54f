"""Records of what somebody sees of themselves: sessions, ways in, keys, collectives, invitations."""

from pydantic import Field

from uncaged.web.views.base import Trouble, View
from uncaged.web.views.works import CreditView


class SessionView(View):
    """A login that holds."""

    id: str
    how: str
    agent: str = Field(description="The browser, as it called itself.")
    created: int
    seen: int = Field(description="When it was last used, within an hour.")
    until: int
    this: bool = Field(description="Whether it is the one that asks.")


class PasskeyView(View):
    """A passkey."""

    id: str
    name: str
    created: int
    used: int | None


class KeyView(View):
    """A key for programs; its secret is nowhere."""

    id: str
    name: str
    may: tuple[str, ...]
    created: int
    revoked: int | None


class CollectiveLine(View):
    """A collective that one belongs to."""

    id: str
    name: str | None
    acting: bool = Field(description="Whether one acts as it now.")


class AskedView(View):
    """A collective that asks somebody in."""

    invitation: str
    collective: str
    name: str | None
    by: str | None
    until: int


class CreditAskedView(View):
    """A work whose maker names somebody, who has not answered yet."""

    work: str
    n: int
    role: str
    added: int


class WaitsView(View):
    """What waits for somebody's answer, by how many of each there are."""

    reports: int = Field(description="Reports to decide, for the owner and keepers.")
    credits: int = Field(description="Lines of films whose makers name them.")
    asked: int = Field(description="Collectives that ask them in.")
    hidden: int = Field(
        description="Hidden films, of whom they act as, of which something can still be said."
    )
    elsewhere: int = Field(description="The same, of whom they may act as besides.")


class MeView(View):
    """Somebody, as they see themselves."""

    waits: WaitsView

    id: str
    kind: str
    name: str | None
    about: str
    created: int | None = Field(description="Null for a guest who has made nothing yet.")
    acting_by: str | None = Field(description="Who acts, where one acts as a collective.")
    signed_in: bool = Field(description="Whether one may change by what one comes in.")
    encrypted: bool
    passkeys_work: bool = Field(description="Whether passkeys work at this address.")
    password_changed: int | None = Field(description="Null where there is no password.")
    sessions: tuple[SessionView, ...]
    passkeys: tuple[PasskeyView, ...]
    keys: tuple[KeyView, ...]
    collectives: tuple[CollectiveLine, ...]
    asked: tuple[AskedView, ...]
    credits: tuple[CreditAskedView, ...]
    may_invite: bool
    trouble: Trouble | None = None
    about_what: str = Field(default="", description="Which part the trouble is about.")


class MemberView(View):
    """Who belongs to a collective."""

    id: str
    name: str | None
    since: int
    you: bool


class AskingView(View):
    """An invitation that a collective gave out."""

    id: str
    name: str | None = Field(description="Whom it asks; null for a link.")
    until: int


class InvitesView(View):
    """What the policy says of the links that a member gives out. Null: no bound."""

    may: bool = Field(description="Whether members may invite whoever is not here.")
    waiting: int = Field(description="Links of this member's that nobody has come by yet.")
    most: int | None = Field(description="So many may wait at a time.")
    today: int = Field(
        description="Links made in 24 hours by them and by whom the same member's links brought."
    )
    others: int = Field(description="How many of these they did not make themselves.")
    a_day: int | None = Field(description="So many may be made in 24 hours.")


class CollectiveView(View):
    """A collective, for its members."""

    id: str
    name: str | None
    about: str
    members: tuple[MemberView, ...]
    asking: tuple[AskingView, ...]
    invites: InvitesView | None = Field(
        default=None, description="Null for the owner and keepers, who have no bounds."
    )
    link: str | None = Field(default=None, description="An invitation just made; shown this once.")
    here_alone: bool = Field(default=False, description="Whether that opens on this machine alone.")
    once: str
    trouble: Trouble | None = None


class InvitationView(View):
    """An invitation as whoever made it sees it afterwards: without its secret."""

    id: str
    kind: str
    name: str | None
    collective: str | None
    opens: str | None = Field(description="Whose login it opens again.")
    by: str | None
    created: int
    until: int
    state: str = Field(description="good, used, revoked or over.")
    used_by: str | None


class InvitationsView(View):
    """Invitations, newest first; and one that was just made."""

    invitations: tuple[InvitationView, ...]
    owner: bool = Field(description="Whether one may invite keepers.")
    link: str | None = Field(default=None, description="The link just made; shown this once.")
    qr: str | None = Field(default=None, description="The same as an SVG picture.")
    here_alone: bool = Field(default=False, description="Whether it opens on this machine alone.")
    once: str = Field(
        description="What the form sends along, so that a second press makes no second link."
    )
    trouble: Trouble | None = None


class KeyMadeView(View):
    """A key just made: its secret is shown this once."""

    id: str
    name: str
    may: tuple[str, ...]
    secret: str


class LeaveView(View):
    """What leaving does, and to how much."""

    name: str | None
    kind: str
    works: int = Field(description="Works that are here.")
    shown: int = Field(description="Works that others can see, and that may stay.")
    asks: str = Field(
        description="password, nothing or signing in: how one says that one means it."
    )
    may: bool = Field(description="Whether one may leave at all.")
    trouble: Trouble | None = None


class CreditsView(View):
    """The credit roll of a work."""

    work: str
    credits: tuple[CreditView, ...]
