"""Imports of the registry: a workbook, row by row, until a draft has come of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.choices import LineVerdict, ListKind
from registry.models.draft import Draft
from registry.sheets.choices import SheetStage
from registry.sheets.querysets import SheetQuerySet


class SheetImport(models.Model):
    """A file that somebody handed in: compared with the registry chunk by chunk, then a draft as a whole or not at all.

    `whole`: the file names every item of its lists, so that those it leaves out are to end. `headings`: "sheets" has
    the column and the name of each field by sheet, "parts" the sheet that each part of an item stands on.
    """

    filename = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=120)
    reason = models.TextField(_("reason"), max_length=1000)
    effective = models.DateField(_("in force from"))
    kinds = ArrayField(models.CharField(max_length=16, choices=ListKind), default=list, verbose_name=_("lists"))
    headings = models.JSONField(default=dict)
    whole = models.BooleanField(_("the file is the whole list"), default=False)
    stage = models.CharField(_("state"), max_length=8, choices=SheetStage, default=SheetStage.RUNNING)
    total = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("done"), default=0)
    note = models.CharField(_("why it stopped"), max_length=300, blank=True)
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+", verbose_name=_("draft"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a sheet")
        verbose_name_plural = _("imports of sheets")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=SheetStage.values), name="registry_sheet_stage_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="registry_sheet_done_within"),
            models.CheckConstraint(
                condition=Q(stage=SheetStage.DRAFTED, draft__isnull=False)
                | ~Q(stage=SheetStage.DRAFTED) & Q(draft__isnull=True),
                name="registry_sheet_drafted",
            ),
        ]
        indexes = [models.Index(fields=["started_by", "started_at", "id"], name="registry_sheet_own")]

    def __str__(self) -> str:
        return self.filename


class SheetRow(models.Model):
    """One item of the file: where it stands, what it says, what that would change. `verdict` is empty until compared.

    `parts` has the rows of its cooperations, conditions and steps. `faults` are {"why", "detail", "more", "place"},
    `changes` {"key", "before", "after"} in words. `draftable` is false for a row that cannot be a line of a draft.
    """

    sheet_import = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("sheet"), max_length=40, blank=True)
    row_no = models.PositiveIntegerField(_("row"))
    item_code = models.CharField(_("item"), max_length=40, blank=True)
    payload = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    draftable = models.BooleanField(default=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=LineVerdict, blank=True)
    changes = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet_import", "position"], name="registry_sheet_row_once")]

    def __str__(self) -> str:
        return f"{self.row_no} {self.item_code} {self.verdict}".rstrip()
