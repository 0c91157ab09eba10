# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible over a root folder: the same playbook that converges a running machine over SSH."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from image_build.cell import in_cell
from image_build.errors import BuildError
from image_build.recipe import PROVISIONING, Recipe
from image_build.tree import pack_tree


def unpack(base: Path, root: Path) -> None:
    """A fresh root from the base."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    subprocess.run(
        ["tar", "--extract", "--file", base, "--numeric-owner", "--xattrs", "--directory", root],
        check=True,
    )


def provision(recipe: Recipe) -> int:
    """Converge the recipe's root; how many tasks changed something.

    Raises:
        BuildError: a task failed; what Ansible printed says which.
    """
    tar = pack_tree(recipe.work / "tree", recipe.epoch)
    stats = recipe.work / "ansible-stats.json"
    inside = 'mount -t proc proc "$1/proc" && mount -t tmpfs tmpfs "$1/tmp" && shift && exec "$@"'
    ran = subprocess.run(
        in_cell(
            *("sh", "-euc", inside, "sh", str(recipe.root)),
            *(str(Path(sys.executable).parent / "ansible-playbook"), "site.yml"),
            *("--inventory", f"{recipe.root},", "--connection", "chroot"),
            *("--extra-vars", json.dumps(_variables(recipe, tar))),
        ),
        cwd=PROVISIONING,
        env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": str(recipe.work),
            "ANSIBLE_CONFIG": str(PROVISIONING / "ansible.cfg"),
            "CHASHMA_STATS": str(stats),
        },
        check=False,
    )
    if ran.returncode:
        raise BuildError("The playbook did not run to its end; what it printed says where.")
    return _changed(json.loads(stats.read_text("utf-8")))


def _variables(recipe: Recipe, tar: Path) -> dict[str, object]:
    return {"tree": str(tar), "packages": list(recipe.packages), "epoch": recipe.epoch}


def _changed(stats: dict[str, dict[str, int]]) -> int:
    return sum(host["changed"] for host in stats.values())
