"""The agreement: the contents that 人民调解法 29 asks for, who signed, and what was promised by when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mediation.choices import Confirmation, Form, Signing
from mediation.models.case import MediationCase
from mediation.models.party import Party

CONTENTS = ("facts", "points", "responsibilities", "terms")


class Agreement(models.Model):
    """One draft, which takes effect when every party, the mediator and the committee have signed or sealed.

    The texts are sealed. A trigger of the database refuses to let it take effect without the signature of each party
    and without a promise of what is performed by when; the constraints refuse the rest.
    """

    case = models.ForeignKey(MediationCase, models.CASCADE, related_name="agreements")
    form = models.CharField(_("form"), max_length=8, choices=Form)
    facts = models.BinaryField()
    points = models.BinaryField()
    responsibilities = models.BinaryField()
    terms = models.BinaryField()
    salt = models.BinaryField()
    drawn_at = models.DateTimeField(_("drawn up"))
    dropped_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    drop_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    mediator_signed_on = models.DateField(_("signed by the mediator"), null=True, blank=True)
    sealed_on = models.DateField(_("sealed by the committee"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("confirmation may be asked until"), null=True, blank=True)
    confirmation = models.CharField(_("judicial confirmation"), max_length=10, choices=Confirmation, blank=True)
    confirmation_on = models.DateField(_("on"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(dropped_at__isnull=True), name="mediation_one_agreement"
            ),
            models.CheckConstraint(
                condition=~Q(facts=b"") & ~Q(points=b"") & ~Q(responsibilities=b"") & ~Q(terms=b""),
                name="mediation_agreement_contents",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True)
                | Q(dropped_at__isnull=True, confirm_by__isnull=False)
                & (Q(form=Form.ORAL) | Q(mediator_signed_on__isnull=False, sealed_on__isnull=False)),
                name="mediation_agreement_in_force",
            ),
            models.CheckConstraint(
                condition=Q(confirmation="") | Q(in_force_at__isnull=False, confirmation_on__isnull=False),
                name="mediation_confirmation_when",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(dropped_at__gte=F("drawn_at")) & ~Q(drop_reason=""),
                name="mediation_dropped_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form}"


class Signature(models.Model):
    """A party signed, sealed or put a fingerprint under the agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    kind = models.CharField(_("how"), max_length=12, choices=Signing)
    signed_on = models.DateField(_("signed on"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "party"], name="mediation_signed_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.signed_on}"


class Promise(models.Model):
    """What one party performs, how, and by when; the committee sees to it (人民调解法 31)."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="promises")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    what = models.BinaryField()
    due_on = models.DateField(_("by"))
    kept_on = models.DateField(_("performed"), null=True, blank=True)
    remembered = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [models.CheckConstraint(condition=~Q(what=b""), name="mediation_promise_said")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.due_on}"
