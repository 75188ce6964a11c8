"""What the pages of gaps ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.forms import DeedForm, PlainForm
from registry.gaps.choices import GapKind, GapState
from registry.models import Gap
from registry.queries.gaps import drafts_for


class GapFilters(PlainForm):
    """Each field narrows the list."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Open and closed")), *GapState.choices])
    kind = forms.ChoiceField(label=_("What is lacking"), required=False, choices=[("", _("Any")), *GapKind.choices])


class CloseGap(DeedForm):
    """The draft that filled it, or why the list is right as it is."""

    draft = forms.ChoiceField(
        label=_("Filled by the draft"), required=False, help_text=_("Approved drafts since the gap was first met.")
    )
    note = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where no draft fills it: say why the list is right as it is."),
    )

    def __init__(self, *args: Any, gap: Gap, actor: Actor, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": gap.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        offered = [(str(one.pk), f"{one.number} {one.title}") for one in drafts_for(gap=gap, actor=actor)]
        self.fields["draft"].choices = [("", _("None")), *offered]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"draft_id": self.cleaned_data["draft"] or None, "note": self.cleaned_data["note"]}
