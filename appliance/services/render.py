# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills in the configuration files of nginx and supervisord."""

import os
import re
import shutil
import socket
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from appliance.config import Config
from appliance.errors import ConfigError
from appliance.services.captive import captive_values
from appliance.services.service import kiwix_port, services

_NGINX_FILES = (
    "nginx.conf",
    "asker.conf",
    "headers.conf",
    "content.conf",
    "busy.conf",
    "portal.conf",
    "read.conf",
    "play.conf",
    "admin.conf",
    "archives.conf",
    "captive.conf",
    "certificate.conf",
    "mime.types",
)
_PICTURE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"
)
_LISTEN_QUEUE = 512


# nginx's own $name and @name stay as they are.
_PLACEHOLDER = re.compile(r"@\{([a-z_]+)\}")


def render(config: Config) -> None:
    """Write every configuration file below ``config.run``, for this machine.

    Raises:
        ConfigError: the state folder's name cannot be written in nginx's language.
    """
    (config.cache / "nginx").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(config.run / "captive", ignore_errors=True)
    (config.run / "captive").mkdir(parents=True)
    root = os.geteuid() == 0
    write_nginx_files(
        config,
        config.run / "nginx",
        web=web_folder(),
        user="user root;" if root else "",
        ipv6=_has_ipv6(),
        foreign_tls="include certificate.conf;",
    )
    programs = [_filled("program.conf", {"name": service.name}) for service in services(config)]
    _write(
        supervisor_file(config),
        _filled("supervisord.conf", {"user": "user=root" if root else ""}) + "".join(programs),
    )


def write_nginx_files(
    config: Config, folder: Path, *, web: Path, user: str, ipv6: bool, foreign_tls: str
) -> None:
    """Write nginx's configuration files into a folder.

    Args:
        web: the folder of the web pages, where nginx will run.
        user: nginx's directive of that name, or nothing.
        ipv6: whether to listen there too.
        foreign_tls: what is done on the admin panel's port with those who ask for another name.

    Raises:
        ConfigError: the state folder's name cannot be written in nginx's language.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values = _values(config, web, ipv6=ipv6) | {"user": user, "foreign_tls": foreign_tls}
    for name in _NGINX_FILES:
        _write(folder / name, _filled(name, values))


def supervisor_file(config: Config) -> Path:
    """Where supervisord's configuration is rendered to."""
    return config.run / "supervisord.conf"


def web_folder() -> Path:
    """The folder of the web pages, beside this package wherever it is installed."""
    return Path(__file__).absolute().parents[2] / "webapp"


def on_this_machine_only(config: Config) -> bool:
    """Whether the portal is reached by a name that means this machine to every machine."""
    return config.portal_host == "localhost" or config.portal_host.endswith(".localhost")


def _values(config: Config, web: Path, *, ipv6: bool) -> dict[str, str]:
    paths = {
        "run": config.run,
        "cache": config.cache,
        "store": config.store,
        "tls": config.state / "tls",
        "web": web,
    }

    def listen(port: int, options: str = "") -> str:
        return _listen(port, options, inside=on_this_machine_only(config), ipv6=ipv6)

    return {
        **{name: _quotable(str(path)) for name, path in paths.items()},
        "kiwix_port": str(kiwix_port(config)),
        "portal_host": _host(config.portal_host),
        "read_host": _host(config.read_host),
        "admin_host": _host(config.admin_host),
        "portal_url": config.portal_url,
        "read_url": config.read_url,
        "admin_url": config.admin_url,
        "picture_policy": _PICTURE_POLICY,
        "item_urls": config.item_urls,
        "read_host_pattern": re.escape(_host(config.read_host)),
        "listen": listen(config.port),
        "listen_default": listen(config.port, f"default_server backlog={_LISTEN_QUEUE}"),
        "listen_admin": listen(config.admin_port, "ssl"),
        "listen_admin_default": listen(config.admin_port, "ssl default_server"),
        **captive_values(),
    }


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = resources.files("appliance.services").joinpath("templates", name).read_text("utf-8")
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _quotable(path: str) -> str:
    if "$" in path or not path.isprintable():
        # nginx has no way to write a dollar sign that is not the start of a variable.
        raise ConfigError(f"{path}: nginx cannot use a folder whose name holds $ or is unprintable")
    return path.replace("\\", "\\\\").replace('"', '\\"')


def _host(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", name):
        raise ConfigError(f"{name}: not the name of a host")
    return name


def _listen(port: int, options: str, *, inside: bool, ipv6: bool) -> str:
    """``listen`` lines: for this machine alone, or for every network it is in."""
    addresses = [f"127.0.0.1:{port}" if inside else str(port)]
    if ipv6:
        addresses.append(f"[::1]:{port}" if inside else f"[::]:{port}")
    return "\n    ".join(f"listen {address} {options}".rstrip() + ";" for address in addresses)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
