"""What takes too long for a page: an audit that somebody wants now, the reading of a file; how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import JOB_COLOURS, ImportOf, JobState, JobWhat
from grids.models.finding import Audit
from grids.models.map_import import MapImport
from grids.querysets import JobQuerySet

USER = settings.AUTH_USER_MODEL
RUNNING = Q(finished_at__isnull=True, stopped_at__isnull=True)


class MapJob(models.Model):
    """One job: waiting, begun, then finished with its result, or stopped with a code of the reason.

    `tries` counts how often a worker began it. Of a reading: `name` and `sha256` of the file, `of` and `system` as they
    were said. The id is the case of its own events.
    """

    id = models.UUIDField(primary_key=True)
    what = models.CharField(_("what is done"), max_length=8, choices=JobWhat)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    language = models.CharField(max_length=10)
    name = models.CharField(_("file"), max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    of = models.CharField(_("what is in it"), max_length=8, choices=ImportOf, blank=True)
    system = models.CharField(_("coordinate system"), max_length=12, blank=True)

    begun_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True)
    fault = models.CharField(_("why it stopped"), max_length=40, blank=True)
    audit = models.ForeignKey(Audit, models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey(MapImport, models.PROTECT, null=True, related_name="+")

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=JobWhat.values), name="mapjob_what_known"),
            models.CheckConstraint(
                condition=Q(what=JobWhat.AUDIT, sha256="", of="", found__isnull=True)
                | (Q(what=JobWhat.READING, of__in=ImportOf.values, audit__isnull=True) & ~Q(sha256="")),
                name="mapjob_fits_what",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, audit__isnull=True, found__isnull=True)
                | Q(finished_at__isnull=False, stopped_at__isnull=True, audit__isnull=False)
                | Q(finished_at__isnull=False, stopped_at__isnull=True, found__isnull=False),
                name="mapjob_ends_with_its_result",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, fault="") | (Q(stopped_at__isnull=False) & ~Q(fault="")),
                name="mapjob_says_why_it_stopped",
            ),
            models.UniqueConstraint(
                fields=["what"], condition=RUNNING & Q(what=JobWhat.AUDIT), name="mapjob_one_audit_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["asked_by", "sha256", "of", "system"],
                condition=RUNNING & Q(what=JobWhat.READING),
                name="mapjob_same_file_once",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], name="mapjob_latest"),
            models.Index(fields=["asked_at"], name="mapjob_running", condition=RUNNING),
        ]
        verbose_name = _("job on the map")
        verbose_name_plural = _("jobs on the map")

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"

    @property
    def is_running(self) -> bool:
        """Neither finished nor stopped."""
        return self.finished_at is None and self.stopped_at is None

    @property
    def state(self) -> JobState:
        """In a word."""
        if self.stopped_at:
            return JobState.FAILED
        if self.finished_at:
            return JobState.DONE
        return JobState.RUNNING if self.begun_at else JobState.WAITING

    @property
    def colour(self) -> str:
        """Of its badge."""
        return JOB_COLOURS[self.state]
