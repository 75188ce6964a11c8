"""A list as somebody narrowed it, kept under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk.querysets import FilterQuerySet
from organizations.models import Unit


class SavedFilter(models.Model):
    """The query of one list under a name; with a unit it is there for whoever works in it, and counts what they see."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, verbose_name=_("user")
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )
    list_key = models.CharField(max_length=24, db_collation="C")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000, db_collation="C")
    place = models.PositiveSmallIntegerField(default=0)
    starts = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = FilterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "list_key", "name"], name="desk_filter_name_once"),
            models.UniqueConstraint(
                fields=["user", "list_key"], condition=Q(starts=True), name="desk_filter_starts_once"
            ),
            models.CheckConstraint(condition=~Q(query="") & ~Q(name=""), name="desk_filter_says_something"),
        ]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")

    def __str__(self) -> str:
        return self.name
