"""Drafts: what somebody proposes to change in the registry, line by line, before anybody else approves it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.choices import DraftOrigin, DraftState, LineOp, LineVerdict
from registry.querysets import DraftQuerySet

USER = settings.AUTH_USER_MODEL


class Draft(models.Model):
    """A change of the registry in the making; the id is the case of its event chain.

    A one-item edit is a draft of one line, an import one of many. `admission_id` names the admission that put a duty on
    a township; a trigger refuses such a duty without one. Nobody approves what they proposed.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(_("number"), max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=120)
    origin = models.CharField(_("origin"), max_length=12, choices=DraftOrigin)
    reason = models.TextField(_("reason"), max_length=1000)
    effective = models.DateField(_("in force from"))
    state = models.CharField(_("state"), max_length=12, choices=DraftState, default=DraftState.PREPARING)
    proposed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    approved_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    admission_id = models.UUIDField(_("admission"), null=True, blank=True, db_index=True)
    gap_id = models.UUIDField(_("gap of the list"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=64, blank=True)
    note = models.TextField(_("grounds of the decision"), max_length=1000, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="registry_draft_state_known"),
            models.CheckConstraint(condition=Q(origin__in=DraftOrigin.values), name="registry_draft_origin_known"),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="registry_approver_is_another",
            ),
            # Only the founding of the registry has nobody behind it but a document.
            models.CheckConstraint(
                condition=(Q(origin=DraftOrigin.FOUNDING, proposed_by__isnull=True) & ~Q(document=""))
                | (~Q(origin=DraftOrigin.FOUNDING) & Q(proposed_by__isnull=False)),
                name="registry_draft_proposed",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.APPROVED)
                | Q(decided_at__isnull=False) & (Q(approved_by__isnull=False) | Q(origin=DraftOrigin.FOUNDING)),
                name="registry_draft_approved_by",
            ),
            models.CheckConstraint(
                condition=(Q(origin=DraftOrigin.ADMISSION) & Q(admission_id__isnull=False))
                | (~Q(origin=DraftOrigin.ADMISSION) & Q(admission_id__isnull=True)),
                name="registry_draft_admission",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.REFUSED) | ~Q(note=""), name="registry_draft_refused_why"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="registry_draft_reason"),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], name="registry_draft_newest"),
            models.Index(fields=["proposed_by", "opened_at", "id"], name="registry_draft_own"),
        ]

    def __str__(self) -> str:
        return self.number


class DraftLine(models.Model):
    """One item that a draft adds, changes or withdraws.

    `payload` holds the fields as they were given, by the names of policies/contents.py; a change leaves out what stays.
    `verdict` and `faults` say how the line compared with the registry when it was entered or submitted.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("position"))
    op = models.CharField(_("what it does"), max_length=8, choices=LineOp)
    item_code = models.CharField(_("item"), max_length=40)
    payload = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    verdict = models.CharField(_("compared with the registry"), max_length=8, choices=LineVerdict)

    class Meta:
        verbose_name = _("line of a draft")
        verbose_name_plural = _("lines of a draft")
        constraints = [
            models.UniqueConstraint(fields=["draft", "position"], name="registry_line_position"),
            models.UniqueConstraint(fields=["draft", "item_code"], name="registry_line_once_an_item"),
            models.CheckConstraint(condition=Q(op__in=LineOp.values), name="registry_line_op_known"),
            models.CheckConstraint(condition=Q(verdict__in=LineVerdict.values), name="registry_line_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.item_code}"
