"""Records of visits: when, where, what was found, what was solved on the spot, what was passed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaisons.choices import Became, Outcome
from liaisons.models.assignment import Assignment
from liaisons.querysets import VisitQuerySet
from organizations.models import Unit
from petitions.choices import OPEN_STATES
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL


class Visit(models.Model):
    """One visit inside the assigned place on a day of the assignment. A record stands as it was written.

    `place` is a grid of 15 digits or the community. What became of a petition is read from the petition itself.
    """

    id = models.UUIDField(primary_key=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="visits", verbose_name=_("assignment"))
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("official"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = models.CharField(_("place"), max_length=15, db_collation="C")
    spot = models.CharField(_("where exactly"), max_length=200, blank=True)
    visited_at = models.DateTimeField(_("visited on"))
    found = models.TextField(_("what was found"), max_length=4000)
    solved = models.TextField(_("what was solved on the spot"), max_length=4000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    petition = models.OneToOneField(
        Petition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("petition")
    )
    recorded_at = models.DateTimeField(_("recorded on"))

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit of an official")
        verbose_name_plural = _("visits of officials")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PASSED, petition__isnull=False)
                | Q(outcome=Outcome.SOLVED, petition__isnull=True) & ~Q(solved="")
                | Q(outcome=Outcome.NOTED, petition__isnull=True, solved=""),
                name="liaisons_outcome_fits",
            ),
            models.CheckConstraint(condition=~Q(found=""), name="liaisons_something_found"),
            models.CheckConstraint(condition=Q(visited_at__lte=models.F("recorded_at")), name="liaisons_not_ahead"),
        ]
        indexes = [
            models.Index(fields=["-visited_at", "-id"], name="liaisons_newest"),
            models.Index(fields=["place", "visited_at"], name="liaisons_visited"),
            models.Index(fields=["user", "visited_at"], name="liaisons_by_official"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user_id}"

    @property
    def became(self) -> Became | None:
        """What became of what was passed on; None where nothing was."""
        if self.petition is None:
            return None
        return Became.OPEN if self.petition.state in OPEN_STATES else Became.DONE
