"""What a replay is asked for with."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dispatch.choices import ReplayGap, ReplayLateness
from kernel.forms import PlainForm
from registry.models import Draft

EXAMPLE = "date,kind,name,notice\n2026-12-25,holiday,Day off,No. 1\n2026-12-26,makeup,Working day,No. 1"
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DraftField(forms.ModelChoiceField):
    """A draft by number and title."""

    def label_from_instance(self, obj: Draft) -> str:
        return f"{obj.number} {obj.title}"


class ReplayForm(PlainForm):
    """A draft, or the days of a calendar; never both."""

    draft = DraftField(Draft.objects.none(), required=False, label=_("Draft"), empty_label="—")
    days = forms.CharField(
        required=False,
        max_length=200_000,
        strip=False,
        label=_("or the days of another calendar"),
        help_text=_("As CSV with the columns date, kind, name and notice."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "mono", "placeholder": EXAMPLE}),
    )
    since = forms.DateField(label=_("Cases accepted from"), widget=DAY)
    until = forms.DateField(label=_("up to and including"), widget=DAY)

    def __init__(self, *args: object, drafts: QuerySet[Draft], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["draft"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = drafts

    def clean(self) -> dict[str, object]:
        """One thing is tried at a time."""
        cleaned = super().clean()
        if bool(cleaned.get("draft")) == bool((cleaned.get("days") or "").strip()):
            self.add_error("draft", _("Choose a draft, or enter the days of a calendar."))
        return cleaned


class ReplayedForm(PlainForm):
    """Which of the changed cases are shown."""

    moved = forms.ChoiceField(choices=[("", _("All")), ("1", _("goes elsewhere"))], required=False, label=_("Unit"))
    gap = forms.ChoiceField(choices=[("", _("All")), *ReplayGap.choices], required=False, label=_("Gap"))
    lateness = forms.ChoiceField(choices=[("", _("All")), *ReplayLateness.choices], required=False, label=_("Deadline"))
