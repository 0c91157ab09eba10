# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys as people name them on a command line: a file, or the letters themselves."""

from collections.abc import Iterable
from pathlib import Path

import click

from appliance.cli.output import language
from appliance.content.pack.public_key import read_public_key
from appliance.content.pack.secret_key import SecretKey, needs_password, read_secret_key
from appliance.content.policy import TrustedKey
from appliance.errors import RefusalError
from appliance.reasons import sentence

_MOST_LETTERS = 4096


def ask_secret_key(file: Path) -> SecretKey:
    """The secret key in a file; asks for its password where it has one.

    Raises:
        click.ClickException: it cannot be read, or the password is wrong.
    """
    text = _text(file)
    try:
        locked = needs_password(text)
        asked = (
            click.prompt(f"Password of {file.name}", hide_input=True, err=True) if locked else ""
        )
        return read_secret_key(text, asked)
    except RefusalError as exc:
        raise click.ClickException(sentence(exc.code, exc.details, language())) from exc


def ask_public_keys(names: Iterable[str]) -> tuple[TrustedKey, ...]:
    """Public keys, each given as its 56 letters or as its file.

    Raises:
        click.ClickException: one is neither.
    """
    found = []
    for name in names:
        path = Path(name)
        try:
            key = read_public_key(_text(path) if path.is_file() else name)
        except RefusalError as exc:
            reason = sentence(exc.code, exc.details, language())
            raise click.ClickException(f"{name}: {reason}") from exc
        found.append(TrustedKey(key.text, path.name if path.is_file() else ""))
    return tuple(found)


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(_MOST_LETTERS)
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
