"""The quarterly bulletin and the half-year summary: drawn up at an instant, published once, then they stand."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.days import midnight
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from kernel.ids import new_id
from kernel.periods import HALF, QUARTER, period_of
from kernel.permissions import require
from organizations.queries import people_posted
from projects.choices import Span
from projects.events import BulletinDrawn, BulletinPublished
from projects.models import ActionPlan, Bulletin, BulletinRow, Project
from projects.policies import PUBLISH
from projects.queries.reading import percent_of, today
from projects.services import telling
from projects.services.telling import WORKERS

MONTHS = {Span.QUARTER.value: QUARTER, Span.HALF.value: HALF}


@deed
def draw(*, plan_id: Any, span: str, day: date, actor: Actor, at: datetime) -> Bulletin:
    """Draw up the bulletin of the period of a day, or draw a draft anew. Raises Conflict where it is published."""
    plan: ActionPlan | None = (
        ActionPlan.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=plan_id).first()
    )
    if plan is None:
        raise Missing(_("This does not exist, or not for you."))
    require(actor.may(PUBLISH, place=plan.place))
    if span not in MONTHS:
        raise Invalid(_("Unknown kind."), fields={"span": [_("Unknown kind.")]})
    period = period_of(day=day, months=MONTHS[span])
    if period.first > today(at=at) or period.last < plan.starts_on:
        raise Invalid(_("This period is not right."), fields={"day": [_("Within the plan, and begun.")]})
    found = Bulletin.objects.select_for_update().filter(plan=plan, span=span, starts_on=period.first).first()
    if found is not None and found.published_at is not None:
        raise Conflict(_("This bulletin is published; nothing changes it."), code="published")
    bulletin = found or Bulletin(
        id=new_id(at=at), plan=plan, span=span, starts_on=period.first, ends_on=period.last, version=0
    )
    bulletin.version += 1
    earlier = Bulletin.objects.filter(plan=plan, span=span, published_at__isnull=False, starts_on__lt=period.first)
    bulletin.previous = earlier.order_by("-starts_on").first()
    rows = _rows(bulletin, at)
    bulletin.drawn_at, bulletin.drawn_by_id, bulletin.digest = at, actor.user_id, digest_of(rows)
    bulletin.save()
    bulletin.rows.all().delete()
    BulletinRow.objects.bulk_create(rows, batch_size=500)
    happened = BulletinDrawn(
        case_id=bulletin.pk, subject_id=str(bulletin.pk), plan=str(plan.pk), span=span,
        starts_on=period.first.isoformat(), rows=len(rows), digest=bulletin.digest,
    )  # fmt: skip
    record(happened, actor=actor, at=at)
    return bulletin


@deed
def publish(*, bulletin_id: Any, remarks: str, actor: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Publish a draft. From now on neither it nor its rows change: the database refuses."""
    bulletin: Bulletin = Bulletin.objects.locked(bulletin_id, version=version)
    require(actor.may(PUBLISH, place=bulletin.plan.place))
    if bulletin.published_at is not None:
        raise Conflict(_("This bulletin is published; nothing changes it."), code="published")
    if not remarks.strip():
        raise Invalid(_("Say something."), fields={"remarks": [_("Required.")]})
    bulletin.remarks, bulletin.published_at, bulletin.published_by_id = remarks.strip(), at, actor.user_id
    bulletin.version += 1
    bulletin.save(update_fields=["remarks", "published_at", "published_by", "version"])
    happened = BulletinPublished(
        case_id=bulletin.pk, subject_id=str(bulletin.pk), plan=str(bulletin.plan_id), digest=bulletin.digest
    )
    record(happened, actor=actor, at=at)
    owners = bulletin.rows.values_list("owner", flat=True).distinct()
    telling.published(bulletin=bulletin, people=people_posted(unit_ids=list(owners), roles=WORKERS, at=at), at=at)
    return bulletin


def _rows(bulletin: Bulletin, at: datetime) -> list[BulletinRow]:
    """Every project of the plan as it stands now; its light is that of the last day of the period, or of today."""
    day = min(today(at=at), bulletin.ends_on)
    since, until = midnight(bulletin.starts_on), midnight(bulletin.ends_on + timedelta(days=1))
    before: dict[Any, str] = {}
    if bulletin.previous_id:
        before = dict(BulletinRow.objects.filter(bulletin=bulletin.previous_id).values_list("project", "light"))
    moved = _counted(bulletin, "milestones__changes", granted=True, decided_at__gte=since, decided_at__lt=until)
    missing = _counted(bulletin, "reports", missed_at__gte=since, missed_at__lt=until)
    found: Any = Project.objects.filter(plan=bulletin.plan).select_related("owner", "person").lit(day=day).progressed()
    return [
        BulletinRow(
            bulletin=bulletin, project=one, code=one.code, name=one.name, group_id=one.group_id, batch_id=one.batch_id,
            owner_id=one.owner_id, owner_name=str(one.owner), person_name=str(one.person), state=one.state,
            light=one.light, before=before.get(one.pk, ""), percent=percent_of(one), milestones=one.milestones_all,
            reached=one.milestones_reached, moved=moved.get(one.pk, 0), missing=missing.get(one.pk, 0),
        )
        for one in found.order_by("code")
    ]  # fmt: skip


def _counted(bulletin: Bulletin, what: str, **said: Any) -> dict[Any, int]:
    """How many of something each project has; those without any are left out."""
    within = Q(**{f"{what}__{name}": value for name, value in said.items()})
    rows = Project.objects.filter(within, plan=bulletin.plan).order_by()
    return dict(rows.annotate(found=Count(what, filter=within, distinct=True)).values_list("pk", "found"))


def digest_of(rows: list[BulletinRow]) -> str:
    """SHA-256 over every project with everything that is said of it: what was published can be proved later."""
    said = [
        [str(one.project_id), one.state, one.light, one.before, one.percent, one.milestones, one.reached, one.moved,
         one.missing]
        for one in sorted(rows, key=lambda one: one.code)
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
