"""How the list behind a figure is narrowed further: the words of its address, checked, as one condition."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid
from kernel.forms import PlainForm
from petitions.choices import Channel
from petitions.queries import within

NO_CATEGORY = "none"


class Narrowing(PlainForm):
    """What a figure may be narrowed to; an empty field does not narrow. Links set them, nobody types them."""

    place = forms.RegexField(r"\A[0-9]{4,15}\Z", required=False, label=_("Place"))
    channel = forms.ChoiceField(choices=[("", ""), *Channel.choices], required=False, label=_("Channel"))
    main = forms.RegexField(r"\A(?:[0-9A-Za-z]{2}|none)\Z", required=False, label=_("Category"))
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, label=_("Unit"))

    @property
    def condition(self) -> Q:
        """The condition on petitions."""
        said = self.cleaned_data
        found = within(said["place"]) if said["place"] else Q()
        if said["channel"]:
            found &= Q(channel=said["channel"])
        if said["main"]:
            found &= Q(category=None) if said["main"] == NO_CATEGORY else Q(category__code__startswith=said["main"])
        return found & Q(lead_unit=said["unit"]) if said["unit"] else found

    @property
    def chosen(self) -> dict[str, str]:
        """What is narrowed, for the addresses of the pages and tabs beside."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value not in (None, "")}


def narrowed_by(query: QueryDict) -> Narrowing:
    """The narrowing that an address asks for. Raises Invalid naming the field for what no link of ours says."""
    found = Narrowing({name: query.get(name, "") for name in Narrowing.base_fields})
    if not found.is_valid():
        wrong = {name: [str(reason) for reason in reasons] for name, reasons in found.errors.items()}
        raise Invalid(_("This address was changed by hand."), fields=wrong)
    return found
