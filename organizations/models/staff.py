"""People and their postings in time."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import Language, Role
from organizations.models.period import instants
from organizations.models.unit import Unit
from organizations.querysets import PostingQuerySet
from organizations.roles import OVER_CELL

POSTED = [role for role in Role.values if role != Role.CITIZEN]


class User(AbstractUser):
    """Somebody who can sign in. What a person may do comes from postings, never from this row."""

    display_name = models.CharField(_("name shown"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True)
    work_phone = models.CharField(
        _("work telephone"), max_length=32, blank=True, help_text=_("Published on the card of the grid.")
    )

    # On the row that every request reads anyway: a table of their own would cost each page a question.
    hints_off = ArrayField(models.CharField(max_length=64), default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.username


class Posting(models.Model):
    """A person works for a unit in a role from one instant until another; several postings may run side by side."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings", verbose_name=_("user"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=24, choices=[one for one in Role.choices if one[0] in POSTED])
    cell_code = models.CharField(_("grid"), max_length=15, blank=True, db_collation="C")
    valid_from = models.DateTimeField(_("from"))
    valid_until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=POSTED), name="posting_role_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="posting_dates_ordered"
            ),
            models.CheckConstraint(
                condition=Q(role__in=OVER_CELL, cell_code__regex=r"^[0-9]{15}$")
                | (~Q(role__in=OVER_CELL) & Q(cell_code="")),
                name="posting_cell_fits_role",
            ),
            ExclusionConstraint(
                name="posting_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("cell_code", RangeOperators.EQUAL),
                    (instants("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["cell_code"], name="posting_cell", condition=~Q(cell_code=""))]
        verbose_name = _("posting")
        verbose_name_plural = _("postings")

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id} {self.cell_code}".rstrip()
