"""Why a job on the map came to nothing, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grids.importing.reading import WHY
from grids.models import MapJob

FAULTS: dict[str, str | Promise] = WHY | {
    "lost": _("The worker was stopped twice while it was at it. Ask for it again."),
    "too_long": _("It took longer than it may."),
    "not_allowed": _("Whoever asked for it may not do this any more."),
    "file_gone": _("The file is gone. Hand it in again."),
}


def why_stopped(job: MapJob) -> str:
    """In the language of the reader; "" where it did not stop."""
    if not job.fault:
        return ""
    return str(FAULTS.get(job.fault, _("It failed: a fault of ours. Tell whoever runs this system.")))
