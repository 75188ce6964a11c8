"""Deeds on the map."""

from grids.services.drawing import draw_cell, retire_cell

__all__ = ["draw_cell", "retire_cell"]
