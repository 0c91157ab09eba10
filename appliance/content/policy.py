# SPDX-License-Identifier: GPL-3.0-or-later
"""What may come from sticks by itself, and whose signature counts.

The panel decides it and keeps it in ``school.db``, which the worker may not see; so the web writes
this file whenever something in it changes, and the worker reads it before each decision.
"""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import msgspec

from appliance.durable import write_file
from appliance.errors import ApplianceError


class PolicyError(ApplianceError):
    """The file is there and cannot be read; nothing may install by itself."""


class FromSticks(StrEnum):
    """What sticks may bring."""

    SIGNED = "signed"
    """Packs of trusted keys, by themselves; nothing else, even if somebody asks."""

    ASK = "ask"
    """Packs of trusted keys by themselves; everything else once a person says yes."""

    NOTHING = "nothing"


class TrustedKey(msgspec.Struct, frozen=True):
    """A key whose packs install by themselves.

    Attributes:
        key: minisign public key, 56 letters of base64.
        name: for people; empty where nobody gave it one.
    """

    key: str
    name: str = ""


class StickPolicy(msgspec.Struct, frozen=True):
    """The policy as it stands; a new box has these defaults.

    Attributes:
        revoked: public keys whose signature counts for nothing, whatever else is said of them.
        reports: a report may be written on the stick, where it can be written.
    """

    from_sticks: FromSticks = FromSticks.ASK
    keys: tuple[TrustedKey, ...] = ()
    revoked: tuple[str, ...] = ()
    reports: bool = True


def read_policy(path: Path) -> StickPolicy:
    """The policy; the defaults where none was written yet.

    Raises:
        PolicyError: it cannot be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=StickPolicy)
    except FileNotFoundError:
        return StickPolicy()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise PolicyError(str(exc)) from exc


def write_policy(path: Path, policy: StickPolicy) -> None:
    """Keep the policy; after a power cut it is the old one or the new one.

    Nothing is written where it stands so already: each start comes by here.

    Raises:
        OSError: the disk is full or failing.
    """
    text = msgspec.json.format(msgspec.json.encode(policy), indent=1) + b"\n"
    with suppress(OSError):
        if path.read_bytes() == text:
            return
    write_file(path, text)
