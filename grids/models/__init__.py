from grids.models.cell import Cell, MapVersion
from grids.models.change import CellChange, Succession
from grids.models.finding import Audit, Finding, FindingNote
from grids.models.job import MapJob
from grids.models.map_import import MapImport
from grids.models.plan import CellPlan, PlannedCell
from grids.models.staff import CellStaff
from grids.models.territory import Territory

__all__ = [
    "Audit",
    "Cell",
    "CellChange",
    "CellPlan",
    "CellStaff",
    "Finding",
    "FindingNote",
    "MapImport",
    "MapJob",
    "MapVersion",
    "PlannedCell",
    "Succession",
    "Territory",
]
