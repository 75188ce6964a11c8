"""The catalogues, read and completed. Only the .po files are kept."""

from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from governance.translations.sources import Text

LOCALE = "zh_Hans"


def path_of(app: str, *, root: Path) -> Path:
    """Return where the catalogue of an app is."""
    return root / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read(app: str, *, root: Path) -> Catalog:
    """Return the catalogue of an app, an empty one if there is no file."""
    file = path_of(app, root=root)
    if not file.exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=LOCALE, charset="utf-8")


def complete(app: str, *, texts: dict[Text, str], root: Path) -> int:
    """Add the texts a catalogue lacks, untranslated, drop those nobody uses; return how many wait for a translation."""
    old = read(app, root=root)
    new = Catalog(locale=LOCALE, charset="utf-8", fuzzy=False)
    new.creation_date, new.revision_date = old.creation_date, old.revision_date  # another date is no change
    for text in sorted(texts):
        known = old.get(text.singular, text.context or None)
        string = known.string if known is not None else ""
        new.add((text.singular, text.plural) if text.plural else text.singular, string, context=text.context or None)
    file = path_of(app, root=root)
    if texts or file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, new, width=0, omit_header=False, no_location=True)
    return sum(1 for message in new if message.id and not translated(message.string))


def translated(string: str | Sequence[str] | None) -> bool:
    """Tell whether a translation is there, with every plural form."""
    return bool(string) if string is None or isinstance(string, str) else all(string)
