# SPDX-License-Identifier: GPL-3.0-or-later
"""Channel databases that somebody made to do harm."""

import shutil
from pathlib import Path

import pytest

from appliance.content.discover import Candidate, discover
from tests.unit.appliance.content.kolibri.export_maker import Export, hex_id


@pytest.fixture
def export(tmp_path: Path) -> Export:
    export = Export(tmp_path / "stick")
    export.node("Китоб", "document")
    book = tmp_path / "book.pdf"
    book.write_bytes(b"%PDF-1.4")
    export.file("Китоб", book, "pdf")
    return export


def found(export: Export) -> list[Candidate]:
    """The parts of the channels, without the channels as courses."""
    return [one for one in discover([export.folder.parent]) if not one.course]


def problems(export: Export) -> list[str]:
    return [one.problem for one in found(export)]


def test_the_export_is_sound_without_harm(export: Export) -> None:
    assert problems(export) == [""]


@pytest.mark.parametrize(
    "script",
    [
        # a view in the place of a table, over whatever it likes
        "DROP TABLE content_localfile; CREATE VIEW content_localfile AS SELECT 1 AS id;",
        # a virtual table in its place
        "DROP TABLE content_localfile;"
        "CREATE VIRTUAL TABLE content_localfile USING fts5(id, extension, file_size);",
        # a row larger than any honest one
        "UPDATE content_contentnode SET description = hex(zeroblob(12000000));",
        "DROP TABLE content_channelmetadata;",
        "DELETE FROM content_channelmetadata;",
        "UPDATE content_channelmetadata SET id = 7;",
    ],
    ids=["view", "virtual", "huge-row", "no-table", "no-channel", "no-id"],
)
def test_a_database_that_is_more_than_data_is_refused(export: Export, script: str) -> None:
    export.run(script)
    assert problems(export) == ["kolibri-unreadable"]


def test_a_column_that_computes_is_not_read(export: Export) -> None:
    export.run(
        "DROP TABLE content_localfile; CREATE TABLE content_localfile (x, id, file_size,"
        "extension GENERATED ALWAYS AS (hex(zeroblob(100000000))));"
        "INSERT INTO content_localfile (x, id) VALUES (1, 'a');"
    )
    assert problems(export) == ["kolibri-kind"]


def test_triggers_and_other_tables_do_nothing(export: Export) -> None:
    export.run(
        "CREATE TABLE other (x); CREATE TRIGGER t AFTER INSERT ON content_file"
        " BEGIN DELETE FROM content_contentnode; END;"
        "CREATE INDEX i ON content_contentnode (abs(lft));"
    )
    before = export.database.read_bytes()
    assert problems(export) == [""]
    assert export.database.read_bytes() == before
    assert sorted(path.name for path in export.database.parent.iterdir()) == [export.database.name]


def test_wrong_types_are_no_values(export: Export) -> None:
    node = hex_id("Китоб")
    for column in ("title", "description", "author", "lang_id", "license_name", "lft"):
        export.run(f"UPDATE content_contentnode SET {column} = x'ff00fe' WHERE id = '{node}'")
    export.insert("content_contentnode", id=b"\xff", kind=5, title=3.5)
    export.insert("content_contentnode", id="../../etc/passwd", kind="document", title="x")
    export.insert("content_contentnode", id=hex_id("loop"), parent_id=hex_id("loop"), kind="topic")
    (book,) = found(export)
    assert (book.problem, book.said.title) == ("", node)


def test_names_that_lead_elsewhere_are_no_names(export: Export) -> None:
    for number, (md5, extension) in enumerate(
        [("../" * 10 + "a" * 2, "pdf"), ("a" * 32, "pdf/../../x"), ("A" * 31 + "/", "pdf")]
    ):
        title = f"бад {number}"
        export.node(title, "document")
        export.insert(
            "content_file", id=str(number), contentnode_id=hex_id(title), local_file_id=md5,
            supplementary=0, thumbnail=0,
        )  # fmt: skip
        export.insert("content_localfile", id=md5, extension=extension)
    assert problems(export) == ["", "kolibri-kind", "kolibri-kind", "kolibri-kind"]


def test_markup_and_directions_in_titles_are_plain(export: Export) -> None:
    export.run("UPDATE content_contentnode SET title = '<script>x</script>a\u202eb/../c\n'")
    (book,) = found(export)
    assert book.said.title == "ab/../c"
    assert ".." not in Path(book.source).parts


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_no_database_is_named(export: Export, content: bytes) -> None:
    export.database.write_bytes(content)
    assert problems(export) == ["kolibri-unreadable"]


def test_a_cut_database_is_named(export: Export) -> None:
    whole = export.database.read_bytes()
    export.database.write_bytes(whole[: len(whole) // 2])
    assert problems(export) == ["kolibri-unreadable"]


@pytest.mark.parametrize(
    "name", ["file:x?mode=rwc&vfs=unix.sqlite3", "%2e%2e.sqlite3", "a b.sqlite3"]
)
def test_only_channel_ids_are_names_of_databases(export: Export, name: str) -> None:
    shutil.copy(export.database, export.database.with_name(name))
    assert sorted(problems(export)) == ["", "kolibri-unreadable"]


def test_a_folder_with_marks_in_its_name_is_read(tmp_path: Path) -> None:
    export = Export(tmp_path / "100% ?#&мактаб")
    export.node("Китоб", "exercise")
    assert problems(export) == ["kolibri-kind"]


def test_a_link_is_no_database(export: Export, tmp_path: Path) -> None:
    real = tmp_path / "real.sqlite3"
    export.database.rename(real)
    export.database.symlink_to(real)
    assert problems(export) == ["kolibri-unreadable"]
