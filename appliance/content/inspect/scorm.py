# SPDX-License-Identifier: GPL-3.0-or-later
"""SCORM 1.2: unpacked for the host of untrusted content, with a list of what can be launched."""

import msgspec

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.html import is_served, page_pictures, write_pages
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.scorm_manifest import Manifest
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.content.scorm import FILE_NAME, ScormPackage
from appliance.errors import RefusalError


def inspect_scorm(staged: Staged) -> Inspection:
    """Read the manifest, unpack the pages and read their words.

    Raises:
        RefusalError: scorm-no-lesson, scorm-version, scorm-file-missing, scorm-manifest-twice, or
            for what may be wrong with an archive.
    """
    with open_package(staged.main, expected="SCORM") as package:
        manifest = Manifest(package)
        scos = manifest.scos()
        entry = scos[0].href.partition("?")[0].partition("#")[0]
        if not all(is_served(sco.href.partition("?")[0].partition("#")[0]) for sco in scos):
            raise RefusalError("scorm-no-lesson")
        package.unpack(staged.pages, wanted=is_served, progress=staged.progress)
        with PassageWriter(staged.folder) as passages:
            written = write_pages(package, passages)
        (staged.folder / FILE_NAME).write_bytes(msgspec.json.encode(ScormPackage(scos)))
        title = manifest.title or (scos[0].title if len(scos) == 1 else "") or staged.title
        return Inspection(
            kind=Kind.SCORM,
            metadata=Metadata(
                title=title,
                languages=plain.languages([manifest.language])
                or plain.languages([guess_language(written.sample)])
                or plain.languages([written.language]),
            ),
            details=Details(
                pages=written.pages,
                entry=entry,
                contents=tuple((sco.title, sco.href) for sco in scos) if len(scos) > 1 else (),
            ),
            cover=make_cover(staged, Kind.SCORM, title, page_pictures(package, entry)),
            warnings=("text-cut",) if passages.cut else (),
        )
