"""The filters of the dispatch desk, all of them in its address, over petitions and work orders alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from desk.queries.unread import never_opened, unread
from desk.queues import QUEUES
from kernel.actors import Actor
from kernel.forms import PlainForm
from kernel.list_filters import any_of, words_field
from petitions.choices import Urgency
from petitions.forms.categories import first_levels
from petitions.forms.places import township_choices
from petitions.models import Petition

NEW, CHANGED = "new", "changed"
MARKS = ((NEW, _("never opened")), (CHANGED, _("changed since I opened it")))
Rows = TypeVar("Rows", bound=QuerySet[Any])


class DeskFilter(PlainForm):
    """Each field narrows the desk; an empty one does not."""

    q = words_field(_("Number or words of the title"))
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(_("Any urgency"), Urgency.choices))
    area = forms.ChoiceField(label=_("Township"), required=False, choices=township_choices)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=first_levels())
    mark = forms.ChoiceField(label=_("Unread"), required=False, choices=any_of(_("Read or not"), MARKS))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    # Of the address, but chosen by the tabs.
    queue = forms.ChoiceField(
        required=False, choices=[("", ""), *((one.key, one.key) for one in QUEUES)], widget=forms.HiddenInput
    )

    def narrow(self, rows: Rows, *, due: str, actor: Actor, at: datetime) -> Rows:
        """The rows that fit what is said; `due` is the column by which they are late. A wrong field lets none pass."""
        if not self.is_valid():
            return rows.none()
        said, of = self.cleaned_data, "" if rows.model is Petition else "petition__"
        wanted = self._marked(of, actor)
        if said["urgency"]:
            wanted &= Q(**{f"{of}urgency": said["urgency"]})
        if said["area"]:
            wanted &= Q(**{f"{of}township_code": said["area"]})
        if said["category"]:
            wanted &= Q(**{f"{of}category__code__startswith": said["category"]})
        if said["late"]:
            wanted &= Q(**{f"{due}__lt": at})
        words = said["q"].strip()
        if words:
            wanted &= Q(**{f"{of}number": words.upper()}) | Q(**{f"{of}title__icontains": words})
        return rows.filter(wanted)

    def _marked(self, of: str, actor: Actor) -> Q:
        """By what the person has read of it."""
        asked = {NEW: never_opened, CHANGED: unread}.get(self.cleaned_data["mark"])
        return asked(actor=actor, prefix=of) if asked else Q()
