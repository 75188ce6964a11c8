"""Lateness that was told: the unique key is what makes each telling happen exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from projects.choices import Told
from projects.models.project import Project


class Escalation(models.Model):
    """Which lateness was told. `subject` is the project, a milestone, a report or an instruction."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    subject = models.UUIDField()
    clock = models.CharField(max_length=20)
    generation = models.PositiveSmallIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(_("rung"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    what = models.CharField(max_length=16, choices=Told)
    told_at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "generation", "rung"], name="projects_told_once"),
        ]
        indexes = [models.Index(fields=["project", "told_at"], name="projects_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
