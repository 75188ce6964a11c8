"""The quarterly bulletin 季通报 and the half-year summary: each project as it stood, so that every figure is proved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from projects.choices import Light, Span, State
from projects.lights import COLOURS
from projects.models.plan import ActionPlan, Batch, TaskGroup
from projects.models.project import Project
from projects.querysets import BulletinQuerySet

USER = settings.AUTH_USER_MODEL


class Bulletin(models.Model):
    """One bulletin. A trigger refuses every change after publication, to it as to its rows."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="bulletins")
    span = models.CharField(_("kind"), max_length=8, choices=Span)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    version = models.PositiveIntegerField(default=1)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(_("drawn up"))
    drawn_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    remarks = models.TextField(_("remarks"), max_length=4000, blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        constraints = [
            models.UniqueConstraint(fields=["plan", "span", "starts_on"], name="projects_bulletin_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_bulletin_period"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class BulletinRow(models.Model):
    """One project as it stood when the bulletin was drawn up. `before` is its light in the bulletin before."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="rows")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    group = models.ForeignKey(TaskGroup, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=64)
    person_name = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    light = models.CharField(_("light"), max_length=10, choices=Light)
    before = models.CharField(max_length=10, choices=Light, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"))
    milestones = models.PositiveSmallIntegerField()
    reached = models.PositiveSmallIntegerField()
    moved = models.PositiveSmallIntegerField(_("moved"))
    missing = models.PositiveSmallIntegerField(_("reports missing"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "project"], name="projects_bulletin_row_once"),
            models.CheckConstraint(
                condition=Q(reached__lte=F("milestones"), percent__lte=100), name="projects_bulletin_row_shares"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.light}"

    @property
    def colour(self) -> str:
        """The colour of its light."""
        return COLOURS[self.light]
