"""Pictures that come with a request of `/v1`: as a file, as a data URL, by the id of a file that is here.

Their bytes are opened elsewhere, in a limited child (`core.pictures`).
"""

from starlette.datastructures import UploadFile

from uncaged.web.here import Here
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Given
from uncaged.web.words import _


def picture_of(here: Here, given: Given | None, name: str = "input_reference") -> bytes | None:
    """The bytes of a picture, of which nothing is known yet."""
    if given is None:
        return None
    if given.upload is not None:
        return read_upload(given.upload)
    if given.data is not None:
        return given.data
    if given.url is not None:
        raise WrongField(
            _("This studio fetches no pictures from elsewhere."),
            _("Send the picture itself, as a file or as a data URL."),
            param=name,
            code="unsupported",
        )
    raise WrongField(
        _("There is no file {} here.").format(repr((given.id or "")[:60])), param=name, status=404
    )


def read_upload(upload: UploadFile) -> bytes:
    """All bytes of a part."""
    upload.file.seek(0)
    return upload.file.read()
