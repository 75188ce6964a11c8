"""What waits for a person in key work: reports owed, milestones to confirm, days to decide on, instructions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from projects.queries.waiting import ACCEPT, CONFIRM, DECIDE, OWED, REPLY, REVIEW, waiting
from projects.querysets import VIEW

LISTED = 8
WORDS: dict[str, tuple[str | Promise, str]] = {
    OWED: (_("Monthly report to file"), "blue"),
    REPLY: (_("Instruction to reply to"), "blue"),
    CONFIRM: (_("Milestone to confirm"), "violet"),
    REVIEW: (_("Reply to look at"), "violet"),
    ACCEPT: (_("Project reported done"), "violet"),
    DECIDE: (_("Another day to decide on"), "yellow"),
}


def keywork(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The soonest due first; at most one statement."""
    if not actor.holds(VIEW):
        return []
    return [
        {
            "what": WORDS[one.what][0],
            "colour": "red" if one.due_at < at else WORDS[one.what][1],
            "title": one.name,
            "under": one.code,
            "at": one.due_at,
            "href": reverse("projects:project", args=[one.project]),
        }
        for one in waiting(actor=actor, most=LISTED)
    ]
