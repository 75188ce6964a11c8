"""The compiled form of the catalogues, which is what gettext reads: made from the .po files, never kept."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo

from governance.translations.catalogues import path_of, read


def compile_all(apps: list[str], *, root: Path) -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were."""
    count = 0
    for app in apps:
        source = path_of(app, root=root)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns):
            continue
        half = target.with_suffix(f".{os.getpid()}.half")  # two programs may start at once
        with half.open("wb") as stream:
            write_mo(stream, read(app, root=root))
        half.rename(target)
        count += 1
    return count
