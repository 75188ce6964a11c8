"""Saved filters: one's own, or shared with a unit. Saving is a mark of a person; sharing concerns others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from desk.events import FilterShared
from desk.lists import LISTS, PASSING, ListSpec
from desk.models import SavedFilter
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.events import record
from kernel.ids import new_id
from kernel.text import refuse_hostile
from organizations.events import person
from organizations.models import User

MOST_FILTERS = 20
LONGEST_NAME, LONGEST_QUERY = 40, 1000
UP, DOWN = "up", "down"
WORDS = "q"  # what every list calls the words that it is searched for


@deed
def save_filter(
    *, list_key: str, name: str, query: Mapping[str, str], unit_id: int | None = None, actor: Actor, at: datetime
) -> SavedFilter:
    """Keep a list as it is narrowed, under a name; with a unit, for whoever works in it.

    Raises NotAllowed (not of that unit), Missing (list), Invalid (name, query), Conflict (name taken, too many).
    """
    user_id = _locked(actor)
    text = canonical(list_key=list_key, query=query)
    _may_share(actor, unit_id, text)
    mine = SavedFilter.objects.filter(user_id=user_id, list_key=list_key)
    if mine.count() >= MOST_FILTERS:
        raise Conflict(_("You have as many filters of this list as there may be: take one away first."))
    last = mine.aggregate(last=Max("place"))["last"]
    made = SavedFilter(
        id=new_id(at=at),
        user_id=user_id,
        unit_id=unit_id,
        list_key=list_key,
        name=_named(name, mine),
        query=text,
        place=0 if last is None else last + 1,
        saved_at=at,
    )
    made.save(force_insert=True)
    if unit_id is not None:
        _tell_shared(made, actor, at)
    return made


@deed
def change(
    *, filter_id: UUID, name: str, unit_id: int | None, actor: Actor, at: datetime, version: int | None = None
) -> SavedFilter:
    """Call a filter by another name and share it with a unit that one works for; None takes it back from the others.

    Raises Missing, Stale, Invalid, Conflict (name taken), NotAllowed (not of that unit).
    """
    found = _own(filter_id, actor, version)
    others = SavedFilter.objects.filter(user_id=found.user_id, list_key=found.list_key).exclude(pk=found.pk)
    found.name = _named(name, others)
    shared_anew = found.unit_id != unit_id
    if shared_anew:
        _may_share(actor, unit_id, found.query)
        found.unit_id = unit_id
        _tell_shared(found, actor, at)
    return _saved(found, "name", "unit_id")


@deed
def begin_with(*, filter_id: UUID, begins: bool, actor: Actor, at: datetime, version: int | None = None) -> SavedFilter:
    """Have a list open with this filter, or with all of it again. Raises Missing, Stale."""
    _locked(actor)
    found = _own(filter_id, actor, version)
    others = SavedFilter.objects.filter(user_id=found.user_id, list_key=found.list_key, starts=True)
    others.exclude(pk=found.pk).update(starts=False)
    found.starts = begins
    return _saved(found, "starts")


@deed
def move(*, filter_id: UUID, direction: str, actor: Actor, at: datetime) -> None:
    """Move a filter one place up or down among one's own; at the end nothing happens. Raises Missing, Invalid."""
    if direction not in (UP, DOWN):
        raise Invalid(_("Not a choice."), fields={"direction": [_("Not a choice.")]})
    _locked(actor)
    found = _own(filter_id, actor, None)
    rows = list(SavedFilter.objects.filter(user_id=found.user_id, list_key=found.list_key).order_by("place", "pk"))
    here = next(index for index, row in enumerate(rows) if row.pk == found.pk)
    there = here + (-1 if direction == UP else 1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows):
        row.place = place
    SavedFilter.objects.bulk_update(rows, ["place"])


@deed
def delete(*, filter_id: UUID, actor: Actor, at: datetime) -> None:
    """Throw a filter away; one that was shared is gone for the unit too. Raises Missing."""
    found = _own(filter_id, actor, None)
    if found.unit_id is not None:
        found.unit_id = None
        _tell_shared(found, actor, at)
    found.delete()


def canonical(*, list_key: str, query: Mapping[str, str]) -> str:
    """The one written form of a query that the list understands. Raises Missing (list), Invalid naming the filters."""
    said = {name: value for name, value in query.items() if value and name not in PASSING}
    unknown = _list(list_key).unknown(said)
    if unknown:
        names = ", ".join(unknown)[:200]
        raise Invalid(_("The list cannot be asked this."), fields={"query": [_("Not understood: %s") % names]})
    text = urlencode(sorted(said.items()))
    if not text:
        raise Invalid(_("Nothing is narrowed."), fields={"query": [_("Choose a filter first.")]})
    if len(text) > LONGEST_QUERY:
        raise Invalid(_("The list cannot be asked this."), fields={"query": [_("Too long.")]})
    return text


def query_of(text: str) -> dict[str, str]:
    """A query as a mapping; of a name that is said twice the last value counts, as in a form."""
    return dict(parse_qsl(text))


def _list(key: str) -> ListSpec:
    if key not in LISTS:
        raise Missing(_("There is no such list."))
    return LISTS[key]


def _named(name: str, others: QuerySet[SavedFilter]) -> str:
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise Invalid(_("A filter has a name of 1 to 40 characters."), fields={"name": [_("1 to 40 characters.")]})
    try:
        refuse_hostile(said)
    except ValueError as error:
        raise Invalid(_("A character in this text is not accepted."), fields={"name": [str(error)]}) from error
    if others.filter(name=said).exists():
        raise Conflict(
            _("You have a filter of this name for this list."),
            code="name_taken",
            fields={"name": [_("You have a filter of this name for this list.")]},
        )
    return said


def _may_share(actor: Actor, unit_id: int | None, text: str) -> None:
    """Raises NotAllowed, and Invalid for words that were searched for: they may be somebody's name."""
    if unit_id is not None and unit_id not in actor.unit_ids:
        raise NotAllowed(_("A filter is shared with a unit by the people who work in it."))
    if unit_id is not None and WORDS in query_of(text):
        raise Invalid(
            _("Words that you searched for are shared with nobody."),
            fields={"unit": [_("Keep this one for yourself, or take the words out of it.")]},
        )


def _own(filter_id: UUID, actor: Actor, version: int | None) -> SavedFilter:
    """One's own filter, locked. Somebody else's, shared or not, is not there to be changed."""
    mine = SavedFilter.objects.filter(user_id=actor.user_id or 0, pk=filter_id)
    found = mine.select_for_update(of=("self",)).first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    if version is not None and version != found.version:
        raise Stale(_("This was changed in the meantime."), details={"current_version": found.version})
    return found


def _saved(found: SavedFilter, *columns: str) -> SavedFilter:
    found.version += 1
    found.save(update_fields=[*columns, "version"])
    return found


def _locked(actor: Actor) -> int:
    """The person, locked, so that filters are counted and ordered one after the other. Raises NotAllowed for nobody."""
    found = (
        User.objects.select_for_update(no_key=True, of=("self",)).filter(pk=actor.user_id or 0, is_active=True).first()
    )
    if found is None:
        raise NotAllowed(_("Only a person has filters."))
    return int(found.pk)


def _tell_shared(found: SavedFilter, actor: Actor, at: datetime) -> None:
    happened = FilterShared(
        case_id=person(user_id=found.user_id), subject_id=str(found.pk), list=found.list_key, unit=found.unit_id or 0
    )
    record(happened, actor=actor, at=at)
