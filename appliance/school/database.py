# SPDX-License-Identifier: GPL-3.0-or-later
"""``school.db``: what cannot be made again if it is lost."""

from appliance.config import Config
from appliance.database import Database


def open_school(config: Config) -> Database:
    """Open ``school.db``, and make it readable for its owner alone.

    It holds password hashes; SQLite gives the ``-wal`` and ``-shm`` files the mode of the database
    (``findCreateFileMode`` in its ``os_unix.c``).
    """
    config.state.mkdir(parents=True, exist_ok=True)
    config.school_db.touch(mode=0o600)
    return Database(
        config.school_db,
        "appliance.school.migrations",
        synchronous="FULL",
        secure_delete=True,
    )
