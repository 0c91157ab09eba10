# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing a pack that is there already, on the computer of who made it."""

import datetime
import zipfile
from pathlib import Path

from appliance.content.pack.carrier import ZipCarrier
from appliance.content.pack.info import SIGNATURE_NAME
from appliance.content.pack.pack import Pack
from appliance.content.pack.secret_key import SecretKey
from appliance.content.pack.signature import sign
from appliance.content.pack.trusted_comment import comment_for
from appliance.errors import ApplianceError


class CannotSignError(ApplianceError):
    """The pack lies in volumes: they would have to be cut anew."""


def sign_pack(pack: Pack, key: SecretKey, until: datetime.date | None = None) -> None:
    """Put a signature into a pack; an older one goes.

    A zip gets it at its end, in place: it may hold more than there is room for twice. If the power
    fails just then, the pack must be made again.

    Raises:
        CannotSignError: the pack lies in volumes.
        OSError: it cannot be written.
    """
    signature = sign(pack.bag.tag_manifest, key, comment_for(pack.info, until).text)
    carrier = pack.bag.carrier
    if not isinstance(carrier, ZipCarrier):
        _into_folder(pack.path / SIGNATURE_NAME, signature)
    elif carrier.is_cut:
        raise CannotSignError(pack.path.name)
    else:
        _into_zip(pack.path, carrier.top + SIGNATURE_NAME, signature)


def _into_folder(file: Path, signature: bytes) -> None:
    temporary = file.with_name(f"{file.name}.new")
    temporary.write_bytes(signature)
    temporary.replace(file)


def _into_zip(path: Path, name: str, signature: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        older = archive.NameToInfo.pop(name, None)
        if older:
            archive.filelist.remove(older)
        archive.writestr(name, signature, zipfile.ZIP_STORED)
