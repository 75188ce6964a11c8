"""Choosing a place by name: townships as groups, villages in them."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from organizations.choices import AreaLevel
from organizations.models import Area

Choice = tuple[str, str]


def township_choices() -> list[Choice]:
    """The townships of our county."""
    found = Area.objects.inside(settings.HOME_AREA).filter(level=AreaLevel.TOWNSHIP).order_by("code")
    return [("", _("All townships")), *((area.prefix, area.name) for area in found)]


def area_choices() -> list[tuple[str, str | list[Choice]]]:
    """Every township and its villages, for those who know the place by name. One query."""
    found = Area.objects.inside(settings.HOME_AREA).filter(level__in=(AreaLevel.TOWNSHIP, AreaLevel.VILLAGE))
    groups: list[tuple[str, str | list[Choice]]] = [("", _("Not said"))]
    for _township, areas in groupby(found.order_by("code"), key=lambda area: area.code[:9]):
        rows = list(areas)
        whole = _("%(name)s (somewhere in it)") % {"name": rows[0].name}
        groups.append((rows[0].name, [(rows[0].prefix, whole), *((one.prefix, one.name) for one in rows[1:])]))
    return groups
