"""Months by name: "2026-10" is October by the clock of the county (pure)."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from assessment.scoring import Period
from kernel.errors import Invalid
from kernel.worktime import SHANGHAI

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def period_of(*, month: str) -> Period:
    """From the first instant of a month to that of the next. Raises Invalid for another form."""
    found = MONTH.fullmatch(month)
    if found is None:
        raise Invalid(_("A month looks like this: 2026-10."), fields={"month": [_("Not a month.")]})
    year, number = int(found[1]), int(found[2])
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return Period(datetime(year, number, 1, tzinfo=SHANGHAI), datetime(*following, 1, tzinfo=SHANGHAI))


def month_before(*, at: datetime) -> str:
    """The last month that is over at an instant."""
    here = at.astimezone(SHANGHAI)
    year, number = (here.year - 1, 12) if here.month == 1 else (here.year, here.month - 1)
    return f"{year}-{number:02d}"
