"""What the database holds every area code against: the levels of the national statistical division code."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import Concat, Left

from organizations.choices import DIGITS, AreaLevel
from organizations.places import WIDTH

ABOVE: dict[str, str] = {
    AreaLevel.CITY: AreaLevel.PROVINCE,
    AreaLevel.COUNTY: AreaLevel.CITY,
    AreaLevel.TOWNSHIP: AreaLevel.COUNTY,
    AreaLevel.VILLAGE: AreaLevel.TOWNSHIP,
}


def code_fits_level() -> Q:
    """Each level has its digits, and zeros behind them."""
    fits = Q()
    for level, digits in DIGITS.items():
        around = DIGITS[ABOVE[level]] if level in ABOVE else 0
        own = digits - around
        # Its own digits are not all zeros: those of the levels below are.
        pattern = rf"^[0-9]{{{around}}}(?!0{{{own}}})[0-9]{{{own}}}0{{{WIDTH - digits}}}$"
        fits |= Q(level=level, code__regex=pattern)
    return fits


def parent_is_around() -> Q:
    """The parent is the division whose digits the code begins with."""
    fits = Q(parent__isnull=True)
    for level, above in ABOVE.items():
        digits = DIGITS[above]
        fits |= Q(level=level, parent=Concat(Left("code", digits), Value("0" * (WIDTH - digits))))
    return fits
