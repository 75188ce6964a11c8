"""Words of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListKind(models.TextChoices):
    """The five lists (属地管理事项、履行职责事项、部门职责、权力、派出机构执法事项)."""

    TERRITORIAL = "territorial", _("territorial duties")
    TOWNSHIP_DUTY = "township_duty", _("township duties")
    UNIT_DUTY = "unit_duty", _("duties of units")
    POWER = "power", _("powers")
    ENFORCEMENT = "enforcement", _("enforcement by stationed agencies")


# Lists of one body's own duties: an item names whose it is and is no matter that cases are routed by.
OF_A_UNIT = (ListKind.UNIT_DUTY, ListKind.POWER, ListKind.ENFORCEMENT)


class Part(models.TextChoices):
    """The three parts of a township's duty list: 基本履职, 配合履职, 上级收回."""

    BASIC = "basic", _("basic duties")
    ASSISTING = "assisting", _("assisting duties")
    WITHDRAWN = "withdrawn", _("taken back by the county")


class TownshipRole(models.TextChoices):
    """What an item makes of the township of the place."""

    NONE = "none", _("not concerned")
    LEAD = "lead", _("leads")
    ASSIST = "assist", _("only cooperates")


class ItemStatus(models.TextChoices):
    """How an item stands on a day."""

    IN_FORCE = "in_force", _("in force")
    COMING = "coming", _("not yet in force")
    WITHDRAWN = "withdrawn", pgettext_lazy("item", "withdrawn")


class DraftState(models.TextChoices):
    """The life of a draft."""

    PREPARING = "preparing", _("being prepared")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    DISCARDED = "discarded", _("discarded")


class DraftOrigin(models.TextChoices):
    """Where a draft comes from."""

    BY_HAND = "by_hand", _("entered by hand")
    SHEET = "sheet", _("from a sheet")
    ADMISSION = "admission", _("from an admission")
    GAP = "gap", _("from a gap of the list")
    FOUNDING = "founding", _("founding of the registry")


class LineOp(models.TextChoices):
    """What a line of a draft does."""

    NEW = "new", _("new item")
    CHANGE = "change", _("change")
    WITHDRAW = "withdraw", _("withdraw")


class LineVerdict(models.TextChoices):
    """How a line compares with the registry."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    GONE = "gone", _("gone")
    SAME = "same", _("unchanged")
    WRONG = "wrong", _("wrong")


class ActKind(models.TextChoices):
    """Acts upon an item."""

    FOUNDED = "founded", _("founded")
    ADOPTED = "adopted", _("adopted")
    AMENDED = "amended", _("amended")
    WITHDRAWN = "withdrawn", pgettext_lazy("act", "withdrawn")
    HANDED_OVER = "handed_over", _("handed over")


class HandOverState(models.TextChoices):
    """The life of a hand-over: it takes effect with the second signature."""

    PROPOSED = "proposed", _("proposed")
    SIGNED_ONCE = "signed_once", _("signed by one side")
    EFFECTIVE = "effective", _("signed by both sides")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over", "withdrawn")


OPEN_DRAFTS = (DraftState.PREPARING, DraftState.SUBMITTED)
OPEN_HAND_OVERS = (HandOverState.PROPOSED, HandOverState.SIGNED_ONCE)

DRAFT_COLOURS: dict[str, str] = {
    DraftState.PREPARING: "grey",
    DraftState.SUBMITTED: "blue",
    DraftState.APPROVED: "green",
    DraftState.REFUSED: "red",
    DraftState.DISCARDED: "grey",
}
HAND_OVER_COLOURS: dict[str, str] = {
    HandOverState.PROPOSED: "yellow",
    HandOverState.SIGNED_ONCE: "blue",
    HandOverState.EFFECTIVE: "green",
    HandOverState.WITHDRAWN: "grey",
}
