# SPDX-License-Identifier: GPL-3.0-or-later
"""A way in for whoever put a key on the card; without one there is none.

sshd's own configuration (``provisioning``) names the files that are made here; no password counts.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.durable import sync_file, sync_folder, write_file
from appliance.process import ProcessError

log = logging.getLogger(__name__)

AUTHORIZED = Path("/run/chashma-ssh/authorized_keys")
_HOST_KEY = "ssh_host_ed25519_key"


def open_ssh(
    keys: Sequence[str],
    host_keys: Path,
    run: Callable[[Sequence[str]], None],
    authorized: Path = AUTHORIZED,
) -> None:
    """Let the owners of these keys in, as root.

    Args:
        keys: lines of ``authorized_keys``, checked by ``appliance.card``.
        host_keys: the folder in which this box keeps its own key; made here, never in the image.
        run: calls a tool; raises ``ProcessError`` if it fails.
        authorized: where sshd looks for the keys.

    Raises:
        ProcessError, OSError: there is no way in.
    """
    authorized.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(authorized, "".join(f"{key}\n" for key in keys).encode(), mode=0o600)
    _make_host_key(host_keys / _HOST_KEY, run)
    run(("systemctl", "--no-block", "start", "ssh.service"))
    log.info("ssh is open for %d keys", len(keys))


def _make_host_key(file: Path, run: Callable[[Sequence[str]], None]) -> None:
    """Once for each box: whoever has seen it before would be warned of another."""
    try:
        run(("ssh-keygen", "-y", "-P", "", "-f", str(file)))
    except ProcessError:
        log.info("a key of this box is made")
    else:
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(".new")
    for half in (new, _public(new)):
        half.unlink(missing_ok=True)
    run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "chashma", "-f", str(new)))
    for half in (_public(new), new):
        sync_file(half)
    _public(new).replace(_public(file))
    new.replace(file)
    sync_folder(file.parent)


def _public(file: Path) -> Path:
    return file.with_name(f"{file.name}.pub")
