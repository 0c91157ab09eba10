# SPDX-License-Identifier: GPL-3.0-or-later
"""A SCORM 1.2 package: the lessons in it that tell results.

``scorm.json`` of an item of the kind scorm holds exactly this, made by its inspector from the
package's ``imsmanifest.xml``.
"""

from pathlib import Path

import msgspec

FILE_NAME = "scorm.json"

MOST_SCOS = 200


class Sco(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lesson that can be launched by itself: a shareable content object.

    Attributes:
        id: its item's identifier in the manifest, unique in the package.
        href: its page below the item's ``pages``, percent-encoded, with query and fragment.
        mastery: score from 0 to 100 at which it is passed; nothing where the package says none.
        launch_data: handed to it as ``cmi.launch_data``.
    """

    id: str
    title: str
    href: str
    mastery: float | None = None
    launch_data: str = ""


class ScormPackage(msgspec.Struct, frozen=True):
    """The lessons of a package, in order; at least one."""

    scos: tuple[Sco, ...]

    def at(self, place: str) -> Sco:
        """The lesson that a place means: a href, or the path of one; else the first."""
        path = place.partition("?")[0].partition("#")[0]
        same = [sco for sco in self.scos if sco.href == place]
        near = [sco for sco in self.scos if sco.href.partition("?")[0].partition("#")[0] == path]
        return (*same, *near, *self.scos)[0]


def read_scorm(folder: Path) -> ScormPackage:
    """The package of an item that lies in this folder.

    Raises:
        OSError: it cannot be read.
        msgspec.MsgspecError: it is not what an inspector wrote.
    """
    return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=ScormPackage)
