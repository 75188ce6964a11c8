"""A project of an action plan: what it is, whose it is by name, and how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from projects.choices import OPEN_STATES, Kind, State
from projects.models.plan import ActionPlan, Batch, TaskGroup
from projects.querysets import ProjectQuerySet

USER = settings.AUTH_USER_MODEL


class Project(models.Model):
    """One project. A person of the owner answers for it; what it promised when it began stands (a trigger)."""

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFTED)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="projects", verbose_name=_("action plan"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="projects", verbose_name=_("batch"))
    group = models.ForeignKey(TaskGroup, models.PROTECT, related_name="projects", verbose_name=_("task group"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    place = models.CharField(max_length=15, db_collation="C")

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("owner"))
    person = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("who answers for it"))
    leader = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("county leader in charge"))
    helpers = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("cooperating"))

    starts_on = models.DateField(_("planned from"))
    ends_on = models.DateField(_("planned until"))
    done_means = models.CharField(_("what counts as done"), max_length=300)
    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    rung = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)

    asked_at = models.DateTimeField(_("reported done"), null=True, blank=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    asked_note = models.CharField(_("what was done"), max_length=2000, blank=True)
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="projects_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(done_means=""), name="projects_says_what"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_period"),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=False) | Q(state__in=[State.DRAFTED, State.ENDED]),
                name="projects_begun_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ASKED, State.DONE])
                | Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(asked_note=""),
                name="projects_asked_before_done",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(ended_at__isnull=False) & ~Q(ended_by=F("asked_by")),
                name="projects_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SUSPENDED, State.ENDED]) | ~Q(note=""), name="projects_stopped_why"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "code"], name="projects_by_code"),
            models.Index(fields=["owner", "state"], name="projects_by_owner"),
            models.Index(fields=["leader"], name="projects_by_leader"),
            models.Index(fields=["stage_due_at"], name="projects_due", condition=Q(state__in=OPEN_STATES)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
