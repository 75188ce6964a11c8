"""The one way in for files with maps: the features of a GeoJSON or a zipped Shapefile, whatever the file tries."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grids.importing import limits
from kernel import limited
from kernel.errors import Unprocessable

WHY: dict[str, str | Promise] = {
    "no_map": _("This is neither a GeoJSON collection of features nor a zipped Shapefile."),
    "damaged": _("The file is damaged."),
    "not_one": _("The archive holds no Shapefile, or more than one."),
    "no_system": _("The Shapefile does not say its coordinate system: choose one."),
    "too_many": _("The file has more features or points than are taken at once."),
    "bomb": _("The archive would unpack to far more than it seems."),
    "too_much": _("Reading this file takes too much time or memory."),
    "crashed": _("The file cannot be read: our reader failed. Tell whoever runs this system."),
    "too_large": _("The file is too large."),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: its coordinate system, and of each feature what it says and its border (or None) in WGS 84."""

    system: str
    features: list[dict[str, Any]]


def read_map(path: Path, *, system: str) -> Read:
    """The features of a file, in a process of its own. Raises Unprocessable (422) with the reason."""
    if path.stat().st_size > limits.FILE_BYTES:
        raise _refused("too_large")
    with tempfile.TemporaryDirectory(prefix="maps-") as folder:
        try:
            said = limited.run(
                module="grids.importing.child",
                arguments=[str(path.absolute()), folder, system],
                index=Path(folder) / "features.json",
                seconds=limits.SECONDS,
                written=limits.WRITTEN_BYTES,
                environment=limits.ENVIRONMENT,
            )
        except limited.TooMuchError as error:
            raise _refused("too_much") from error
        except limited.CrashedError as error:
            raise _refused("crashed") from error
    if "bad" in said:
        raise _refused(said["bad"])
    return Read(said["system"], said["features"])


def _refused(why: str) -> Unprocessable:
    return Unprocessable(WHY[why], code=why, fields={"file": [WHY[why]]})
