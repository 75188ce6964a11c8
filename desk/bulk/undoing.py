"""Taking back what was done to several at once: each case by the deed that undoes it alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from desk.bulk.doing import Done
from desk.undoing import case_of, undo
from kernel.actors import Actor
from kernel.errors import DomainError
from petitions.models import Petition


def undone(*, notes: Sequence[str], wanted: Collection[str], actor: Actor, at: datetime) -> list[Done]:
    """Undo those of the notes that are wanted, each in a deed of its own; one refused stops no other.

    The others stay as they are and can still be undone. Notes that are not this person's are left out.
    """
    cases = {note: case for note in dict.fromkeys(notes) if (case := _case(note, actor))}
    rows = Petition.objects.visible_to(actor).defer("description", "salt").filter(pk__in=cases.values())
    seen = {str(one.pk): one for one in rows}
    return [_one(note, seen.get(case), case, note in wanted, actor, at) for note, case in cases.items()]


def _case(note: str, actor: Actor) -> str:
    try:
        return case_of(note=note, actor=actor)
    except DomainError:
        return ""


def _one(note: str, petition: Petition | None, case: str, wanted: bool, actor: Actor, at: datetime) -> Done:
    if not wanted:
        return Done(petition=petition, case=case, done=True, says="", note=note)
    try:
        undo(note=note, actor=actor, at=at)
    except DomainError as error:
        return Done(petition=petition, case=case, done=False, says=error.message)
    return Done(petition=petition, case=case, done=True, says=_("Undone."), undone=True)
