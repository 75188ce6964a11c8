from grids.models.cell import Cell, MapVersion
from grids.models.change import CellChange, Succession
from grids.models.finding import Audit, Finding, FindingNote
from grids.models.map_import import MapImport
from grids.models.staff import CellStaff
from grids.models.territory import Territory

__all__ = [
    "Audit",
    "Cell",
    "CellChange",
    "CellStaff",
    "Finding",
    "FindingNote",
    "MapImport",
    "MapVersion",
    "Succession",
    "Territory",
]
