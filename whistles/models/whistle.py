"""The whistle 哨: an order to assemble, and by its form also a consultation or a joint meeting."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from petitions.models import Petition
from whistles.choices import BLOWN, OPEN_STATES, Form, Kind, State
from whistles.querysets import WhistleQuerySet

USER = settings.AUTH_USER_MODEL


class Whistle(models.Model):
    """One assembly, from the asking to the scores. What was issued stands, except time and place (a trigger).

    `case_id` is the petition's where it was blown for one, so that the case has one chain; otherwise the whistle's own.
    """

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField(db_index=True)
    petition = models.ForeignKey(
        Petition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("petition")
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    form = models.CharField(_("form"), max_length=16, choices=Form, default=Form.WHISTLE)

    county = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    matter = models.CharField(_("matter"), max_length=200)
    details = models.TextField(_("details"), max_length=2000, blank=True)
    salt = models.BinaryField()

    place = models.CharField(max_length=15, db_collation="C")
    where = models.CharField(_("where to meet"), max_length=120)
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    meets_at = models.DateTimeField(_("time to meet"))
    moved = models.PositiveSmallIntegerField(_("time changed"), default=0)

    asker = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    issuer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    issued_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    stage_due_at = models.DateTimeField(_("due"))
    changed_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)

    held_at = models.DateTimeField(_("begun"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), max_length=8000, blank=True)
    minutes_at = models.DateTimeField(_("minutes written"), null=True, blank=True)
    minutes_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    finish_by = models.DateTimeField(_("to be finished by"), null=True, blank=True)
    scoring_from = models.DateTimeField(_("to be scored from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_note = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = WhistleQuerySet.as_manager()

    class Meta:
        verbose_name = _("whistle")
        verbose_name_plural = _("whistles")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "form", "serial"], name="whistles_number_once"),
            models.CheckConstraint(condition=~Q(matter="") & ~Q(where=""), name="whistles_says_what_and_where"),
            # Asked for, declined or withdrawn before anybody decided: no number. Anything that was blown has one.
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issuer__isnull=True, number="", serial__isnull=True)
                & Q(state__in=[State.ASKED, State.DECLINED, State.CALLED_OFF])
                | Q(issued_at__isnull=False, issuer__isnull=False, serial__isnull=False, year__isnull=False)
                & ~Q(number="")
                & Q(state__in=BLOWN),
                name="whistles_numbered_when_blown",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | Q(meets_at__gte=F("issued_at")), name="whistles_meets_later"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RECORDED, State.CLOSED])
                | Q(held_at__isnull=False, minutes_at__isnull=False, finish_by__isnull=False) & ~Q(minutes=""),
                name="whistles_recorded_with_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.DECLINED, State.CALLED_OFF]) | ~Q(end_note=""),
                name="whistles_ended_why",
            ),
            models.CheckConstraint(
                condition=Q(lng__isnull=True, lat__isnull=True)
                | Q(lng__gte=-180, lng__lte=180, lat__gte=-90, lat__lte=90),
                name="whistles_place_on_earth",
            ),
            # A case has one case: whatever is blown for a petition is told on the petition's chain.
            models.CheckConstraint(
                condition=Q(petition__isnull=True) | Q(case_id=F("petition")), name="whistles_one_chain"
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], name="whistles_newest"),
            models.Index(fields=["place", "opened_at", "id"], name="whistles_place"),
            models.Index(fields=["state", "opened_at", "id"], name="whistles_state"),
            models.Index(fields=["stage_due_at"], name="whistles_due", condition=Q(state__in=OPEN_STATES)),
            models.Index(fields=["issued_at"], name="whistles_issued", condition=Q(issued_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)
