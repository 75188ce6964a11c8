"""The signs of the pages: of Tabler's five thousand those whose names stand somewhere in our own code.

Cut when files are collected, and in development when a page first asks; nobody keeps a list. A name has to stand as one
whole word ("clock-pause", ti-clock-pause), never put together from parts.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from governance.iconfont import cut

SHEET, FONT = "icons.css", "icons.woff"
PREFIX = "icons"
RULE = re.compile(r"\.ti-([a-z0-9-]+):before\{content:\"\\([0-9a-f]+)\"\}")
FACE = re.compile(r"@font-face\{[^}]*\}")
WORD = re.compile(r"""(?:["']|\bti-)([a-z0-9-]+)""")
OWN_FACE = f'@font-face{{font-family:"tabler-icons";font-display:block;src:url("{FONT}") format("woff")}}'
READ = (".py", ".html", ".js")
LEFT_OUT = {"migrations", "locale"}


def named(*, folders: Iterable[Path]) -> set[str]:
    """Every word of the code that could be the name of a sign."""
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in READ and LEFT_OUT.isdisjoint(path.parts):
                found.update(WORD.findall(path.read_text(encoding="utf-8")))
    return found


def cut_out(*, published: Path, names: set[str]) -> dict[str, bytes]:
    """Style sheet and font with just these signs, from the published ones."""
    sheet = (published / "tabler-icons.min.css").read_text(encoding="utf-8")
    codes = {name: int(code, 16) for name, code in RULE.findall(sheet) if name in names}
    rules = "".join(f'.ti-{name}:before{{content:"\\{code:x}"}}' for name, code in sorted(codes.items()))
    frame = FACE.sub(OWN_FACE, RULE.sub("", sheet))
    font = cut(font=(published / "fonts" / "tabler-icons.ttf").read_bytes(), codes=codes.values())
    return {SHEET: (frame + rules).encode(), FONT: font}


class IconFinder(BaseFinder):
    """Finds the two files, and makes them when they are first asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = Path(settings.BASE_DIR) / "node_modules" / "@tabler" / "icons-webfont" / "dist"
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR) / "icons")
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]
        self.made: tuple[str, ...] = ()

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to warn of here: a missing file is reported by the page that asks for it."""
        return []

    # The stub wants None for what is not found; Django's own finders answer an empty list, and its find() needs that.
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:  # type: ignore[override]
        """The file behind a static path, as Django's finders answer it."""
        folder, _slash, name = path.partition("/")
        if folder != PREFIX or name not in (SHEET, FONT) or name not in self._files():
            return []
        return [self.storage.path(name)] if find_all else self.storage.path(name)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Both files, for collectstatic."""
        for name in self._files():
            yield name, self.storage

    def _files(self) -> tuple[str, ...]:
        if not self.made and self.published.is_dir():
            folder = Path(self.storage.location)
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in cut_out(published=self.published, names=named(folders=sources())).items():
                _write(folder / name, content)
            self.made = (SHEET, FONT)
        return self.made


def sources() -> list[Path]:
    """Where names of signs may stand: our own apps, templates and scripts."""
    base = Path(settings.BASE_DIR)
    own = [Path(one.path) for one in apps.get_app_configs() if Path(one.path).parent == base]
    return [*own, base / "templates", base / "static" / "js"]


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: several processes may make the same file. What has not changed keeps its age."""
    if path.exists() and path.read_bytes() == content:
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
