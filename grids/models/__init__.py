from grids.models.cell import Cell, MapVersion

__all__ = ["Cell", "MapVersion"]
