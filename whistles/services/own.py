"""The summons of the actor's own unit, or of the unit that the issuer names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import Conflict, Invalid
from kernel.permissions import require
from whistles.models import Summons, Whistle
from whistles.policies import ANSWER
from whistles.queries import called_for
from whistles.services import whistles
from whistles.workflow import WHISTLES


def own_summons(*, whistle: Whistle, move: str, actor: Actor, unit_id: int | None = None) -> Summons:
    """The summons for which the actor makes a move: of the named unit, else of the first that still concerns it.

    Raises WrongState, NotAllowed where no unit of the actor is called, Conflict where it is done for all of them.
    """
    WHISTLES.row(move=move, state=whistle.state)
    known = list(Summons.objects.filter(whistle=whistle).order_by("pk"))
    mine = [one for one in known if actor.may(ANSWER, units=[one.unit_id]) and unit_id in (None, one.unit_id)]
    if not mine:
        require(actor.may(ANSWER, units=[one.unit_id for one in known] if unit_id is None else [unit_id]))
        raise Invalid(_("This unit is not called."), fields={"unit": [_("Not called.")]})
    waiting = set(called_for(move=move, summonses=mine))
    found = next((one for one in mine if one.unit_id in waiting), None)
    if found is None:
        raise Conflict(_("Your unit has done this already, or it is excused."), code="done_already")
    return found


def summons_of(*, whistle: Whistle, move: str, unit_id: int, actor: Actor) -> Summons:
    """The summons of a unit, for what the issuer's side does with it. Raises Invalid where the unit is not called."""
    whistles.permitted(whistle=whistle, move=move, actor=actor)
    found = Summons.objects.filter(whistle=whistle, unit_id=unit_id).first()
    if found is None:
        raise Invalid(_("This unit is not called."), fields={"unit": [_("Not called.")]})
    return found
