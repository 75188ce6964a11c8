"""What a person may do with a petition, as buttons: the moves of the table and the deeds beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from petitions.policies import verdict
from petitions.queries import moves_of

# The page on which a move is made; two outcomes of one rating share theirs.
PAGE_OF = {"close": "rate", "reopen": "rate"}
ICONS = {
    "accept": "check",
    "ask": "message-question",
    "supply": "message-reply",
    "decline": "ban",
    "join": "git-merge",
    "separate": "git-branch",
    "withdraw": "arrow-back-up",
    "rate": "star",
    "archive": "archive",
    "classify": "tag",
    "reply": "message",
    "callback": "phone",
    "attach": "paperclip",
    "reveal": "eye",
}
FIRST = frozenset({"accept", "supply", "rate"})
GRAVE = frozenset({"decline", "withdraw"})
RATE = _("Rate")
NOT_HANDLED = (State.FILED, State.WAITING, State.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button: the page it leads to, or why it does not."""

    name: str
    label: str | Promise
    allowed: bool
    reason: str | Promise
    icon: str
    primary: bool
    danger: bool


def offer(name: str, label: str | Promise, said: Verdict) -> Offer:
    """One button from a verdict."""
    return Offer(
        name=name,
        label=label,
        allowed=bool(said),
        reason=said.reason if isinstance(said, Denied) else "",
        icon=ICONS.get(name, ""),
        primary=name in FIRST,
        danger=name in GRAVE,
    )


def offers_of(*, petition: Petition, actor: Actor) -> list[Offer]:
    """Every deed that the state allows, with the verdict for this person."""
    found: dict[str, Offer] = {}
    for move in moves_of(petition=petition, actor=actor):
        name = PAGE_OF.get(move.move, move.move)
        label = RATE if name == "rate" else move.label
        found.setdefault(name, offer(name, label, Allowed() if move.allowed else Denied(move.reason)))
    for name, label, capability in _beside(petition):
        found[name] = offer(name, label, verdict(capability=capability, petition=petition, actor=actor))
    return list(found.values())


def _beside(petition: Petition) -> list[tuple[str, str | Promise, str]]:
    """Deeds that move nothing: name, label and capability."""
    deeds: list[tuple[str, str | Promise, str]] = []
    if petition.state in NOT_HANDLED:
        deeds.append(("classify", _("Put right"), "petition.classify"))
    if petition.state == State.VERIFIED:
        deeds.append(("callback", _("Record a call"), "petition.callback"))
    if petition.state not in FINISHED_STATES:
        deeds.append(("reply", _("Write to the citizen"), "petition.reply"))
        deeds.append(("attach", _("Attach"), "petition.attach"))
    return deeds
