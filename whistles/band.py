"""The whistle rate as a band: a township that never whistles hides its troubles, one that always does hides behind it.

Rate = whistles blown at a township's places in a month, for each hundred petitions filed there in the same month.
"""

from __future__ import annotations

from dataclasses import dataclass

from whistles.choices import Reading

LOW, HIGH = 1.0, 8.0
"""Whistles for each hundred petitions: below is too few, above too many, both ends inside."""

ENOUGH = 20
"""With fewer petitions in the month one whistle more or less would decide, so nothing is said."""

WIDEST = 2 * HIGH
"""Where the gauge ends."""
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Where one township stands in one month."""

    whistles: int
    petitions: int

    @property
    def value(self) -> float | None:
        """Whistles for each hundred petitions; None where there were no petitions."""
        return HUNDRED * self.whistles / self.petitions if self.petitions else None

    @property
    def reading(self) -> Reading:
        """What the band says to it."""
        if self.petitions < ENOUGH or self.value is None:
            return Reading.UNSAID
        if self.value < LOW:
            return Reading.TOO_FEW
        return Reading.TOO_MANY if self.value > HIGH else Reading.WITHIN

    @property
    def place_on_gauge(self) -> float:
        """0 to 100: how far along the gauge the needle stands."""
        return min((self.value or 0.0) / WIDEST, 1.0) * HUNDRED
