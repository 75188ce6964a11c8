"""How sure a share is, from how little was counted."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

Z_95 = 1.959964
"""The 95 % interval of the normal distribution."""

PLACES = Decimal("0.000001")


def wilson(*, numerator: int, denominator: int, z: float = Z_95) -> tuple[Decimal, Decimal]:
    """The Wilson score interval: between which shares the true one lies, with 95 % certainty.

    Raises ValueError where nothing was counted or more was hit than counted.
    """
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"no share: {numerator} of {denominator}")
    share = numerator / denominator
    centre = share + z * z / (2 * denominator)
    spread = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))
    whole = 1 + z * z / denominator
    low, high = max((centre - spread) / whole, 0.0), min((centre + spread) / whole, 1.0)
    return Decimal(low).quantize(PLACES, ROUND_HALF_UP), Decimal(high).quantize(PLACES, ROUND_HALF_UP)
