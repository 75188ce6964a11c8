"""Style sheets, scripts and fonts: which published files of node_modules are served, and under which addresses.

A library's files live under vendor/<library>/<version>/ with the names they were published with: the version makes the
address immutable, and what they load by relative address (fonts, images) is found. Our own files get hashed names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.templatetags.static import static
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

VENDOR = "vendor/"
# Served as published, without a hash: libraries, and the large trees that only the API's own pages read. Rewriting
# thousands of addresses in them would make up most of the time that collecting takes.
AS_PUBLISHED = (VENDOR, "drf_spectacular_sidecar/", "rest_framework/")
# Read by developers' tools at most, and the largest of all.
NOT_COMPRESSED = (".map",)


class Library(NamedTuple):
    """A package of npm, the folder in it that is served, and the files wanted from that folder."""

    package: str
    folder: str
    wanted: str


LIBRARIES = {
    "tabler": Library("@tabler/core", "dist", r"css/tabler\.min\.css"),
    "noto-sans-sc": Library("@fontsource-variable/noto-sans-sc", "", r"index\.css|files/.*-wght-normal\.woff2"),
    "echarts": Library("echarts", "dist", r"echarts\.common\.min\.js"),
    "leaflet": Library("leaflet", "dist", r"leaflet\.js|leaflet\.css|images/[\w-]+\.png"),
    "clusters": Library("leaflet.markercluster", "dist", r"leaflet\.markercluster\.js|MarkerCluster\.css"),
    "drawing": Library("@geoman-io/leaflet-geoman-free", "dist", r"leaflet-geoman\.min\.js|leaflet-geoman\.css"),
}


@cache
def versions() -> dict[str, str]:
    """The pinned version of each library, as package.json names it: right even where node_modules is not installed."""
    pinned = json.loads((Path(settings.BASE_DIR) / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {name: pinned[library.package] for name, library in LIBRARIES.items()}


def vendor_path(*, library: str, file: str) -> str:
    """The static path of one published file; KeyError for a library that is not in the table."""
    return f"{VENDOR}{library}/{versions()[library]}/{file}"


def vendor_url(*, library: str, file: str) -> str:
    """The address a page loads the file from."""
    return static(vendor_path(library=library, file=file))


class VendorStorage(FileSystemStorage):
    """A library's folder; collectstatic puts its files under the prefix."""

    prefix: str


class VendorFinder(BaseFinder):
    """Finds the wanted files of the libraries, and nothing else that npm has installed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files: dict[str, tuple[str, VendorStorage]] = {}
        for name, library in LIBRARIES.items():
            self._add(name=name, library=library)

    def _add(self, *, name: str, library: Library) -> None:
        folder = Path(settings.BASE_DIR) / "node_modules" / library.package / library.folder
        storage = VendorStorage(location=folder)
        storage.prefix = f"{VENDOR}{name}/{versions()[name]}"
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            relative = path.relative_to(folder).as_posix()
            if re.fullmatch(library.wanted, relative):
                self.files[f"{storage.prefix}/{relative}"] = (relative, storage)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to warn of here: a missing file is reported by the page that asks for it."""
        return []

    # The stub wants None for what is not found; Django's own finders answer an empty list, and its find() needs that.
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:  # type: ignore[override]
        """The file behind a static path, as Django's finders answer it."""
        found = self.files.get(path)
        if found is None:
            return []
        relative, storage = found
        return [storage.path(relative)] if find_all else storage.path(relative)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, VendorStorage]]:
        """Every file with its storage, for collectstatic."""
        yield from self.files.values()


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names for our own files; a library's files keep theirs. gzip only: brotli costs half a minute at start."""

    # A page must not fail because one picture was not collected: the address then simply has no hash.
    manifest_strict = False

    def create_compressor(self, **options: Any) -> Compressor:
        """WhiteNoise's compressor without brotli."""
        return Compressor(use_brotli=False, **options)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """Hash and compress our own files; compress those of the libraries."""
        own = {name: found for name, found in paths.items() if not name.startswith(AS_PUBLISHED)}
        yield from super().post_process(own, dry_run=dry_run, **options)
        if not dry_run:
            others = [name for name in paths if name not in own and not name.endswith(NOT_COMPRESSED)]
            for name, compressed in self.compress_files(others):
                yield name, compressed, True

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a static file."""
        if name and name.startswith(AS_PUBLISHED):
            return StaticFilesStorage.url(self, name)
        return super().url(name, force)
