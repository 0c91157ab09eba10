# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pack is beside the shelf, and what the panel is left of it."""

from pathlib import Path

from appliance.content.drive_view import (
    DriveView,
    LineState,
    PackLine,
    PackView,
    forget_drive_view,
    read_drive_view,
    write_drive_view,
)
from appliance.content.installed import InstalledPack, read_installed, write_installed
from appliance.content.pack.info import PackInfo


def test_what_was_seen_is_left_for_the_panel_and_forgotten_with_the_drive(tmp_path: Path) -> None:
    line = PackLine("urn:chashma:pack:m:1", LineState.NEWER, "Математика", replaces="Кӯҳна")
    info = PackInfo("m", 2, {"tg": "Математика"})
    pack = PackView("m.chashma", info, standing="trusted", installed=3, lines=(line,))
    for drive_id in ("stick", "../../etc", "\udcff"):
        view = DriveView("stick", "2026-01-01T00:00:00Z", 5, (pack,))
        view = DriveView(drive_id.encode("utf-8", "replace").decode(), view.looked, 5, (pack,))
        assert read_drive_view(tmp_path, view.id) is None
        write_drive_view(tmp_path, view)
        assert read_drive_view(tmp_path, view.id) == view
        assert view.packs[0].back
        forget_drive_view(tmp_path, view.id)
        assert read_drive_view(tmp_path, view.id) is None
    assert [path.name for path in tmp_path.iterdir()] == ["drives"]


def test_the_installed_version_is_kept_by_series(tmp_path: Path) -> None:
    assert read_installed(tmp_path, "m") is None
    pack = InstalledPack("m", 7, {"tg": "М"}, "0" * 64, "2026-01-01T00:00:00Z")
    write_installed(tmp_path, pack)
    assert read_installed(tmp_path, "m") == pack
    (tmp_path / "packs" / "m.json").write_bytes(b"{")
    assert read_installed(tmp_path, "m") is None
