"""What several tables of dispatch have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import ResponsibilityEntry


class FromListRow(models.Model):
    """A unit was chosen by a row of the responsibility list, or, where it is empty, by a person."""

    entry = models.ForeignKey(
        ResponsibilityEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("list row"),
    )

    class Meta:
        abstract = True
