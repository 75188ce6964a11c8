"""Forms that keep what is typed: `<form {% draft request.get_full_path form %}>`."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

UNWANTED = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 120


def key_of(*, address: str) -> str:
    """The key under which the form at an address keeps its draft: "/calls/file/" → "calls:file"."""
    return UNWANTED.sub(":", address.strip("/"))[:LONGEST] or "home"


@register.simple_tag
def draft(address: str, form: Any = None) -> SafeString:
    """The attributes of a form that is kept while somebody types; one that came back with its text offers no older."""
    came_back = mark_safe(" data-draft-typed") if getattr(form, "is_bound", False) else ""
    return format_html('data-draft="{}"{}', key_of(address=address), came_back)
