"""What the log says about one petition, in words: the timeline, and who held it how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.calendars import current
from kernel.ledger import ledger
from kernel.models import Event
from organizations.choices import Role
from organizations.queries import Post, posts_of, unit_names
from petitions.models import Petition
from petitions.policies import identity_withheld

COLUMNS = ("seq", "name", "occurred_at", "actor_key", "holder", "payload")


def timeline_of(*, petition: Petition, actor: Actor) -> list[dict[str, Any]]:
    """Every event in order, with the role behind each deed as it was then. Three queries, however long it is.

    Citizens appear by their role alone. Where the reporter's identity is withheld from the actor, whoever filed or
    registered it appears without a number too.
    """
    events = list(Event.objects.filter(case_id=petition.pk).order_by("seq").values(*COLUMNS))
    users = {_user_of(one["actor_key"]) for one in events} - {None}
    posts = posts_of(user_ids=users)
    hidden = _filers(petition) if identity_withheld(petition=petition, actor=actor) else frozenset()
    names = _holders_named(one["holder"] for one in events)
    return [_told(one, posts, hidden, names) for one in events]


def ledger_of(*, petition: Petition, at: datetime) -> dict[str, Any]:
    """The turns of the case's holders up to its end or `at`; minutes and working minutes add up to the whole."""
    changes = list(
        Event.objects.filter(case_id=petition.pk, occurred_at__lte=at)
        .exclude(holder="")
        .order_by("seq")
        .values_list("occurred_at", "holder")
    )
    until = petition.closed_at or at
    turns = ledger(changes=changes, until=until, calendar=current(at=at))
    names = _holders_named(turn.holder for turn in turns)
    return {
        "since": turns[0].since if turns else None,
        "until": until,
        "minutes": sum(turn.minutes for turn in turns),
        "working_minutes": sum(turn.working_minutes or 0 for turn in turns),
        "segments": [
            {
                "holder": turn.holder,
                "holder_label": names[turn.holder],
                "since": turn.since,
                "until": turn.until,
                "minutes": turn.minutes,
                "working_minutes": turn.working_minutes or 0,
            }
            for turn in turns
        ],
    }


def _told(
    event: dict[str, Any], posts: dict[int, list[Post]], hidden: frozenset[int], names: dict[str, str]
) -> dict[str, Any]:
    user = _user_of(event["actor_key"])
    post = _post_at(posts.get(user, ()), event["occurred_at"]) if user is not None else None
    role = post.role if post else (Role.CITIZEN.value if user is not None else event["actor_key"])
    known = event["actor_key"] if post or user is None else ""
    return {
        "seq": event["seq"],
        "name": event["name"],
        "at": event["occurred_at"],
        "actor": "" if user in hidden else known,
        "role": role,
        "role_label": str(Role(role).label) if role in Role.values else _("the system itself"),
        "unit_name": post.unit_name if post and user not in hidden else "",
        "holder": event["holder"],
        "holder_label": names.get(event["holder"], ""),
        "payload": event["payload"],
    }


def _post_at(posts: Iterable[Post], at: datetime) -> Post | None:
    return next((one for one in posts if one.since <= at and (one.until is None or at < one.until)), None)


def _user_of(actor_key: str) -> int | None:
    kind, _colon, number = actor_key.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None


def _filers(petition: Petition) -> frozenset[int]:
    return frozenset(pk for pk in (petition.reporter_user_id, petition.registrar_id) if pk is not None)


def _holders_named(holders: Iterable[str]) -> dict[str, str]:
    """Each holder code in words, with one query for all units."""
    codes = {code for code in holders if code}
    units = unit_names(unit_ids={int(code[5:]) for code in codes if code.startswith("unit:")})
    return {code: _holder_label(code, units) for code in codes}


def _holder_label(code: str, units: dict[int, str]) -> str:
    if code.startswith("unit:"):
        return units.get(int(code[5:]), code)
    if code.startswith("pause:"):
        return _("approved pause")
    return {"citizen": _("the citizen"), "nobody": _("nobody")}.get(code, code)
