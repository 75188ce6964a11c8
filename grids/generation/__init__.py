"""Plausible grids for a place whose real boundaries are not at hand: demonstrations, load tests, training."""

from grids.generation.district import DrawnCell, Place, draw_district
from grids.generation.outlines import outlines_of

__all__ = ["DrawnCell", "Place", "draw_district", "outlines_of"]
