"""Which texts the sources hold: of every app, its Python files and its templates."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

SHELL = "governance"  # keeps the texts of every template that no other app owns
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Text(NamedTuple):
    """A text of the sources: singular, plural ("" if it has none) and context ("" if it has none)."""

    singular: str
    plural: str
    context: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells texts apart: one text has one translation, with or without a plural."""
        return self.singular, self.context


def texts_of(app: str, *, apps: list[str], root: Path) -> dict[Text, str]:
    """Return every text of an app with the first place it stands at ("path:line")."""
    found: dict[Text, str] = {}
    for file in python_files(app, root=root):
        _collect(file.read_text(encoding="utf-8"), file.relative_to(root), found)
    for file in templates_of(app, apps=apps, root=root):
        source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        # Flattened: what is left of a template is no Python block, and its indentation means nothing.
        _collect("\n".join(line.lstrip() for line in source.split("\n")), file.relative_to(root), found)
    return found


def python_files(app: str, *, root: Path) -> Iterator[Path]:
    """Yield the Python files of an app, migrations left out: their texts are history."""
    for file in sorted((root / app).rglob("*.py")):
        if "migrations" not in file.relative_to(root).parts:
            yield file


def templates_of(app: str, *, apps: list[str], root: Path) -> Iterator[Path]:
    """Yield the templates of an app: templates/<app>/, and for the shell all that no app owns."""
    for file in sorted((root / "templates").rglob("*.*")):
        owner = file.relative_to(root / "templates").parts[0]
        if file.is_file() and (owner == app or (app == SHELL and owner not in apps)):
            yield file


def _collect(source: str, place: Path, found: dict[Text, str]) -> None:
    stream = io.BytesIO(source.encode())
    for line, message, _comments, context in extract(
        "python", stream, keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            found.setdefault(Text(singular, plural, context or ""), f"{place}:{line}")
