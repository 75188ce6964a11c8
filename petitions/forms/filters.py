"""The filters of the list: all of them stand in its address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.days import midnight
from kernel.forms import PlainForm
from kernel.list_filters import OPEN, any_of, day_field, words_field
from organizations.models import Unit
from petitions.choices import OPEN_STATES, Channel, PetitionKind, State, Urgency
from petitions.forms.categories import first_levels
from petitions.forms.places import township_choices
from petitions.querysets import PetitionQuerySet, within
from petitions.searching import Places, found_by_words, newest_alone
from petitions.words import refuse_phone

BY_DUE, BY_NEWEST = "due", ""
KEPT = {"true": _("yes"), "false": _("no")}


HIDDEN = forms.HiddenInput


class PetitionFilter(PlainForm):
    """Each field narrows the list; an empty one does not."""

    q = words_field(_("Number, or words of the case"), validators=[refuse_phone])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), PetitionKind.choices))
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=any_of(_("All channels"), Channel.choices))
    category = forms.ChoiceField(label=_("Category"), required=False, choices=first_levels())
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(_("Any urgency"), Urgency.choices))
    area = forms.ChoiceField(label=_("Township"), required=False, choices=township_choices)
    since = day_field(_("Filed from"))
    until = day_field(_("Filed until"))
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    unroutable = forms.BooleanField(label=_("Without a unit"), required=False)
    held = forms.BooleanField(label=_("With my unit"), required=False)
    mine = forms.BooleanField(label=_("Filed by me"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(BY_NEWEST, _("Newest first")), (BY_DUE, _("Next due first"))]
    )

    # Set by links alone: the figures of other pages open the list that they counted.
    unit = forms.IntegerField(label=_("Unit"), required=False, min_value=1, max_value=2**31 - 1, widget=HIDDEN)
    village = forms.RegexField(r"^[0-9]{12}$", label=_("Village"), required=False, widget=HIDDEN)
    matter = forms.RegexField(r"\A[A-Za-z0-9._-]{1,32}\Z", label=_("Matter"), required=False, widget=HIDDEN)
    cell = forms.RegexField(r"^[0-9]{15}$", label=_("Grid"), required=False, widget=HIDDEN)
    accepted_from = forms.DateField(label=_("Accepted from"), required=False, widget=HIDDEN)
    closed_from = forms.DateField(label=_("Closed from"), required=False, widget=HIDDEN)
    on_time = forms.ChoiceField(label=_("Promise kept"), required=False, widget=HIDDEN, choices=list(KEPT.items()))
    rated = forms.BooleanField(label=_("Rated"), required=False, widget=HIDDEN)
    open = forms.BooleanField(label=_("All open"), required=False, widget=HIDDEN)

    # Where the words are names of places, read before by whoever asks for many lists at once.
    places: Places | None = None

    BEHIND = ("channel", "category", "urgency", "since", "until", "sort")
    FLAGS = ("overdue", "unroutable", "held", "mine")
    PLAIN: ClassVar = {
        "kind": "kind",
        "channel": "channel",
        "urgency": "urgency",
        "matter": "category__matter__code",
    }
    LINKED = ("unit", "matter", "village", "cell", "accepted_from", "closed_from", "on_time", "rated", "open")

    def narrow(self, petitions: PetitionQuerySet, *, actor: Actor, at: datetime) -> PetitionQuerySet:
        """The petitions that fit what is said; a field that is not valid narrows to nothing at all."""
        if not self.is_valid():
            return petitions.none()
        said = self.cleaned_data
        plain = {path: said[name] for name, path in self.PLAIN.items() if said[name]}
        found = petitions.filter(**plain)
        if said["state"] == OPEN or said["open"]:
            found = found.open()
        elif said["state"]:
            found = found.filter(state=said["state"])
        for name in ("area", "village", "cell"):
            if said[name]:
                found = found.filter(within(said[name]))
        if said["category"]:
            found = found.filter(category__code__startswith=said["category"])
        if said["unit"]:
            found = found.filter(Q(lead_unit=said["unit"]) | Q(center=said["unit"], lead_unit=None))
        return self._worded(self._by_flag(self._by_time(found), actor=actor, at=at))

    def _by_time(self, found: PetitionQuerySet) -> PetitionQuerySet:
        said = self.cleaned_data
        if said["since"]:
            found = found.filter(filed_at__gte=midnight(said["since"]))
        if said["until"]:
            found = found.filter(filed_at__lt=midnight(said["until"] + timedelta(days=1)))
        if said["accepted_from"]:
            found = found.filter(accepted_at__gte=midnight(said["accepted_from"]))
        if said["closed_from"]:
            found = found.filter(closed_at__gte=midnight(said["closed_from"]))
        return found

    def _by_flag(self, found: PetitionQuerySet, *, actor: Actor, at: datetime) -> PetitionQuerySet:
        said = self.cleaned_data
        if said["overdue"]:
            found = found.overdue(at=at)
        if said["unroutable"]:
            found = found.filter(state=State.ACCEPTED).exclude(unroutable="")
        if said["held"]:
            found = found.filter(state__in=OPEN_STATES, holder__in=[f"unit:{pk}" for pk in actor.unit_ids])
        if said["mine"]:
            found = found.filter(Q(registrar=actor.user_id) | Q(reporter_user=actor.user_id))
        if said["on_time"]:
            found = found.filter(on_time=said["on_time"] == "true")
        return found.exclude(satisfaction="") if said["rated"] else found

    def _worded(self, found: PetitionQuerySet) -> PetitionQuerySet:
        words = self.cleaned_data["q"].strip()
        return found_by_words(rows=found, words=words, places=self.places) if words else found

    @property
    def newest(self) -> int:
        """Among how many of the newest cases the words are looked for; 0 where among all, or where there are none."""
        return newest_alone(words=self.cleaned_data["q"]) if self.is_valid() else 0

    @property
    def order(self) -> str:
        """The field that the list is ordered by."""
        by_due = self.is_valid() and (self.cleaned_data["sort"] == BY_DUE or self.cleaned_data["overdue"])
        return "stage_due_at" if by_due else "-filed_at"

    @property
    def linked(self) -> list[tuple[str, str]]:
        """Field and value in words of the filters that only links set, so that they can be seen and taken away."""
        if not self.is_valid():
            return []
        said = self.cleaned_data
        return [(name, self._in_words(name)) for name in self.LINKED if said[name] not in (None, "", False)]

    def _in_words(self, name: str) -> str:
        value, label = self.cleaned_data[name], str(self.fields[name].label)
        if name == "unit":
            return str(Unit.objects.filter(pk=value).first() or value)
        if name == "on_time":
            return f"{label}: {KEPT[value]}"
        return label if value is True else f"{label}: {value}"
