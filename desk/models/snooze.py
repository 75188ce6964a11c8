"""A case that somebody put aside."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desk.choices import Returned, SnoozeReason
from desk.querysets import SnoozeQuerySet
from kernel.personal import decrypt, encrypt
from petitions.models import Petition

LONGEST_NOTE = 120


class Snooze(models.Model):
    """One case off one person's desk until a moment or until somebody else does something on it. No date moves."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("user")
    )
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="+", db_index=False, verbose_name=_("petition"))
    until = models.DateTimeField(_("until"))
    named = models.BooleanField(default=True)  # a moment was named; otherwise `until` is when the case is due
    reason = models.CharField(_("reason"), max_length=12, choices=SnoozeReason)
    sealed = models.BinaryField(_("remark"), blank=True, default=b"")  # it may name somebody
    seq = models.PositiveIntegerField()  # of the case's log: what comes after from others brings the case back
    begun_at = models.DateTimeField(_("put aside"))
    ended_at = models.DateTimeField(_("came back"), null=True, blank=True)
    ended_by = models.CharField(_("why it came back"), max_length=12, choices=Returned, blank=True)

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "petition"], condition=Q(ended_at__isnull=True), name="desk_snooze_once"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("begun_at")), name="desk_snooze_ahead"),
            models.CheckConstraint(condition=Q(reason__in=SnoozeReason.values), name="desk_snooze_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(ended_at__isnull=False, ended_by__in=Returned.values),
                name="desk_snooze_ended",
            ),
            # The remark serves as long as the case is aside.
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(sealed=b""), name="desk_snooze_unsaid"),
        ]
        indexes = [
            models.Index(fields=["petition"], name="desk_snooze_running", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["-begun_at", "-id"], name="desk_snooze_newest"),
        ]
        verbose_name = _("case put aside")
        verbose_name_plural = _("cases put aside")

    def __str__(self) -> str:
        return f"{self.user_id} {self.petition_id} … {self.until:%m-%d %H:%M}"

    @property
    def note(self) -> str:
        """The remark, opened. It is sealed to this very row."""
        return decrypt(self.sealed, purpose=self._purpose)

    @note.setter
    def note(self, said: str) -> None:
        self.sealed = encrypt(said, purpose=self._purpose)

    @property
    def _purpose(self) -> str:
        return f"desk.snooze:{self.pk}"
