# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration: a file, variables, the command line, and the last start."""

from pathlib import Path

import pytest

from appliance.config import Config, load_config, record_config
from appliance.errors import ConfigError


def test_the_command_line_wins_over_variables_and_these_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('port = 1111\nadmin_port = 2222\nstate = "/from/file"\n')
    environ = {"CHASHMA_CONFIG": str(file), "CHASHMA_PORT": "3333", "CHASHMA_STATE": "/from/env"}
    config = load_config(environ, state=tmp_path)
    assert (config.state, config.port, config.admin_port) == (tmp_path, 3333, 2222)


def test_a_command_knows_how_the_library_was_started(tmp_path: Path) -> None:
    started = Config(state=tmp_path, port=9080, kiwix_serve='/opt/"киwix"\\serve')
    record_config(started)
    environ = {"CHASHMA_CONFIG": str(tmp_path / "none.toml")}
    assert load_config(environ, state=tmp_path) == started
    assert load_config(environ | {"CHASHMA_PORT": "80"}, state=tmp_path).port == 80


def test_a_child_process_gets_the_same(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "Мактаб 1", port=9080, admin_port=9443)
    assert load_config(config.environment) == config


@pytest.mark.parametrize("text", ["port = 'many'", "colour = 'blue'", "port = ", b"\xff"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str | bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load_config({"CHASHMA_CONFIG": str(file)})


def test_addresses_leave_the_usual_ports_out(tmp_path: Path) -> None:
    usual = Config(state=tmp_path, port=80, admin_port=443)
    assert (usual.portal_url, usual.admin_url) == ("http://localhost", "https://admin.localhost")
    assert Config(state=tmp_path).read_url == "http://read.localhost:8080"
