# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of a root: Debian with every package, made by mmdebstrap and kept as a tar."""

import shlex
import shutil
import subprocess
from pathlib import Path

from image_build.cell import in_cell
from image_build.errors import BuildError
from image_build.preflight import check_server
from image_build.recipe import PROJECT, SUITE, Recipe

# Of everything newer in the base, which outlives many builds: the day of Debian 13, 2025-08-09.
_EPOCH = 1754697600
_DEBIAN = PROJECT / "image_build" / "debian"


def base_tar(recipe: Recipe) -> Path:
    """The base as a tar file, made if there is none of this recipe."""
    file = recipe.base
    if file.exists():
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = sources()
    for line in lines:
        url, suite, *_ = line.partition("] ")[2].split()
        check_server(url, suite)
    unfinished, root = file.with_suffix(".new.tar"), recipe.work / "base.new"
    unfinished.unlink(missing_ok=True)
    # A build that was cut off has left it; its mounts went with it.
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    hook = shlex.quote(str(_DEBIAN / "install.sh"))
    ran = subprocess.run(
        in_cell(
            *("mmdebstrap", f"--architectures={recipe.arch}", "--variant=apt", "--mode=root"),
            *('--aptopt=Apt::Install-Recommends "0"', "--skip=cleanup/reproducible"),
            f"--dpkgopt={_DEBIAN / 'left-out'}",
            f'--customize-hook={hook} "$1" {shlex.join(recipe.packages)}',
            *(SUITE, str(unfinished), *lines),
        ),
        check=False,
        env={**_environment(), "SOURCE_DATE_EPOCH": str(_EPOCH), "TMPDIR": str(root)},
    )
    shutil.rmtree(root, ignore_errors=True)
    if ran.returncode:
        unfinished.unlink(missing_ok=True)
        raise BuildError("mmdebstrap could not make the base; what it printed says why.")
    unfinished.replace(file)
    return file


def sources() -> tuple[str, ...]:
    """Lines of ``sources.list`` for the suite, at the servers that this machine itself uses."""
    said = subprocess.run(
        [
            *("apt-get", "indextargets", "--format", "$(LABEL) $(COMPONENT) $(REPO_URI)"),
            "Created-By: Packages",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    servers: dict[str, str] = {}
    for line in said.stdout.splitlines():
        label, _, server = line.partition(" main ")
        servers.setdefault(label, server)
    if "Debian" not in servers:
        raise BuildError(
            "This machine's package sources name no server for Debian. Add one and try again."
        )
    keyring = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    lines = [f"deb {keyring} {servers['Debian']} {SUITE} main non-free-firmware"]
    if "Debian-Security" in servers:
        security = servers["Debian-Security"]
        lines.append(f"deb {keyring} {security} {SUITE}-security main non-free-firmware")
    return tuple(lines)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root"}
