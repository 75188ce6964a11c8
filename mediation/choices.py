"""Words of mediation: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPENED = "opened", _("Awaiting a mediator")
    ASSIGNED = "assigned", _("Being prepared")
    IN_SESSION = "in_session", _("In mediation")
    SIGNING = "signing", _("Awaiting signatures")
    AGREED = "agreed", _("Agreement in force")
    PERFORMED = "performed", _("Performed")
    TERMINATED = "terminated", _("Ended without success")


class Entry(models.TextChoices):
    """How a case came to the committee (人民调解法 17: asked for by the parties, or begun by the committee)."""

    CATEGORY = "category", _("opened by the category of the petition")
    HAND = "hand", _("opened by hand")


class Side(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    RESPONDENT = "respondent", _("Respondent")


class Relation(models.TextChoices):
    """What a mediator declares about the parties before taking a case. Only the first may mediate."""

    NONE = "none", _("no relation to any party or to the matter")
    KIN = "kin", _("relative of a party")
    INTEREST = "interest", _("interest of one's own in the matter")
    OTHER = "other", _("another relation that may affect fairness")


class Outcome(models.TextChoices):
    """How a session ended."""

    CONTINUE = "continue", _("to be continued")
    AGREED = "agreed", _("the parties agree")
    APART = "apart", _("the parties stay apart")


class Form(models.TextChoices):
    """人民调解法 28: in writing, or orally where the parties think that writing is not needed."""

    WRITTEN = "written", _("in writing")
    ORAL = "oral", _("oral, recorded by the mediator")


class Signing(models.TextChoices):
    """人民调解法 29: parties sign, seal or put a fingerprint."""

    SIGNATURE = "signature", _("signature")
    SEAL = "seal", _("seal")
    FINGERPRINT = "fingerprint", _("fingerprint")


class Confirmation(models.TextChoices):
    """What the court said to a joint request (民事诉讼法 205, 206)."""

    APPLIED = "applied", _("applied for")
    CONFIRMED = "confirmed", _("confirmed by the court")
    REJECTED = "rejected", _("rejected by the court")


class Ending(models.TextChoices):
    """Why a mediation ends without success."""

    REFUSED = "refused", _("a party clearly refuses mediation")
    APART = "apart", _("the parties cannot agree")
    LAPSED = "lapsed", _("the time for mediation is over")
    WITHDRAWN = "withdrawn", _("the request was withdrawn")
    OUTSIDE = "outside", _("the matter is not one for mediation")
    UNPERFORMED = "unperformed", _("the agreement is not performed")


class Stage(models.TextChoices):
    """Which reminder of a promise falls due."""

    COMING = "coming", _("due soon")
    OVERDUE = "overdue", _("overdue")


OPEN_STATES = (State.OPENED, State.ASSIGNED, State.IN_SESSION, State.SIGNING, State.AGREED)
WITH_MEDIATOR = (State.ASSIGNED, State.IN_SESSION, State.SIGNING, State.AGREED, State.PERFORMED)

COLOURS: dict[str, str] = {
    State.OPENED: "yellow",
    State.ASSIGNED: "blue",
    State.IN_SESSION: "blue",
    State.SIGNING: "violet",
    State.AGREED: "teal",
    State.PERFORMED: "green",
    State.TERMINATED: "grey",
}
