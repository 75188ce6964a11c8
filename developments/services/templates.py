"""Plan templates: a version is published, signed with a reason; the one before ends, and nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from developments.events import TemplatePublished
from developments.models import PlanTemplate, TemplatePaper, TemplateStep
from developments.planning import Node, planned
from developments.policies import KEEP
from kernel.actors import Actor
from kernel.calendars import current
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import record
from kernel.worktime import Limit
from organizations.choices import LeadRule, UnitKind
from organizations.models import Unit
from petitions.choices import PetitionKind
from petitions.models import Category

MOST_STEPS, MOST_PAPERS, MOST_DAYS, FARTHEST = 20, 15, 90, timedelta(days=366)
NO_STEPS = (UnitKind.COMMAND_CENTER, UnitKind.MEDIATION_COMMITTEE, UnitKind.ENTERPRISE)
PLACE_RULES = (LeadRule.TOWNSHIP_OF_PLACE, LeadRule.VILLAGE_OF_PLACE)
LOCK = "SELECT pg_advisory_xact_lock(hashtext('developments/templates'), hashtext(%s))"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperData:
    """A paper; `days` of tolerance, 0 where it may not be missing."""

    name: str
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepData:
    """A step: `unit_id`, or a rule that finds the unit by the place."""

    code: str
    name: str
    limit: Limit
    green: Limit
    unit_id: int | None = None
    rule: str = LeadRule.UNIT.value
    after: tuple[str, ...] = ()
    papers: tuple[PaperData, ...] = field(default=())


@deed
def publish_template(
    *,
    code: str,
    name: str,
    category_code: str,
    steps: Sequence[StepData],
    reason: str,
    actor: Actor,
    at: datetime,
    basis: str = "",
    valid_from: date | None = None,
    version: int | None = None,
) -> PlanTemplate:
    """Sign a new version of a template, in force from a day on; the one before ends on the day before.

    Plans that run go on as they were promised. `version`: the number of the version that was changed, 0 or None for a
    new template. Raises NotAllowed, Conflict where another version came meanwhile, Invalid naming the field.
    """
    if not actor.holds(KEEP):
        raise NotAllowed(_("Your role does not include this."))
    today = timezone.localtime(at).date()
    begin = valid_from or today
    _check(code, name, reason, begin, today)
    _check_steps(steps, at)
    category = _category(category_code)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [code])
    last = PlanTemplate.objects.filter(code=code).order_by("-number").first()
    _end_last(last, version, begin)
    made = PlanTemplate.objects.create(
        code=code,
        number=last.number + 1 if last else 1,
        name=name.strip(),
        basis=basis.strip(),
        category=category,
        valid_from=begin,
        reason=reason.strip(),
        signed_by_id=actor.user_id,
        signed_at=at,
    )
    _store(made, steps)
    record(_published(made, content=_digest(name, basis, steps), steps=len(steps)), actor=actor, at=at)
    return made


def _category(code: str) -> Category:
    """The category that petitions by the template get."""
    category = Category.objects.filter(code=code, active=True, kind=PetitionKind.DEVELOPMENT).first()
    if category is None or (category.level < 3 and category.children.exists()):
        raise Invalid(_("There is no such category."), fields={"category": [_("A category of development petitions.")]})
    return category


def _published(made: PlanTemplate, *, content: str, steps: int) -> TemplatePublished:
    """The event of a version; all versions of a template stand on one chain."""
    return TemplatePublished(
        case_id=uuid5(NAMESPACE_URL, f"developments/templates/{made.code}"),
        subject_id=str(made.pk),
        code=made.code,
        version=made.number,
        steps=steps,
        valid_from=made.valid_from.isoformat(),
        content=content,
    )


def _end_last(last: PlanTemplate | None, version: int | None, begin: date) -> None:
    if (last.number if last else 0) != (version or 0):
        raise Conflict(_("Another version was published in the meantime."))
    if last is None:
        return
    if begin <= last.valid_from:
        said = _("After the version before, which began on %(day)s.") % {"day": last.valid_from.isoformat()}
        raise Invalid(_("The versions of a template follow each other."), fields={"valid_from": [said]})
    PlanTemplate.objects.filter(pk=last.pk).update(valid_until=begin - timedelta(days=1))


def _check(code: str, name: str, reason: str, begin: date, today: date) -> None:
    fields: dict[str, list[Any]] = {}
    if not code or not code.isascii() or not code.replace("-", "").isalnum() or len(code) > 20:
        fields["code"] = [_("Letters, digits and hyphens.")]
    if not name.strip():
        fields["name"] = [_("Required.")]
    if not reason.strip():
        fields["reason"] = [_("Required.")]
    if not today <= begin <= today + FARTHEST:
        fields["valid_from"] = [_("From today on, and within a year.")]
    if fields:
        raise Invalid(_("Something is not right."), fields=fields)


def _check_steps(steps: Sequence[StepData], at: datetime) -> None:
    """One of each code, units that exist, papers that differ, and an order that comes to an end."""
    codes = [one.code for one in steps]
    if not 1 <= len(codes) <= MOST_STEPS or len(set(codes)) < len(codes):
        raise Invalid(
            _("A plan has from one to twenty steps, each with its own code."), fields={"steps": [_("Not so.")]}
        )
    for one in steps:
        if said := _wrong(one, codes):
            raise Invalid(said, fields={"steps": [f"{one.code}: {said}"]})
    units = {one.unit_id for one in steps if one.unit_id is not None}
    known = Unit.objects.working().filter(pk__in=units).exclude(kind__in=NO_STEPS).count()
    if known < len(units):
        raise Invalid(_("One of the units cannot be given a step."), fields={"steps": [_("Choose another unit.")]})
    nodes = [Node(code=one.code, after=one.after, limit=one.limit) for one in steps]
    try:
        planned(nodes=nodes, start=at, calendar=current(at=at))
    except ValueError as error:
        said = _("Steps wait for each other in a circle.")
        raise Invalid(said, fields={"steps": [said]}) from error


def _wrong(step: StepData, codes: Sequence[str]) -> str:
    if not step.code or not step.code.isascii() or not step.name.strip():
        return _("A step has a code of letters and digits, and a name.")
    if (step.rule == LeadRule.UNIT) != (step.unit_id is not None) or step.rule not in LeadRule.values:
        return _("A step names a unit or a rule, not both.")
    if step.code in step.after or not set(step.after) <= set(codes):
        return _("A step waits for other steps of the same plan.")
    names = [one.name for one in step.papers]
    if len(names) > MOST_PAPERS or len(set(names)) < len(names) or not all(one.strip() for one in names):
        return _("Each paper of a step has its own name, fifteen at most.")
    if any(not 0 <= one.days <= MOST_DAYS for one in step.papers):
        return _("At most ninety days of tolerance.")
    return ""


def _store(made: PlanTemplate, steps: Sequence[StepData]) -> None:
    rows = TemplateStep.objects.bulk_create(
        TemplateStep(
            template=made,
            order=order,
            code=one.code,
            name=one.name.strip(),
            rule=one.rule,
            unit_id=one.unit_id,
            limit_value=one.limit.value,
            limit_unit=one.limit.unit,
            green_value=one.green.value,
            green_unit=one.green.unit,
            after=list(one.after),
        )
        for order, one in enumerate(steps, start=1)
    )
    TemplatePaper.objects.bulk_create(
        TemplatePaper(step=row, order=order, name=paper.name.strip(), days=paper.days)
        for row, one in zip(rows, steps, strict=True)
        for order, paper in enumerate(one.papers, start=1)
    )


def _digest(name: str, basis: str, steps: Sequence[StepData]) -> str:
    said = [name, basis, [repr(one) for one in steps]]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
