"""A certificate and its key, looked at before anything listens: whether they fit, and until when they are good.

Knows no server.
"""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from uncaged.core.errors import AskedWrong


@dataclass(frozen=True, slots=True)
class Pair:
    """certificate, key: files in PEM. good_until: µs UTC. names: of hosts that it speaks for."""

    certificate: Path
    key: Path
    good_until: int
    names: tuple[str, ...] = ()


def read_pair(certificate: Path | None, key: Path | None, now: int) -> Pair | None:
    """The pair, None where neither was given. `AskedWrong` says what is wrong with it. now: µs UTC."""
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        missing = "--tls-cert" if certificate is None else "--tls-key"
        raise AskedWrong(
            f"A certificate and its key come together; {missing} is missing.",
            "Give both: --tls-cert FILE --tls-key FILE",
        )
    chain = _read(certificate, "certificate")
    _read(key, "key")
    _fit(certificate, key)
    first = _first_of(chain, certificate)
    if now >= first.good_until:
        raise AskedWrong(
            f"The certificate {certificate} was good until {_day(first.good_until)}.",
            "Have it renewed; browsers refuse it.",
        )
    if now < first.good_from:
        raise AskedWrong(
            f"The certificate {certificate} is good from {_day(first.good_from)} on, not yet.",
            "Is this machine's clock right?",
        )
    return Pair(certificate.absolute(), key.absolute(), first.good_until, first.names)


@dataclass(frozen=True, slots=True)
class _Facts:
    good_from: int
    good_until: int
    names: tuple[str, ...]


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AskedWrong(
            f"The {what} {path} cannot be read ({error.strerror}).", "Is the path right, and yours?"
        ) from None


def _fit(certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def locked() -> str:
        raise AskedWrong(
            f"The key {key} is locked by a pass phrase.",
            "A studio begins by itself: give it one without.",
        )

    try:
        context.load_cert_chain(certificate, key, password=locked)
    except ssl.SSLError as error:
        reason = (error.reason or "").upper()
        if "MISMATCH" in reason:
            said = f"The key {key} is not the one of the certificate {certificate}."
        else:
            said = f"{certificate} and {key} are no certificate and its key in PEM."
        raise AskedWrong(
            said, "Give the full chain and the private key that belong together."
        ) from None


def _first_of(chain: bytes, path: Path) -> _Facts:
    from cryptography import x509

    try:
        one = x509.load_pem_x509_certificates(chain)[0]
    except (ValueError, IndexError):
        raise AskedWrong(f"{path} is no certificate in PEM.") from None
    try:
        said = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(said.get_values_for_type(x509.DNSName))
    except (x509.ExtensionNotFound, ValueError):
        names = ()
    return _Facts(_us(one.not_valid_before_utc), _us(one.not_valid_after_utc), names)


def _us(moment: datetime) -> int:
    return int(moment.timestamp() * 1e6)


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e6, UTC).strftime("%Y-%m-%d")
