"""Replays: what was tried, on which cases, how far it is, and what it found."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dispatch.choices import ReplayGap, ReplayKind, ReplayLateness
from dispatch.querysets import ReplayQuerySet
from organizations.models import Unit
from petitions.models import Petition
from registry.models import Draft

USER = settings.AUTH_USER_MODEL


class Replay(models.Model):
    """One trial. It goes on in steps: `after` is the last case looked at, `tally` what was counted so far.

    The id is the case of its own events; no row of a real case is ever written.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("what is tried"), max_length=8, choices=ReplayKind)
    draft = models.ForeignKey(
        Draft, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("draft of the registry")
    )
    days = models.TextField(_("days of the calendar"), blank=True)
    effective = models.DateField(_("as in force on"))
    territory = models.CharField(_("territory"), max_length=15, db_collation="C")
    since = models.DateTimeField(_("cases from"))
    until = models.DateTimeField(_("cases until"))
    total = models.PositiveIntegerField(_("cases in all"), default=0)
    done = models.PositiveIntegerField(_("looked at"), default=0)
    after = models.UUIDField(null=True, blank=True)
    tally = models.JSONField(default=dict)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    fault = models.CharField(_("why it stopped"), max_length=40, blank=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReplayKind.DRAFT, draft__isnull=False, days="")
                | Q(kind=ReplayKind.CALENDAR, draft__isnull=True) & ~Q(days=""),
                name="dispatch_replay_tries_one_thing",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="dispatch_replay_period"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(cancelled_at__isnull=True), name="dispatch_replay_ends_once"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], name="dispatch_replay_newest"),
            models.Index(
                fields=["asked_at"],
                name="dispatch_replay_running",
                condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_running(self) -> bool:
        """Neither finished nor cancelled."""
        return self.finished_at is None and self.cancelled_at is None

    @property
    def last_day(self) -> date:
        """The last day whose cases are looked at; `until` is the midnight after it."""
        return timezone.localtime(self.until - timedelta(microseconds=1)).date()

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 * self.done // self.total if self.total else 100


class ReplayedCase(models.Model):
    """A case for which the tried rules change something."""

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="cases")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    before_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("now"))
    after_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("then"))
    before_entry = models.CharField(_("list row now"), max_length=48, blank=True)
    after_entry = models.CharField(_("list row then"), max_length=64, blank=True)
    before_due_at = models.DateTimeField(_("due now"), null=True)
    after_due_at = models.DateTimeField(_("due then"), null=True)
    moved = models.BooleanField(_("goes elsewhere"))
    gap = models.CharField(_("gap"), max_length=6, choices=ReplayGap, blank=True)
    lateness = models.CharField(_("deadline"), max_length=6, choices=ReplayLateness, blank=True)

    class Meta:
        verbose_name = _("replayed case")
        verbose_name_plural = _("replayed cases")
        constraints = [
            models.UniqueConstraint(fields=["replay", "petition"], name="dispatch_replayed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.replay_id} {self.petition_id}"
