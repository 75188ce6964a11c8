"""What leaves the product: one row per message that is owed, one per try."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.choices import Outcome
from notices.models.notice import Notice
from notices.querysets import DeliveryQuerySet

UNDONE = (Outcome.WAITING, Outcome.FAILED)
DONE = (Outcome.SENT, Outcome.NEEDLESS, Outcome.GIVEN_UP)


class Delivery(models.Model):
    """One message owed to one person: of a notice, or of a day (`notice` empty, `day` set) as a digest of `amount`.

    `failures` counts tries on the present channel, `step` the channels given up before it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    day = models.DateField(null=True, blank=True)
    amount = models.PositiveIntegerField(default=1, db_default=1)
    urgent = models.BooleanField(_("urgent"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    step = models.PositiveSmallIntegerField(default=0, db_default=0)
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField(_("made"))
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="outward_outcome_known"),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, day__isnull=True) | Q(notice__isnull=True, day__isnull=False),
                name="outward_notice_or_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=UNDONE, done_at__isnull=True) | Q(outcome__in=DONE, done_at__isnull=False),
                name="outward_done_has_time",
            ),
            models.UniqueConstraint(fields=["notice"], name="outward_once_per_notice"),
            models.UniqueConstraint(fields=["user", "day"], name="outward_once_per_day"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="outward_due", condition=Q(outcome__in=UNDONE)),
            models.Index(fields=["-made_at", "-id"], name="outward_log"),
        ]
        verbose_name = _("outward message")
        verbose_name_plural = _("outward messages")

    def __str__(self) -> str:
        return f"{self.notice_id or self.day} → {self.user_id}"


class Attempt(models.Model):
    """One try to send: over which channel, and what came of it. `error` is a code, never an answer's text."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(_("channel"), max_length=32)
    tried_at = models.DateTimeField(_("tried"))
    succeeded = models.BooleanField(_("sent"))
    error = models.CharField(_("error"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")

    def __str__(self) -> str:
        return f"{self.delivery_id} over {self.channel}"
