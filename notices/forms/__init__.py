"""Forms of the pages of notices."""

from notices.forms.filters import DeliveryFilter, InboxFilter
from notices.forms.wishes import ContactForm, KindsForm, WishesForm

__all__ = ["ContactForm", "DeliveryFilter", "InboxFilter", "KindsForm", "WishesForm"]
