"""Tables of assessment."""

from assessment.models.fact import CaseFact, OrderFact
from assessment.models.report import Report, ReportLine

__all__ = ["CaseFact", "OrderFact", "Report", "ReportLine"]
