"""The small parts that every page is built from. Each tag renders one file of templates/parts/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

MINUTES_IN_HOUR = 60
# Beyond two days of plain time hours are no longer how people think; working time stays in hours.
HOURS_BEFORE_DAYS = 48


@register.simple_tag
def badge(label: Any, colour: str = "grey") -> SafeString:
    """A state in words on its colour: {% badge case.get_state_display colour %}."""
    return format_html('<span class="state {}">{}</span>', colour or "grey", label)


@register.simple_tag
def capped(number: int, most: int) -> SafeString | int:
    """A count that was taken no further than `most`: {% capped count 999 %} says "999+" of more, and why."""
    if number <= most:
        return number
    return format_html('<span title="{}">{}+</span>', _("More are not counted."), most)


@register.simple_tag
def colon() -> str:
    """Between a name and what is said of it, as the language sets it: {{ label }}{% colon %}{{ value }}."""
    return pgettext("between name and value", ": ")


@register.inclusion_tag("parts/light.html")
def light(colour: str, label: Any = "") -> dict[str, Any]:
    """A light told by shape and words too. colour: green, blue, yellow, red, or grey for a clock that stands still."""
    return {"colour": colour or "grey", "label": label}


@register.inclusion_tag("parts/minutes.html")
def minutes(value: int | None, working: bool = True) -> dict[str, Any]:
    """A length of time in words, from minutes; negative reads the same as positive. working=False allows days."""
    whole = abs(int(value or 0))
    hours, rest = divmod(whole, MINUTES_IN_HOUR)
    days = 0
    if not working and hours >= HOURS_BEFORE_DAYS:
        days, hours = divmod(hours, 24)
    return {"days": days, "hours": hours, "minutes": rest, "none": value is None}


@register.inclusion_tag("parts/clock.html")
def clock(face: Mapping[str, Any]) -> dict[str, Any]:
    """One countdown that says whose it is.

    Keys, all optional but the first three: name (what it waits for), due_at, colour (as for lights), holder (whose
    clock), left (minutes, negative when overdue), working (False: plain minutes), share (0 to 100 used), why (the rule
    and what moved the hour), next_step (who is told next, and when), paused_since, paused_until, paused_why, paused_by,
    why_href (the whole calculation), provisional.
    """
    left = face.get("left")
    return {"face": face, "overdue": left is not None and left < 0, "working": face.get("working", True)}


@register.inclusion_tag("parts/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, in order. Keys of an entry: at, title, and optionally who, detail, colour, icon, href.

    Also tag (whose it is, where several things are told together) and to (who has it from then on).
    """
    return {"entries": entries}


@register.inclusion_tag("parts/tile.html")
def tile(
    label: Any,
    number: Any,
    of: Any = None,
    href: str = "",
    at: datetime | None = None,
    colour: str = "",
    unit: Any = "",
    hint: Any = "",
) -> dict[str, Any]:
    """A figure with its denominator (`of`) and the moment it is true for (`at`); it opens the list behind it."""
    return {
        "label": label,
        "number": number,
        "of": of,
        "href": href,
        "at": at,
        "colour": colour,
        "unit": unit,
        "hint": hint,
    }


@register.inclusion_tag("parts/chart.html")
def chart(name: str, picture: Mapping[str, Any], tall: bool = False, title: Any = "") -> dict[str, Any]:
    """A chart with its figures beneath as a table, which is all that is seen without JavaScript.

    picture: {"kind": "line" | "bar" | "stack" | "rank" | "ring", "x": [labels],
    "series": [{"name": label, "data": [numbers], "colour": "blue"}], "links": [address per label, optional]}.
    """
    rows = [
        (label, [series["data"][index] for series in picture["series"]]) for index, label in enumerate(picture["x"])
    ]
    return {"name": name, "picture": picture, "tall": tall, "rows": rows, "title": title}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, label: Any = None, css: str = "") -> dict[str, Any]:
    """A form field with its label, help and error, each tied to the control for those who listen to the page."""
    widget = bound.field.widget
    choices = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    check = isinstance(widget, CheckboxInput)
    if choices:
        control = bound.as_widget()
    else:
        kind = "form-check-input" if check else "form-select" if isinstance(widget, Select) else "form-control"
        attrs: dict[str, str | bool] = {"class": f"{kind} {widget.attrs.get('class', '')}".strip()}
        if label == "":  # nothing is seen, but whoever listens is told what it is
            attrs["aria-label"] = str(bound.label)
        control = bound.as_widget(attrs=attrs)
    return {
        "bound": bound,
        "label": bound.label if label is None else label,
        "control": control,
        "choices": choices,
        "check": check,
        "file": isinstance(widget, FileInput),
        "css": css,
    }


@register.simple_tag(takes_context=True)
def here_with(context: dict[str, Any], **changes: Any) -> str:
    """Address of the page at hand, parameters changed; None or "" takes one away. The cursor never survives."""
    query = context["request"].GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else context["request"].path
