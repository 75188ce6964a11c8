"""Tables of assessment."""

from assessment.models.fact import CaseFact, OrderFact
from assessment.models.report import Report, ReportLine
from assessment.models.saved import SavedReport, SavedRun
from assessment.models.taken import Taken

__all__ = ["CaseFact", "OrderFact", "Report", "ReportLine", "SavedReport", "SavedRun", "Taken"]
