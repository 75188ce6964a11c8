"""What manage.py does around a command: servers while it runs, and the owner's address for what changes the tables."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from governance.embedded.sharing import borrowed

# These read files only; starting servers for them would be waiting for nothing.
WITHOUT_SERVERS = {
    "",
    "help",
    "version",
    "check",
    "collectstatic",
    "diffsettings",
    "document",
    "findstatic",
    "translations",
}
# These make or change tables and rights, which the application's own role may not.
AS_OWNER = {"prepare", "migrate", "makemigrations", "grant_rights", "flush"}


@contextlib.contextmanager
def environment(*, arguments: Sequence[str], root: Path) -> Iterator[None]:
    """Set the environment of the command in `arguments` (as in sys.argv) for a block; CannotStart says what to do."""
    command = arguments[1] if len(arguments) > 1 and not arguments[1].startswith("-") else ""
    with contextlib.ExitStack() as stack:
        lacking = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
        if lacking and command not in WITHOUT_SERVERS:
            data = Path(os.environ.get("GRID_DATA_DIR") or root / ".data").absolute()
            own = borrowed(data=data, postgres="DATABASE_URL" in lacking, valkey="REDIS_URL" in lacking)
            found = stack.enter_context(own)
            os.environ.update({name: value for name, value in found.items() if not os.environ.get(name)})
            if "DATABASE_URL" in lacking:
                os.environ["GRID_EMBEDDED"] = "1"
        if command in AS_OWNER and (owner := os.environ.get("MIGRATION_DATABASE_URL")):
            os.environ["DATABASE_URL"] = owner
        yield
