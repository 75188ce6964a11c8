"""Findings of the hygiene audit: what is wrong with the map or with who serves a grid, and what is done about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import FindingKind, FindingState
from grids.querysets import FindingQuerySet
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class Audit(models.Model):
    """One run over the whole map: when, and what it came to."""

    ran_at = models.DateTimeField(_("ran"))
    stood = models.PositiveIntegerField(_("findings that stand"), default=0)
    opened = models.PositiveIntegerField(_("new"), default=0)
    reopened = models.PositiveIntegerField(_("back again"), default=0)
    closed = models.PositiveIntegerField(_("gone"), default=0)

    class Meta:
        ordering = ["-ran_at", "-pk"]
        verbose_name = _("run of the audit")
        verbose_name_plural = _("runs of the audit")

    def __str__(self) -> str:
        return self.ran_at.isoformat()


class Finding(models.Model):
    """One thing that is wrong. `key` names it by what it is about, so that every run means the same row by it.

    `place` is a grid (15 digits) or a village (12); `other` is the second grid of an overlap. `value` and `limit` are
    figures in the unit of the kind: square metres, households, people. `lacks` are codes of what is missing.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=FindingState, default=FindingState.OPEN)
    kind = models.CharField(_("kind"), max_length=16, choices=FindingKind)
    key = models.CharField(max_length=80, unique=True, db_collation="C")
    place = models.CharField(_("place"), max_length=15, db_collation="C")
    name = models.CharField(_("name of the place"), max_length=80)
    other = models.CharField(_("other grid"), max_length=15, blank=True, db_collation="C")
    lacks = models.CharField(max_length=64, blank=True)
    value = models.BigIntegerField(null=True)
    limit = models.BigIntegerField(null=True)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    shape = models.JSONField(null=True)

    first_seen_at = models.DateTimeField(_("first seen"))
    seen_at = models.DateTimeField(_("seen last"))
    closed_at = models.DateTimeField(_("gone since"), null=True)
    times = models.PositiveSmallIntegerField(_("times found"), default=1)
    changed_at = models.DateTimeField()

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    due_on = models.DateField(_("due on"), null=True)
    reason = models.CharField(_("why it is accepted"), max_length=400, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_known"),
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_known"),
            models.CheckConstraint(
                condition=~Q(state=FindingState.ASSIGNED) | Q(unit__isnull=False, due_on__isnull=False),
                name="finding_assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.ACCEPTED) | ~Q(reason=""), name="finding_accepted_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.CLOSED, closed_at__isnull=False)
                | (~Q(state=FindingState.CLOSED) & Q(closed_at__isnull=True)),
                name="finding_closed_when_gone",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "state"], name="finding_place"),
            models.Index(fields=["first_seen_at", "id"], name="finding_newest"),
            models.Index(fields=["unit", "state"], name="finding_unit", condition=Q(unit__isnull=False)),
        ]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


class FindingNote(models.Model):
    """What somebody says about a finding."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="notes")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(_("comment"), max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="findingnote_says_something")]
        ordering = ["at", "pk"]
        verbose_name = _("comment on a finding")
        verbose_name_plural = _("comments on findings")

    def __str__(self) -> str:
        return self.text[:40]
