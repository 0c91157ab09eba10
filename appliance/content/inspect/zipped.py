# SPDX-License-Identifier: GPL-3.0-or-later
"""A ZIP whose name says nothing of what it holds: what lies in it decides who looks at it."""

import msgspec

from appliance.content.inspect.html import inspect_html
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.quiz import inspect_quiz_package, quiz_members
from appliance.content.inspect.scorm import inspect_scorm
from appliance.content.inspect.scorm_manifest import manifest_path
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import open_package
from appliance.content.item import Kind


def inspect_zip(staged: Staged) -> Inspection:
    """Inspect SCORM and questions in QTI as such, and everything else as web pages.

    Raises:
        RefusalError: as the inspector that is chosen.
    """
    with open_package(staged.main, expected="ZIP") as package:
        is_scorm = bool(manifest_path(package))
        if not is_scorm and "imsmanifest.xml" in package.members and quiz_members(package):
            found = inspect_quiz_package(staged, package)
            return msgspec.structs.replace(found, kind=Kind.QUIZ)
    return inspect_scorm(staged) if is_scorm else inspect_html(staged)
