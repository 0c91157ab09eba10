# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a stick that is plugged in cannot be read, in plain words for whoever plugged it in."""

from collections.abc import Mapping

from appliance.language import N_, translations

PROBLEMS: Mapping[str, str] = {
    "not-formatted": N_(
        "There is no file system on this stick. Format it on a computer, best as exFAT."
    ),
    "unknown-file-system": N_(
        "The box cannot read the format of this stick. It reads FAT32, exFAT, NTFS and ext4."
    ),
    "encrypted": N_("This stick is locked with a password. The box cannot open it."),
    "damaged": N_(
        "This stick is damaged and cannot be read. Check it on a computer, or take another one."
    ),
    "not-answering": N_(
        "This stick does not answer. Take it out and plug it in again; if that does not help, take "
        "another one."
    ),
}


def sentence(code: str, language: str) -> str:
    """The plain words for a problem, in a language of the interface."""
    return translations(language).gettext(PROBLEMS.get(code, PROBLEMS["damaged"]))
