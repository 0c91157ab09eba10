# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificate that each box makes for its own admin panel."""

import datetime
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.config import Config, load_config

# A box without a clock battery may wake up years before today, or be used for decades.
_FIRST_DAY = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_LIFE = datetime.timedelta(days=40 * 365)


def ensure_certificate(config: Config) -> None:
    """Make key and certificate in ``tls/`` of the state folder, if they are not there.

    The certificate appears last, by rename: where it is, its key is whole.
    """
    folder = config.state / "tls"
    folder.mkdir(parents=True, exist_ok=True)
    certificate_file = folder / "admin.crt"
    if _covers(certificate_file, config.admin_host) and (folder / "admin.key").exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    _replace(
        folder / "admin.key",
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        mode=0o600,
    )
    certificate = _self_signed(key, config.admin_host)
    _replace(certificate_file, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _covers(file: Path, host: str) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (FileNotFoundError, ValueError, x509.ExtensionNotFound):
        return False
    return host in names.value.get_values_for_type(x509.DNSName)


def _self_signed(key: ec.EllipticCurvePrivateKey, host: str) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, host),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Chashma"),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FIRST_DAY)
        .not_valid_after(_FIRST_DAY + _LIFE)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _replace(file: Path, data: bytes, *, mode: int) -> None:
    temporary = file.with_name(f".{file.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)


def main() -> None:
    """Make the certificate of this machine's configuration, if there is none."""
    ensure_certificate(load_config())


if __name__ == "__main__":
    main()
