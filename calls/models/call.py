"""The call: a township asks a department to come; the township keeps the case and says whether it is solved."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.choices import FINAL_STATES, LED, OPEN_STATES, Kind, State
from calls.models.replying import Replying
from calls.querysets import CallQuerySet
from organizations.models import ResponsibilityEntry, Team, Unit
from petitions.models import Category, Petition

USER = settings.AUTH_USER_MODEL
SCORE = [1, 2, 3, 4, 5]


class Call(Replying):
    """One call and, in the columns of Replying, what its lead unit does in this round.

    `case_id` is the petition's id, or the call's own: a petition that is filed for the call later takes that id, so
    that everything stands on one chain. Nothing of the petition is copied here: the called units read this row.
    """

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField(db_index=True)
    number = models.CharField(_("number"), max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SIGNING)
    round = models.PositiveSmallIntegerField(_("round"), default=0)

    petition = models.ForeignKey(
        Petition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("petition")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    quick = models.BooleanField(_("quick call"), default=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    place = models.CharField(_("place"), max_length=15, db_collation="C")
    spot = models.CharField(_("where exactly"), max_length=200, blank=True)
    asked = models.TextField(_("what is asked"), max_length=2000)
    salt = models.BinaryField()
    wanted_by = models.DateTimeField(_("wanted by"), null=True, blank=True)

    caller = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("calling unit"))
    center = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("centre"))
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit"))
    # A township that sends its own team leads itself, and the people of the team answer for it.
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("own team"))
    beside = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("beside the call")
    )
    entry = models.ForeignKey(
        ResponsibilityEntry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("row of the list")
    )
    route = models.JSONField(default=dict)
    instruction = models.CharField(_("instruction"), max_length=500, blank=True)
    involved = ArrayField(models.IntegerField(), default=list)
    parts_total = models.PositiveSmallIntegerField(default=0)
    parts_replied = models.PositiveSmallIntegerField(default=0)

    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    called_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    stage_from = models.DateTimeField()
    changed_at = models.DateTimeField()

    speed = models.PositiveSmallIntegerField(_("speed"), null=True, blank=True)
    quality = models.PositiveSmallIntegerField(_("quality of the result"), null=True, blank=True)
    rating_note = models.CharField(_("remark on the rating"), max_length=500, blank=True)
    rated_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_note = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(petition=F("case_id")) | Q(petition=None) & (Q(case_id=F("id")) | Q(beside__isnull=False)),
                name="calls_one_case",
            ),
            models.CheckConstraint(condition=Q(quick=False) | Q(kind=Kind.EMERGENCY), name="calls_quick_emergency"),
            models.CheckConstraint(condition=~Q(asked=""), name="calls_ask_something"),
            models.CheckConstraint(
                condition=Q(team=None) & (Q(lead=None) | ~Q(lead=F("caller")))
                | Q(team__isnull=False, lead=F("caller")),
                name="calls_another_unit",
            ),
            models.CheckConstraint(condition=Q(beside=None) | Q(team__isnull=False), name="calls_beside_is_own_team"),
            models.CheckConstraint(
                condition=~Q(state__in=LED)
                | Q(lead__isnull=False, called_at__isnull=False)
                & Q(answer_due_at__isnull=False, work_due_at__isnull=False),
                name="calls_led",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED, State.ARRIVED, State.REPORTED, State.SOLVED])
                | Q(person__isnull=False, promised_at__isnull=False, answered_at__gte=F("called_at")),
                name="calls_answered_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ARRIVED, State.REPORTED, State.SOLVED])
                | Q(arrived_at__gte=F("answered_at")),
                name="calls_arrived_after_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REPORTED, State.SOLVED])
                | Q(reported_at__gte=F("arrived_at")) & ~Q(result=""),
                name="calls_reported_after_arrival",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SOLVED) | Q(speed__in=SCORE, quality__in=SCORE), name="calls_solved_is_rated"
            ),
            models.CheckConstraint(
                condition=Q(speed=None, quality=None) | Q(state=State.SOLVED), name="calls_rated_when_solved"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED)
                | Q(refusal_entry__isnull=False, refused_at__isnull=False, bound=False) & ~Q(refusal_note=""),
                name="calls_refused_by_a_row",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES, ended_at__gte=F("filed_at"))
                | ~Q(state__in=FINAL_STATES) & Q(ended_at=None),
                name="calls_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.DECLINED]) | ~Q(end_note=""), name="calls_ended_why"
            ),
            models.CheckConstraint(
                condition=Q(parts_replied__lte=F("parts_total")), name="calls_replies_counted"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["filed_at", "id"], name="calls_newest"),
            models.Index(fields=["caller", "filed_at", "id"], name="calls_caller"),
            models.Index(fields=["place", "filed_at", "id"], name="calls_place"),
            models.Index(fields=["state", "filed_at", "id"], name="calls_state"),
            models.Index(fields=["lead", "filed_at", "id"], name="calls_lead"),
            models.Index(fields=["stage_due_at"], name="calls_due", condition=Q(state__in=OPEN_STATES)),
            models.Index(fields=["team", "filed_at", "id"], name="calls_team", condition=Q(team__isnull=False)),
            GinIndex(fields=["involved"], name="calls_involved", opclasses=["array_ops"]),
        ]

    def __str__(self) -> str:
        return self.number
