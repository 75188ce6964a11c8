"""Where a draft of the list is tried on past cases. Named in the settings, for the pages of the registry below."""

from __future__ import annotations

from django.urls import reverse

from dispatch.querysets import REPLAYERS
from kernel.actors import Actor
from registry.choices import OPEN_DRAFTS
from registry.models import Draft


def trial_of(*, draft: Draft, actor: Actor) -> str:
    """The address of the page that begins a replay with this draft; "" where nothing can be tried, or not by them.

    One that is approved is in force: to try it would change nothing.
    """
    if draft.state not in OPEN_DRAFTS or not any(actor.holds(name) for name in REPLAYERS):
        return ""
    return f"{reverse('dispatch:replays')}?draft={draft.pk}"
