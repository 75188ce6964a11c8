"""The forms of deeds on a case, on a step and on a paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from developments.forms.base import LONG, SHORT
from developments.models import Paper
from kernel.forms import Over, Score
from organizations.models import Unit
from petitions.models import DeclineReason
from petitions.services.attaching import prepared

TAKES = "image/jpeg,image/png,image/webp,application/pdf"


class Nothing(Over):
    """Nothing to say but yes."""


class Note(Over):
    """A reason."""

    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Decline(Over):
    """The reason with its legal basis, and what the company should do instead."""

    reason_code = forms.ModelChoiceField(
        label=_("Reason"), queryset=DeclineReason.objects.filter(active=True), to_field_name="code"
    )
    note = forms.CharField(label=_("What to do instead"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def given(self) -> dict[str, Any]:
        """As the deed takes it."""
        said = super().given()
        return {**said, "reason_code": said["reason_code"].code}


class End(Over):
    """Why the plan ends, and by which law."""

    basis = forms.CharField(label=_("Legal basis"), max_length=200)
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Finish(Over):
    document_no = forms.CharField(label=_("Number of the document"), max_length=60)
    result = forms.CharField(
        label=pgettext_lazy("step", "Result"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The company reads it. Papers that were handed in for the step count as accepted."),
    )


class Refuse(Over):
    basis = forms.CharField(label=_("Legal basis"), max_length=200)
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=SHORT))


class Ask(Over):
    """A paper that is missing, or a new one."""

    paper_id = forms.ChoiceField(label=_("Paper that was promised"), required=False)
    name = forms.CharField(label=_("Or another paper"), max_length=60, required=False)
    days = forms.IntegerField(label=_("Working days for it"), min_value=1, max_value=60, initial=5, required=False)
    note = forms.CharField(label=_("What is needed"), max_length=300, required=False)

    def __init__(self, *args: Any, papers: Iterable[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.pk), one.name) for one in papers]
        self.fields["paper_id"].choices = [("", _("none of these")), *offered]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As the deed takes it."""
        said = super().given()
        return {**said, "paper_id": said["paper_id"] or None, "days": said["days"] or 0}


class Again(Over):
    """The unit that does the step now."""

    unit_id = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    note = forms.CharField(label=_("Ruling"), max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [(one.pk, str(one)) for one in units]  # type: ignore[attr-defined]


class HandIn(Over):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A picture or a PDF, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": TAKES}),
    )

    def given(self) -> dict[str, Any]:
        """As the deed takes it: read and checked."""
        file = self.cleaned_data["file"]
        return {"given": prepared(file=file, name=file.name or "")}


class Prolong(Over):
    """The last day; it ends with the day."""

    until = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def given(self) -> dict[str, Any]:
        """As the deed takes it: the end of that day."""
        said = super().given()
        return {**said, "until": timezone.make_aware(datetime.combine(said["until"], time.max.replace(microsecond=0)))}


class PromiseForm(Over):
    promise = forms.CharField(label=_("What you promise"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Rate(Over):
    """Speed and result of the whole plan."""

    speed = Score(label=pgettext_lazy("rating", "Speed"))
    quality = Score(label=pgettext_lazy("rating", "Result"), help_text=_("5 is best. The rating stands."))
    note = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT))
