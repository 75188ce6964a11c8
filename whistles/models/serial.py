"""Running numbers without gaps, per county, year and form."""

from __future__ import annotations

from django.db import models

from whistles.choices import Form


class Serial(models.Model):
    """The last number given out. The number is part of the deed: a deed that fails gives it back."""

    county = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=16, choices=Form)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "year", "form"], name="whistles_serial_once")]

    def __str__(self) -> str:
        return f"{self.county} {self.year} {self.form}: {self.last}"
