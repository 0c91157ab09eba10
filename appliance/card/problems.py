# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a line of ``chashma.toml``, in plain words for whoever wrote it."""

from collections.abc import Mapping

from appliance.hotspot.problems import PROBLEMS as HOTSPOT_PROBLEMS
from appliance.language import N_

PROBLEMS: Mapping[str, str] = {
    "file-unreadable": N_("The file cannot be read. Write it anew, as plain text."),
    "file-too-large": N_("The file is too long to be read: at most 64 KB."),
    "wrong-name": N_("The file has a second ending. Rename it to chashma.toml."),
    "not-utf-8": N_(
        "This line was not saved as UTF-8; Tajik letters may be lost. Save the file as UTF-8."
    ),
    "too-many": N_("There are too many mistakes. What follows was not read."),
    "not-understood": N_(
        'This line is not understood. It must be a name, then =, then a value; a text in "quotes".'
    ),
    "heading": N_("Lines in [brackets] mean nothing here. The lines below it were read."),
    "twice": N_("This is said twice. The first line counts."),
    "unknown-key": N_("There is no setting of this name. Look for a spelling mistake."),
    "wrong-kind": N_('The value is not of its kind: a text stands in "quotes", a number does not.'),
    "school-name-wrong": N_("The name of the school must be 1 to 80 letters on one line."),
    "trusted-key-wrong": N_(
        "This is not a minisign public key: 56 letters and figures, beginning with RW."
    ),
    "administrator-hash-wrong": N_(
        "This is not the hash of a password: it begins with $argon2id$."
    ),
    "ssh-key-wrong": N_(
        "This is not a public SSH key: one line that begins with ssh-ed25519 or the like."
    ),
    **HOTSPOT_PROBLEMS,
}
