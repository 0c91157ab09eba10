# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of all parts of an image with versions and licences, in SPDX 2.3."""

import datetime
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from license_expression import get_spdx_licensing
from spdx_tools.spdx.model import (
    Actor,
    ActorType,
    Document,
    ExternalPackageRef,
    ExternalPackageRefCategory,
    Package,
    PackagePurpose,
    Relationship,
    RelationshipType,
    SpdxNoAssertion,
)
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.writer.write_anything import write_file

_NAMESPACE = "https://spdx.org/spdxdocs/chashma"


class Part(NamedTuple):
    """A part of our own program that no package of Debian holds."""

    name: str
    version: str
    licence: str
    locator: str


# The scripts in webapp/*/vendor, see docs/decisions/0005-vendored-scripts.md.
VENDORED = (
    Part("epubjs", "0.3.93", "BSD-2-Clause", "pkg:npm/epubjs@0.3.93"),
    Part("htmx.org", "2.0.4", "0BSD", "pkg:npm/htmx.org@2.0.4"),
    # Its own code, and H5P's core that it brings.
    Part("h5p-standalone", "3.8.2", "MIT AND GPL-3.0-only", "pkg:npm/h5p-standalone@3.8.2"),
    Part("scorm-again", "3.4.3", "MIT", "pkg:npm/scorm-again@3.4.3"),
)


def write_sbom(root: Path, file: Path, version: str, arch: str, epoch: int) -> None:
    """Write the parts list of an unpacked root.

    debsbom reads Debian's own records of what is installed; what we add to Debian is added.

    Raises:
        subprocess.CalledProcessError: the root has no such records.
    """
    with tempfile.TemporaryDirectory(prefix="sbom-", dir=file.parent) as folder:
        debian = Path(folder) / "debian"
        _list_debian_packages(root, debian, version, arch, epoch)
        document = parse_file(str(debian.with_suffix(".spdx.json")))
    _add_ours(document, version)
    # The tool walks through sets.
    document.packages.sort(key=lambda package: str(package.spdx_id))
    document.relationships.sort(key=str)
    write_file(document, str(file), validate=True)


def _list_debian_packages(root: Path, out: Path, version: str, arch: str, epoch: int) -> None:
    when = datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    subprocess.run(
        [
            *(Path(sys.executable).parent / "debsbom", "generate", "--sbom-type", "spdx"),
            *("--root", root, "--out", out, "--distro-arch", arch, "--with-licenses"),
            *("--distro-name", "Chashma-image", "--distro-version", version),
            *("--distro-supplier", "Chashma", "--timestamp", when.isoformat()),
            *("--spdx-namespace", f"{_NAMESPACE}-{version}-{arch}-{epoch}"),
        ],
        check=True,
        stderr=subprocess.DEVNULL,  # packages without a maintainer, one line each
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def _add_ours(document: Document, version: str) -> None:
    image = next(
        one
        for one in document.packages
        if one.primary_package_purpose is PackagePurpose.OPERATING_SYSTEM
    )
    ours = Part("chashma", version, "GPL-3.0-or-later", f"pkg:generic/chashma@{version}")
    for part in (ours, *VENDORED):
        package = _as_package(part)
        document.packages.append(package)
        document.relationships.append(
            Relationship(package.spdx_id, RelationshipType.PACKAGE_OF, image.spdx_id)
        )


def _as_package(part: Part) -> Package:
    licence = get_spdx_licensing().parse(part.licence)
    return Package(
        spdx_id=f"SPDXRef-own-{part.name}",
        name=part.name,
        version=part.version,
        download_location=SpdxNoAssertion(),
        supplier=Actor(ActorType.ORGANIZATION, "Chashma"),
        files_analyzed=False,
        license_declared=licence,
        license_concluded=licence,
        copyright_text=SpdxNoAssertion(),
        primary_package_purpose=PackagePurpose.APPLICATION,
        external_references=[
            ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", part.locator)
        ],
    )
