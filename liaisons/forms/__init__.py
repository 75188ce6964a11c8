from liaisons.forms.deeds import Assign, End
from liaisons.forms.filters import BoardFilter
from liaisons.forms.recording import RecordVisit

__all__ = ["Assign", "BoardFilter", "End", "RecordVisit"]
