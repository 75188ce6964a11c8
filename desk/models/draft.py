"""What somebody began to type and did not send."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from desk.querysets import OwnQuerySet

KEY_SIGNS = r"^[A-Za-z0-9._:-]{1,120}$"
MOST_BYTES = 40_000  # sealed; a petition of the longest kind has 8,000 characters


class Draft(models.Model):
    """The fields of one form of one person, sealed: personal data may stand in any of them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("user")
    )
    key = models.CharField(max_length=120, db_collation="C")
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="desk_draft_once"),
            models.CheckConstraint(condition=Q(key__regex=KEY_SIGNS), name="desk_draft_key"),
            models.CheckConstraint(condition=Q(kept_at__gte=F("begun_at")), name="desk_draft_times"),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(F("sealed"), function="octet_length", output_field=models.IntegerField()), MOST_BYTES
                ),
                name="desk_draft_size",
            ),
        ]
        indexes = [models.Index(fields=["kept_at"], name="desk_draft_age")]
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
