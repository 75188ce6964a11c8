"""What the timeline of a case says about joint orders: label, mark and colour."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# fmt: off
WORDS: dict[str, tuple[str | Promise, str, str]] = {
    "joint.given":          (_("Other units were asked or referred to"), "users-plus", "teal"),
    "joint.received":       (_("A cooperating unit received its task"), "user-check", "teal"),
    "joint.replied":        (_("A cooperating unit replied"), "message-reply", "blue"),
    "joint.accepted":       (_("The lead accepted a reply"), "check", "green"),
    "joint.sent_back":      (_("The lead sent a reply back"), "rotate", "yellow"),
    "joint.released":       (_("A cooperating unit was released"), "user-minus", "grey"),
    "joint.escalated":      (_("The level above was told about a cooperating unit"), "arrow-up", "red"),
    "joint.reprojected":    (_("Reply of a cooperating unit moved by a holiday notice"), "calendar-time", "blue"),
    "joint.offered":        (_("The lead offers the order to another unit"), "arrows-exchange", "yellow"),
    "joint.offer_answered": (_("The offer was answered"), "arrows-right-left", "teal"),
}
# fmt: on
