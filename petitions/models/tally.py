"""The running tally: how many petitions stand where and how, and how many were filed, accepted, closed on which day.

A trigger (migrations 0009, 0011) writes the changes; petitions/tallying.py reads them, petitions/services/tallies.py
folds them together. Nothing else writes either table.
"""

from __future__ import annotations

from django.db import models

from petitions.choices import Measure, State


class Counted(models.Model):
    """What a count is about. The places are the petition's own columns, so that the same conditions hold for both."""

    measure = models.CharField(max_length=8, choices=Measure)
    county_code = models.CharField(max_length=6, blank=True, db_collation="C")
    township_code = models.CharField(max_length=9, blank=True, db_collation="C")
    village_code = models.CharField(max_length=12, blank=True, db_collation="C")
    state = models.CharField(max_length=12, choices=State, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Tally(Counted):
    """A count, as far as the changes have been folded into it."""

    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "day", "county_code", "township_code", "village_code", "state"],
                nulls_distinct=False,
                name="petitions_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.state or self.day}: {self.n}"


class TallyDelta(Counted):
    """A change of a count, added by every statement that changes petitions: rows are added, so nobody waits for one."""

    n = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.measure} {self.state or self.day}: {self.n:+}"
