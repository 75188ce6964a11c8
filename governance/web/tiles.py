"""The figures as tiles and pictures: labels, denominators, and the address of the list behind each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from governance.web import links, names
from governance.web.figures import RATE_DAYS, Figures, midnight

GOOD, FAIR = 95, 85
LONGEST = 10


def grouped(number: int) -> str:
    """A number as it is written here, with its thousands apart."""
    return number_format(number, force_grouping=True)


def share_of(part: int, whole: int) -> tuple[str | None, str]:
    """A share in percent with one digit, and the colour it is drawn in; None where there is nothing to share."""
    if not whole:
        return None, ""
    share = 100 * part / whole
    return f"{share:.1f}", "green" if share >= GOOD else "yellow" if share >= FAIR else "red"


def tiles(*, counted: Figures, place: str = "") -> list[dict[str, Any]]:
    """The row of tiles, each with what it is a part of. Rates stand over the cases closed in the last thirty days;
    what was in hand today is what is open still and what was closed today.

    `place`: the area that was counted, for the lists behind the figures.
    """
    totals = counted.totals
    recent = _("%(n)s in thirty days") % {"n": grouped(totals["recent"])}
    in_hand = _("%(n)s in hand") % {"n": grouped(totals["open"] + totals["closed"])}
    plain = (
        (_("Filed today"), "filed", recent),
        (_("Accepted today"), "accepted", in_hand),
        (_("Closed today"), "closed", in_hand),
    )
    return [
        *(
            {"label": label, "number": grouped(totals[name]), "of": of, "href": links.behind(name, place=place)}
            for label, name, of in plain
        ),
        {
            "label": _("Overdue"),
            "number": grouped(totals["overdue"]),
            "of": _("%(n)s open") % {"n": grouped(totals["open"])},
            "href": links.behind("overdue", place=place),
            "colour": "red" if totals["overdue"] else "green",
        },
        _share(
            totals,
            "on_time",
            "timed",
            label=_("Closed on time"),
            of=_("%(n)s closed"),
            href=links.behind("late", place=place),
        ),
        _share(
            totals,
            "content",
            "rated",
            label=_("Satisfied"),
            of=_("%(n)s rated"),
            href=links.behind("dissatisfied", place=place),
        ),
        *_supervised(counted.supervised),
    ]


def _supervised(found: tuple[int, int] | None) -> list[dict[str, Any]]:
    """Open supervision orders, for those who have a register of them."""
    if found is None:
        return []
    ordered, listed = found
    return [
        {
            "label": _("Under supervision"),
            "number": grouped(ordered),
            "of": _("%(n)s listed") % {"n": grouped(listed)},
            "href": f"{reverse('supervision:register')}?tab=open",
            "colour": "yellow" if ordered or listed else "green",
        }
    ]


def _share(totals: dict[str, int], part: str, whole: str, *, label: str, of: str, href: str) -> dict[str, Any]:
    number, colour = share_of(totals[part], totals[whole])
    return {
        "label": label,
        "number": number,
        "unit": "%",
        "of": of % {"n": grouped(totals[whole])},
        "href": href,
        "colour": colour,
        "hint": _("last %(days)d days") % {"days": RATE_DAYS},
    }


def pictures(*, counted: Figures) -> dict[str, dict[str, Any]]:
    """The charts: fourteen days, open work by township, what people ask about."""
    return {"days": _days(counted), "townships": _townships(counted), "categories": _categories(counted)}


def _days(counted: Figures) -> dict[str, Any]:
    return {
        "kind": "line",
        "x": [f"{day:%m-%d}" for day, _filed, _closed in counted.days],
        "links": [links.petitions(since=day, until=day) for day, _filed, _closed in counted.days],
        "series": [
            {"name": _("Filed"), "data": [filed for _day, filed, _closed in counted.days], "colour": "blue"},
            {"name": _("Closed"), "data": [closed for _day, _filed, closed in counted.days], "colour": "green"},
        ],
    }


def _townships(counted: Figures) -> dict[str, Any]:
    named = names.townships()
    return {
        "kind": "rank",
        "x": [named.get(code, code or _("No place")) for code, _open, _late in counted.townships],
        "links": [links.petitions(area=code, state="open") if code else "" for code, _open, _late in counted.townships],
        "series": [
            {"name": _("In time"), "data": [n - late for _code, n, late in counted.townships], "colour": "blue"},
            {"name": _("Overdue"), "data": [late for _code, _n, late in counted.townships], "colour": "red"},
        ],
    }


def _categories(counted: Figures) -> dict[str, Any]:
    named, longest = names.main_categories(), counted.categories[:LONGEST]
    since = (midnight(at=counted.at) - timedelta(days=RATE_DAYS)).date()
    return {
        "kind": "rank",
        "x": [named.get(code, code or _("Not classified")) for code, _n in longest],
        "links": [links.petitions(category=code, since=since) if code else "" for code, _n in longest],
        "series": [{"name": _("Filed"), "data": [n for _code, n in longest], "colour": "teal"}],
    }
