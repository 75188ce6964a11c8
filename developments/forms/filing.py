"""A company asks for a plan on one page; the centre opens one from a petition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from developments.forms.base import LONG
from developments.forms.deeds import TAKES
from developments.models import Enterprise, PlanTemplate, TemplatePaper
from kernel.forms import PlainForm
from petitions.services.attaching import prepared

PAPER = "paper_{}"


class FilingForm(PlainForm):
    """The project, what is asked, and a file for each paper of the plan; what is missing is promised."""

    title = forms.CharField(label=_("Project"), max_length=120)
    asked = forms.CharField(
        label=pgettext_lazy("development", "What is asked"), max_length=4000, widget=forms.Textarea(attrs=LONG)
    )
    address = forms.CharField(label=_("Address of the project"), max_length=200, required=False)
    promise = forms.BooleanField(
        label=_("We promise to hand in what is missing by the day that is named beside each paper."), required=False
    )

    def __init__(self, *args: Any, papers: Iterable[TemplatePaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = list(papers)
        for paper in self.papers:
            self.fields[PAPER.format(paper.pk)] = forms.FileField(
                label=paper.name,
                required=False,
                help_text=_("may follow within %(days)s days") % {"days": paper.days}
                if paper.tolerable
                else _("needed for the acceptance"),
                widget=forms.FileInput(attrs={"accept": TAKES}),
            )

    def rows(self) -> list[Any]:
        """The fields of the papers, in the order of the plan."""
        return [self[PAPER.format(paper.pk)] for paper in self.papers]

    def given(self, *, words: str) -> dict[str, Any]:
        """As the deed takes it: each file read and checked, and the promise in words where it was ticked."""
        said = self.cleaned_data
        files = {paper.pk: said[PAPER.format(paper.pk)] for paper in self.papers}
        return {
            **{name: said[name] for name in ("title", "asked", "address")},
            "promise": words if said["promise"] else "",
            "papers": {key: prepared(file=one, name=one.name or "") for key, one in files.items() if one},
        }


class OpeningForm(PlainForm):
    """Which company, which plan, and the words that units read."""

    enterprise_id = forms.ModelChoiceField(label=_("Company"), queryset=Enterprise.objects.none())
    template_code = forms.ModelChoiceField(
        label=_("Plan template"), queryset=PlanTemplate.objects.none(), to_field_name="code"
    )
    title = forms.CharField(label=_("Project"), max_length=120)
    asked = forms.CharField(
        label=pgettext_lazy("development", "What is asked"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The units of the plan read this, and not the petition: name no reporter."),
    )

    def __init__(self, *args: Any, templates: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise_id"].queryset = companies  # type: ignore[attr-defined]
        self.fields["template_code"].queryset = templates  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As the deed takes it."""
        said = dict(self.cleaned_data)
        return {**said, "enterprise_id": said["enterprise_id"].pk, "template_code": said["template_code"].code}
