# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a ZIM file, by name."""


class ArchiveError(Exception):
    """The root: a ZIM file cannot be used."""


class NotAnArchiveError(ArchiveError):
    """It does not begin as a ZIM file does."""


class CutShortError(ArchiveError):
    """It ends before the place where its own header puts its end."""


class ChecksumError(ArchiveError):
    """Its bytes are not those that its maker summed up."""


class DamagedError(ArchiveError):
    """Its structure contradicts itself."""
