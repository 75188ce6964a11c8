"""What the citizen was asked, told, and said on the telephone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from petitions.choices import ReplyKind, Satisfaction
from petitions.models.petition import Petition


class Question(models.Model):
    """Information asked of the citizen, and the answer."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    def __str__(self) -> str:
        return self.question


class Reply(models.Model):
    """What was told to the citizen, by which unit."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="replies")
    kind = models.CharField(_("kind"), max_length=8, choices=ReplyKind)
    text = models.TextField(_("text"), max_length=4000)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(_("replied"))

    def __str__(self) -> str:
        return self.text[:40]


class Callback(models.Model):
    """A telephone call after handling: reached or not, solved or not, how satisfied."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="callbacks")
    reached = models.BooleanField(_("reached"))
    resolved = models.BooleanField(_("solved, says the citizen"), null=True, blank=True)
    satisfaction = models.CharField(_("rating"), max_length=12, choices=Satisfaction, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(_("called"))

    def __str__(self) -> str:
        return f"{self.called_at:%Y-%m-%d}"
