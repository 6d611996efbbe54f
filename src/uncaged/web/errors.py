"""What only the door of the web says no to. Everything else the web says no to stands in `uncaged.core.errors`."""

from uncaged.core.errors import AskedWrong, Failed


class WrongHost(AskedWrong):
    """The request names a host that is not this studio, as a page that plays tricks with names would."""

    http_status = 421


class TooLarge(AskedWrong):
    """More was sent than the studio takes in one request."""

    http_status = 413


class TooSlow(AskedWrong):
    """A request took longer to arrive than anybody waits."""

    http_status = 408


class NotThere(AskedWrong):
    """An address at which there is nothing, or a way of asking that it does not know."""

    def __init__(self, message: str, hint: str = "", status: int = 404) -> None:
        super().__init__(message, hint)
        self.http_status = status


class Full(Failed):
    """More people look, or wait with an open line, than this web can serve; or it is about to end."""

    http_status = 503


class NotYet(Failed):
    """What somebody waits for takes longer than one request lasts; it goes on being made."""

    http_status = 503


class OurMistake(Failed):
    """Something nobody thought of; it is written where the studio's owner reads it."""
