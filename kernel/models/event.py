"""The log: what happened, chained per case, and to whom it is still owed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kernel.choices import DeliveryState
from kernel.lanes import LIVE


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    """The first fence; the triggers of migration 0002 and the grants are the second and the third."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("an event is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("an event is never deleted")


class Event(models.Model):
    """One fact. `seq`, `prev` and `hash` are set by the database; `canonical` is the text that is hashed."""

    case_id = models.UUIDField()
    seq = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=40)
    actor_key = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    holder = models.CharField(max_length=40, blank=True)
    payload = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    canonical = models.TextField()
    prev = models.BinaryField(default=b"")
    hash = models.BinaryField(default=b"")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "seq"], name="kernel_event_case_seq")]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.name} #{self.seq}"


class Chain(models.Model):
    """The head of one case's chain: written by the trigger alone, so that a cut-off tail shows."""

    case_id = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField()
    head = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.case_id} @{self.seq}"


class Delivery(models.Model):
    """An event owed to one subscriber."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    subscriber = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lane = models.PositiveSmallIntegerField(default=LIVE, db_default=LIVE)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="kernel_delivery_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="kernel_delivery_due", condition=models.Q(state="pending")),
            models.Index(
                fields=["case_id", "subscriber", "id"], name="kernel_delivery_line", condition=models.Q(state="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} ← {self.event_id}"
