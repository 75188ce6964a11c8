"""Plausible grids for a place whose real boundaries are not at hand: demonstrations, load tests, training."""

from grids.generation.district import DrawnCell, Place, draw_district

__all__ = ["DrawnCell", "Place", "draw_district"]
