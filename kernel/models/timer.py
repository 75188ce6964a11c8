"""Clocks that are running: a deadline is a row, polled; never a delayed task."""

from __future__ import annotations

from django.db import models

from kernel.choices import TimerState
from kernel.lanes import LIVE


class Timer(models.Model):
    """One alarm for one subject. A new plan makes a new generation and cancels the old one."""

    case_id = models.UUIDField()
    subject_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    generation = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=TimerState, default=TimerState.ARMED)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lane = models.PositiveSmallIntegerField(default=LIVE, db_default=LIVE)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "kind", "generation"], name="kernel_timer_generation"),
            models.UniqueConstraint(
                fields=["subject_id", "kind"], condition=models.Q(state="armed"), name="kernel_timer_one_armed"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="fired") | models.Q(ended_at__gte=models.F("due_at")),
                name="kernel_timer_never_early",
            ),
        ]
        indexes = [
            models.Index(fields=["lane", "due_at", "id"], name="kernel_timer_due", condition=models.Q(state="armed"))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} g{self.generation}"
