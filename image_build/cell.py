# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that mount things and start others: nothing of theirs outlasts the build."""

from collections.abc import Sequence


def in_cell(*command: str) -> Sequence[str]:
    """The words that run a command with processes and mounts of its own.

    However this process ends, the kernel ends the command (``PDEATHSIG``, of prctl(2)), with it all
    that it started (the first of a PID namespace takes the others along, pid_namespaces(7)), and
    with the last of them the mounts go. Needs root.
    """
    return (
        *("setpriv", "--pdeathsig", "KILL"),
        *("unshare", "--pid", "--kill-child", "--mount-proc", "--propagation", "private"),
        # The first process also has to wait for orphans, which this shell does and few programs do.
        *("sh", "-c", '"$@"; exit $?', "sh"),
        *command,
    )
