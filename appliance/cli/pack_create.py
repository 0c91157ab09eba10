# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack create``: a pack of a folder, or of what stands on the shelf."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from appliance.cli.key_file import ask_secret_key
from appliance.cli.output import language, options, print_json, say
from appliance.cli.progress_line import ProgressLine
from appliance.content.pack.bag_writer import TooManyError
from appliance.content.pack.create import (
    Made,
    NoRoomError,
    PackError,
    PackOrder,
    RefusedError,
    create_pack,
)
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.pack.series import ID_PATTERN, series_id, title_language
from appliance.content.pack.target import MOST_BYTES, PackExistsError
from appliance.content.progress import Progress
from appliance.content.result import IngestResult
from appliance.errors import RefusalError, UnknownItemError
from appliance.language import UI_LANGUAGES, size_in_words
from appliance.process import LIMITED
from appliance.reasons import sentence
from appliance.timestamp import utc_now

if LIMITED:  # elsewhere there is no shelf
    from appliance.cli.pack_shelf import pack_of_shelf

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_THERE = click.Path(exists=True, path_type=Path)
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")


class _Asked(msgspec.Struct, frozen=True):
    """The command line."""

    folder: Path | None
    target: Path
    key_file: Path | None
    series: str
    title: str
    title_tg: str
    title_ru: str
    title_en: str
    publisher: str
    version: int
    since: tuple[Path, ...]
    retire: tuple[str, ...]
    retire_missing: bool
    minimum: str
    split: bool
    from_shelf: bool
    item: tuple[str, ...]
    state: Path | None

    @property
    def most_bytes(self) -> int:
        """Of a file on the disk."""
        return MOST_BYTES if self.split else 0


