"""Questions about petitions that need more than one filter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kernel.errors import Invalid
from petitions.models import Category


def category_of(*, code: str) -> Category:
    """A category in use. Raises Invalid naming the field for any other code."""
    category = Category.objects.filter(code=code, active=True).first() if code.isascii() else None
    if category is None:
        raise Invalid(_("There is no such category."), fields={"category": [_("Unknown category.")]})
    return category
