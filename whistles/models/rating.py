"""Both sides are scored 双考核: the issuer scores each unit, each unit scores the whistle. Written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from whistles.choices import Side
from whistles.models.summons import Summons

MARKS = (1, 5)


class Rating(models.Model):
    """Marks from 1 to 5. Of the unit: how it answered, what came of it. Of the whistle: needed, well prepared."""

    summons = models.ForeignKey(Summons, models.CASCADE, related_name="ratings")
    side = models.CharField(max_length=6, choices=Side)
    response = models.PositiveSmallIntegerField(_("response"), null=True, blank=True)
    result = models.PositiveSmallIntegerField(_("result"), null=True, blank=True)
    needed = models.PositiveSmallIntegerField(_("needed"), null=True, blank=True)
    prepared = models.PositiveSmallIntegerField(_("well prepared"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    rated_at = models.DateTimeField(_("when"))
    rated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["summons", "side"], name="whistles_scored_once"),
            models.CheckConstraint(
                condition=Q(
                    side=Side.ISSUER,
                    response__range=MARKS,
                    result__range=MARKS,
                    needed__isnull=True,
                    prepared__isnull=True,
                )
                | Q(
                    side=Side.UNIT,
                    needed__range=MARKS,
                    prepared__range=MARKS,
                    response__isnull=True,
                    result__isnull=True,
                ),
                name="whistles_score_of_its_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summons_id} {self.side}"
