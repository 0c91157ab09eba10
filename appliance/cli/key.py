# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma key``: the keys that packs are signed with; minisign can use them, and we its."""

import os
from pathlib import Path

import click

from appliance.cli.key_file import ask_public_keys, ask_secret_key
from appliance.cli.output import language, print_json, say
from appliance.content.pack.revocation import COMMENT, LIST_NAME, LIST_SIGNATURE_NAME
from appliance.content.pack.secret_key import new_secret_key, secret_key_file
from appliance.content.pack.signature import public_key, public_key_file, sign
from appliance.errors import RefusalError
from appliance.reasons import sentence
from appliance.timestamp import utc_now

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("key")
def key_command() -> None:
    """Keys that packs are signed with."""


@key_command.command("new")
@click.option("-o", "--output", type=_FILE, default=Path("chashma.key"), show_default=True)
@click.option("--no-password", is_flag=True, help="Anybody who has the file can sign with it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def new_command(output: Path, no_password: bool, as_json: bool) -> None:
    """Make a pair of keys: a secret FILE, and FILE.pub, whose content boxes are told to trust."""
    public_file = output.with_name(f"{output.name}.pub")
    for file in (output, public_file):
        if os.path.lexists(file):
            raise click.ClickException(f"{file} is there already; nothing was changed")
    password = ""
    if not no_password:
        password = click.prompt(
            "Password of the key", hide_input=True, confirmation_prompt=True, err=True
        )
    secret = new_secret_key()
    public = public_key(secret)
    try:
        _write(output, secret_key_file(secret, password), 0o600)
        _write(public_file, public_key_file(public), 0o644)
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    if as_json:
        print_json({"key": public.text, "fingerprint": public.fingerprint, "file": str(output)})
        return
    say(f"{output}: the secret key. Keep it, keep a copy of it, and give it to nobody.")
    say(f"{public_file}: the public key {public.fingerprint}. This is what a box must know:")
    click.echo(public.text)


@key_command.command("revoke")
@click.argument("keys", nargs=-1, required=True, metavar="PUB…")
@click.option("--key", "key_file", type=_FILE, required=True, help="The secret key that signs.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="The folder for the list: the top of a stick.",
)
def revoke_command(keys: tuple[str, ...], key_file: Path, output: Path) -> None:
    """Write a signed list of keys that shall count no longer.

    PUB is a public key or its file. Boxes that trust the key that signs take the list from a stick.
    """
    lines = [f"{trusted.key}\n" for trusted in ask_public_keys(keys)]
    content = "".join(lines).encode("ascii")
    try:
        signature = sign(content, ask_secret_key(key_file), f"{COMMENT} made {utc_now()}")
        _replace(output / LIST_NAME, content)
        _replace(output / LIST_SIGNATURE_NAME, signature)
    except RefusalError as exc:
        raise click.ClickException(sentence(exc.code, exc.details, language())) from exc
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    say(f"{output / LIST_NAME}: {len(lines)} key(s)")


def _write(file: Path, content: bytes, mode: int) -> None:
    """A new file that was never there for others to read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, mode), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _replace(file: Path, content: bytes) -> None:
    temporary = file.with_name(f".{file.name}.new")
    temporary.unlink(missing_ok=True)
    _write(temporary, content, 0o644)
    temporary.replace(file)
