"""What each deed of mediation asks for. Names of fields are those that the deeds name in their refusals."""

from mediation.forms.agreements import Draw, Drop
from mediation.forms.base import CaseDeed, OpenForm
from mediation.forms.people import AddParty, Assign, Replace, Terminate
from mediation.forms.performing import Confirm, Perform
from mediation.forms.sessions import Extend, Hold
from mediation.forms.signing import Sign

__all__ = [
    "AddParty",
    "Assign",
    "CaseDeed",
    "Confirm",
    "Draw",
    "Drop",
    "Extend",
    "Hold",
    "OpenForm",
    "Perform",
    "Replace",
    "Sign",
    "Terminate",
]
