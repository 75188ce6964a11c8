"""Gaps: what no row of the list answers, how often that was met, and by which cases."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Matter
from petitions.models import Category, Petition
from registry.gaps.choices import GapKind, GapState
from registry.gaps.querysets import GapQuerySet
from registry.models.draft import Draft

USER = settings.AUTH_USER_MODEL


class Gap(models.Model):
    """One lack of the list at one township; the id is the case of its event chain.

    Every further case that meets the same lack is counted here while the gap is open (one open gap per kind, category,
    matter and township, by constraint). It is closed by the draft that filled it, or with the grounds why the list is
    right as it is.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(_("what is lacking"), max_length=12, choices=GapKind)
    state = models.CharField(_("state"), max_length=8, choices=GapState, default=GapState.OPEN)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("matter")
    )
    place = models.CharField(_("place"), max_length=9, blank=True, db_collation="C")
    first_case = models.UUIDField(_("first case"))
    times = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first met"))
    last_at = models.DateTimeField(_("last met"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Draft, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filled by the draft")
    )
    closed_by_user = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("grounds"), max_length=500, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap of the list")
        verbose_name_plural = _("gaps of the list")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "category", "matter", "place"],
                condition=Q(state=GapState.OPEN),
                nulls_distinct=False,
                name="registry_one_open_gap",
            ),
            models.CheckConstraint(condition=Q(kind__in=GapKind.values), name="registry_gap_kind_known"),
            models.CheckConstraint(
                condition=Q(state=GapState.OPEN, closed_at__isnull=True)
                | Q(state=GapState.CLOSED, closed_at__isnull=False) & (Q(closed_by__isnull=False) | ~Q(note="")),
                name="registry_gap_closed_by",
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1, last_at__gte=F("first_at")), name="registry_gap_times_in_order"
            ),
        ]
        indexes = [models.Index(fields=["state", "last_at", "id"], name="registry_gap_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.category_id or ''} {self.place}".rstrip()

    @property
    def changed_at(self) -> object:
        """When it last moved, as a stale version is told."""
        return self.closed_at or self.last_at


class GapCase(models.Model):
    """A case that met a gap; once each. `call_id`: that of a call without a petition; no key, calls stand above."""

    gap = models.ForeignKey(Gap, models.PROTECT, related_name="cases")
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, blank=True, related_name="+")
    call_id = models.UUIDField(_("call"), null=True, blank=True)
    at = models.DateTimeField(_("met"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gap", "petition"], name="registry_gap_case_once"),
            models.UniqueConstraint(fields=["gap", "call_id"], name="registry_gap_call_once"),
            models.CheckConstraint(
                condition=Q(petition__isnull=True, call_id__isnull=False)
                | Q(petition__isnull=False, call_id__isnull=True),
                name="registry_gap_case_of_one",
            ),
        ]
        indexes = [models.Index(fields=["gap", "at"], name="registry_gap_cases")]

    def __str__(self) -> str:
        return f"{self.gap_id} {self.petition_id or self.call_id}"
