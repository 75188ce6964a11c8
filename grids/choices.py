"""Words of the grids app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CellKind(models.TextChoices):
    """Basic grids tile the territory; a dedicated grid (GB/T 34300) lies over them for one big host."""

    BASIC = "basic", _("basic grid")
    DEDICATED = "dedicated", _("dedicated grid")


class HostKind(models.TextChoices):
    """For whom a dedicated grid is drawn."""

    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    MARKET = "market", _("market")
    PARK = "park", _("industrial park")
    ENTERPRISE = "enterprise", _("enterprise")
    AGENCY = "agency", _("government body")


class StaffKind(models.TextChoices):
    """Who serves a grid besides those posted to it with an account (一格一长一警一专多兼)."""

    INSTRUCTOR = "instructor", _("instructor from the township")
    POLICE = "police", _("police officer")
    FULL_TIME = "full_time", _("full-time gridworker")
    PART_TIME = "part_time", _("part-time gridworker")


class ChangeKind(models.TextChoices):
    """How grids make place for others."""

    SPLIT = "split", _("split in two")
    MERGE = "merge", _("merged into one")


class PlanState(models.TextChoices):
    """Where a planned split or merger stands."""

    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", pgettext_lazy("planned change", "withdrawn")
    REFUSED = "refused", _("came to nothing")


class Part(models.TextChoices):
    """Which of the two grids that come out of one."""

    FIRST = "first", _("the first grid")
    SECOND = "second", _("the second grid")
    BOTH = "both", _("both grids")


class Cut(models.TextChoices):
    """Where one grid is cut in two."""

    LINE = "line", _("along the line that I draw")
    WEST_EAST = "west_east", _("into a west and an east of the same size")
    NORTH_SOUTH = "north_south", _("into a north and a south of the same size")


class ImportOf(models.TextChoices):
    """What a file of borders is about."""

    CELLS = "cells", _("grids")
    OUTLINES = "outlines", _("outlines of areas")


class JobWhat(models.TextChoices):
    """What is done on the map behind a page."""

    AUDIT = "audit", _("the map is looked over")
    READING = "reading", _("a file is read")


class JobState(models.TextChoices):
    """How far a job is; follows from its moments."""

    WAITING = "waiting", _("waits")
    RUNNING = "running", _("being done")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class FindingKind(models.TextChoices):
    """What the hygiene audit looks for."""

    GAP = "gap", _("ground without a grid")
    OVERLAP = "overlap", _("two grids on one ground")
    OUTSIDE = "outside", _("grid over the border of its village")
    UNCOVERED = "uncovered", _("village without a grid")
    TOO_LARGE = "too_large", _("grid too large")
    TOO_SMALL = "too_small", _("grid too small")
    NO_WORKER = "no_worker", _("grid without a worker")
    STAFFING = "staffing", _("staffing pattern not met")
    DEAD_CODE = "dead_code", _("posting to a grid that is not there")
    FOREIGN_CODE = "foreign_code", _("grid with a code from elsewhere")
    NO_PHONE = "no_phone", _("no telephone of supervision")


class FindingState(models.TextChoices):
    """Where a finding stands. Only the audit closes it: what is still there is not closed by saying so."""

    OPEN = "open", _("found")
    ASSIGNED = "assigned", _("assigned")
    ACCEPTED = "accepted", _("accepted as it is")
    CLOSED = "closed", _("gone")


STANDING = (FindingState.OPEN, FindingState.ASSIGNED, FindingState.ACCEPTED)
WAITING = (FindingState.OPEN, FindingState.ASSIGNED)
STATE_COLOURS: dict[str, str] = {
    FindingState.OPEN: "yellow",
    FindingState.ASSIGNED: "blue",
    FindingState.ACCEPTED: "grey",
    FindingState.CLOSED: "green",
}
JOB_COLOURS: dict[str, str] = {
    JobState.WAITING: "grey",
    JobState.RUNNING: "blue",
    JobState.DONE: "green",
    JobState.FAILED: "red",
}
PLAN_COLOURS: dict[str, str] = {
    PlanState.PLANNED: "blue",
    PlanState.DONE: "green",
    PlanState.WITHDRAWN: "grey",
    PlanState.REFUSED: "red",
}
