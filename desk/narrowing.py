"""The filters of the dispatch desk, all of them in its address, over petitions and work orders alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from desk.queries.unread import changed_ids, never_opened
from desk.queues import QUEUES
from kernel.actors import Actor
from kernel.forms import PlainForm
from kernel.list_filters import any_of, words_field
from petitions.choices import Urgency
from petitions.forms.categories import first_levels
from petitions.forms.places import township_choices
from petitions.models import Petition
from petitions.searching import Places, few_by_words, with_words
from petitions.words import refuse_phone

NEW, CHANGED = "new", "changed"
MARKS = ((NEW, _("never opened")), (CHANGED, _("changed since I opened it")))
Rows = TypeVar("Rows", bound=QuerySet[Any])


class DeskFilter(PlainForm):
    """Each field narrows the desk; an empty one does not."""

    q = words_field(_("Number, or words of the case"), validators=[refuse_phone])
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(_("Any urgency"), Urgency.choices))
    area = forms.ChoiceField(label=_("Township"), required=False, choices=township_choices)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=first_levels())
    mark = forms.ChoiceField(label=_("Unread"), required=False, choices=any_of(_("Read or not"), MARKS))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    # Of the address, but chosen by the tabs.
    queue = forms.ChoiceField(
        required=False, choices=[("", ""), *((one.key, one.key) for one in QUEUES)], widget=forms.HiddenInput
    )

    # The cases with the words, asked for once and not by every queue.
    found: Q | None = None
    # The same for what changed since it was opened.
    changed: list[UUID] | None = None
    # Where the words are names of places, read before by whoever asks for many lists at once.
    places: Places | None = None

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
        if said["q"].strip():
            wanted &= self._worded(rows.model is Petition, actor)
        return rows.filter(wanted)

    def _worded(self, of_petitions: bool, actor: Actor) -> Q:
        """By the words, as the search of everything finds them: by key where few have them, else while walking."""
        if self.found is None:
            words, among = self.cleaned_data["q"], Petition.objects.visible_to(actor).open()
            keys = few_by_words(among=among, words=words, places=self.places)
            self.found = Q(pk__in=keys) if keys is not None else with_words(words=words, places=self.places)
        if of_petitions:
            return self.found
        return Q(petition__in=Petition.objects.filter(self.found).order_by().values("pk"))

    def _marked(self, of: str, actor: Actor) -> Q:
        """By what the person has read of it."""
        mark = self.cleaned_data["mark"]
        if mark == NEW:
            return never_opened(actor=actor, prefix=of)
        if mark != CHANGED:
            return Q()
        if self.changed is None:
            self.changed = changed_ids(actor=actor)
        return Q(**{f"{of}pk__in": self.changed})
