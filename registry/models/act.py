"""Acts: who changed which item, why, by which document. Written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from registry.choices import ActKind
from registry.models.item import Item, ItemVersion

USER = settings.AUTH_USER_MODEL


class Act(models.Model):
    """A signed act upon an item. A hand-over has the signatures of both sides. Append-only by trigger."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="acts", verbose_name=_("item"))
    kind = models.CharField(_("act"), max_length=12, choices=ActKind)
    reason = models.TextField(_("reason"), max_length=4000)
    document = models.CharField(_("document"), max_length=64, blank=True)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    signed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("for"))
    second_signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    second_signed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("for"))
    at = models.DateTimeField(_("on"))
    from_version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+")
    to_version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="registry_act_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="registry_act_reason"),
            # The system signs nothing but the founding, and that rests on a document.
            models.CheckConstraint(
                condition=Q(signed_by__isnull=False) | Q(kind__in=[ActKind.FOUNDED]) & ~Q(document=""),
                name="registry_act_signed",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActKind.HANDED_OVER)
                | Q(second_signed_by__isnull=False, signed_unit__isnull=False, second_signed_unit__isnull=False),
                name="registry_act_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(kind=ActKind.WITHDRAWN, to_version__isnull=True) | Q(to_version__isnull=False),
                name="registry_act_leads_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["item", "at"], name="registry_act_of_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"
