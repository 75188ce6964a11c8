"""What is done to several cases at once, and what has to be said for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.forms import PlainForm
from petitions.forms.categories import CategoryField
from petitions.models import Petition


class Action(models.TextChoices):
    """What several cases can have done to them at once."""

    ACCEPT = "accept", _("Accept")
    DISPATCH = "dispatch", _("Dispatch by the list")
    CLASSIFY = "classify", _("Give a category")
    JOIN = "join", _("Join to another petition")


class ActionForm(PlainForm):
    """Which of them."""

    do = forms.ChoiceField(label=_("What to do with those selected"), choices=Action.choices)


class SaidForm(PlainForm):
    """What the action needs beside the cases; fields that it does not need are taken away."""

    category = CategoryField(required=False)
    main = forms.CharField(label=_("Number of the main petition"), max_length=24, required=False)

    NEEDS = {Action.ACCEPT: "category", Action.CLASSIFY: "category", Action.JOIN: "main"}

    def __init__(self, *args: Any, do: str, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.do, self.actor = do, actor
        for name in [one for one in self.fields if one != self.NEEDS.get(Action(do))]:
            del self.fields[name]
        field = self.fields.get("category")
        if isinstance(field, CategoryField):
            field.load()
            if do == Action.ACCEPT:
                field.help_text = _(
                    "Only for those that have none; without it the suggested one, where it is sure enough."
                )

    def clean_main(self) -> Any:
        """The petition behind the number, as far as this person sees; None for none said."""
        number = self.cleaned_data["main"].strip().upper()
        if not number:
            return None
        found = Petition.objects.visible_to(self.actor).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no such petition, or not for you."))
        return found
