"""A period of days from an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.days import day_in
from kernel.errors import Invalid

USUAL_DAYS = 30


def days_of(*, said: Mapping[str, str], at: datetime) -> tuple[date, date]:
    """The first and the last day named by `since` and `until`, the last thirty days unless told. Raises Invalid."""
    today = timezone.localtime(at).date()
    until = _day("until", said.get("until", "")) or today
    since = _day("since", said.get("since", "")) or until - timedelta(days=USUAL_DAYS)
    if since > until:
        raise Invalid(_("The period ends before it begins."), fields={"until": [_("Before the first day.")]})
    return since, until


def period_of(*, said: Mapping[str, str], at: datetime) -> tuple[datetime, datetime]:
    """The same as instants [since, until): the last day counts whole. Raises Invalid."""
    first, last = days_of(said=said, at=at)
    zone = timezone.get_current_timezone()
    after = last + timedelta(days=1)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    found = day_in(text)
    if found is None:
        raise Invalid(_("Some parameters are not right."), fields={name: [_("Give a day like 2026-01-31.")]})
    return found
