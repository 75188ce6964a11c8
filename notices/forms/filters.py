"""The filters of the inbox and of the delivery log; all of them stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from notices import channels
from notices.choices import Outcome
from notices.kinds import KINDS
from notices.models import Attempt
from notices.querysets import DeliveryQuerySet, NoticeQuerySet


def kind_choices() -> list[tuple[str, str]]:
    """Every kind with its name in the reader's language."""
    return sorted(((code, kind.name) for code, kind in KINDS.items()), key=lambda one: one[1])


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("All kinds")), *kind_choices()]


def _channels() -> list[tuple[str, Any]]:
    return [("", _("All channels")), *((name, name) for name in channels.configured())]


class InboxFilter(PlainForm):
    """By kind; a kind that there is not narrows to nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_kinds)

    def narrow(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """The notices of the kind chosen, or all."""
        if not self.is_valid():
            return notices.none()
        kind = self.cleaned_data["kind"]
        return notices.filter(kind=kind) if kind else notices


class DeliveryFilter(PlainForm):
    """By outcome and by channel tried."""

    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("All outcomes")), *Outcome.choices])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=_channels)

    def narrow(self, deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
        """The messages that fit what is said."""
        if not self.is_valid():
            return deliveries.none()
        outcome, channel = self.cleaned_data["outcome"], self.cleaned_data["channel"]
        found = deliveries.filter(outcome=outcome) if outcome else deliveries
        tried = Attempt.objects.filter(delivery=OuterRef("pk"), channel=channel)
        return found.filter(Exists(tried)) if channel else found
