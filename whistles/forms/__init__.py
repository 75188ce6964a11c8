"""What the pages of whistles ask for."""

from whistles.forms.calling import CallForm, IssueAsked, MoveForm, SummonForm
from whistles.forms.filters import DeskFilter, MonthFilter
from whistles.forms.meeting import ItemForm, MinutesForm
from whistles.forms.simple import (
    CheckInForm,
    Decline,
    ExcuseForm,
    LeaveForm,
    Note,
    Nothing,
    ReceiptForm,
    ReportForm,
    RollForm,
    UnitScoreForm,
    WhistleScoreForm,
)

__all__ = [
    "CallForm",
    "CheckInForm",
    "Decline",
    "DeskFilter",
    "ExcuseForm",
    "IssueAsked",
    "ItemForm",
    "LeaveForm",
    "MinutesForm",
    "MonthFilter",
    "MoveForm",
    "Note",
    "Nothing",
    "ReceiptForm",
    "ReportForm",
    "RollForm",
    "SummonForm",
    "UnitScoreForm",
    "WhistleScoreForm",
]
