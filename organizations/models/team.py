"""Enforcement teams of townships (1+X+Y): people of departments posted down, commanded and assessed by the township."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.choices import TEAM_SIGNS, TeamKind
from organizations.models.matter import Matter
from organizations.models.period import days
from organizations.models.staff import User
from organizations.models.unit import Unit
from organizations.querysets import MembershipQuerySet, TeamQuerySet


class Team(models.Model):
    """A team of one township from a day on; its area is the township's, its powers are matters of the catalogue.

    A trigger sees to it that the unit is a township government, and that no member outlasts the team.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(_("code"), max_length=32, db_collation="C")
    name = models.CharField(_("name"), max_length=64)
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("township"))
    kind = models.CharField(_("kind"), max_length=12, choices=TeamKind)
    powers = models.ManyToManyField(Matter, related_name="+", blank=True, verbose_name=_("powers"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="team_code_once"),
            models.CheckConstraint(condition=Q(kind__in=TeamKind.values), name="team_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="team_dates_ordered"
            ),
            ExclusionConstraint(
                name="team_one_squad",
                expressions=[
                    ("township", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=TeamKind.SQUAD),
            ),
        ]
        verbose_name = _("enforcement team")
        verbose_name_plural = _("enforcement teams")

    def __str__(self) -> str:
        return self.name

    @property
    def sign(self) -> str:
        """Which part of 1+X+Y it is: "1", "X" or "Y"."""
        return TEAM_SIGNS[self.kind]

    def get_state_display(self) -> str:
        """How it stands, for the page that says that somebody was faster."""
        return gettext("disbanded") if self.valid_until else gettext("in force")


class Membership(models.Model):
    """Somebody posted down for [valid_from, valid_until): led in the profession by home, commanded by the township.

    A row stands: of it only the end is written, and only earlier than before.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("team"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    home = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("home department"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="membership_dates_ordered",
            ),
            ExclusionConstraint(
                name="membership_one_team",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id}"
