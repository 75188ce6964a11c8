"""How shares are written."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from assessment.figures import percent as in_percent

register = template.Library()


@register.filter
def percent(rate: Decimal) -> str:
    """0.998337 → 99.83%."""
    return f"{in_percent(rate)}%"


@register.filter
def grouped(number: int) -> str:
    """1204 → 1,204."""
    return number_format(number, force_grouping=True)
