"""What the pages of development petitions ask for."""

from developments.forms.companies import GreenForm, RegisterForm
from developments.forms.deeds import (
    Again,
    Ask,
    Decline,
    End,
    Finish,
    HandIn,
    Note,
    Nothing,
    Prolong,
    PromiseForm,
    Rate,
    Refuse,
)
from developments.forms.filing import FilingForm, OpeningForm
from developments.forms.filters import DeskFilter
from developments.forms.templates import TemplateForm, step_rows

__all__ = [
    "Again",
    "Ask",
    "Decline",
    "DeskFilter",
    "End",
    "FilingForm",
    "Finish",
    "GreenForm",
    "HandIn",
    "Note",
    "Nothing",
    "OpeningForm",
    "Prolong",
    "PromiseForm",
    "Rate",
    "Refuse",
    "RegisterForm",
    "TemplateForm",
    "step_rows",
]
