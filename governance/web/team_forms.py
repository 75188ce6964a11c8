"""Forms for the teams of a township."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm
from organizations.choices import TeamKind
from organizations.models import Matter, Posting, User
from organizations.queries.teams import home_of, homes


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class TeamForm(DeedForm):
    """A deed over the version of a team that was seen."""

    def __init__(self, *args: Any, version: int = 1, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class FoundTeam(TeamForm):
    code = forms.CharField(label=_("Code"), max_length=32, help_text=_("Capital letters, digits and hyphens."))
    name = forms.CharField(label=_("Name of the team"), max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), choices=TeamKind.choices)
    powers = forms.MultipleChoiceField(
        label=_("Powers of enforcement"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Matters of the catalogue in which the team may act; several may be chosen."),
    )
    valid_from = Day(label=_("From"))
    valid_until = Day(label=_("First day without the team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers: Any = self.fields["powers"]
        powers.choices = list(Matter.objects.order_by("code").values_list("code", "name"))


class PostDown(TeamForm):
    person = forms.CharField(label=_("Name of the account"), max_length=150)
    home = forms.TypedChoiceField(
        label=_("Home department"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Empty: the department that the person works for."),
    )
    valid_from = Day(label=_("From"))
    valid_until = Day(
        label=_("Back in the department from"), required=False, help_text=_("Empty for as long as the team exists.")
    )

    def __init__(self, *args: Any, found: Sequence[Posting] = (), at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if found:
            people: Any = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)
            people.choices = list({one.user.username: f"{one.user} · {one.unit}" for one in found}.items())
            self.fields["person"] = people
            self.order_fields(["version", "person", "home", "valid_from", "valid_until"])
        home: Any = self.fields["home"]
        home.choices = [("", "—"), *((one.pk, one.name) for one in homes().order_by("code"))]

    def given(self) -> dict[str, Any]:
        """With the person by number; an account that is not there is told by the deed."""
        said = super().given()
        username, home = said.pop("person"), said.pop("home")
        person = User.objects.filter(username=username).values_list("pk", flat=True).first()
        return {**said, "user_id": person or 0, "home_id": home or home_of(user_id=person or 0, at=self.at)}


class Recall(TeamForm):
    on = Day(label=_("Back in the department from"))


class EndTeam(TeamForm):
    on = Day(label=_("First day without the team"))
