"""The petition: what was said, where, how it stands, and the columns that decide who sees it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Collate, Reverse
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.models import Unit
from petitions.choices import OPEN_STATES, Channel, Nature, PetitionKind, Satisfaction, State, Urgency
from petitions.models.category import Category, DeclineReason
from petitions.models.words import Bigrams
from petitions.querysets import PetitionQuerySet

USER = settings.AUTH_USER_MODEL

# What figures are counted from: with these in the index, a count over years reads the index alone (ADR 0026).
COUNTED = (
    "state", "kind", "channel", "urgency", "category", "county_code", "township_code", "village_code", "cell_code",
    "lead_unit", "center", "filed_at", "accepted_at", "dispatched_at", "closed_at", "stage_due_at", "on_time",
    "satisfaction", "resolved", "round", "joined_to",
)  # fmt: skip


def beside(moment: str) -> list[str]:
    """The columns of figures that lie in an index beside the moment that it is ordered by."""
    return [name for name in COUNTED if name != moment]


class Petition(models.Model):
    """One case. Its id is the case id of every event, order and timer that belongs to it."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(_("number"), max_length=24, unique=True)
    tracking_code = models.CharField(_("tracking code"), max_length=12, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.FILED)
    round = models.PositiveSmallIntegerField(_("round"), default=1)

    kind = models.CharField(_("kind"), max_length=12, choices=PetitionKind)
    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    source = models.CharField(_("source"), max_length=40, blank=True)
    source_no = models.CharField(_("number at the source"), max_length=64, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("category")
    )
    condition = models.CharField(_("filing condition"), max_length=48, blank=True, default="", db_default="")
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=8000)
    salt = models.BinaryField()

    address = models.CharField(_("address"), max_length=200, blank=True)
    lng = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    distance_m = models.PositiveIntegerField(_("metres outside of the grid"), default=0)
    county_code = models.CharField(max_length=6, blank=True, db_collation="C")
    township_code = models.CharField(max_length=9, blank=True, db_collation="C")
    village_code = models.CharField(max_length=12, blank=True, db_collation="C")
    cell_code = models.CharField(_("grid"), max_length=15, blank=True, db_collation="C")

    center = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("centre"))
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    involved = ArrayField(models.IntegerField(), default=list)
    holder = models.CharField(max_length=40)
    unroutable = models.CharField(_("why the list has no answer"), max_length=40, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)

    reporter_user = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    registrar = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    reporter_masked = models.CharField(_("reporter"), max_length=40, blank=True)
    confidential = models.BooleanField(_("identity withheld"), default=False)

    source_at = models.DateTimeField(_("said at the source"), null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    dispatched_at = models.DateTimeField(_("dispatched"), null=True, blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    changed_at = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    stage_from = models.DateTimeField(null=True, blank=True)
    stage_limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    stage_limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True, db_default="")
    calendar_version = models.PositiveIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True)
    on_time = models.BooleanField(_("on time"), null=True, blank=True)

    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined", db_index=False)
    decline_reason = models.ForeignKey(
        DeclineReason, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    satisfaction = models.CharField(_("rating"), max_length=12, choices=Satisfaction, blank=True)
    resolved = models.BooleanField(_("solved, says the citizen"), null=True, blank=True)
    rating_note = models.CharField(_("remark on the rating"), max_length=500, blank=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_no"], condition=~models.Q(source_no=""), name="petitions_source_once"
            ),
            models.CheckConstraint(condition=models.Q(round__in=[1, 2]), name="petitions_reworked_once"),
            models.CheckConstraint(
                condition=~models.Q(state="joined") | models.Q(joined_to__isnull=False), name="petitions_joined_to"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | models.Q(decline_reason__isnull=False),
                name="petitions_declined_why",
            ),
            models.CheckConstraint(condition=~models.Q(joined_to=models.F("id")), name="petitions_not_to_itself"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("filed_at")),
                name="petitions_times_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["filed_at", "id"], include=beside("filed_at"), name="petitions_newest"),
            models.Index(fields=["township_code", "filed_at", "id"], name="petitions_township"),
            models.Index(fields=["village_code", "filed_at", "id"], name="petitions_village"),
            models.Index(fields=["cell_code", "filed_at", "id"], name="petitions_cell"),
            models.Index(fields=["state", "filed_at", "id"], name="petitions_state"),
            # By the code or the beginning of one.
            models.Index(
                fields=["category", "filed_at", "id"],
                name="petitions_by_category",
                opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
            ),
            models.Index(
                fields=["stage_due_at", "id"], name="petitions_open_due", condition=models.Q(state__in=OPEN_STATES)
            ),
            models.Index(
                fields=["closed_at", "id"],
                include=beside("closed_at"),
                name="petitions_ended",
                condition=models.Q(closed_at__isnull=False),
            ),
            GinIndex(fields=["involved"], name="petitions_involved", opclasses=["array_ops"]),
            # Its list of what is pending is read by every search: a short one.
            GinIndex(Bigrams.of_petitions(), name="petitions_words", gin_pending_list_limit=512),
            # By the last digits of a number, as people say it on the telephone.
            models.Index(Collate(Reverse("number"), "C"), name="petitions_number_tail"),
            # Each index costs every step of every petition: what most petitions have none of is left out.
            *(
                models.Index(
                    fields=[name], name=f"petitions_by_{short}", condition=models.Q(**{f"{name}__isnull": False})
                )
                for name, short in (("reporter_user", "reporter"), ("registrar", "registrar"), ("joined_to", "joined"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> str:
        """The narrowest code known of where it is: grid, village, township or county."""
        return self.cell_code or self.village_code or self.township_code or self.county_code
