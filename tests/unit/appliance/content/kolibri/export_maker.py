# SPDX-License-Identifier: GPL-3.0-or-later
"""Kolibri exports for tests, in the tables of schema 5."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMA = """
CREATE TABLE content_channelmetadata (id char(32) PRIMARY KEY, name varchar(200), description text,
  author varchar(400), version integer, thumbnail text, root_id char(32),
  min_schema_version varchar(50));
CREATE TABLE content_contentnode (id char(32) PRIMARY KEY, parent_id char(32), kind varchar(200),
  title varchar(200), description text, author varchar(200), lang_id varchar(14),
  license_name varchar(50), license_owner varchar(200), lft integer, rght integer,
  available bool, options text);
CREATE TABLE content_file (id char(32) PRIMARY KEY, contentnode_id char(32),
  local_file_id varchar(32), preset varchar(150), supplementary bool, thumbnail bool,
  priority integer, lang_id varchar(14));
CREATE TABLE content_localfile (id varchar(32) PRIMARY KEY, extension varchar(40),
  file_size integer, available bool);
"""
CHANNEL = "c" * 32
ROOT = "0" * 32


def hex_id(name: str) -> str:
    return hashlib.md5(name.encode()).hexdigest()


class Export:
    """A ``KOLIBRI_DATA`` folder with one channel."""

    def __init__(self, stick: Path, channel: str = CHANNEL, title: str = "Канали об") -> None:
        self.folder = stick / "KOLIBRI_DATA"
        self.storage = self.folder / "content" / "storage"
        self.database = self.folder / "content" / "databases" / f"{channel}.sqlite3"
        self.database.parent.mkdir(parents=True, exist_ok=True)
        self._order = 0
        self.run(SCHEMA)
        self.insert("content_channelmetadata", id=channel, name=title, root_id=ROOT)
        self.node("root", "topic", id=ROOT)

    def run(self, script: str) -> None:
        with closing(sqlite3.connect(self.database)) as database:
            database.executescript(script)

    def insert(self, table: str, **values: object) -> None:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
            )

    def node(self, title: str, kind: str, parent: str = "", **values: object) -> str:
        """A node below another (named by title); its id."""
        self._order += 1
        row = {
            "id": hex_id(title),
            "parent_id": hex_id(parent) if parent else ROOT,
            "kind": kind,
            "title": title,
            "lft": self._order,
            **values,
        }
        self.insert("content_contentnode", **row)
        return str(row["id"])

    def file(self, title: str, path: Path | None, extension: str, **values: object) -> Path:
        """A file of a node; without a path its bytes are not in the storage."""
        content = path.read_bytes() if path else f"missing {title}".encode()
        md5 = hashlib.md5(content).hexdigest()
        self.insert(
            "content_file",
            id=hex_id(f"{title}{md5}{values}"),
            contentnode_id=hex_id(title),
            local_file_id=md5,
            **{"supplementary": False, "thumbnail": False, **values},
        )
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(
                "INSERT OR IGNORE INTO content_localfile VALUES (?, ?, ?, 1)",
                (md5, extension, len(content)),
            )
        target = self.storage / md5[0] / md5[1] / f"{md5}.{extension}"
        if path:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return target
