"""Grids that were split or merged: which ended, which began, when, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grids.choices import ChangeKind
from grids.models.cell import Cell

USER = settings.AUTH_USER_MODEL


class CellChange(models.Model):
    """One split or merger: `on` is the first day of the new grids. It stands as it was written."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind)
    on = models.DateField(_("from"))
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=400)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="cellchange_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="cellchange_says_why"),
        ]
        ordering = ["-made_at", "-pk"]
        verbose_name = _("change of grids")
        verbose_name_plural = _("changes of grids")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Succession(models.Model):
    """One grid that ended, and one that stands on its ground since then."""

    change = models.ForeignKey(CellChange, models.PROTECT, related_name="successions")
    old = models.ForeignKey(Cell, models.PROTECT, related_name="became")
    new = models.ForeignKey(Cell, models.PROTECT, related_name="came_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_of_another"),
        ]
        verbose_name = _("successor of a grid")
        verbose_name_plural = _("successors of grids")

    def __str__(self) -> str:
        return f"{self.old_id} {self.new_id}"
