# SPDX-License-Identifier: GPL-3.0-or-later
"""Others' scripts that we pass on are exactly what their authors released."""

import hashlib
from pathlib import Path

import pytest

_PROJECT = Path(__file__).parents[2]
# SHA-256 of the files in the packages on the npm registry.
_RELEASED = {
    # epubjs 0.3.93, dist/epub.min.js (BSD-2-Clause)
    "webapp/read/vendor/epub.min.js": (
        "06eae15745107b4aa508c95538275251f69bfb9f1175621fc458d9f42ed082d4"
    ),
    # htmx.org 2.0.4, dist/htmx.min.js (0BSD)
    "webapp/portal/static/vendor/htmx.min.js": (
        "e209dda5c8235479f3166defc7750e1dbcd5a5c1808b7792fc2e6733768fb447"
    ),
}


def test_every_vendored_script_is_listed() -> None:
    found = {
        file.relative_to(_PROJECT).as_posix() for file in (_PROJECT / "webapp").rglob("*.min.js")
    }
    assert found == set(_RELEASED)


@pytest.mark.parametrize("path", _RELEASED)
def test_a_vendored_script_is_as_released_and_has_its_licence(path: str) -> None:
    file = _PROJECT / path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == _RELEASED[path]
    assert file.with_name(file.name.replace(".min.js", ".LICENSE")).exists()
