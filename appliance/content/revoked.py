# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that lists on sticks have revoked: ``Config.revoked_keys``.

The worker finds the lists and may not write the panel's settings, so it keeps a file of its own.
The worker adds it to the policy before each decision; the panel reads it to show and keep it. Keys
only ever come to it.
"""

from pathlib import Path

import msgspec

from appliance.content.policy import PolicyError, StickPolicy, read_policy
from appliance.durable import write_file


class Revoked(msgspec.Struct, frozen=True):
    """A key that a signed list has revoked.

    Attributes:
        key: public key, as in ``TrustedKey``.
        signer: the trusted key whose owner signed the list; ``when``: UTC, when it was found.
    """

    key: str
    signer: str
    when: str


def read_revoked(path: Path) -> tuple[Revoked, ...]:
    """Every key that a list has revoked.

    Raises:
        PolicyError: the file is there and cannot be read; nothing may install by itself.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Revoked, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise PolicyError(str(exc)) from exc


def add_revoked(path: Path, keys: tuple[Revoked, ...]) -> bool:
    """Keep more keys, through a power cut; whether one of them was new.

    Raises:
        PolicyError: what is there cannot be read.
        OSError: the disk is full or failing.
    """
    known = read_revoked(path)
    names = {one.key for one in known}
    new = tuple(one for one in keys if one.key not in names)
    if new:
        write_file(path, msgspec.json.format(msgspec.json.encode((*known, *new)), indent=1) + b"\n")
    return bool(new)


def current_policy(policy: Path, revoked: Path) -> StickPolicy:
    """What holds now: the panel's policy, and what lists have revoked since.

    Args:
        policy: ``Config.stick_policy``; ``revoked`` is ``Config.revoked_keys``.
        revoked: see ``policy``.

    Raises:
        PolicyError: one of the files cannot be read.
    """
    said = read_policy(policy)
    listed = tuple(one.key for one in read_revoked(revoked))
    keys = tuple(key for key in said.keys if key.key not in listed)
    return msgspec.structs.replace(said, keys=keys, revoked=(*said.revoked, *listed))
