"""The controls of the page: what may be asked, with what is asked chosen. The address is read elsewhere, strictly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.statistics import dimensions, indicators
from assessment.statistics.asking import Question
from assessment.statistics.periods import PERIODS, RANGE, Against
from kernel.list_filters import any_of, day_field
from petitions.choices import Channel, PetitionKind, Urgency
from petitions.forms.categories import first_levels
from petitions.forms.places import township_choices

WAYS = [(row.code, row.label) for row in dimensions.TABLE]


class QuestionForm(forms.Form):
    """Shown, never read."""

    by = forms.ChoiceField(label=_("Rows"), choices=WAYS)
    across = forms.ChoiceField(label=_("Columns"), required=False, choices=any_of(_("the figures"), WAYS))
    period = forms.ChoiceField(label=_("Period counted"), choices=PERIODS)
    on = day_field(_("that holds"))
    since = day_field(_("From"))
    until = day_field(_("Until"))
    against = forms.ChoiceField(label=_("Beside"), required=False, choices=Against.choices)
    area = forms.ChoiceField(label=_("Township"), required=False, choices=township_choices)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=first_levels())
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), PetitionKind.choices))
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=any_of(_("All channels"), Channel.choices))
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(_("Any urgency"), Urgency.choices))
    of = forms.MultipleChoiceField(
        label=_("Figures"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(row.code, row.label) for row in indicators.TABLE],
    )

    MAIN = ("by", "across", "period", "on", "since", "until", "against")
    NARROWING = ("area", "category", "kind", "channel", "urgency")


def form_of(question: Question) -> QuestionForm:
    """The controls as the question at hand sets them."""
    initial: dict[str, Any] = {**question.filters, "by": question.by, "across": question.across, "of": question.of}
    initial |= {"period": question.span.step, "against": question.against}
    if question.span.step == RANGE:
        initial |= {"since": question.span.first.isoformat(), "until": question.span.last.isoformat()}
    else:
        initial["on"] = question.span.first.isoformat()
    return QuestionForm(initial=initial)
