"""What a meeting is about and what it decides: agenda and decisions, numbered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from whistles.models.whistle import Whistle


class AgendaItem(models.Model):
    """One item; `unit` brings it."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("item"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "number"], name="whistles_agenda_number"),
            models.CheckConstraint(condition=~models.Q(text=""), name="whistles_agenda_says"),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.number}"


class Decision(models.Model):
    """One decision, as the minutes number it. Written once."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("decision"), max_length=500)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "number"], name="whistles_decision_number"),
            models.CheckConstraint(condition=~models.Q(text=""), name="whistles_decision_says"),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.number}"
