"""The books must balance: accepted = closed + open + returned + suspended + void, at every second.

THE TABLE below says for every state of a petition which class a case is in. The left side is counted from the moment of
acceptance, each class on the right by its own condition, all in one statement: a state that no class names, or that two
name, shows as a difference and is not summed away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState
from dispatch.models import WorkOrder
from kernel.actors import Actor
from petitions.choices import CLOSED_STATES, OPEN_STATES, State
from petitions.models import Petition
from petitions.queries import within


def _with_order(*states: OrderState, **said: Any) -> Q:
    return Q(pk__in=WorkOrder.objects.filter(state__in=states, **said).order_by().values("petition"))


def with_unit() -> dict[str, Q]:
    """How the cases that a unit has, or had, are told apart: by the state of the order."""
    paused = _with_order(OrderState.PAUSED)
    asked_back = _with_order(OrderState.RETURNING, OrderState.DISPUTED)
    # Taken back from a unit in this round: it was dispatched after it was accepted, and its order is over.
    again = _with_order(OrderState.RETURNED, OrderState.CANCELLED, OrderState.RECALLED, round=2)
    back = Q(dispatched_at__gte=F("accepted_at")) & (Q(round=1) | Q(round=2) & again)
    return {"paused": paused, "asked_back": asked_back, "back": back}


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the right side: states that are in it whole, and parts of states by their orders."""

    code: str
    label: str | Promise
    said: str | Promise
    states: tuple[State, ...]
    parts: tuple[tuple[State, str, bool], ...] = ()


ACCEPTED, DISPATCHED = State.ACCEPTED, State.DISPATCHED

# fmt: off
CLASSES: tuple[Class, ...] = (
    # code, label, in words; whole states; parts of states by their order
    Class("closed",    _("Closed"),     _("closed or archived"),
          CLOSED_STATES),
    Class("open",      _("Still in hand"),       _("in hand, awaiting verification or rating, or handled by a plan"),
          (State.FILED, State.WAITING, State.HANDLED, State.VERIFIED, State.PLANNED),
          ((ACCEPTED, "back", False), (DISPATCHED, "paused|asked_back", False))),
    Class("returned",  _("Returned"),   _("a unit asks to return it, or it was taken back and no unit has it yet"),
          (), ((ACCEPTED, "back", True), (DISPATCHED, "asked_back", True))),
    Class("suspended", _("Suspended"),  _("its clock stands still, with consent"),
          (), ((DISPATCHED, "paused", True),)),
    Class("void",      _("Void"),       _("withdrawn, declined, or joined to another case"),
          (State.DECLINED, State.WITHDRAWN, State.JOINED)),
)
# fmt: on
WAITING = (State.FILED, State.WAITING)


def conditions() -> dict[str, Q]:
    """Left side, classes, and what was never accepted, each by itself."""
    parts, accepted = with_unit(), Q(accepted_at__isnull=False)
    found = {"accepted": accepted}
    for one in CLASSES:
        inside = Q(state__in=one.states)
        for state, names, holds in one.parts:
            among = Q()
            for name in names.split("|"):
                among |= parts[name]
            inside |= Q(state=state) & (among if holds else ~among)
        found[one.code] = accepted & inside
    found["awaiting"] = ~accepted & Q(state__in=WAITING)
    found["turned_away"] = ~accepted & ~Q(state__in=WAITING)
    return found


@dataclass(frozen=True, slots=True)
class Balance:
    """One row of the books: an area, or everything."""

    area: str
    filed: int
    accepted: int
    classes: dict[str, int]
    awaiting: int
    turned_away: int
    standing: int = field(default=0, compare=False)  # open in the sense of the lists, whatever class; the log has none

    @property
    def missing(self) -> int:
        """How far the right side is from the left: 0 in books that balance."""
        return self.accepted - sum(self.classes.values())

    @property
    def unfiled(self) -> int:
        """The same of the whole intake: filed = accepted + awaiting a decision + ended without acceptance."""
        return self.filed - self.accepted - self.awaiting - self.turned_away

    @property
    def holds(self) -> bool:
        return not self.missing and not self.unfiled


