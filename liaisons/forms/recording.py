"""Writing down a visit: three fields on a telephone, and below them what it takes to pass something on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import PlainForm
from liaisons.services.recording import PassedOn
from petitions.choices import Nature
from petitions.models import Category
from petitions.services.filing import ReporterData

TEXT = {"rows": 3}
MOMENT = "%Y-%m-%dT%H:%M"
PHONE = RegexValidator(r"^[0-9+\- ]{5,24}$", _("A telephone number has digits only."))
PETITION = ("title", "nature", "category_code", "name", "phone", "confidential")


class RecordVisit(PlainForm):
    visited_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    place = forms.ChoiceField(label=_("Where"), required=False)
    spot = forms.CharField(label=_("Where exactly"), required=False, max_length=200)
    found = forms.CharField(label=_("What was found"), max_length=4000, widget=forms.Textarea(attrs=TEXT))
    solved = forms.CharField(
        label=_("What was solved on the spot"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=TEXT),
    )
    pass_on = forms.BooleanField(
        label=_("Pass it on as a petition"),
        required=False,
        help_text=_("It goes the usual way, and this record shows what became of it."),
    )
    title = forms.CharField(label=_("In one line"), required=False, max_length=120, min_length=2)
    nature = forms.ChoiceField(
        label=pgettext_lazy("petition", "What is it?"), required=False, choices=Nature.choices, initial=Nature.HELP
    )
    category_code = forms.ChoiceField(label=_("Category"), required=False)
    name = forms.CharField(label=_("Who told it"), required=False, max_length=40)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=24, validators=[PHONE])
    confidential = forms.BooleanField(label=_("Keep the identity from the units that handle it"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        rows = Category.objects.filter(active=True, level=3).order_by("code").values_list("code", "name")
        self.fields["category_code"].choices = [  # type: ignore[attr-defined]
            ("", _("not known")),
            *((code, f"{code} {name}") for code, name in rows),
        ]

    def clean(self) -> dict[str, Any]:
        """A petition needs its line; a line without the tick would be lost."""
        said = super().clean()
        if said.get("pass_on") and not said.get("title") and "title" not in self.errors:
            self.add_error("title", _("A petition needs one line that says what it is."))
        if said.get("title") and not said.get("pass_on"):
            self.add_error("pass_on", _("Tick this, or empty the line below: otherwise nobody would get it."))
        return said

    def given(self) -> dict[str, Any]:
        """What the deed is called with, besides who and when."""
        said = dict(self.cleaned_data)
        petition = {name: said.pop(name) for name in PETITION}
        if said.pop("pass_on"):
            about = ReporterData(name=petition.pop("name"), phone=petition.pop("phone"))
            said["passed_on"] = PassedOn(**{**petition, "nature": petition["nature"] or Nature.HELP, "reporter": about})
        return said


def now_here(at: Any) -> str:
    """The moment as the form shows it."""
    return timezone.localtime(at).strftime(MOMENT)
