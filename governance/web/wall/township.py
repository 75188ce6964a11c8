"""What only the screen of a township shows: its calls and whistles, the people posted down to it, its rank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import Report, ReportLine
from assessment.quarters import place_in_quarter
from calls.choices import COLOURS as CALL_COLOURS
from calls.choices import State as Called
from calls.models import Call
from governance.web.wall.reading import Bar, Panel, Reading, bars
from organizations.choices import TEAM_SIGNS
from organizations.models import Team
from organizations.queries.teams import rosters
from whistles.models import Whistle

SHOWN = 6


def calls(reading: Reading) -> Panel:
    """Its open calls by state."""
    unit = reading.township
    pk, labels, desk = unit.pk if unit else 0, dict(Called.choices), reverse("calls:desk")
    found = Call.objects.visible_to(reading.actor).open().filter(Q(lead_id=pk) | Q(caller_id=pk))
    counted = found.order_by().values_list("state").annotate(n=Count("pk")).order_by("-n", "state")
    rows = [Bar(labels[one], n, 0, f"{desk}?tab=all&unit={pk}&state={one}", CALL_COLOURS[one]) for one, n in counted]
    late = found.overdue(at=reading.at).count()
    note = _("%(late)d of %(n)d overdue") % {"late": late, "n": sum(one.number for one in rows)}
    return Panel("bars", _("Calls of the township"), note, bars(rows), _("No call is open."))


def whistles(reading: Reading) -> Panel:
    """The whistles that are open, the next meeting first: how many came of those that were called."""
    found = Whistle.objects.visible_to(reading.actor).open().filter(place__startswith=reading.ground.place)
    counted: Iterable[Any] = found.counted().order_by("meets_at", "pk")[:SHOWN]  # with what counted() adds
    rows = []
    for one in counted:
        came = _("%(came)d of %(called)d present") % {"came": one.came, "called": one.called}
        tasks = _("%(done)d of %(given)d tasks done") % {"done": one.tasks_done, "given": one.tasks_given}
        rows.append(
            {
                "label": one.number or one.get_kind_display(),
                "when": date_format(localtime(one.meets_at), "m-d H:i"),
                "said": " · ".join([one.get_state_display(), came, tasks]),
                "href": reverse("whistles:whistle", args=[one.pk]),
            }
        )
    return Panel("facts", _("Whistles of the township"), "", rows, _("No whistle is open."))


def people(reading: Reading) -> Panel:
    """The people posted down to its teams, by team; nobody's name."""
    unit, today = reading.township, localdate(reading.at)
    teams = Team.objects.visible_to(reading.actor).in_force(today).filter(township=unit)
    held = list(teams.order_by("kind", "code")) if unit is not None else []
    members = rosters(team_ids=[one.pk for one in held], on=today)
    rows = []
    for one in held:
        here = [row for row in members[one.pk] if row.valid_from <= today]
        homes = ", ".join(sorted({row.home.short_name or row.home.name for row in here}))
        rows.append(
            {
                "label": f"{TEAM_SIGNS[one.kind]} · {one.name}",
                "when": ngettext("%(n)d person", "%(n)d people", len(here)) % {"n": len(here)},
                "said": homes,
                "href": reverse("governance:township-teams", args=[one.township_id]),
            }
        )
    return Panel("facts", _("People posted down"), "", rows, _("No team is founded."))


def rank(reading: Reading) -> Panel:
    """Its place in the newest published report and in the quarter around it, indicator by indicator."""
    title = _("Rank in the assessment")
    report = Report.objects.visible_to(reading.actor).exclude(published_at=None).order_by("-month").first()
    unit = reading.township
    if report is None or unit is None:
        return Panel("ranks", title, "", [], _("No report is published yet."))
    quarter = place_in_quarter(unit=unit, month=report.month, actor=reading.actor)
    lines = ReportLine.objects.visible_to(reading.actor).filter(report=report, unit=unit).exclude(rank=None)
    rows = [
        {
            "label": one.get_indicator_display(),
            "month": one,
            "quarter": quarter.figures.get(one.indicator),
            "href": reverse("assessment:cases", args=[one.pk]),
        }
        for one in lines.defer("inputs", "hits").order_by("rank", "indicator")[:SHOWN]
    ]
    said = {"month": report.month, "quarter": quarter.number, "n": len(quarter.months)}
    note = _("%(month)s; quarter %(quarter)d: %(n)d of 3 months published") % said
    return Panel("ranks", title, note, rows, _("Too few cases to compare."))