@click.command("create")
@click.argument("folder", type=_FOLDER, required=False)
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="X.chashma for a folder, X.chashma.zip for a zip.",
)
@click.option("--key", "key_file", type=_THERE, help="The secret key to sign with.")
@click.option("--id", "series", default="", help="Of the series, the same in each version: a-z0-9-")
@click.option("--title", default="", help="What people call it; else the name of FOLDER.")
@click.option("--title-tg", default="", help="Likewise, in Tajik.")
@click.option("--title-ru", default="", help="Likewise, in Russian.")
@click.option("--title-en", default="", help="Likewise, in English.")
@click.option("--publisher", default="", help="Who makes it.")
@click.option("--version", default=0, help="Greater than before; else the time of now.")
@click.option(
    "--since",
    multiple=True,
    type=_THERE,
    help="An older pack of the series; only what is new or different goes in.",
)
@click.option("--retire", multiple=True, metavar="NAME", help="Shall leave the shelves.")
@click.option("--retire-missing", is_flag=True, help="So shall what only the older packs have.")
@click.option("--minimum", default="0.1.0", help="The oldest Chashma that may take it.")
@click.option("--split/--no-split", default=True, help="Cut what is too large for FAT32.")
@click.option("--from-shelf", is_flag=True, help="Of this box's shelf instead of FOLDER.")
@click.option("--item", multiple=True, metavar="ID", help="Of the shelf only this.")
@options
@click.pass_context
def create_command(context: click.Context, /, as_json: bool, **asked: object) -> None:
    """Make a pack of all that is in FOLDER.

    Files are grouped and named as if they were brought by themselves: captions go with their film,
    catalog.csv or catalog.xlsx says what the files do not. If a box would refuse some of it, all of
    that is listed and no pack is made.

    With --from-shelf: of all that students see on this box, or of what --item names.
    """
    wish = msgspec.convert(asked, _Asked)
    checking, writing = ProgressLine("checking"), ProgressLine("writing")
    try:
        _check(wish)
        if wish.folder is None:
            made, key = _of_shelf(wish, context, Progress(writing)), None
        else:
            order = _order(wish, wish.folder)
            made, key = create_pack(order, Progress(checking), Progress(writing)), order.key
    except RefusedError as exc:
        checking.close()
        _tell_refused(exc.results, as_json)
        context.exit(1)
    except UnknownItemError as exc:
        raise click.ClickException(f"no item has the id {exc}") from exc
    except NoRoomError as exc:
        room = (size_in_words(size, language()) for size in (exc.needed, exc.free))
        raise click.ClickException("not enough room: {} needed, {} free".format(*room)) from exc
    except PackExistsError as exc:
        raise click.ClickException(f"{exc} is there already; nothing was changed") from exc
    except RefusalError as exc:
        reason = sentence(exc.code, exc.details, language())
        raise click.ClickException(reason) from exc
    except (PackError, TooManyError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    finally:
        checking.close()
        writing.close()
    _tell(wish.target, made, signed=key is not None, as_json=as_json)


def _check(wish: _Asked) -> None:
    if not wish.target.name.removesuffix(".zip").endswith(".chashma"):
        raise PackError("the name of a pack ends in .chashma or .chashma.zip")
    if not wish.target.absolute().parent.is_dir():
        raise PackError(f"there is no folder {wish.target.absolute().parent}")
    if wish.from_shelf == (wish.folder is not None):
        raise click.UsageError("Give either a FOLDER or --from-shelf.")
    if wish.from_shelf and not LIMITED:
        raise click.UsageError("--from-shelf is for a box: this computer has no shelf.")
    if wish.from_shelf and (wish.key_file or wish.since or wish.retire or wish.retire_missing):
        raise click.UsageError("--key, --since and --retire are for packs of a folder.")


def _of_shelf(wish: _Asked, context: click.Context, progress: Progress) -> Made:
    return pack_of_shelf(
        context,
        wish.state,
        wish.item,
        wish.target.absolute(),
        progress,
        title=wish.title,
        publisher=wish.publisher,
        most_bytes=wish.most_bytes,
    )


def _order(wish: _Asked, folder: Path) -> PackOrder:
    return PackOrder(
        folder=folder.absolute(),
        target=wish.target.absolute(),
        info=_info(wish, folder.resolve().name),
        key=ask_secret_key(wish.key_file) if wish.key_file else None,
        since=wish.since,
        retire=wish.retire,
        retire_missing=wish.retire_missing,
        most_bytes=wish.most_bytes,
    )


def _info(wish: _Asked, name: str) -> PackInfo:
    """The identity as it was asked for; what was left open comes from the older pack."""
    older = [read_pack(path).info for path in wish.since]
    newest = max(older, key=lambda info: info.version) if older else None
    series = wish.series or (newest.id if newest else series_id(name))
    if not ID_PATTERN.fullmatch(series):
        raise PackError("--id has 1 to 64 letters of a-z, 0-9 and -")
    if not _VERSION.fullmatch(wish.minimum):
        raise PackError("--minimum has the form 1.2.3")
    said = {code: getattr(wish, f"title_{code}") for code in UI_LANGUAGES}
    titles = {code: title for code, title in said.items() if title}
    if wish.title:
        titles.setdefault(title_language(wish.title), wish.title)
    if not titles:
        titles = newest.title if newest else {title_language(name): name}
    version = wish.version or int(datetime.now(UTC).strftime("%Y%m%d%H%M"))
    if newest and not wish.version:
        version = max(version, newest.version + 1)
    publisher = wish.publisher or (newest.publisher if newest else "")
    return PackInfo(series, version, titles, publisher, utc_now(), minimum=wish.minimum)


def _tell_refused(results: tuple[IngestResult, ...], as_json: bool) -> None:
    for result in results:
        if as_json:
            print_json(result.for_people(language()))
        else:
            click.echo(f"! {result.file}")
            say(f"    {result.reason(language())}")
    say(f"There is no pack: {len(results)} would be refused by a box.")


def _tell(target: Path, made: Made, *, signed: bool, as_json: bool) -> None:
    facts = {
        "pack": str(target),
        "id": made.info.id,
        "version": made.info.version,
        "publications": made.written,
        "unchanged": made.unchanged,
        "retires": made.info.retires,
        "size": made.size,
        "signed": signed,
    }
    if as_json:
        print_json(facts)
        return
    click.echo(f"{target}  →  {made.info.id} {made.info.version}")
    say(f"{made.written} publications, {size_in_words(made.size, language())}")
    if made.unchanged:
        say(f"{made.unchanged} are unchanged and were left out")
    if made.info.retires:
        say(f"{len(made.info.retires)} leave the shelves")
    if not signed:
        say("The pack is not signed: boxes ask somebody before they take it.")
