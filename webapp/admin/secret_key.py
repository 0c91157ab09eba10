# SPDX-License-Identifier: GPL-3.0-or-later
"""The key that signs the cookies of one box, made at its first start."""

from pathlib import Path

from appliance.school.kept_secret import kept_secret

_NAME = "admin-secret-key"


def secret_key(state: Path) -> bytes:
    """The key in the state folder; made there if it is missing, readable for its owner alone."""
    return kept_secret(state / _NAME)
