# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack show``, ``verify`` and ``sign``: a pack that is there already."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from appliance.cli.key_file import ask_public_keys, ask_secret_key
from appliance.cli.output import language, print_json, say
from appliance.cli.progress_line import ProgressLine
from appliance.content.pack.pack import Pack, read_pack
from appliance.content.pack.sign_pack import CannotSignError, sign_pack
from appliance.content.pack.signer import fingerprint_of
from appliance.content.pack.verify import Standing, VerifiedPack, check_payload, verify_pack
from appliance.content.policy import StickPolicy
from appliance.content.progress import Progress
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES, size_in_words
from appliance.reasons import sentence

_PACK = click.Path(exists=True, path_type=Path)


@click.command("show")
@click.argument("path", type=_PACK, metavar="PACK")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def show_command(path: Path, as_json: bool) -> None:
    """Tell what a pack brings. Its payload is not read, and its signature not checked."""
    with _refusals():
        pack = read_pack(path.resolve())
    if as_json:
        print_json(_described(pack))
        return
    info = pack.info
    click.echo(f"{_title(info.title) or info.id}")
    click.echo(f"  {info.id} {info.version}  {info.publisher}  {info.made}")
    size = size_in_words(pack.size, language())
    click.echo(f"  {len(pack.publications)} titles, {size}, {_signed(pack)}")
    if info.since:
        click.echo(f"  brings what is new since {info.since}")
    for publication in pack.publications:
        title = _title(publication.titles) or publication.metadata.title
        click.echo(f"  + {title}  ({size_in_words(publication.size, language())})")
    for identifier in info.retires:
        click.echo(f"  - {identifier}")


@click.command("verify")
@click.argument("path", type=_PACK, metavar="PACK")
@click.option("--key", "keys", multiple=True, metavar="PUB", help="A public key, or its file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def verify_command(path: Path, keys: tuple[str, ...], as_json: bool) -> None:
    """Read everything in a pack, and compare it with what the pack says and who signed it.

    With --key the pack must be signed by one of these keys.
    """
    policy = StickPolicy(keys=ask_public_keys(keys))
    today = datetime.datetime.now(datetime.UTC).date()
    with _refusals():
        pack = read_pack(path.resolve())
        verified = verify_pack(pack, policy, today)
        _check(verified)
    if as_json:
        print_json({**_described(pack), "standing": verified.standing})
    else:
        say(f"{path.name}: whole; {_standing(verified)}")
    if keys and verified.standing is not Standing.TRUSTED:
        raise click.ClickException("not signed by a key that was given")


@click.command("sign")
@click.argument("path", type=_PACK, metavar="PACK")
@click.option("--key", "key_file", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day on which boxes take the pack by this signature.",
)
def sign_command(path: Path, key_file: Path, until: datetime.datetime | None) -> None:
    """Sign a pack, a folder or a zip in one piece, in the place of an older signature."""
    with _refusals():
        pack = read_pack(path.resolve())
    try:
        sign_pack(pack, ask_secret_key(key_file), until.date() if until else None)
    except CannotSignError as exc:
        raise click.ClickException(
            f"{path.name} is cut into volumes; sign it as it is made: pack create --key"
        ) from exc
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    with _refusals():
        signature = read_pack(path.resolve()).signature
    say(f"{path.name}: signed, {fingerprint_of(signature) if signature else ''}")


def _check(verified: VerifiedPack) -> None:
    line = ProgressLine("checking")
    progress = Progress(line)
    try:
        progress.begin(verified.pack.size, 1)
        progress.start(verified.pack.path.name, verified.pack.size)
        check_payload(verified, progress.advance)
        progress.finish()
    finally:
        line.close()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except RefusalError as exc:
        raise click.ClickException(sentence(exc.code, exc.details, language())) from exc


def _described(pack: Pack) -> dict[str, object]:
    return {
        "info": pack.info,
        "size": pack.size,
        "digest": pack.digest,
        "signature": fingerprint_of(pack.signature) if pack.signature else "",
        "publications": list(pack.publications),
    }


def _title(titles: dict[str, str]) -> str:
    codes = (language(), *UI_LANGUAGES, *titles)
    return next((titles[code] for code in codes if titles.get(code)), "")


def _signed(pack: Pack) -> str:
    """Words on the signature, which was not checked."""
    return (
        f"signed, as it says, by {fingerprint_of(pack.signature)}" if pack.signature else "unsigned"
    )


def _standing(verified: VerifiedPack) -> str:
    if verified.standing is Standing.UNSIGNED:
        return "nobody signed it"
    if verified.standing is Standing.UNKNOWN:
        return f"signed, as it says, by {verified.fingerprint}, which was not given with --key"
    end = f", until {verified.until}" if verified.until else ""
    return f"signed by {verified.fingerprint}{end}"
