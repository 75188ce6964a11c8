"""Words of the petition: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionKind(models.TextChoices):
    """The three demands that one engine serves."""

    ENFORCEMENT = "enforcement", _("Enforcement")
    DEVELOPMENT = "development", _("Development")
    LIVELIHOOD = "livelihood", _("Livelihood")


class Nature(models.TextChoices):
    CONSULT = "consult", _("Enquiry")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of wrongdoing")
    SUGGESTION = "suggestion", _("Suggestion")


class Channel(models.TextChoices):
    HOTLINE = "hotline", _("Hotline")
    MAILBOX = "mailbox", _("Mailbox")
    APP = "app", _("Citizen's app")
    GRIDWORKER = "gridworker", _("Gridworker")
    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    TRANSFER = "transfer", _("Transferred by another body")
    UPPER = "upper", _("Assigned from above")
    DEVICE = "device", _("Device alarm")
    ENTERPRISE = "enterprise", _("Enterprise")
    TOWNSHIP = "township", _("Township")


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent")
    CRITICAL = "critical", _("Critical")


class State(models.TextChoices):
    FILED = "filed", _("Awaiting acceptance")
    WAITING = "waiting", _("Awaiting information")
    ACCEPTED = "accepted", _("Accepted")
    DISPATCHED = "dispatched", _("Being handled")
    HANDLED = "handled", _("Awaiting verification")
    VERIFIED = "verified", _("Awaiting rating")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    JOINED = "joined", _("Joined to another")
    PLANNED = "planned", _("Handled by a plan of steps")


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    BASICALLY = "basically", _("Basically satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")


class Measure(models.TextChoices):
    """What the running tally counts of every petition: how it stands, and the days of its life."""

    STATE = "state"
    FILED = "filed"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class ReplyKind(models.TextChoices):
    INTERIM = "interim", _("Progress")
    FINAL = "final", _("Reply")


class AttachmentPurpose(models.TextChoices):
    """When a picture was taken, in the words of digital city management."""

    REPORT = "report", _("At reporting")
    BEFORE = "before", _("Before handling")
    AFTER = "after", _("After handling")
    DOCUMENT = "document", _("Document")


class RevealField(models.TextChoices):
    """What of a reporter may be opened, one at a time."""

    NAME = "name", _("name")
    PHONE = "phone", _("telephone")
    IDENTITY = "identity", _("identity number")
    HOME = "home", _("home address")


class RevealPurpose(models.TextChoices):
    """Why sealed data are opened: a code, so that the log holds no prose and purposes can be counted."""

    CONTACT = "contact", _("Contact the person about the case")
    CALLBACK = "callback", _("Call back after handling")
    SITE_VISIT = "site_visit", _("Visit the place together")
    SAME_PERSON = "same_person", _("See whether it is the same person")
    TRANSFER = "transfer", _("Hand over to the competent body")
    LAW = "law", _("Asked for by law")


OPEN_STATES = (
    State.FILED,
    State.WAITING,
    State.ACCEPTED,
    State.DISPATCHED,
    State.HANDLED,
    State.VERIFIED,
    State.JOINED,
    State.PLANNED,
)
CLOSED_STATES = (State.CLOSED, State.ARCHIVED)
"""What every figure calls closed: declined and withdrawn cases have an end too, but nothing was done about them."""
FINISHED_STATES = (*CLOSED_STATES, State.DECLINED, State.WITHDRAWN)

COLOURS: dict[str, str] = {
    State.FILED: "blue",
    State.WAITING: "yellow",
    State.ACCEPTED: "violet",
    State.DISPATCHED: "teal",
    State.HANDLED: "violet",
    State.VERIFIED: "teal",
    State.CLOSED: "green",
    State.ARCHIVED: "grey",
    State.DECLINED: "red",
    State.WITHDRAWN: "grey",
    State.JOINED: "grey",
    State.PLANNED: "teal",
    Urgency.ORDINARY: "grey",
    Urgency.URGENT: "yellow",
    Urgency.CRITICAL: "red",
    Satisfaction.SATISFIED: "green",
    Satisfaction.BASICALLY: "teal",
    Satisfaction.DISSATISFIED: "red",
    PetitionKind.ENFORCEMENT: "violet",
    PetitionKind.DEVELOPMENT: "teal",
    PetitionKind.LIVELIHOOD: "blue",
}
