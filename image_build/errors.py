# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong while an image is built, by name."""


class BuildError(Exception):
    """The image cannot be built; the message says what to do."""


class NotReadyError(BuildError):
    """This machine cannot build an image yet; the message lists all that is missing."""
