# SPDX-License-Identifier: GPL-3.0-or-later
"""Others' files that we pass on are exactly what their authors released."""

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
    # h5p-standalone 3.8.2, dist/ without its fonts for texts (MIT, with H5P's core: GPL-3.0)
    "webapp/read/vendor/h5p/main.bundle.js": (
        "74a3fa8b6acdee907edf2030c26161a510a6d5d75bbd2aadb49f22c964ed50d4"
    ),
    "webapp/read/vendor/h5p/frame.bundle.js": (
        "e6deb39e2d0114869080bacdf4092dcb30cf2ce20f8bde3c3ba8af035fa86e0b"
    ),
    "webapp/read/vendor/h5p/styles/h5p.css": (
        "bd1ce5c19c81392768b0a3da2382c298c5935743d90391a4f591b949bf90f9dc"
    ),
    "webapp/read/vendor/h5p/fonts/h5p-core-30.woff2": (
        "fc0fc677374df9e2db0932dd7fcc144544cbbae6ceb59f5e4efbe57852c017cd"
    ),
    "webapp/read/vendor/h5p/fonts/h5p-hub-publish.woff2": (
        "c3f3e969c906dd2fbe7de0f9486af321213f1429363e15b5e94a2bc729a563df"
    ),
    "webapp/read/vendor/h5p/fonts/h5p-theme.woff2": (
        "9591c8c4c6e8a3a90f54affb3fc1970cf5e96b82c09cbe5d087a035e95d42ffc"
    ),
    "webapp/read/vendor/h5p/images/h5p.svg": (
        "dafbb2661ab0d3c57e6337a030afaab359ea7bc01e3a0f61afb2658c84049ef0"
    ),
    "webapp/read/vendor/h5p/images/throbber.gif": (
        "e7c6655c9a42e87273aad9eb790113db737ce5f11a1c076c2278584f52a473bd"
    ),
    # scorm-again 3.4.3, dist/scorm12.min.js (MIT)
    "webapp/read/vendor/scorm12.min.js": (
        "cf86d5840673b1ae90d00a1f6689376312842b65c7595b417b1259bfb0fc56b6"
    ),
    # htmx.org 2.0.4, dist/htmx.min.js (0BSD)
    "webapp/portal/static/vendor/htmx.min.js": (
        "e209dda5c8235479f3166defc7750e1dbcd5a5c1808b7792fc2e6733768fb447"
    ),
}


def test_everything_vendored_is_listed() -> None:
    found = {
        file.relative_to(_PROJECT).as_posix()
        for folder in (_PROJECT / "webapp").rglob("vendor")
        for file in folder.rglob("*")
        if file.is_file() and "LICENSE" not in file.name
    }
    assert found == set(_RELEASED)


@pytest.mark.parametrize("path", _RELEASED)
def test_what_is_vendored_is_as_released_and_has_its_licence(path: str) -> None:
    file = _PROJECT / path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == _RELEASED[path]
    own = file.with_name(file.name.replace(".min.js", ".LICENSE"))
    assert own.exists() or any((folder / "LICENSE").exists() for folder in file.parents[:2])
