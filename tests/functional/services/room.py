# SPDX-License-Identifier: GPL-3.0-or-later
"""A box in a room of its own: ``python -m tests.functional.services.room FOLDER FILES…``, as root.

Started in new namespaces for mounts, processes and networks, it lays memory over this machine's
root, makes the box's users and folders there, runs each service as its user and with its umask,
brings the files in as staff's browser would, reads them as a phone would, and prints what it saw.
systemd's sandbox is not here: that is tried where a whole image boots.
"""

import http.client
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import msgspec

from appliance.config import Config
from appliance.content.result import IngestResult
from appliance.jobs.job import IngestUpload
from appliance.jobs.queue import JobQueue
from appliance.services.box import CONFIG, write_box
from appliance.services.box_units import UNITS
from appliance.services.certificate import ensure_certificate
from appliance.services.readiness import wait_until_ready
from appliance.services.render import web_folder, write_nginx_files
from appliance.services.service import Service, services, this_machine
from tests.conftest import kiwix_serve_program

_PROJECT = Path(__file__).parents[3]
_NGINX = Path("/etc/chashma/nginx")
_SECONDS = 240


class Seen(msgspec.Struct, frozen=True):
    """What became of it.

    Attributes:
        results: of the ingest.
        answers: status by address, asked from outside.
        rights: ``mode owner:group`` by path below the state folder, as ``ls`` writes it.
        touchable: by user, what it may write to of the paths that ``main`` tries.
    """

    results: list[IngestResult]
    answers: dict[str, int]
    rights: dict[str, str]
    touchable: dict[str, list[str]]


def main(folder: Path, files: list[Path]) -> None:
    """Furnish the room, run everything in it, look, and print."""
    brought = [(file.name, file.read_bytes()) for file in files]
    _enter(folder)
    config = _furnish()
    table = services(config, msgspec.structs.replace(this_machine(config), nginx_files=_NGINX))
    running = [_start(service) for service in table]
    try:
        wait_until_ready(config, seconds=_SECONDS)
        _as("chashma-web", lambda: _bring(config, brought))
        queue = JobQueue(config.jobs_db)
        queue.wait(1, _SECONDS)
        results = queue.results(1)
        answers = dict(_answers(config, [result.id for result in results]))
        seen = Seen(results, answers, _rights(config.state), _touchable(config))
        sys.stdout.buffer.write(msgspec.json.encode(seen))
    finally:
        for process in running:
            process.terminate()
            process.wait()


def _enter(folder: Path) -> None:
    """Memory over the root of this machine; the rest of the process lives in it."""
    memory, root = folder / "memory", folder / "root"
    memory.mkdir()
    _run("mount", "-t", "tmpfs", "room", memory)
    for name in ("upper", "work"):
        (memory / name).mkdir()
    root.mkdir()
    layers = f"lowerdir=/,upperdir={memory}/upper,workdir={memory}/work"
    _run("mount", "-t", "overlay", "-o", layers, "room", root)
    for name in ("proc", "sys", "dev"):
        _run("mount", "--rbind", f"/{name}", root / name)
    for name in ("run", "tmp"):
        _run("mount", "-t", "tmpfs", "-o", "mode=1777", "room", root / name)
    if os.path.ismount(_PROJECT) or not (root / _PROJECT.relative_to("/")).exists():
        (root / _PROJECT.relative_to("/")).mkdir(parents=True, exist_ok=True)
        _run("mount", "--rbind", _PROJECT, root / _PROJECT.relative_to("/"))
    os.chroot(root)
    os.chdir("/")
    # Wherever the project lies, the box's users must be able to read it.
    for parent in _PROJECT.parents:
        parent.chmod(parent.stat().st_mode | 0o055)


