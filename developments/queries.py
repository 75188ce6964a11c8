"""Questions about development petitions: which template is in force, who does a step, what may be done now."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from developments.choices import WITH_UNIT, PaperState, State, StepState
from developments.models import Development, Enterprise, Paper, PlanTemplate, Step, TemplatePaper, TemplateStep
from developments.policies import companies_of, home_of, step_verdict, verdict
from developments.workflow import BY_ITSELF, DEVELOPMENTS, PAPERS, PAPERS_BY_THEMSELVES, STEPS, STEPS_BY_THEMSELVES
from kernel.actors import Actor
from kernel.errors import Invalid
from kernel.permissions import Verdict
from kernel.workflow import Move
from organizations.choices import LeadRule, UnitKind
from organizations.models import Unit
from petitions.models import Petition

UNIT_OF_RULE = {LeadRule.TOWNSHIP_OF_PLACE: (UnitKind.TOWNSHIP, 9), LeadRule.VILLAGE_OF_PLACE: (UnitKind.VILLAGE, 12)}


def in_force(*, on: date) -> QuerySet[PlanTemplate]:
    """The templates by which one may file on a day, one version of each."""
    rows = PlanTemplate.objects.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))
    return rows.order_by("code", "-number").distinct("code")


def template_of(*, code: str, on: date) -> PlanTemplate:
    """The version in force of a template. Raises Invalid for a code that has none on that day."""
    found = in_force(on=on).filter(code=code).first() if code.isascii() else None
    if found is None:
        raise Invalid(_("There is no such plan template."), fields={"template": [_("Not in force.")]})
    return found


def papers_of_template(*, template: PlanTemplate) -> QuerySet[TemplatePaper]:
    """Every paper of a template, step by step."""
    rows = TemplatePaper.objects.filter(step__template=template).select_related("step")
    return rows.order_by("step__order", "order", "pk")


def unit_for(*, step: TemplateStep, place: str) -> Unit:
    """The unit that does a step at a place. Raises Invalid where the place has none."""
    if step.unit is not None:
        return step.unit
    kind, digits = UNIT_OF_RULE[LeadRule(step.rule)]
    code = place[:digits].ljust(12, "0")
    found = Unit.objects.working().filter(kind=kind, area_id=code).first() if len(place) >= digits else None
    if found is None:
        said = _("Nobody does the step “%(step)s” at this place.") % {"step": step.name}
        raise Invalid(said, fields={"place": [said]})
    return found


def company_of(*, actor: Actor) -> Enterprise | None:
    """The registered company for which the actor files; None where there is none."""
    home = home_of(actor=actor)
    return Enterprise.objects.select_related("unit__area").filter(unit_id=home).first() if home else None


def move_verdict(*, move: str, development: Development, actor: Actor) -> Verdict:
    """Whether the actor may make a move of the table now."""
    capability = next(row.capability for row in DEVELOPMENTS.table if row.move == move)
    return verdict(capability=capability, development=development, actor=actor)


def moves_of(*, development: Development, actor: Actor) -> list[Move]:
    """What the actor may do with a case now, and why not where not."""
    offered = DEVELOPMENTS.moves(
        state=development.state,
        verdict=lambda row: verdict(capability=row.capability, development=development, actor=actor),
    )
    return [one for one in offered if one.move not in BY_ITSELF]


def step_moves(*, step: Step, development: Development, actor: Actor) -> list[Move]:
    """What the actor may do with a step now."""
    offered = STEPS.moves(
        state=step.state,
        verdict=lambda row: step_verdict(
            capability=row.capability, move=row.move, step=step, development=development, actor=actor
        ),
    )
    return [one for one in offered if one.move not in STEPS_BY_THEMSELVES]


def paper_moves(*, paper: Paper, development: Development, actor: Actor) -> list[Move]:
    """What the actor may do with a paper now; before the acceptance only the company does anything."""

    def said(row: Any) -> Verdict:
        if paper.step is None:
            return verdict(capability=row.capability, development=development, actor=actor)
        return step_verdict(
            capability=row.capability, move=row.move, step=paper.step, development=development, actor=actor
        )

    offered = PAPERS.moves(state=paper.state, verdict=said)
    kept = [one for one in offered if one.move not in PAPERS_BY_THEMSELVES]
    kept = [one for one in kept if one.move != "prolong" or not paper.prolonged]
    return kept if paper.step_id else [one for one in kept if one.move == "hand_in"]


def papers_of(*, development: Development) -> list[Paper]:
    """The papers of a case, those of the first steps first."""
    return list(development.papers.select_related("step__unit", "attachment").order_by("order", "pk"))


def steps_shown(*, development: Development) -> list[Step]:
    """The steps of a case with their units."""
    return list(development.steps.select_related("unit").order_by("order"))


def missing_of(*, development: Development) -> list[Paper]:
    """The papers that are not there."""
    return [one for one in papers_of(development=development) if one.state == PaperState.MISSING]


def reads_paper(*, paper: Paper, development: Development, actor: Actor) -> bool:
    """Whether the actor opens a paper's file: the company, the unit whose step needs it, and the centre.

    Another unit of the plan sees that the paper is there, and not what is in it.
    """
    if actor.is_system or development.company_unit_id in companies_of(actor=actor):
        return True
    if paper.step is not None and paper.step.unit_id in actor.unit_ids:
        return True
    return bool(actor.may("development.accept", units=[development.center_id]))


def sees_petition(*, development: Development, actor: Actor) -> bool:
    """Whether the actor sees the petition behind a case; a unit that only has a step of the plan does not (F17)."""
    return Petition.objects.visible_to(actor).filter(pk=development.petition_id).exists()


def development_of(*, petition_id: UUID, actor: Actor) -> Development | None:
    """The case that a petition became, for those who see it."""
    found: Development | None = (
        Development.objects.visible_to(actor).select_related("enterprise__unit").filter(petition_id=petition_id).first()
    )
    return found


def waits_for_acceptance(actor: Actor) -> Q:
    """Cases before the centres one works for."""
    return Q(state=State.FILED, center_id__in=actor.unit_ids)


def waits_for_ruling(actor: Actor) -> Q:
    """Cases of one's centres with a step that is refused or on hold."""
    stuck = Step.objects.filter(state__in=(StepState.REFUSED, StepState.HELD)).values("development")
    return Q(state=State.RUNNING, center_id__in=actor.unit_ids, pk__in=stuck)


def waits_for_unit(actor: Actor) -> Q:
    """Steps that one's units have to sign for or to do."""
    return Q(state__in=WITH_UNIT, unit_id__in=actor.unit_ids)
