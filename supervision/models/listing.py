"""Listed supervision: a case that everybody in the house sees ageing, with the unit that has it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dispatch.models import WorkOrder
from organizations.models import Area, Unit
from petitions.models import Category, Petition
from supervision.choices import Ground, ListingState, Removal
from supervision.querysets import ListingQuerySet

USER = settings.AUTH_USER_MODEL


class Listing(models.Model):
    """One case on the list, for a period, with a day on which it is looked at again.

    Category and township are kept here, so that the public list never reads what a citizen wrote.
    """

    id = models.UUIDField(primary_key=True)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+", verbose_name=_("work order"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=8, choices=ListingState, default=ListingState.LISTED)
    place = models.CharField(max_length=15, db_collation="C")
    county = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("listed by"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    township = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    demand = models.CharField(_("what is asked"), max_length=500)
    case_due_at = models.DateTimeField(_("was due"))

    listed_at = models.DateTimeField(_("listed"))
    listed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    until = models.DateField(_("period until"))
    recheck_on = models.DateField(_("to be looked at again on"))
    extended_from = models.DateField(_("extended from"), null=True, blank=True)
    extension_note = models.CharField(_("reason for extending"), max_length=300, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True)
    removal = models.CharField(_("why taken off"), max_length=10, choices=Removal, blank=True)
    removal_note = models.CharField(_("note"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listed case")
        verbose_name_plural = _("listed cases")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "serial"], name="supervision_listing_number"),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(state=ListingState.LISTED), name="supervision_listed_once"
            ),
            models.CheckConstraint(condition=Q(recheck_on__lte=F("until")), name="supervision_listing_recheck"),
            models.CheckConstraint(
                condition=Q(extended_from__isnull=True) | Q(until__gt=F("extended_from")) & ~Q(extension_note=""),
                name="supervision_listing_extended",
            ),
            models.CheckConstraint(
                condition=Q(state=ListingState.LISTED, removed_at__isnull=True, removal="")
                | Q(state=ListingState.REMOVED, removed_at__gte=F("listed_at")) & ~Q(removal=""),
                name="supervision_unlisted_why",
            ),
        ]
        indexes = [models.Index(fields=["state", "listed_at", "id"], name="supervision_listed")]

    def __str__(self) -> str:
        return self.number
