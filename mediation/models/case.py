"""The mediation case: which committee, which mediator, until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.choices import OPEN_STATES, WITH_MEDIATOR, Ending, Entry, Relation, State
from mediation.querysets import CaseQuerySet
from organizations.models import Unit
from petitions.models import Petition


class MediationCase(models.Model):
    """A dispute before a people's mediation committee, beside the work order of its petition."""

    id = models.UUIDField(primary_key=True)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    number = models.CharField(_("number"), max_length=40, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPENED)
    entry = models.CharField(_("how it came"), max_length=10, choices=Entry)
    place = models.CharField(max_length=15, db_collation="C")

    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("committee"))
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mediator")
    )
    relation = models.CharField(_("relation declared"), max_length=10, choices=Relation, blank=True)
    # The mediator's own number and telephone as keyed hashes, so that a party added later is compared with them too.
    mediator_identity = models.BinaryField(default=b"")
    mediator_phone = models.BinaryField(default=b"")

    opened_at = models.DateTimeField(_("opened"))
    accepted_at = models.DateTimeField(_("taken by a mediator"), null=True, blank=True)
    stage_due_at = models.DateTimeField(_("due"))
    conclude_by = models.DateTimeField(_("to be concluded by"), null=True, blank=True)
    extended_from = models.DateTimeField(_("extended from"), null=True, blank=True)
    extension_reason = models.CharField(_("reason for extending"), max_length=300, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=12, choices=Ending, blank=True)
    ending_note = models.BinaryField(default=b"")
    changed_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("mediation case")
        verbose_name_plural = _("mediation cases")
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state__in=OPEN_STATES), name="mediation_one_open_case"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=WITH_MEDIATOR)
                | models.Q(mediator__isnull=False, relation=Relation.NONE, conclude_by__isnull=False),
                name="mediation_impartial_mediator",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_from__isnull=True)
                | models.Q(conclude_by__gt=models.F("extended_from")) & ~models.Q(extension_reason=""),
                name="mediation_extended_later",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.TERMINATED) | ~models.Q(ending=""), name="mediation_ended_why"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("opened_at")),
                name="mediation_times_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "opened_at", "id"], name="mediation_committee"),
            models.Index(fields=["place", "opened_at", "id"], name="mediation_place"),
            models.Index(fields=["opened_at", "id"], name="mediation_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class Serial(models.Model):
    """The last running number of a year. Files are numbered without gaps, so the number is part of the deed."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
