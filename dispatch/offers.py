"""What a person may do with a work order, as buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.models import WorkOrder
from dispatch.queries import moves_of
from kernel.actors import Actor
from kernel.permissions import Denied
from petitions.choices import State
from petitions.models import Petition
from petitions.queries import verdict_on

# Two outcomes of one decision share a page.
PAGE_OF = {
    "grant_return": "rule",
    "refuse_return": "rule",
    "adjudicate_away": "adjudicate",
    "adjudicate_keep": "adjudicate",
    "pass": "verify",
    "fail": "verify",
    "extend": "decide_time",
    "suspend": "decide_time",
    "refuse_time": "decide_time",
    "end_pause": "resume",
}
LABELS: dict[str, str | Promise] = {
    "rule": _("Rule on the return"),
    "adjudicate": _("Adjudicate"),
    "verify": _("Verify"),
    "decide_time": _("Decide on more time"),
    "resume": _("Go on with it"),
}
ICONS = {
    "sign": "signature",
    "progress": "progress",
    "return": "arrow-back-up",
    "rule": "gavel",
    "adjudicate": "scale",
    "complete": "circle-check",
    "verify": "shield-check",
    "reassign": "arrows-exchange",
    "recall": "arrow-back",
    "ask_extension": "calendar-plus",
    "ask_pause": "player-pause",
    "decide_time": "hourglass",
    "resume": "player-play",
    "assign": "send",
}
FIRST = frozenset({"sign", "complete", "verify", "rule", "adjudicate", "assign", "decide_time"})
# Orders end by themselves where their petition does.
BY_ITSELF = frozenset({"cancel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button: the page it leads to, or why it does not."""

    name: str
    label: str | Promise
    allowed: bool
    reason: str | Promise
    icon: str
    primary: bool


def offers_of(*, order: WorkOrder, actor: Actor, at: datetime | None = None) -> list[Offer]:
    """Every deed that the order's state allows, with the verdict for this person."""
    found: dict[str, Offer] = {}
    for move in moves_of(order=order, actor=actor, at=at):
        name = PAGE_OF.get(move.move, move.move)
        if move.move not in BY_ITSELF:
            found.setdefault(name, _offer(name, LABELS.get(name, move.label), move.allowed, move.reason))
    return list(found.values())


def assigning(*, petition: Petition, actor: Actor) -> Offer | None:
    """Naming the unit by hand: offered while a petition waits to be dispatched."""
    if petition.state != State.ACCEPTED:
        return None
    said = verdict_on(petition=petition, capability="order.assign", actor=actor)
    return _offer("assign", _("Name the unit"), bool(said), said.reason if isinstance(said, Denied) else "")


def _offer(name: str, label: str | Promise, allowed: bool, reason: str | Promise) -> Offer:
    return Offer(
        name=name, label=label, allowed=allowed, reason=reason, icon=ICONS.get(name, ""), primary=name in FIRST
    )
