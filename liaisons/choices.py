"""Words of liaison officials: labels and colours stand with the choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What came of a visit."""

    NOTED = "noted", _("nothing to solve")
    SOLVED = "solved", _("solved on the spot")
    PASSED = "passed", _("passed on")


class Became(models.TextChoices):
    """What became of what was passed on, for those too who do not see the petition."""

    OPEN = "open", _("still open")
    DONE = "done", _("finished")


class EndedBy(models.TextChoices):
    """Why an assignment ends before its day."""

    DEED = "deed", _("ended")
    POSTING = "posting", _("the posting ended")


COLOURS: dict[str, str] = {
    Outcome.NOTED: "grey",
    Outcome.SOLVED: "green",
    Outcome.PASSED: "violet",
    Became.OPEN: "yellow",
    Became.DONE: "green",
}
CELL_DIGITS = 15  # of a grid's code; a community's has 12