def _furnish() -> Config:
    """Users, folders and configuration, from the same files as on the box."""
    _run("ip", "link", "set", "lo", "up")
    Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").write_text("0", encoding="ascii")
    write_box(Path("/"))
    config = msgspec.structs.replace(CONFIG, kiwix_serve=kiwix_serve_program())
    write_nginx_files(
        config,
        _NGINX,
        web=web_folder(),
        user="",
        ipv6=False,
        foreign_tls="ssl_reject_handshake on;",
    )
    users = Path("/usr/lib/sysusers.d/chashma.conf")
    _run("systemd-sysusers", users)
    # Those of Debian's packages, which this machine may not have.
    _run("systemd-sysusers", "--inline", "u dnsmasq -", "u systemd-timesync -")
    folders = Path("/usr/lib/tmpfiles.d/chashma.conf")
    _run("systemd-tmpfiles", "--create", folders)
    Path("/run/chashma/nginx").mkdir()
    shutil.chown("/run/chashma/nginx", "www-data", "www-data")
    _as("www-data", lambda: ensure_certificate(config))
    return config


def _start(service: Service) -> subprocess.Popen[bytes]:
    unit = UNITS[service.name]
    return subprocess.Popen(
        [*_becoming(unit.user, unit.group), *service.command],
        cwd=service.folder,
        env={"PATH": os.defpath, **service.environment},
        stdout=sys.stderr,
        umask=_umask(service.name),
    )


def _umask(service: str) -> int:
    [mask] = [line for line in UNITS[service].lines if line.startswith("UMask=")]
    return int(mask.removeprefix("UMask="), 8)


def _becoming(user: str, group: str) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups", "--no-new-privs"]


def _as(user: str, work: Callable[[], object]) -> None:
    """Do it in a child that is this user, with the umask of its service."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            known = pwd.getpwnam(user)
            os.initgroups(user, known.pw_gid)
            os.setgid(known.pw_gid)
            os.setuid(known.pw_uid)
            os.umask(0o007)
            work()
            status = 0
        except BaseException:  # the child must never return into its parent's code
            traceback.print_exc()
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"{user} could not do its work")


def _bring(config: Config, brought: list[tuple[str, bytes]]) -> None:
    folder = config.uploads / "brought"
    folder.mkdir(mode=0o770)
    for name, data in brought:
        (folder / name).write_bytes(data)
    JobQueue(config.jobs_db).submit(IngestUpload("brought"), "a test")


def _answers(config: Config, items: list[str]) -> Iterator[tuple[str, int]]:
    read = config.read_host
    asked = [(config.portal_host, "/"), (config.portal_host, "/search?q=a")]
    for item in items:
        paths = ("", "/read", "/download", "/page/1.jpg?w=900")
        asked += [(config.portal_host, f"/item/{item}{path}") for path in paths]
        asked += [(config.portal_host, f"/media/{item}/cover.webp"), (read, f"/zim/{item}/")]
        pages = config.store / "items" / item / "pages"
        found = sorted(path for path in pages.rglob("*.xhtml")) if pages.is_dir() else []
        asked += [(read, f"/pages/{item}/{path.relative_to(pages)}") for path in found[:1]]
    for item in items:
        if (config.store / "items" / item / "files" / f"{item}.zim").exists():
            _wait_for_archive(config, item)
    for host, path in asked:
        yield f"{host}{path}", _status(config, host, path)


def _wait_for_archive(config: Config, item: str) -> None:
    """kiwix-serve looks at its list from time to time; if it never does, the answer tells."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if _status(config, config.read_host, f"/zim/{item}/") < HTTPStatus.BAD_REQUEST:
            return
        time.sleep(0.2)


def _status(config: Config, host: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", config.port)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


def _rights(state: Path) -> dict[str, str]:
    return {
        str(
            path.relative_to(state)
        ): f"{path.stat().st_mode & 0o7777:o} {path.owner()}:{path.group()}"
        for path in sorted(state.rglob("*"))
        if not path.is_symlink()
    }


def _touchable(config: Config) -> dict[str, list[str]]:
    """What each user could write to, systemd's sandbox apart."""
    tried = {str(path.relative_to(config.state)): path for path in config.state.rglob("*")}
    found: dict[str, list[str]] = {}
    for user in sorted({unit.user for unit in UNITS.values()} - {"root"}):
        with tempfile.TemporaryFile() as said:

            def look(out: int = said.fileno()) -> None:
                names = [name for name, path in tried.items() if os.access(path, os.W_OK)]
                os.write(out, msgspec.json.encode(names))

            _as(user, look)
            said.seek(0)
            found[user] = msgspec.json.decode(said.read(), type=list[str])
    return found


def _run(*argv: str | Path) -> None:
    subprocess.run(argv, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
