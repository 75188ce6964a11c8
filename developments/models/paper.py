"""A paper that a step needs: handed in, missing until a day, accepted, sent back, or lapsed by itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from developments.choices import PaperState
from developments.models.development import Development
from developments.models.step import Step
from developments.querysets import PaperQuerySet
from petitions.models import Attachment

USER = settings.AUTH_USER_MODEL


class Paper(models.Model):
    """`step` is empty until the case is accepted: then the steps exist. The file lies with those of the petition."""

    id = models.UUIDField(primary_key=True)
    development = models.ForeignKey(Development, models.CASCADE, related_name="papers")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="papers")
    step_code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=60)
    days = models.PositiveSmallIntegerField(_("days of tolerance"), default=0)
    asked = models.BooleanField(_("asked for by the unit"), default=False)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=PaperState, default=PaperState.MISSING)
    due_from = models.DateTimeField(null=True, blank=True)
    due_value = models.PositiveSmallIntegerField(default=0)
    due_unit = models.CharField(max_length=14, blank=True)
    stage_due_at = models.DateTimeField(_("due"), null=True, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    handed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    in_time = models.BooleanField(_("in time"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    prolonged = models.BooleanField(_("prolonged"), default=False)
    prolong_note = models.CharField(_("reason for prolonging"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("order", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[PaperState.HANDED, PaperState.ACCEPTED])
                | Q(attachment__isnull=False, handed_at__isnull=False),
                name="developments_paper_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.LAPSED) | Q(stage_due_at__isnull=False), name="developments_paper_lapsed"
            ),
            models.CheckConstraint(
                condition=Q(prolonged=False) | ~Q(prolong_note=""), name="developments_paper_prolonged_why"
            ),
        ]
        indexes = [models.Index(fields=["development", "state"], name="developments_papers")]

    def __str__(self) -> str:
        return self.name

    @property
    def tolerable(self) -> bool:
        """Whether the case may be accepted while it is missing."""
        return self.days > 0
