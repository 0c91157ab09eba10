# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a channel's database, which a stranger made, and prints it as JSON.

For a child process with limits. Of the database only plain tables are read, column by column, and
nothing in it is run: no view, no trigger, no function (https://www.sqlite.org/security.html).
"""

import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import msgspec

from appliance.content.inspect.plain import plain
from appliance.content.kolibri.channel import MOST_NODES, Channel, ChannelFile, Node
from appliance.language import normal_language

_CHANNEL, _NODES = "content_channelmetadata", "content_contentnode"
_FILES, _STORED = "content_file", "content_localfile"
_TABLES = {_CHANNEL, _NODES, _FILES, _STORED}
_COLUMNS = {
    _CHANNEL: ("id", "name", "root_id"),
    _NODES: (
        "id", "parent_id", "kind", "title", "description", "author", "lang_id", "license_name",
        "license_owner", "lft",
    ),
    _FILES: (
        "contentnode_id", "local_file_id", "preset", "supplementary", "thumbnail", "priority",
        "lang_id",
    ),
    _STORED: ("id", "extension", "file_size"),
}  # fmt: skip
_HEX = re.compile(r"[0-9a-f]{32}")
_EXTENSION = re.compile(r"[a-z0-9]{1,10}")
_LONGEST_VALUE = 16_000_000
_MOST_ROWS = 40 * MOST_NODES
_DEEPEST = 24
_TITLE, _TEXT = 200, 2000
_OWN_PRAGMAS = ("table_info",)
_UNKNOWN_PRIORITY = 9

Row = dict[str, object]


def read_channel(path: Path) -> Channel:
    """Read a channel.

    Raises:
        sqlite3.Error: it is no database, or not of this kind.
        ValueError: likewise.
    """
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        _harden(database)
        about = next(_rows(database, _CHANNEL), {})
        channel_id = _hex(about.get("id"))
        if not channel_id:
            raise ValueError("no channel")
        nodes = list(_rows(database, _NODES))
        files = _files(database)
    nodes.sort(key=lambda row: _number(row["lft"]))
    parents = {_hex(row["id"]): row for row in nodes if row["kind"] == "topic"}
    root = _hex(about.get("root_id"))
    content = [row for row in nodes if row["kind"] != "topic" and _hex(row["id"])]
    return Channel(
        id=channel_id,
        title=_words(about.get("name"), _TITLE) or channel_id,
        nodes=tuple(_node(row, parents, root, files) for row in content[:MOST_NODES]),
        is_cut=len(content) > MOST_NODES,
    )


def _harden(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.set_authorizer(_allowed)


def _allowed(
    action: int, first: str | None, second: str | None, _base: str | None, _inner: str | None
) -> int:
    """Reading from four tables, and asking for their columns."""
    reading = action == sqlite3.SQLITE_READ and first in _TABLES | {"sqlite_master"}
    asking = action == sqlite3.SQLITE_PRAGMA and first in _OWN_PRAGMAS
    fine = reading or asking or action == sqlite3.SQLITE_SELECT
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def _rows(database: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows of a plain table with the columns that are wanted; what it has not is None."""
    found = database.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (table,))
    kind, sql = found.fetchone() or ("", "")
    if kind != "table" or not re.match(r"\s*CREATE\s+TABLE\b", str(sql), re.IGNORECASE):
        raise ValueError(f"{table} is no plain table")
    wanted = _COLUMNS[table]
    there = {str(row[1]) for row in database.execute(f"PRAGMA table_info({table})")}
    columns = [name if name in there else f"NULL AS {name}" for name in wanted]
    query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names from this file alone
    for number, values in enumerate(database.execute(query)):
        if number >= _MOST_ROWS:
            raise ValueError(f"{table} has too many rows")
        yield dict(zip(wanted, values, strict=True))


def _files(database: sqlite3.Connection) -> dict[str, list[ChannelFile]]:
    """The files of each node, best first."""
    stored = {_hex(row["id"]): row for row in _rows(database, _STORED)}
    ranked: dict[str, list[tuple[float, ChannelFile]]] = defaultdict(list)
    for row in _rows(database, _FILES):
        md5 = _hex(row["local_file_id"])
        local = stored.get(md5, {})
        extension = str(local.get("extension", "")).lower()
        if md5 and _EXTENSION.fullmatch(extension):
            size = local.get("file_size")
            file = ChannelFile(
                md5=md5,
                extension=extension,
                size=size if isinstance(size, int) else -1,
                preset=_words(row["preset"], _TITLE),
                is_side=bool(row["supplementary"]),
                is_thumbnail=bool(row["thumbnail"]),
                language=normal_language(_words(row["lang_id"], _TITLE)),
            )
            ranked[_hex(row["contentnode_id"])].append((_rank(row), file))
    return {
        node: [file for _, file in sorted(files, key=lambda one: one[0])]
        for node, files in ranked.items()
    }


def _rank(row: Row) -> float:
    """As Kolibri ranks them; of a film in two qualities the better first."""
    priority = _number(row["priority"]) if row["priority"] is not None else _UNKNOWN_PRIORITY
    return priority + (0.5 if row["preset"] == "low_res_video" else 0)


def _node(
    row: Row, parents: dict[str, Row], root: str, files: dict[str, list[ChannelFile]]
) -> Node:
    node_id = _hex(row["id"])
    return Node(
        id=node_id,
        kind=_words(row["kind"], _TITLE),
        title=_words(row["title"], _TITLE) or node_id,
        description=_words(row["description"], _TEXT),
        author=_words(row["author"], _TITLE),
        language=normal_language(_words(row["lang_id"], _TITLE)),
        licence=_words(row["license_name"], _TITLE),
        owner=_words(row["license_owner"], _TITLE),
        topics=_topics(row, parents, root),
        files=tuple(files.get(node_id, ())),
    )


def _topics(row: Row, parents: dict[str, Row], root: str) -> tuple[str, ...]:
    """Titles from the outermost topic in; the root is the channel itself."""
    found: list[str] = []
    above = _hex(row["parent_id"])
    while above in parents and above != root and len(found) < _DEEPEST:
        found.append(_words(parents[above]["title"], _TITLE))
        above = _hex(parents[above]["parent_id"])
    return tuple(reversed(found))


def _hex(value: object) -> str:
    text = value.replace("-", "").lower() if isinstance(value, str) else ""
    return text if _HEX.fullmatch(text) else ""


def _words(value: object, most: int) -> str:
    return plain(value, most) if isinstance(value, str) else ""


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def main() -> None:
    """Print the channel of the database named on the command line."""
    sys.stdout.buffer.write(msgspec.json.encode(read_channel(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
