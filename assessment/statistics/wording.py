"""A question in words: for the page, and for the sheet that leaves the product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessment.statistics import asking, dimensions
from assessment.statistics.asking import Question
from assessment.statistics.dimensions import AREA_DIGITS
from assessment.statistics.indicators import Indicator, Unit
from assessment.statistics.periods import in_words
from assessment.statistics.windows import LABELS, NOW, Window
from kernel.actors import Actor
from organizations.models import Area
from organizations.queries import unit_names
from petitions.choices import Channel, PetitionKind, Urgency
from petitions.models import Category

MIDNIGHT = "00:00"
WORDS = {"kind": PetitionKind, "channel": Channel, "urgency": Urgency}


def in_short(said: Mapping[str, str], *, at: datetime) -> str:
    """A question in one line: its figures, its directions and what it is narrowed to. Raises Invalid."""
    question = asking.read(said=said, at=at)
    ways = [one.label for one in (question.rows, question.columns) if one is not None]
    words = ["; ".join(str(one.label) for one in question.indicators), " × ".join(str(way) for way in ways)]
    return " · ".join([*words, *(value for _name, value in filters_in_words(question.filters))])


def filters_in_words(filters: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the question is narrowed to: the name of each filter and its value in words."""
    labels = {
        "area": _("Area"),
        "unit": _("Unit"),
        "category": _("Category"),
        "kind": _("Kind"),
        "channel": _("Channel"),
        "urgency": _("Urgency"),
    }
    return [(labels[name], filter_in_words(name, value)) for name, value in filters.items()]


def filter_in_words(name: str, value: str) -> str:
    """One filter's value."""
    if name in WORDS:
        return str(dict(WORDS[name].choices)[value])
    if name == "unit":
        return unit_names(unit_ids=[int(value)]).get(int(value), value)
    if name == "category":
        found = Category.objects.filter(code=value).values_list("name", flat=True).first()
        return found or value
    return area_in_words(value)


def area_in_words(code: str) -> str:
    """A place by its digits: an area, or a grid."""
    level = {15: "grid", 12: "village", 9: "township"}.get(len(code), "county")
    labels = dimensions.BY_CODE[level].labels
    assert labels is not None  # places have names
    return labels([code]).get(code, code)


def scope_in_words(actor: Actor) -> str:
    """What the person sees, which every figure of theirs is counted among."""
    if actor.is_system:
        return _("everything")
    codes = [one.ljust(AREA_DIGITS, "0")[:AREA_DIGITS] for one in actor.territories]
    places = list(Area.objects.filter(code__in=codes).order_by("code").values_list("name", flat=True))
    units = sorted(unit_names(unit_ids=actor.unit_ids).values())
    return ", ".join([*places, *units]) or _("one's own cases")


def stretch_in_words(question: Question, window: Window) -> str:
    """A stretch of time; an earlier one that is cut says until when."""
    if window.name == NOW:
        return in_words(question.span)
    since, until = timezone.localtime(window.since), timezone.localtime(window.until)
    until_said = f"{until:%Y-%m-%d %H:%M}"
    return f"{LABELS[window.name]}: {since:%Y-%m-%d} – {until_said.removesuffix(' ' + MIDNIGHT)}"


def written(indicator: Indicator, value: float | None) -> str:
    """A figure as it is read: 1,204 · 98.33 % · 12.5 h; a dash where nothing was counted."""
    return written_in(indicator.unit, value)


def written_in(unit: str, value: float | None) -> str:
    """The same by the unit alone: what was kept for years outlives the figure's place in the table."""
    if value is None:
        return "—"
    if unit == Unit.HOURS and value < 1:
        return _("%(minutes)s min") % {"minutes": round(value * 60)}
    if unit == Unit.HOURS:
        return _("%(hours)s h") % {"hours": number_format(round(value, 1), 1, force_grouping=True)}
    if unit == Unit.SHARE:
        return f"{number_format(value, 1)} %"
    return number_format(int(value), force_grouping=True)


def changed(indicator: Indicator, difference: float | None) -> str:
    """A difference with its sign: shares differ by points."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    size = abs(difference)
    if indicator.is_share:
        return _("%(points)s points") % {"points": f"{sign}{number_format(size, 1)}"}
    if indicator.is_percentile:
        return _("%(hours)s h") % {"hours": f"{sign}{number_format(round(size, 1), 1)}"}
    return f"{sign}{number_format(int(size), force_grouping=True)}"


def tone(indicator: Indicator, difference: float | None) -> str:
    """Whether a difference is for the better or the worse; "" where neither."""
    if not difference or indicator.better == "neither":
        return ""
    return "good" if (difference > 0) == (indicator.better == "up") else "bad"
