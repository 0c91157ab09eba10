# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning once more changes nothing: what a box is stands in the playbook, wholly."""

import shutil
from pathlib import Path

import pytest

from image_build.provision import provision
from image_build.recipe import Arch, Recipe, commit_time, project_version
from tests.image.conftest import BUILT, work_folder
from tests.image.disk_image import DiskImage, run

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.xdist_group("artifacts")]


def test_the_second_run_changes_nothing(image: DiskImage) -> None:
    folder = work_folder("provisioning")
    built = _recipe(BUILT)
    assert built.root.is_dir(), "the root that make image has left is gone"
    copy = _recipe(folder)
    # Not by shutil, which would read /dev/zero to its end.
    run("cp", "--archive", str(built.root), str(copy.root))

    assert provision(copy) == 0

    shutil.rmtree(copy.root)


def _recipe(work: Path) -> Recipe:
    return Recipe(
        arch=Arch.ARM64,
        version=project_version(),
        epoch=commit_time(),
        work=work.absolute(),
        out=work.absolute(),
    )
