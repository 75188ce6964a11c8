"""Who is at the other end of a stream: by the session of the product, and looked at again every few seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from kernel.actors import Actor
from organizations.queries import actors_of
from petitions.queries import works_on_cases


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person with the seats they have now. `proof` changes with the password."""

    session_key: str
    user_id: int
    proof: str
    actor: Actor


def viewer_of(*, session_key: str, at: datetime) -> Viewer | None:
    """Who the session belongs to; None for one that ran out, was ended, or belongs to nobody who may sign in."""
    # Read only: what Django's own middleware would renew or end here would be lost, since no cookie goes back.
    session = SessionStore(session_key).load()
    if not session.get(SESSION_KEY, "").isdecimal():
        return None
    claimed = Viewer(session_key, int(session[SESSION_KEY]), session.get(HASH_SESSION_KEY, ""), Actor(key=""))
    return _confirmed([claimed], at=at).get(session_key)


def still_there(viewers: Iterable[Viewer], *, at: datetime) -> dict[str, Viewer]:
    """Those whose session, account and seats still stand, by session, with the seats of now; three queries."""
    asked = list(viewers)
    alive = Session.objects.filter(session_key__in=[one.session_key for one in asked], expire_date__gt=at)
    keys = set(alive.values_list("session_key", flat=True))
    return _confirmed([one for one in asked if one.session_key in keys], at=at)


def _confirmed(viewers: list[Viewer], *, at: datetime) -> dict[str, Viewer]:
    table: Any = get_user_model()
    people = table.objects.filter(is_active=True).only("password", "is_active")
    users = people.in_bulk({one.user_id for one in viewers})
    proofs = {pk: user.get_session_auth_hash() for pk, user in users.items()}
    actors = actors_of(users.values(), at=at)
    return {
        one.session_key: Viewer(one.session_key, one.user_id, one.proof, actors[one.user_id])
        for one in viewers
        if one.user_id in users and constant_time_compare(one.proof, proofs[one.user_id])
    }


def may_watch(viewer: Viewer) -> bool:
    """Whether there is anything to tell this person: streams are for those who work on cases."""
    return works_on_cases(viewer.actor)
