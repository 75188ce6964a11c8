"""Companies: a unit of kind enterprise with its credit code and its standing, and what was decided about that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from developments.querysets import EnterpriseQuerySet
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class Enterprise(models.Model):
    """The legal person behind a unit of kind enterprise. The code fits GB 32100; the database checks it too."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    key_project = models.BooleanField(_("key project"), default=False)
    green = models.BooleanField(_("green channel"), default=False)
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="developments_credit_code_form"
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Standing(models.Model):
    """Green channel granted or taken away: a signed act with its reason. Written once and never changed (a trigger)."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="standings")
    green = models.BooleanField(_("green channel"))
    reason = models.CharField(_("reason"), max_length=300)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("act on a standing")
        verbose_name_plural = _("acts on standings")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="developments_standing_has_reason")]
        indexes = [models.Index(fields=["enterprise", "signed_at"], name="developments_standings")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.green}"
