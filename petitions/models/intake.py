"""Bulk intake: a file of a hotline or mailbox, row by row, resumable."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.choices import Channel
from petitions.models.petition import Petition


class BatchState(models.TextChoices):
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Verdict(models.TextChoices):
    NEW = "new", _("New")
    FILED = "filed", _("Filed")
    KNOWN = "known", _("Already here")
    REFUSED = "refused", _("Refused")


class ImportBatch(models.Model):
    """One file with one mapping of its columns; the same file again goes on where it stopped."""

    source = models.CharField(_("source"), max_length=40)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, default=Channel.HOTLINE)
    filename = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(_("columns"))
    stage = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.CHECKED)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"))
    note = models.CharField(_("why it stopped"), max_length=40, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="petitions_batch_once")]

    def __str__(self) -> str:
        return self.filename


class ImportRow(models.Model):
    """The verdict on one row. The row's own text is not kept here: it is in the petition or in the file."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    row_no = models.PositiveIntegerField(_("row"))
    source_no = models.CharField(_("number at the source"), max_length=64)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    column = models.CharField(_("column"), max_length=40, blank=True)
    why = models.CharField(_("why"), max_length=200, blank=True)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row_no"], name="petitions_import_row_once")]

    def __str__(self) -> str:
        return f"{self.row_no} {self.verdict}"
