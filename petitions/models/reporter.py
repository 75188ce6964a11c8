"""Who said it: sealed, and kept apart from what was said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.models.petition import Petition


class Reporter(models.Model):
    """Sealed personal data of one petition's reporter. Erasing clears the row; the event log holds commitments only."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="reporter")
    name = models.BinaryField(default=b"")
    phone = models.BinaryField(default=b"")
    identity = models.BinaryField(default=b"")
    home = models.BinaryField(default=b"")
    phone_index = models.BinaryField(default=b"")
    identity_index = models.BinaryField(default=b"")
    phone_masked = models.CharField(_("telephone"), max_length=24, blank=True)
    salt = models.BinaryField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="petitions_same_phone", condition=~models.Q(phone_index=b"")),
            models.Index(
                fields=["identity_index"], name="petitions_same_identity", condition=~models.Q(identity_index=b"")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
