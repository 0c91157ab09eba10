# SPDX-License-Identifier: GPL-3.0-or-later
"""``h5p.json`` and the libraries of an H5P package.

Format: h5p.org/specification (package definition file, library definition file).
"""

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from appliance.content.inspect.unpack import Package
from appliance.errors import RefusalError

T = TypeVar("T")

DEFINITION = "h5p.json"
CONTENT = "content/content.json"
_LIBRARY = "library.json"
_JSON_LIMIT = 10_000_000
_SCRIPT_LIMIT = 20_000_000
_MOST_LIBRARIES = 300
_MACHINE_NAME = re.compile(r"[A-Za-z][\w.-]{0,99}", re.ASCII)
_NAMED = 8


class Dependency(msgspec.Struct, frozen=True, rename="camel"):
    """A library in the version that is needed; versions are written as numbers or as text."""

    machine_name: str
    major_version: int | str
    minor_version: int | str

    @property
    def folder(self) -> str:
        """Where it lies in a package, as every program that exports packages writes it."""
        return f"{self.machine_name}-{self.major_version}.{self.minor_version}"


class Author(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody who made it."""

    name: str = ""


class Definition(msgspec.Struct, frozen=True, rename="camel"):
    """What ``h5p.json`` says of the package."""

    title: str
    main_library: str
    preloaded_dependencies: tuple[Dependency, ...] = ()
    language: str = ""
    default_language: str = ""
    authors: tuple[Author, ...] = ()
    meta_description: str = ""


class Asset(msgspec.Struct, frozen=True, rename="camel"):
    """A file of a library that is loaded with it."""

    path: str


class LibraryDefinition(msgspec.Struct, frozen=True, rename="camel"):
    """What ``library.json`` says of a library."""

    machine_name: str
    runnable: int | str = 0
    preloaded_js: tuple[Asset, ...] | None = None
    preloaded_css: tuple[Asset, ...] | None = None
    preloaded_dependencies: tuple[Dependency, ...] | None = None


class H5PPackage:
    """A package that holds all that it needs to run.

    Attributes:
        definition: of the package.
        libraries: those that are loaded with the content, by their folder.
    """

    def __init__(self, package: Package) -> None:
        """Read and check it.

        Raises:
            RefusalError: not-what-name-says, damaged, h5p-libraries-missing, h5p-library-broken or
                h5p-libraries-cyclic.
        """
        if DEFINITION not in package.members:
            raise RefusalError("not-what-name-says", expected="H5P")
        self._package = package
        self.definition = _decoded(package, DEFINITION, Definition)
        if CONTENT not in package.members:
            raise RefusalError("damaged")
        self.libraries = self._needed()
        self._check_order()
        for folder, library in self.libraries.items():
            self._check_files(folder, library)
        self._check_main()

    @property
    def folders(self) -> frozenset[str]:
        """The folders in the package that are needed to play it."""
        return frozenset(("content", *self.libraries))

    def _needed(self) -> dict[str, LibraryDefinition]:
        """All libraries that are loaded, each named by the package or by another library."""
        found: dict[str, LibraryDefinition] = {}
        missing: dict[str, None] = {}
        waiting = list(self.definition.preloaded_dependencies)
        if not any(one.machine_name == self.definition.main_library for one in waiting):
            raise RefusalError(
                "h5p-libraries-missing", libraries=self.definition.main_library[:100]
            )
        while waiting and len(found) + len(missing) <= _MOST_LIBRARIES:
            dependency = waiting.pop()
            folder = dependency.folder
            if not _MACHINE_NAME.fullmatch(folder):
                raise RefusalError("damaged")
            if folder in found or folder in missing:
                continue
            if f"{folder}/{_LIBRARY}" in self._package.members:
                library = _decoded(self._package, f"{folder}/{_LIBRARY}", LibraryDefinition)
                found[folder] = library
                waiting += library.preloaded_dependencies or ()
            else:
                missing[folder] = None
        if missing:
            raise RefusalError("h5p-libraries-missing", libraries=_listed(sorted(missing)))
        return found

    def _check_order(self) -> None:
        """Each library is loaded after those that it needs."""
        graph: Mapping[str, Iterator[str]] = {
            folder: (one.folder for one in library.preloaded_dependencies or ())
            for folder, library in self.libraries.items()
        }
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as exc:
            raise RefusalError("h5p-libraries-cyclic", libraries=_listed(exc.args[1])) from exc

    def _check_files(self, folder: str, library: LibraryDefinition) -> None:
        for asset in (*(library.preloaded_js or ()), *(library.preloaded_css or ())):
            path = str(PurePosixPath(folder, asset.path))
            if path not in self._package.members:
                raise RefusalError("h5p-library-broken", path=path[:200])

    def _check_main(self) -> None:
        """The main library must at least name what H5P will ask it for."""
        main = self.definition.main_library
        folder = next(
            one.folder for one in self.definition.preloaded_dependencies if one.machine_name == main
        )
        constructor = main.rpartition(".")[2].encode()
        scripts = (
            self._package.read(str(PurePosixPath(folder, asset.path)), _SCRIPT_LIMIT)
            for asset in self.libraries[folder].preloaded_js or ()
        )
        pattern = re.compile(rb"(?<!\w)" + re.escape(constructor) + rb"(?!\w)")
        if not any(pattern.search(script) for script in scripts):
            raise RefusalError("h5p-library-broken", path=folder)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} …"


def _decoded(package: Package, name: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(
            package.read(name, _JSON_LIMIT).lstrip(b"\xef\xbb\xbf"), type=kind
        )
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise RefusalError("h5p-definition-wrong", path=name) from exc
