"""The bell in the head of every page."""

from __future__ import annotations

from typing import Any

from django import template

from notices.queries import bell_of
from notices.queries.bell import Bell

register = template.Library()


@register.simple_tag(takes_context=True)
def bell_of_reader(context: dict[str, Any]) -> Bell | None:
    """The bell of whoever is signed in, None for anybody else. One statement."""
    user = getattr(context.get("request"), "user", None)
    return bell_of(user_id=user.pk) if user is not None and user.is_authenticated else None
