"""What the pages of calls ask for."""

from calls.forms.deeds import Arrive, Note, Report, Sign, Solve, Turn
from calls.forms.filing import FilingForm
from calls.forms.filters import DeskFilter
from calls.forms.replies import Answer, Refuse, Send
from calls.forms.triage import TriageForm

__all__ = [
    "Answer",
    "Arrive",
    "DeskFilter",
    "FilingForm",
    "Note",
    "Refuse",
    "Report",
    "Send",
    "Sign",
    "Solve",
    "TriageForm",
    "Turn",
]
