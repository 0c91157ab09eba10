# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the box keeps its things and under which names it is reached.

The one reader of the configuration file and of the ``CHASHMA_*`` variables.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from appliance.errors import ConfigError

DEFAULT_FILE = Path("/etc/chashma/config.toml")
RECORD = Path("run", "config.toml")
"""Below the state folder: how the library was started the last time."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is settled before a process starts; never changes while it runs."""

    state: Path
    portal_host: str = "localhost"
    read_host: str = "read.localhost"
    admin_host: str = "admin.localhost"
    port: int = 8080
    admin_port: int = 8443
    kiwix_serve: str = "kiwix-serve"
    runtime: Path | None = None
    """Where sockets and the like lie; on the box in memory, else below the state folder."""
    agent_socket: Path = Path("/run/chashma-agent/agent.sock")

    @property
    def store(self) -> Path:
        """The folder that holds the content, each item under its id."""
        return self.state / "store"

    @property
    def catalog_db(self) -> Path:
        """Catalogue and search index; can be rebuilt from the store."""
        return self.state / "catalog.db"

    @property
    def school_db(self) -> Path:
        """People, settings and records of the school; precious."""
        return self.state / "school.db"

    @property
    def jobs_db(self) -> Path:
        """What staff asked the worker to do, and how far it is."""
        return self.state / "jobs.db"

    @property
    def drives(self) -> Path:
        """Each folder in it is a plugged-in drive."""
        return self.state / "drives"

    @property
    def stick_policy(self) -> Path:
        """What may come from sticks by itself (``appliance.content.policy``)."""
        return self.state / "stick-policy.json"

    @property
    def revoked_keys(self) -> Path:
        """Keys that signed lists on sticks have revoked (``appliance.content.revoked``)."""
        return self.state / "revoked-keys.json"

    @property
    def certificate_key(self) -> Path:
        """What this box signs certificates with; made at first need, for its owner alone."""
        return self.state / "certificate-key"

    @property
    def reports(self) -> Path:
        """What became of the newest sticks, in plain words."""
        return self.state / "reports"

    @property
    def uploads(self) -> Path:
        """Files that came from a browser and wait for the worker."""
        return self.state / "uploads"

    @property
    def library_xml(self) -> Path:
        """The list of archives that kiwix-serve reads."""
        return self.state / "library.xml"

    @property
    def cache(self) -> Path:
        """What can be made again: page images, nginx's cache."""
        return self.state / "cache"

    @property
    def run(self) -> Path:
        """Sockets, process ids and rendered service configuration."""
        return self.runtime or self.state / "run"

    @property
    def search_socket(self) -> Path:
        """Where the search inside archives answers (``kiwix.search_server``)."""
        return self.run / "search.sock"

    @property
    def card_json(self) -> Path:
        """The card as this boot found it: beside the agent's socket, where only root writes."""
        return self.agent_socket.parent / "card.json"

    @property
    def log(self) -> Path:
        """Logs of the laptop's stack; the box has a journal."""
        return self.state / "log"

    @property
    def portal_url(self) -> str:
        """Address of the portal, without a slash at its end."""
        return f"http://{self.portal_host}{_port_suffix(self.port, 80)}"

    @property
    def read_url(self) -> str:
        """Address of the host for untrusted content, without a slash at its end."""
        return f"http://{self.read_host}{_port_suffix(self.port, 80)}"

    def item_url(self, item_id: str) -> str:
        """Address of the host of one item alone: what its script stores, no other item sees."""
        return f"http://{item_id}.{self.read_host}{_port_suffix(self.port, 80)}"

    @property
    def item_urls(self) -> str:
        """All of these hosts, as a policy for browsers writes them."""
        return f"http://*.{self.read_host}{_port_suffix(self.port, 80)}"

    @property
    def admin_url(self) -> str:
        """Address of the admin panel, without a slash at its end."""
        return f"https://{self.admin_host}{_port_suffix(self.admin_port, 443)}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that give a child process this same configuration."""
        return {
            f"CHASHMA_{name.upper()}": str(getattr(self, name))
            for name in self.__struct_fields__
            if getattr(self, name) is not None
        }


def load_config(environ: Mapping[str, str] = os.environ, *, state: Path | None = None) -> Config:
    """Read the configuration file, then let variables, then ``state``, override it.

    What none of them says is as it was at the last start over this state folder, so that a command
    at a shell names the addresses under which the library is really reached.

    Args:
        environ: ``CHASHMA_CONFIG`` names the file (default ``/etc/chashma/config.toml``, which
            may be absent); ``CHASHMA_STATE``, ``CHASHMA_PORT`` and so on override single values.
        state: the state folder given on a command line.

    Raises:
        ConfigError: the file cannot be read, or a value is not of its kind.
    """
    file = Path(environ.get("CHASHMA_CONFIG", DEFAULT_FILE))
    values = _read_file(file)
    for name in Config.__struct_fields__:
        if environ.get(f"CHASHMA_{name.upper()}"):
            values[name] = environ[f"CHASHMA_{name.upper()}"]
    if state is not None:
        values["state"] = str(state)
    values.setdefault("state", "/data" if file.exists() else ".run")
    values = _read_file(Path(str(values["state"])) / RECORD) | values
    try:
        return msgspec.convert(values, Config, strict=False, dec_hook=_absolute_path)
    except msgspec.ValidationError as exc:
        raise ConfigError(f"{file}: {exc}") from exc


def record_config(config: Config) -> None:
    """Keep, for ``load_config``, how the library was started over its state folder."""
    lines = (
        # A JSON string is a TOML string too.
        f"{name} = {json.dumps(str(getattr(config, name)), ensure_ascii=False)}\n"
        for name in Config.__struct_fields__
        if name != "state" and getattr(config, name) is not None
    )
    file = config.state / RECORD
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.new")
    temporary.write_text("".join(lines), encoding="utf-8")
    temporary.replace(file)


def _read_file(file: Path) -> dict[str, object]:
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ConfigError(f"{file}: {exc}") from exc


def _absolute_path(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).absolute()
    raise NotImplementedError(kind)


def _port_suffix(port: int, default: int) -> str:
    return "" if port == default else f":{port}"
