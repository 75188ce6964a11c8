"""Filing: a company asks for a plan, or the centre opens one from a petition; and the signed promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import PaperState, State
from developments.events import DevelopmentFiled, PapersPromised
from developments.models import Development, Enterprise, Paper, PlanTemplate
from developments.policies import ACCEPT, FILE, verdict
from developments.queries import company_of, papers_of_template, template_of
from developments.services import cases
from developments.services.papers import receive
from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.numbers import next_number
from kernel.permissions import require
from organizations.choices import AreaLevel
from organizations.queries import center_of
from organizations.queries.people import people_who_may
from petitions.choices import Channel, Nature, PetitionKind
from petitions.choices import State as PetitionState
from petitions.models import Petition
from petitions.services.attaching import Prepared
from petitions.services.filing import ReporterData, file_petition
from petitions.services.sealing import naming_reporter
from petitions.services.stages import locked as locked_petition

PREFIX = "FZ"
TITLE, ASKED = 120, 4000
PLANNABLE = (PetitionState.FILED, PetitionState.ACCEPTED)


@deed
def file_development(
    *,
    template_code: str,
    title: str,
    asked: str,
    actor: Actor,
    at: datetime,
    address: str = "",
    papers: Mapping[int, Prepared] | None = None,
    promise: str = "",
) -> Development:
    """A company files a petition of its own, which becomes a case in the same deed (one case id).

    `papers`: files by the id of the template's paper; what is not there is missing. `promise` is what the company signs
    about what is missing. Raises NotAllowed for nobody's contact, Conflict where the company is not registered, Invalid
    naming the field.
    """
    if not actor.holds(FILE):
        raise NotAllowed(_("Your role does not include this."))
    company = company_of(actor=actor)
    if company is None:
        raise Conflict(_("Your company is not in the register yet; the centre enters it."), code="not_registered")
    template = template_of(code=template_code, on=timezone.localtime(at).date())
    _check(title, asked)
    petition = file_petition(
        nature=Nature.HELP,
        channel=Channel.ENTERPRISE,
        kind=PetitionKind.DEVELOPMENT,
        category_code=template.category_id,
        title=title,
        description=asked,
        address=address,
        area_code=company.unit.area_id,
        reporter=ReporterData(name=company.unit.name, phone=company.unit.phone),
        reporter_user_id=actor.user_id,
        capability=FILE,
        actor=actor,
        at=at,
    )
    development = _open(petition, company, template, title=title, asked=asked, actor=actor, at=at)
    made = _papers(development, template, papers or {}, actor=actor, at=at)
    if promise.strip() and any(one.state == PaperState.MISSING for one in made):
        _sign(development, promise, actor=actor, at=at)
    _begin(development, made, by_center=False, actor=actor, at=at)
    return development


@deed
def open_from_petition(
    *, petition_id: Any, enterprise_id: int, template_code: str, title: str, asked: str, actor: Actor, at: datetime
) -> Development:
    """The centre opens a case from a development petition that is there already; the case id stays the petition's.

    The text is the centre's own: units read it, and whoever is withheld must not be named in it (F17). Raises Missing,
    NotAllowed, Conflict where the petition is another kind, is handled or has a case, Invalid naming the field.
    """
    if not Petition.objects.visible_to(actor).filter(pk=petition_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    require(actor.may(ACCEPT, units=[petition.center_id]))
    if petition.kind != PetitionKind.DEVELOPMENT or petition.state not in PLANNABLE:
        raise Conflict(_("Only a development petition that nobody handles yet becomes a plan."))
    if Development.objects.filter(petition=petition).exists():
        raise Conflict(_("This petition has a plan already."))
    company = Enterprise.objects.select_related("unit__area").filter(pk=enterprise_id).first()
    if company is None:
        raise Invalid(_("There is no such company."), fields={"enterprise": [_("Not in the register.")]})
    template = template_of(code=template_code, on=timezone.localtime(at).date())
    _check(title, asked)
    _refuse_names(petition, title, asked)
    development = _open(petition, company, template, title=title, asked=asked, actor=actor, at=at)
    made = _papers(development, template, {}, actor=actor, at=at)
    _begin(development, made, by_center=True, actor=actor, at=at)
    return development


@deed
def promise_papers(
    *, development_id: Any, promise: str, actor: Actor, at: datetime, version: int | None = None
) -> Development:
    """The company signs that it hands in what is missing, before the centre takes the case up (容缺受理承诺)."""
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    require(verdict(capability=FILE, development=development, actor=actor))
    if development.state != State.FILED or development.promised_at is not None:
        raise WrongState(_("Nothing is to be promised now."))
    if not promise.strip():
        raise Invalid(_("Say what you promise."), fields={"promise": [_("Required.")]})
    _sign(development, promise, actor=actor, at=at)
    cases.save(development=development, at=at, columns=("promise", "promised_at", "promised_by_id"))
    missing = Paper.objects.filter(development=development, state=PaperState.MISSING).count()
    company = development.company_unit_id
    record(PapersPromised(**cases.identity(development), company=company, missing=missing), actor=actor, at=at)
    return development


def _check(title: str, asked: str) -> None:
    lacking = [name for name, said in (("title", title), ("asked", asked)) if not said.strip()]
    if lacking:
        raise Invalid(_("Something that this needs was left out."), fields={one: [_("Required.")] for one in lacking})


def _refuse_names(petition: Petition, title: str, asked: str) -> None:
    """What units read names nobody whose identity is withheld."""
    if not petition.confidential:
        return
    named = naming_reporter(petition=petition, texts={"title": title, "asked": asked})
    if named:
        said = _("This names who reported the petition; the units of the plan must not learn it.")
        raise Invalid(said, fields={one: [said] for one in named})


def _open(
    petition: Petition,
    company: Enterprise,
    template: PlanTemplate,
    *,
    title: str,
    asked: str,
    actor: Actor,
    at: datetime,
) -> Development:
    place = petition.place
    center = center_of(place=place, level=AreaLevel.COUNTY)
    if center is None:
        raise Invalid(_("There is no command centre for this place."), fields={"place": [_("No centre.")]})
    development = Development(
        id=new_id(at=at),
        petition=petition,
        number=next_number(prefix=PREFIX, at=at),
        enterprise=company,
        template=template,
        title=title.strip()[:TITLE],
        asked=asked.strip()[:ASKED],
        salt=personal.new_salt(),
        place=place,
        center=center,
        involved=[center.pk],
        green=company.green,
        filed_at=at,
        filed_by_id=actor.user_id,
        stage_from=at,
        changed_at=at,
    )
    cases.lay(development=development, at=at)
    development.save(force_insert=True)
    cases.start_clock(development=development, at=at)
    return development


def _papers(
    development: Development, template: PlanTemplate, given: Mapping[int, Prepared], *, actor: Actor, at: datetime
) -> list[Paper]:
    wanted = list(papers_of_template(template=template))
    if unknown := set(given) - {one.pk for one in wanted}:
        raise Invalid(_("There is no such paper."), fields={"papers": [_("Unknown: %s") % min(unknown)]})
    made = [
        Paper(
            id=new_id(at=at),
            development=development,
            step_code=one.step.code,
            order=order,
            name=one.name,
            days=one.days,
            changed_at=at,
        )
        for order, one in enumerate(wanted)
    ]
    Paper.objects.bulk_create(made)
    for paper, one in zip(made, wanted, strict=True):
        if one.pk in given:
            receive(paper=paper, given=given[one.pk], actor=actor, at=at)
    return made


def _sign(development: Development, promise: str, *, actor: Actor, at: datetime) -> None:
    development.promise = promise.strip()[:300]
    development.promised_at, development.promised_by_id = at, actor.user_id
    Development.objects.filter(pk=development.pk).update(
        promise=development.promise, promised_at=at, promised_by=actor.user_id
    )


def _begin(development: Development, papers: list[Paper], *, by_center: bool, actor: Actor, at: datetime) -> None:
    handed = sum(one.state == PaperState.HANDED for one in papers)
    happened = DevelopmentFiled(
        **cases.identity(development),
        company=development.company_unit_id,
        template=development.template.code,
        version=development.template.number,
        center=development.center_id,
        green=development.green,
        handed=handed,
        missing=len(papers) - handed,
        promised=development.promised_at is not None,
        by_center=by_center,
        due_by=instant(development.stage_due_at),
        content=personal.commitment(f"{development.title}\x1f{development.asked}", salt=bytes(development.salt)),
    )
    record(happened, actor=actor, at=at)
    people = people_who_may(capability=ACCEPT, unit_ids=[development.center_id], at=at)
    due_by = instant(development.stage_due_at)
    cases.tell_of(kind=tellings.TO_ACCEPT.code, development=development, people=people, at=at, due_at=due_by)
