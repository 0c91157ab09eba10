# SPDX-License-Identifier: GPL-3.0-or-later
"""Root at a shell of the box does as the user does whose files they are.

Else the worker could not move what root had brought in, and root would open what strangers made.
"""

import os
import pwd
from pathlib import Path

_UMASK = 0o027


def become_owner(path: Path) -> None:
    """Go on for good as the user and group of ``path``, if this is root and they are not root's.

    Where it does not exist nothing changes: the state folder is new, and root's own.
    """
    if os.geteuid() != 0:
        return
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    if status.st_uid == 0:
        return
    os.initgroups(pwd.getpwuid(status.st_uid).pw_name, status.st_gid)
    os.setgid(status.st_gid)
    os.setuid(status.st_uid)
    os.umask(_UMASK)
