"""Words of supervision: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The life of a supervision order, from the proposal of the clock to the answer that is good enough."""

    PROPOSED = "proposed", _("Proposed")
    ISSUED = "issued", _("Awaiting receipt")
    RECEIVED = "received", _("Awaiting the answer")
    ANSWERED = "answered", _("Answer to be checked")
    ACCEPTED = "accepted", _("Answer accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("supervision order", "Withdrawn")
    DISMISSED = "dismissed", _("Not issued")


class ListingState(models.TextChoices):
    LISTED = "listed", _("On the list")
    REMOVED = "removed", _("Taken off the list")


class Level(models.TextChoices):
    """How much weight an order has; the limits for receipt and answer follow from it."""

    ORDINARY = "ordinary", pgettext_lazy("supervision level", "Ordinary")
    KEY = "key", pgettext_lazy("supervision level", "Key")
    URGENT = "urgent", pgettext_lazy("supervision level", "Urgent")


class Origin(models.TextChoices):
    HAND = "hand", _("issued by hand")
    CLOCK = "clock", _("proposed by the clock")


class Reason(models.TextChoices):
    """Why a unit is supervised (潍坊12345条例 26, 信访工作条例 40)."""

    REFUSES = "refuses", _("refuses to take it over")
    OVERDUE = "overdue", pgettext_lazy("supervision reason", "overdue")
    UNSOLVED = "unsolved", _("should be solved and is not")
    INFLUENCE = "influence", _("bad influence")
    RETURNED = "returned", _("returned again and again")


class Dismissal(models.TextChoices):
    """Why a proposal is not issued."""

    EXPLAINED = "explained", _("the unit has explained it")
    URGED = "urged", _("urging is enough")
    OBSOLETE = "obsolete", _("the unit has finished meanwhile")


class Verdict(models.TextChoices):
    """What the issuer says to an answer."""

    ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
    SENT_BACK = "sent_back", pgettext_lazy("answer", "sent back")


class Ground(models.TextChoices):
    """What lets a case be put on the list."""

    TWICE = "twice", _("overdue by more than its whole limit")
    TWO_REDS = "two_reds", _("two work orders of it went red")
    TWO_ORDERS = "two_orders", _("two supervision orders were issued for it")


class Removal(models.TextChoices):
    """Why a case leaves the list."""

    SOLVED = "solved", pgettext_lazy("listing", "solved")
    CLOSED = "closed", _("the case is closed")
    MOVED = "moved", _("the duty went to another unit")
    MISTAKEN = "mistaken", _("listed by mistake")


class Numbered(models.TextChoices):
    """What has a register of its own in each county and year."""

    ORDER = "order", _("supervision order")
    LISTING = "listing", _("listed supervision")


class Told(models.TextChoices):
    """What a rung of the ladder says when it is climbed."""

    NOT_RECEIVED = "not_received", _("supervision order not received in time")
    NOT_ANSWERED = "not_answered", _("supervision order not answered in time")
    NOT_CHECKED = "not_checked", _("answer to a supervision order not checked in time")
    NOT_CONSIDERED = "not_considered", _("proposed supervision order not decided in time")
    RECHECK = "recheck", _("listed case to be looked at again")


OPEN_STATES = (State.PROPOSED, State.ISSUED, State.RECEIVED, State.ANSWERED)
WITH_UNIT = (State.ISSUED, State.RECEIVED, State.ANSWERED)
NEVER_ISSUED = (State.PROPOSED, State.DISMISSED)
# Set by the clock or by another event, never chosen by hand.
BY_SYSTEM = frozenset({Dismissal.OBSOLETE, Removal.CLOSED})

COLOURS: dict[str, str] = {
    State.PROPOSED: "violet",
    State.ISSUED: "yellow",
    State.RECEIVED: "blue",
    State.ANSWERED: "violet",
    State.ACCEPTED: "green",
    State.WITHDRAWN: "grey",
    State.DISMISSED: "grey",
    Level.ORDINARY: "blue",
    Level.KEY: "yellow",
    Level.URGENT: "red",
    ListingState.LISTED: "red",
    ListingState.REMOVED: "grey",
}