def seen(*, actor: Actor, area: str) -> QuerySet[Petition]:
    """The cases of an area ("" is all) that the actor sees."""
    found: QuerySet[Petition] = Petition.objects.visible_to(actor).order_by()
    return found.filter(within(area)) if area else found


def level_below(area: str) -> str:
    """The column that the books of an area are kept by: townships, villages of a township, grids of a village."""
    return {9: "village_code", 12: "cell_code", 15: "cell_code"}.get(len(area), "township_code")


def balances(*, actor: Actor, area: str = "") -> tuple[Balance, list[Balance]]:
    """Everything, and area by area. One statement, so one instant.

    Cases are counted by what the classes look at; each class then takes what it names, by itself.
    """
    below, parts = level_below(area), with_unit()
    # As truths and not as words: of truths the planner knows that there are two, and shares the work among processes.
    among = {
        "known": Q(accepted_at__isnull=False),
        "paused": Q(state=DISPATCHED) & parts["paused"],
        "asked_back": Q(state=DISPATCHED) & parts["asked_back"],
        "back": Q(state=ACCEPTED) & parts["back"],
    }
    truths = {name: ExpressionWrapper(one, output_field=BooleanField()) for name, one in among.items()}
    rows = seen(actor=actor, area=area).annotate(**truths).values(below, "state", *truths)
    areas: dict[str, list[Group]] = {}
    for row in rows.annotate(n=Count("*")):
        how = next((name for name in parts if row[name]), "")
        areas.setdefault(row[below], []).append(Group(row["state"], how, row["known"], row["n"]))
    lines = [_counted(place, groups) for place, groups in sorted(areas.items())]
    return whole(lines), lines


@dataclass(frozen=True, slots=True)
class Group:
    """So many cases of one state that are alike in their order and in whether they were ever accepted."""

    state: str
    how: str
    accepted: bool
    n: int

    def of(self, one: Class) -> bool:
        """Whether a class takes them."""
        if self.state in one.states:
            return True
        parts = (part for part in one.parts if part[0] == self.state)
        return any((self.how in names.split("|")) == holds for _state, names, holds in parts)


def _counted(area: str, groups: Sequence[Group]) -> Balance:
    accepted = [one for one in groups if one.accepted]
    others = [one for one in groups if not one.accepted]
    said = {row.code: sum(one.n for one in accepted if one.of(row)) for row in CLASSES}
    return _line(
        area,
        {
            **said,
            "filed": sum(one.n for one in groups),
            "accepted": sum(one.n for one in accepted),
            "awaiting": sum(one.n for one in others if one.state in WAITING),
            "turned_away": sum(one.n for one in others if one.state not in WAITING),
            "standing": sum(one.n for one in groups if one.state in OPEN_STATES),
        },
    )


def _line(area: str, said: dict[str, int]) -> Balance:
    return Balance(
        area=area,
        filed=said["filed"],
        accepted=said["accepted"],
        classes={one.code: said[one.code] for one in CLASSES},
        awaiting=said["awaiting"],
        turned_away=said["turned_away"],
        standing=said["standing"],
    )


def whole(lines: Sequence[Balance]) -> Balance:
    """All lines together."""
    return Balance(
        area="",
        filed=sum(one.filed for one in lines),
        accepted=sum(one.accepted for one in lines),
        classes={row.code: sum(one.classes[row.code] for one in lines) for row in CLASSES},
        awaiting=sum(one.awaiting for one in lines),
        turned_away=sum(one.turned_away for one in lines),
        standing=sum(one.standing for one in lines),
    )


def cases(*, actor: Actor, area: str, code: str) -> QuerySet[Petition]:
    """Behind a number of the books. Raises KeyError for a class that there is not."""
    which = {"filed": Q(), **conditions()}
    return seen(actor=actor, area=area).filter(which[code])
