"""Under which account the servers run: PostgreSQL refuses root, so root steps down for them."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.embedded.errors import CannotStart

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account the servers are started as; `uid` None means: as whoever we are."""

    name: str
    uid: int | None
    gid: int | None

    @property
    def spawn_options(self) -> dict[str, Any]:
        """What `subprocess.Popen` needs to step down to this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a file or directory over to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Tell whether the account may enter `path`, a directory, through all its parents."""
        return self.uid is None or all(self._enters(folder) for folder in (path, *path.parents))

    def _enters(self, folder: Path) -> bool:
        seen = folder.stat()
        if seen.st_uid == self.uid:
            return bool(seen.st_mode & stat.S_IXUSR)
        return bool(seen.st_mode & (stat.S_IXGRP if seen.st_gid == self.gid else stat.S_IXOTH))


def choose_account(*, cluster: Path) -> Account:
    """Return the account for `cluster`, the data directory of PostgreSQL, which may not exist yet.

    An existing cluster goes on under its owner: a tree that an ordinary user began and root continues stays usable.
    """
    me = os.geteuid()
    owner = cluster.stat().st_uid if cluster.exists() else me
    if me != 0:
        if owner != me:
            raise CannotStart(
                f"{cluster} belongs to another account (uid {owner}): run as that account, or set GRID_DATA_DIR"
            )
        return Account(pwd.getpwuid(me).pw_name if _known(me) else str(me), None, None)
    if owner != 0:
        group = cluster.stat().st_gid
        return Account(pwd.getpwuid(owner).pw_name if _known(owner) else str(owner), owner, group)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        f"running as root needs an account {' or '.join(UNPRIVILEGED)}: create one, or run as an ordinary user"
    )


def _known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:  # a container may run under a number that has no name
        return False
    return True
