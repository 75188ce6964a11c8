"""The register of documents: what went out under which number, and what it weighed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.choices import Language
from documents.kinds import KINDS
from documents.querysets import IssuedQuerySet
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class Issued(models.Model):
    """One document that was issued. It is never changed; the words are not kept, they follow from the case.

    `sha256` and `word_sha256` tell whether a reprint is the same document to the byte. `full`: it holds personal data
    unmasked, and nobody gets it without naming a purpose.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=24)
    case_id = models.UUIDField()
    subject = models.UUIDField()
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    full = models.BooleanField(_("personal data in full"), default=False)
    sha256 = models.CharField(max_length=64)
    word_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("issued by whom"))
    at = models.DateTimeField(_("issued"))

    objects = IssuedQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "issuer", "year", "serial"], name="documents_number_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$", word_sha256__regex="^[0-9a-f]{64}$"),
                name="documents_weighed",
            ),
        ]
        indexes = [
            models.Index(fields=["case_id", "at"], name="documents_case"),
            models.Index(fields=["at", "id"], name="documents_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        kind = KINDS.get(self.kind)
        return str(kind.label) if kind else self.kind


class Serial(models.Model):
    """The last number given out, by kind, unit and year. A deed that fails gives its number back."""

    kind = models.CharField(max_length=24)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "issuer", "year"], name="documents_serial_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.issuer_id} {self.year}: {self.last}"
