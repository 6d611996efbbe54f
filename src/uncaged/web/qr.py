"""An address as a QR code: inline SVG, dark squares on white whatever the colours of the page are. Knows no address."""

import segno
from markupsafe import Markup, escape

BORDER = 4
"""Empty squares around the code, without which readers do not find it (ISO/IEC 18004)."""


def svg(address: str, aloud: str) -> Markup:
    """The code. aloud: what somebody hears who does not see it; the address has to stand beside it as text."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = len(rows) + 2 * BORDER
    path = "".join(
        f"M{x + BORDER} {y + BORDER}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return Markup(  # noqa: S704 - numbers, and what is escaped
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="232" height="232" role="img" '
        f'aria-label="{escape(aloud)}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path class="on" fill="#000" d="{path}"/></svg>'
    )
