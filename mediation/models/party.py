"""Parties: sealed personal data of those who are in dispute."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.choices import Side
from mediation.models.case import MediationCase


class Party(models.Model):
    """One person or body in dispute. What is shown is masked; what is sealed is opened for the agreement only."""

    case = models.ForeignKey(MediationCase, models.CASCADE, related_name="parties")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    name = models.BinaryField()
    identity = models.BinaryField(default=b"")
    phone = models.BinaryField(default=b"")
    address = models.BinaryField(default=b"")
    name_masked = models.CharField(_("name"), max_length=40)
    identity_masked = models.CharField(_("identity number"), max_length=24, blank=True)
    phone_masked = models.CharField(_("telephone"), max_length=24, blank=True)
    identity_index = models.BinaryField(default=b"")
    phone_index = models.BinaryField(default=b"")
    salt = models.BinaryField()
    added_at = models.DateTimeField(_("added"))
    refused_at = models.DateTimeField(_("refused mediation"), null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "identity_index"],
                condition=~models.Q(identity_index=b""),
                name="mediation_party_once",
            ),
            models.CheckConstraint(condition=~models.Q(name=b""), name="mediation_party_named"),
        ]

    def __str__(self) -> str:
        return self.name_masked
