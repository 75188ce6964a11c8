"""On the page that says that somebody was faster: who, and what they did."""

from __future__ import annotations

from typing import Any

from django import template

from desk.pane.changes import changes_since, last_seq
from petitions.models import Petition

register = template.Library()
LAST = 3


@register.simple_tag(takes_context=True)
def latest_changes(context: dict[str, Any], current: Any) -> list[dict[str, Any]]:
    """What others did last on the case behind a row that was changed meanwhile, for those who see the case."""
    actor = context["request"].actor
    petition = current if isinstance(current, Petition) else getattr(current, "petition", None)
    if petition is None or not actor.unit_ids or not Petition.objects.visible_to(actor).filter(pk=petition.pk).exists():
        return []
    since = max(last_seq(case_id=petition.pk) - LAST, 0)
    return changes_since(petition=petition, seq=since, actor=actor)
