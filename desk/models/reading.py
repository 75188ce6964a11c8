"""When somebody last opened a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.querysets import ReadingQuerySet
from petitions.models import Petition


class Reading(models.Model):
    """One person opened one case when its log had `seq` entries: what came after from others is unread."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("user")
    )
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="+", db_index=False, verbose_name=_("petition"))
    seq = models.PositiveIntegerField()
    seen_at = models.DateTimeField(_("last opened"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "petition"], name="desk_reading_once")]
        indexes = [models.Index(fields=["user", "-seen_at"], name="desk_reading_last")]
        verbose_name = _("opened case")
        verbose_name_plural = _("opened cases")

    def __str__(self) -> str:
        return f"{self.user_id} {self.petition_id} @{self.seq}"
