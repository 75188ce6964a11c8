"""What one cooperating unit has to do: its own task, its own clock, its own reply."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.choices import OPEN_PARTS, PartState
from calls.models.call import Call
from calls.models.replying import Replying
from calls.querysets import PartQuerySet
from organizations.models import Unit


class Part(Replying):
    """A cooperating unit in one round of a call. Its lateness is its own and never the lead's."""

    id = models.UUIDField(primary_key=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="parts")
    round = models.PositiveSmallIntegerField(_("round"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=PartState, default=PartState.CALLED)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    task = models.CharField(_("task"), max_length=500)
    ruling = models.CharField(_("ruling on the refusal"), max_length=500, blank=True)
    called_at = models.DateTimeField(_("called"))
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperating unit")
        verbose_name_plural = _("cooperating units")
        constraints = [
            models.UniqueConstraint(fields=["call", "unit", "round"], name="calls_part_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[PartState.ANSWERED, PartState.ARRIVED, PartState.REPORTED])
                | Q(person__isnull=False, promised_at__isnull=False, answered_at__isnull=False),
                name="calls_part_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(state=PartState.REPORTED)
                | Q(reported_at__isnull=False, arrived_at__isnull=False) & ~Q(result=""),
                name="calls_part_reports",
            ),
            models.CheckConstraint(
                condition=~Q(state=PartState.REFUSED)
                | Q(refusal_entry__isnull=False, refused_at__isnull=False, bound=False) & ~Q(refusal_note=""),
                name="calls_part_refused_by_a_row",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_PARTS, ended_at=None) | ~Q(state__in=OPEN_PARTS) & Q(ended_at__isnull=False),
                name="calls_part_ended_when",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="calls_part_unit")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.unit_id}"
