"""Why somebody puts a case aside, and why it comes back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SnoozeReason(models.TextChoices):
    ANSWER = "answer", _("waiting for an answer")
    VISIT = "visit", _("waiting for a visit on the spot")
    PAPERS = "papers", _("waiting for papers")
    TURN = "turn", _("its turn comes later today")
    OTHER = "other", _("another reason")


class Returned(models.TextChoices):
    """Why a case that was put aside is back."""

    TIME = "time", _("the time is reached")
    CHANGED = "changed", _("the case changed")
    TAKEN = "taken", _("taken back")
