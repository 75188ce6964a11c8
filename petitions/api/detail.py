"""One petition as a person may see it."""

from __future__ import annotations

from typing import Any, cast

from kernel.actors import Actor
from kernel.api.outputs import moves_shown
from petitions.api.outputs import PetitionOutput
from petitions.choices import State
from petitions.models import Petition
from petitions.queries import is_withheld, moves_of

# The move of the table → the last part of the address that makes it. A rating closes the case or has it handled again.
ACTIONS = {
    "accept": "accept",
    "ask": "ask",
    "supply": "supply",
    "decline": "decline",
    "join": "join",
    "separate": "separate",
    "withdraw": "withdraw",
    "close": "rate",
    "reopen": "rate",
    "archive": "archive",
}


def detail_of(petition: Petition, *, actor: Actor) -> dict[str, Any]:
    """Everything about one petition but its orders, which are dispatch's own."""
    withheld = is_withheld(petition=petition, actor=actor)
    sealed = getattr(petition, "reporter", None)
    shown = _Shown(petition)
    shown.reporter = {
        "name": "" if withheld else petition.reporter_masked,
        "phone": "" if withheld or sealed is None else sealed.phone_masked,
        "withheld": withheld,
    }
    shown.moves = moves_offered(petition, actor=actor)
    return dict(PetitionOutput(cast(Petition, shown)).data)  # it answers for the petition


def moves_offered(petition: Petition, *, actor: Actor) -> list[dict[str, Any]]:
    """The moves that somebody may ask for. A joined petition closes with its main one, by itself."""
    actions = {move: name for move, name in ACTIONS.items() if move != "close" or petition.state != State.JOINED}
    return moves_shown(moves_of(petition=petition, actor=actor), actions=actions)


def changed_of(petition: Petition, *, actor: Actor) -> dict[str, Any]:
    """What a deed answers with."""
    return {
        "id": petition.pk,
        "number": petition.number,
        "version": petition.version,
        "state": petition.state,
        "round": petition.round,
        "stage_due_at": petition.stage_due_at,
        "due_at": petition.due_at,
        "moves": moves_offered(petition, actor=actor),
    }


class _Shown:
    """A petition with what does not stand in its own columns."""

    def __init__(self, petition: Petition) -> None:
        self.reporter: dict[str, Any] = {}
        self.moves: list[dict[str, Any]] = []
        self.timeline = f"/api/v1/petitions/{petition.pk}/timeline/"
        self.joined = list(petition.joined.order_by("filed_at").values_list("pk", flat=True))
        self.questions = petition.questions.order_by("asked_at", "pk")
        self.replies = petition.replies.select_related("unit").order_by("replied_at", "pk")
        self.callbacks = petition.callbacks.order_by("called_at", "pk")
        self.attachments = petition.attachments.order_by("added_at", "pk")
        self._petition = petition

    def __getattr__(self, name: str) -> Any:
        return getattr(self._petition, name)
