"""Hints on pages that somebody has put away. A wish about one's own screen is no deed on a case: it leaves no event."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from organizations.models import User

HINT = re.compile(r"[a-z0-9:_-]{1,64}\Z")
MOST = 200


@deed
def dismiss(*, hint: str, actor: Actor, at: datetime) -> None:
    """Show this hint no more to the actor; a second time changes nothing. Raises Invalid for what is no hint's name."""
    if not HINT.match(hint):
        raise Invalid(_("There is no such hint."), fields={"hint": [_("Unknown hint.")]})
    mine = User.objects.select_for_update(no_key=True).filter(pk=actor.user_id or 0).first()
    if mine is not None and hint not in mine.hints_off and len(mine.hints_off) < MOST:
        mine.hints_off = [*mine.hints_off, hint]
        mine.save(update_fields=["hints_off"])


@deed
def show_again(*, actor: Actor, at: datetime) -> None:
    """Show the actor every hint again."""
    User.objects.filter(pk=actor.user_id or 0).update(hints_off=[])
