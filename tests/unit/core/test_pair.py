"""A certificate and its key: what is wrong is said before anything listens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from uncaged.core.errors import AskedWrong
from uncaged.core.pair import read_pair

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
US = int(NOW.timestamp() * 1e6)


def made(
    folder: Path, name: str = "one", days: tuple[int, int] = (-1, 30), phrase: bytes | None = None
) -> tuple[Path, Path]:
    """A pair, good from so many days from now on, for so many."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "studio.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("studio.example")]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    lock = (
        serialization.NoEncryption()
        if phrase is None
        else serialization.BestAvailableEncryption(phrase)
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, lock))
    return files


def test_a_pair_that_fits(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    pair = read_pair(certificate, key, US)
    assert pair is not None and pair.names == ("studio.example",)
    assert pair.good_until == US + 30 * 86_400 * 1_000_000
    assert read_pair(None, None, US) is None


def test_one_alone_is_no_pair(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    with pytest.raises(AskedWrong, match="--tls-key is missing"):
        read_pair(certificate, None, US)
    with pytest.raises(AskedWrong, match="--tls-cert is missing"):
        read_pair(None, key, US)


def test_a_key_of_another_certificate(tmp_path: Path) -> None:
    (certificate, _), (_, key) = made(tmp_path), made(tmp_path, "two")
    with pytest.raises(AskedWrong, match="is not the one of the certificate"):
        read_pair(certificate, key, US)


@pytest.mark.parametrize(
    ("days", "said"), [((-30, -1), "was good until 2026-11-25"), ((1, 9), "not yet")]
)
def test_out_of_its_time(tmp_path: Path, days: tuple[int, int], said: str) -> None:
    with pytest.raises(AskedWrong, match=said):
        read_pair(*made(tmp_path, days=days), US)


def test_a_key_behind_a_pass_phrase_asks_nobody(tmp_path: Path) -> None:
    with pytest.raises(AskedWrong, match="pass phrase"):
        read_pair(*made(tmp_path, phrase=b"secret"), US)


@pytest.mark.parametrize("data", [b"", b"-----BEGIN CERTIFICATE-----\n", b"\xff" * 99])
def test_what_is_no_certificate(tmp_path: Path, data: bytes) -> None:
    certificate, key = made(tmp_path)
    (tmp_path / "bad").write_bytes(data)
    for pair in ((tmp_path / "bad", key), (certificate, tmp_path / "bad"), (key, certificate)):
        with pytest.raises(AskedWrong, match="no certificate"):
            read_pair(*pair, US)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    for pair in ((tmp_path / "none", key), (certificate, tmp_path)):
        with pytest.raises(AskedWrong, match="cannot be read"):
            read_pair(*pair, US)
