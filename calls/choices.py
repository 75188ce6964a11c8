"""Words of calls: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a township calls for (执法诉求, 发展诉求, 民生诉求, and what cannot wait)."""

    ENFORCEMENT = "enforcement", _("enforcement")
    DEVELOPMENT = "development", _("development")
    LIVELIHOOD = "livelihood", _("livelihood")
    EMERGENCY = "emergency", pgettext_lazy("call", "emergency")


class State(models.TextChoices):
    """The life of a call; while it is with a unit, it is the lead unit's life too."""

    SIGNING = "signing", _("Awaiting the head's signature")
    FILED = "filed", _("Awaiting triage")
    CALLED = "called", pgettext_lazy("call", "Awaiting the answer")
    ANSWERED = "answered", _("On the way")
    ARRIVED = "arrived", _("On site")
    REPORTED = "reported", _("Awaiting the caller's judgement")
    REFUSED = "refused", pgettext_lazy("call", "Refused, awaiting adjudication")
    SOLVED = "solved", pgettext_lazy("call", "Solved")
    DECLINED = "declined", pgettext_lazy("call", "Not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("call", "Withdrawn")


class PartState(models.TextChoices):
    """The life of what one cooperating unit has to do."""

    CALLED = "called", pgettext_lazy("call", "Awaiting the answer")
    ANSWERED = "answered", _("On the way")
    ARRIVED = "arrived", _("On site")
    REPORTED = "reported", pgettext_lazy("cooperating unit", "Replied")
    REFUSED = "refused", pgettext_lazy("call", "Refused, awaiting adjudication")
    RELEASED = "released", pgettext_lazy("cooperating unit", "Let go: its refusal was upheld")
    LAPSED = "lapsed", pgettext_lazy("cooperating unit", "Ended without a reply")


class Whom(models.TextChoices):
    """Who is told when nobody moves."""

    HEAD = "head", _("the head of the unit")
    LEADER = "leader", _("the county leader in charge")
    DIRECTOR = "director", _("the director of the centre")
    CALLER = "caller", _("the head of the calling unit")


class Told(models.TextChoices):
    """What a rung of the ladder says when it is climbed."""

    NOT_SIGNED = "not_signed", _("call not signed in time")
    NOT_TRIAGED = "not_triaged", _("call not triaged in time")
    NOT_ANSWERED = "not_answered", _("call not answered in time")
    NOT_ARRIVED = "not_arrived", _("not on site in time")
    NOT_REPORTED = "not_reported", _("result of a call not reported in time")
    NOT_JUDGED = "not_judged", _("result of a call not judged in time")
    NOT_RULED = "not_ruled", _("refusal of a call not adjudicated in time")


class Outcome(models.TextChoices):
    """Why a round with a unit ended without an end of the call."""

    SENT_BACK = "sent_back", _("not solved: called again")
    UPHELD = "upheld", _("refusal upheld: another unit")
    OVERRULED = "overruled", _("refusal not upheld: the unit must come")


class Stage(models.TextChoices):
    """When a file was added to a call."""

    FILED = "filed", _("with the call")
    ARRIVED = "arrived", _("on site")
    REPORTED = "reported", _("with the report")


class EndedBy(models.TextChoices):
    """What ended a call without anybody writing why."""

    PETITION = "petition_withdrawn", _("the petition was withdrawn")


FINAL_STATES = (State.SOLVED, State.DECLINED, State.WITHDRAWN)
OPEN_STATES = (
    State.SIGNING, State.FILED, State.CALLED, State.ANSWERED, State.ARRIVED, State.REPORTED, State.REFUSED,
)  # fmt: skip
# The lead unit has something to do.
WITH_UNIT = (State.CALLED, State.ANSWERED, State.ARRIVED)
# There is a lead unit, and what it did stands.
LED = (*WITH_UNIT, State.REPORTED, State.REFUSED, State.SOLVED)
# What a cooperating unit still owes; with a refusal that nobody has ruled on it is open and owes nothing.
OWED_PARTS = (PartState.CALLED, PartState.ANSWERED, PartState.ARRIVED)
OPEN_PARTS = (*OWED_PARTS, PartState.REFUSED)

COLOURS: dict[str, str] = {
    State.SIGNING: "violet",
    State.FILED: "yellow",
    State.CALLED: "yellow",
    State.ANSWERED: "blue",
    State.ARRIVED: "teal",
    State.REPORTED: "violet",
    State.REFUSED: "red",
    State.SOLVED: "green",
    State.DECLINED: "grey",
    State.WITHDRAWN: "grey",
    PartState.LAPSED: "grey",
    PartState.RELEASED: "grey",
    Kind.ENFORCEMENT: "violet",
    Kind.DEVELOPMENT: "blue",
    Kind.LIVELIHOOD: "teal",
    Kind.EMERGENCY: "red",
}
PART_COLOURS: dict[str, str] = {**COLOURS, PartState.REPORTED: "green"}
