"""What the forms of whistles have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm
from organizations.models import Unit
from whistles.models import Summons, Whistle

LONG, SHORT = {"rows": 6}, {"rows": 3}


class Units(forms.TypedMultipleChoiceField):
    """Units as boxes to tick, with a field above that narrows them where there is JavaScript."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Who is to come"), coerce=int, **kwargs)

    def offer(self, units: Iterable[Unit]) -> None:
        """These and no others."""
        self.choices = [(unit.pk, str(unit)) for unit in units]


class OnWhistle(DeedForm):
    """A deed over the version of a whistle that was seen."""

    def __init__(self, *args: Any, whistle: Whistle, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": whistle.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.whistle = whistle

    def called(self) -> list[Summons]:
        """The summonses of the whistle, by name of the unit."""
        return list(self.whistle.summonses.select_related("unit").order_by("unit__name", "pk"))


def lines(text: str) -> list[str]:
    """What stands on lines of its own, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
