"""Tables of the notices app."""

from notices.models.notice import Mute, Notice
from notices.models.outward import Attempt, Delivery
from notices.models.wishes import Contact, Preference

__all__ = ["Attempt", "Contact", "Delivery", "Mute", "Notice", "Preference"]
