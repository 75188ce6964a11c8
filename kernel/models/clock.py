"""Why a date moved: the journal of the clocks, and the runs that lay them anew after a holiday notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Func

from kernel.choices import ClockCause


class ClockChange(models.Model):
    """One due date that became another one, and the cause. Append-only: triggers refuse anything else.

    No due date of an open case changes without such a row written in the same transaction: `txid` is that of the
    transaction, and triggers on the tables of the cases compare it (docs/adr/0007).
    """

    case_id = models.UUIDField()
    subject_id = models.CharField(max_length=40)
    clock = models.CharField(max_length=40)
    cause = models.CharField(max_length=12, choices=ClockCause)
    from_due = models.DateTimeField()
    to_due = models.DateTimeField()
    calendar_version = models.PositiveIntegerField()
    ref = models.CharField(max_length=40, blank=True)
    actor_key = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    txid = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cause__in=ClockCause.values), name="kernel_clock_known_cause"),
        ]
        indexes = [models.Index(fields=["subject_id", "id"], name="kernel_clock_subject")]

    def __str__(self) -> str:
        return f"{self.clock} {self.subject_id} {self.cause}"


class Reprojection(models.Model):
    """One run over every open deadline for one version of the calendar; stopped, it goes on where it was."""

    calendar_version = models.PositiveIntegerField(unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moved__lte=models.F("seen")), name="kernel_reprojection_moved_of_seen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_version}: {self.seen} of {self.total}"
