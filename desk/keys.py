"""THE TABLE of the keys of the dispatch desk: the key, what it does, and the moves whose button it presses.

Templates put the key on the button, the script presses what carries it, and the sheet lists it: all from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Key:
    """One row. `moves`: names of the buttons that it presses, whichever of them the case has."""

    key: str
    name: str
    label: str | Promise
    moves: tuple[str, ...] = ()


DECISIONS = ("rule", "adjudicate", "verify", "decide_time")
# fmt: off
KEYS = (
    #   key      name        what it does                                     buttons of the case
    Key("o",     "whole",    _("The whole file of the case")),
    Key("a",     "accept",   _("Accept"),                                     ("accept",)),
    Key("d",     "dispatch", _("Dispatch, or give to another unit"),          ("assign", "reassign")),
    Key("r",     "return",   _("Decline, return, or take a dispatch back"),   ("decline", "return", "recall")),
    Key("m",     "merge",    _("Join to another petition, or separate again"), ("join", "separate")),
    Key("c",     "classify", _("Put category, urgency or place right"),       ("classify",)),
    Key("i",     "ask",      _("Ask for information"),                        ("ask",)),
    Key("v",     "decide",   _("Decide or check what waits"),                 DECISIONS),
    Key("b",     "callback", _("Record a call to the citizen"),               ("callback",)),
    Key("t",     "take",     _("Sign for, or complete"),                      ("sign", "complete")),
    Key("s",     "snooze",   _("Put aside, or ask for a suspension"),         ("snooze", "ask_pause")),
    Key("x",     "select",   _("Select for several at once")),
    Key("u",     "undo",     _("Undo the last deed, for half a minute")),
)
# fmt: on
OF = {row.name: row.key for row in KEYS}
OF_MOVE = {move: row.key for row in KEYS for move in row.moves}
