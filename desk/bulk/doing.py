"""Doing it: each case in a deed of its own over the version that was shown, with what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from desk.bulk.planning import SEPARATOR
from desk.forms.bulk import Action
from desk.undoing import remembered, signed, way_back
from dispatch.services import opening
from kernel.actors import Actor
from kernel.errors import DomainError, Missing
from petitions.models import Petition
from petitions.services import joining, reception


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one case. `note`: by which it is undone, "" where it cannot be; `undone`: that it was."""

    petition: Petition | None
    case: str
    done: bool
    says: str | Promise
    note: str = ""
    undone: bool = False


def done(*, do: str, items: Iterable[str], actor: Actor, at: datetime) -> list[Done]:
    """Do it, each case in a deed of its own over the version that was shown; one refused stops no other.

    The notes by which each is undone are signed once all are done: the time to undo begins when the result is read.
    """
    found = [_one(do, item, actor, at) for item in items]
    return [replace(one, note=signed(back)) if back else one for one, back in found]


def _one(do: str, item: str, actor: Actor, at: datetime) -> tuple[Done, dict[str, Any] | None]:
    case, _colon, rest = item.partition(SEPARATOR)
    version, _colon, given = rest.partition(SEPARATOR)
    found = Petition.objects.visible_to(actor).defer("description", "salt").filter(pk=case).first()
    if found is None or not version.isascii() or not version.isdecimal():
        return Done(petition=None, case=case, done=False, says=_("This does not exist, or not for you.")), None
    name = UNDONE_AS.get(Action(do), "")
    before = remembered(petition=found, deed=name)
    try:
        says = RUN[Action(do)](found, int(version), given, actor, at)
    except DomainError as error:
        return Done(petition=found, case=case, done=False, says=error.message), None
    back = way_back(petition=found, deed=name, before=before, actor=actor)
    return Done(petition=found, case=case, done=True, says=says), back


def _accept(petition: Petition, version: int, given: str, actor: Actor, at: datetime) -> str:
    said = {"category_code": given} if given != petition.category_id else {}
    reception.accept(petition_id=petition.pk, actor=actor, at=at, version=version, **said)
    return _("Accepted.")


def _dispatch(petition: Petition, version: int, given: str, actor: Actor, at: datetime) -> str:
    unit = int(given) if given.isascii() and given.isdecimal() else 0
    opening.dispatch_listed(petition_id=petition.pk, expected=unit, actor=actor, at=at, version=version)
    return _("The work order is open.")


def _classify(petition: Petition, version: int, given: str, actor: Actor, at: datetime) -> str:
    reception.classify(petition_id=petition.pk, category_code=given, actor=actor, at=at, version=version)
    return _("Put right.")


def _join(petition: Petition, version: int, given: str, actor: Actor, at: datetime) -> str:
    main = Petition.objects.visible_to(actor).filter(number=given).values_list("pk", flat=True).first()
    if main is None:
        raise Missing(_("There is no such petition, or not for you."))
    joining.join(petition_id=petition.pk, main_id=main, actor=actor, at=at, version=version)
    return _("Joined.")


# By which row of the table of undoing each of them is taken back; accepting tells the citizen and is not in it.
UNDONE_AS = {Action.DISPATCH: "assign", Action.CLASSIFY: "classify", Action.JOIN: "join"}
RUN: dict[Action, Callable[[Petition, int, str, Actor, datetime], str]] = {
    Action.ACCEPT: _accept,
    Action.DISPATCH: _dispatch,
    Action.CLASSIFY: _classify,
    Action.JOIN: _join,
}
