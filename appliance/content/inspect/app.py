# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs for Android: an archive that is one, offered for download and never opened further.

Format: https://developer.android.com/guide/components/fundamentals and, for the magic of the binary
manifest, ``RES_XML_TYPE`` in Android's ``ResourceTypes.h``.
"""

import re
from pathlib import PurePosixPath

from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import Package, open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

_MANIFEST = "AndroidManifest.xml"
_MANIFEST_MAGIC = b"\x03\x00\x08\x00"
_MANIFEST_LIMIT = 4_000_000
_ICON = re.compile(r"res/(?:mipmap|drawable)[^/]*/ic_launcher(?:_round)?\.(?:png|webp)")
_ICON_LIMIT = 2_000_000


def inspect_app(staged: Staged) -> Inspection:
    """See that the archive is a program that a phone could install.

    What it does there is up to whoever brought it; its signature is the phone's to check.

    Raises:
        RefusalError: it is no such archive, or what may be wrong with any archive.
    """
    # Names that differ only in case are usual: packing programs call resources aA.xml and Aa.xml.
    with open_package(staged.main, expected="APK", case_matters=True) as package:
        _check(package)
        return Inspection(
            metadata=Metadata(title=staged.title),
            details=Details(),
            cover=make_cover(staged, Kind.APP, staged.title, _icons(package)),
        )


def _check(package: Package) -> None:
    tops = {PurePosixPath(name).parts[0] for name in package.members}
    if _MANIFEST not in package.members or not tops & {"classes.dex", "META-INF"}:
        raise RefusalError("not-what-name-says", expected="APK")
    if not package.read(_MANIFEST, _MANIFEST_LIMIT).startswith(_MANIFEST_MAGIC):
        raise RefusalError("not-what-name-says", expected="APK")


def _icons(package: Package) -> list[bytes]:
    """The largest picture that is called the program's icon, if there is one."""
    named = [name for name in package.members if _ICON.fullmatch(name)]
    fit = [name for name in named if package.members[name].file_size <= _ICON_LIMIT]
    fit.sort(key=lambda name: -package.members[name].file_size)
    return [package.read(name, _ICON_LIMIT) for name in fit[:1]]
