"""Running numbers without gaps, per county, year and register."""

from __future__ import annotations

from django.db import models

from supervision.choices import Numbered


class Serial(models.Model):
    """The last number given out. The number is part of the deed: a deed that fails gives it back."""

    county = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Numbered)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "year", "kind"], name="supervision_serial_once")]

    def __str__(self) -> str:
        return f"{self.county} {self.year} {self.kind}: {self.last}"
