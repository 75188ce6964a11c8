"""Scope of the map. By law the grids and their workers are published, so whoever may look sees all of them."""

from __future__ import annotations

from typing import Self

from organizations.models import ReferenceQuerySet


class CellQuerySet(ReferenceQuerySet):
    """Cells by state and place."""

    def drawn(self) -> Self:
        """Cells of the map as it is now."""
        return self.filter(active=True)

    def inside(self, prefix: str) -> Self:
        """Cells whose code begins with the prefix of an area."""
        return self.filter(code__startswith=prefix)
