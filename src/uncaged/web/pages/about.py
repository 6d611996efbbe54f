"""What this is, who sees what, and whom to write to, as far as the house has said it."""

from uncaged.archive import mast
from uncaged.core.version import __version__
from uncaged.web.here import Here
from uncaged.web.views.reading import AboutView


def show(here: Here) -> AboutView:
    """The page of the house about itself."""
    with here.studio.archive.read() as conn:
        name, about, contact = (mast.said(conn, page) for page in ("name", "about", "contact"))
    return AboutView(
        version=__version__,
        house=name or None,
        about=about or None,
        contact=contact or None,
        local=here.web.local,
    )
