"""Records of the machine: whether all is well."""

from uncaged.web.views.base import View


class HealthView(View):
    """Whether all is well. The single answers are for whoever may know them.

    steward_silent: seconds since the steward's last sign of life; None where none lives.
    """

    well: bool
    writer: bool | None = None
    readable: bool | None = None
    writable: bool | None = None
    steward: bool | None = None
    steward_silent: float | None = None
    free_megabytes: int | None = None
    policy_mistake: str | None = None
