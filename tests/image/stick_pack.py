# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick with a signed pack that is large enough to be interrupted, and a box that trusts it."""

import random
import shlex
import zipfile
from pathlib import Path

import msgspec

from tests.image.machine import Machine
from tests.image.stick import Stick, make_stick
from tests.pack_maker import INFO, Entry, make_pack, trusted

LIGHT = "A new archive"
_MIB = 1 << 20
_HEAVY_MIB = 24
_TRUST = """
import sys
from appliance.config import load_config
from appliance.school.database import open_school
from appliance.school.stick_trust import StickTrust, take_card_keys

config = load_config()
database = open_school(config)
with database.transaction() as connection:
    take_card_keys(connection, [sys.argv[1]])
StickTrust(config, database).publish()
"""


def packed_stick(folder: Path, archive: Path, heavy: str) -> Stick:
    """On FAT32, as the district would do it.

    Args:
        folder: for its file.
        archive: that comes along.
        heavy: title of the large book; another title makes another book and another pack.
    """
    file, name = folder / "heavy.zip", heavy.lower().replace(" ", "-")
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("index.html", f"<!doctype html><title>{heavy}</title><h1>{heavy}</h1>")
        made.writestr("noise.bin", random.Random(heavy).randbytes(_HEAVY_MIB * _MIB))
    (folder / "on-stick").mkdir()
    pack = make_pack(
        folder / "on-stick",
        [
            Entry(name, {f"{name}.zip": file}, title={"en": heavy}),
            Entry("archive", {"archive.zim": archive}, title={"en": LIGHT}),
        ],
        info=msgspec.structs.replace(INFO, id=name),
    )
    return make_stick(folder / "pack.img", "vfat", "PACK", {pack.name: pack}, mib=96)


def trust(machine: Machine) -> None:
    """Have the box trust the key that packs for tests are signed with."""
    machine.run(
        "cd / && umask 007 && setpriv --reuid chashma-web --regid chashma --init-groups"
        f" python3 -P -c {shlex.quote(_TRUST)} {trusted()}"
    )
