"""What the deeds of supervision ask for."""

from supervision.forms.filters import RegisterFilter
from supervision.forms.listing import ExtendListing, ListCase, RemoveListing
from supervision.forms.orders import Accept, Dismiss, GiveAnswer, Issue, IssueProposed, Receive, SendBack, Withdraw
from supervision.forms.urging import Urge

__all__ = [
    "Accept",
    "Dismiss",
    "ExtendListing",
    "GiveAnswer",
    "Issue",
    "IssueProposed",
    "ListCase",
    "Receive",
    "RegisterFilter",
    "RemoveListing",
    "SendBack",
    "Urge",
    "Withdraw",
]
