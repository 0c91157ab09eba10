# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma.toml``: the one file of the SD card that a person may edit.

Every key is optional. ``appliance.card.read`` makes these from the file; a key that is wrong is
left out and told in ``CardReport.problems``, the others count.
"""

import msgspec

from appliance.hotspot.settings import HotspotSettings

FILE_NAME = "chashma.toml"
REPORT_NAME = "chashma-report.txt"
"""Lies beside the file while something in it is wrong."""


class CardSettings(msgspec.Struct, frozen=True):
    """What the file says; nothing where it is silent.

    Attributes:
        school_name: key ``school_name``.
        hotspot: keys ``hotspot_name``, ``hotspot_password``, ``country``, ``channel``, ``wired``,
            over the settings that held before.
        trusted_keys: key ``trusted_keys``, a list of minisign public keys (56 letters of base64).
        administrator_password_hash: key ``administrator_password_hash``, argon2id in its own form.
        ssh_keys: key ``ssh_key``, one line or a list of lines of ``authorized_keys``.
    """

    school_name: str | None = None
    hotspot: HotspotSettings | None = None
    trusted_keys: tuple[str, ...] = ()
    administrator_password_hash: str | None = None
    ssh_keys: tuple[str, ...] = ()


class CardProblem(msgspec.Struct, frozen=True):
    """A line that does not count.

    Attributes:
        code: a key of ``appliance.card.problems.PROBLEMS``.
        key: that it is about, or empty.
        line: its number in the file from 1, or 0 where it is not known.
        value: what stood there, shortened and printable; never a password or a hash.
    """

    code: str
    key: str = ""
    line: int = 0
    value: str = ""


class CardReport(msgspec.Struct, frozen=True):
    """The file as the box understood it at this boot; the agent writes it to ``Config.card_json``.

    Attributes:
        present: there is such a file.
        changed: it is not that of the boot before, so it is newer than what the panel says.
        digest: SHA-256 of the file, hexadecimal; empty where it is absent.
    """

    present: bool
    changed: bool
    digest: str
    settings: CardSettings
    problems: tuple[CardProblem, ...] = ()
