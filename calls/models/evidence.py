"""Pictures and documents of a call: they belong to the call and never to its petition (F17)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.choices import Stage
from calls.models.call import Call
from organizations.models import Unit
from petitions.models import StoredFile


class Evidence(StoredFile):
    """One file, added by the caller, or by a called unit when it was on site or reported. It stands."""

    FOLDER = "calls"

    call = models.ForeignKey(Call, models.CASCADE, related_name="evidence")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    stage = models.CharField(_("when"), max_length=8, choices=Stage)

    class Meta:
        verbose_name = _("file of a call")
        verbose_name_plural = _("files of calls")
        indexes = [models.Index(fields=["call", "added_at"], name="calls_shown")]
