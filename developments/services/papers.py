"""Papers: handed in by the company, looked at by the unit whose step needs them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import OPEN_PAPERS, PaperState, StepState
from developments.deadlines import PAPER_LIMIT, REMIND_BEFORE
from developments.events import PaperAccepted, PaperHanded, PaperSentBack
from developments.models import Development, Paper, Step
from developments.policies import ANSWER, FILE, step_verdict, verdict
from developments.services import cases
from developments.services.pausing import resume_step
from developments.workflow import PAPERS
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, Stale, WrongState
from kernel.events import instant, record
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import Limit
from organizations.queries.people import people_who_may
from petitions.choices import AttachmentPurpose
from petitions.models import Petition
from petitions.services.attaching import Prepared, join_prepared
from petitions.services.stages import end_of

DUE, REMIND = "development.paper_due", "development.paper_remind"


@deed
def hand_in(
    *, development_id: Any, paper_id: Any, given: Prepared, actor: Actor, at: datetime, version: int | None = None
) -> Paper:
    """The company hands in a paper that is missing; a step that waited for it goes on.

    The file lies with those of the petition. Raises Conflict beyond the number of files that one petition holds.
    """
    paper = locked_paper(development_id=development_id, paper_id=paper_id, actor=actor, version=version)
    development = paper.development
    require(verdict(capability=FILE, development=development, actor=actor))
    receive(paper=paper, given=given, actor=actor, at=at)
    waiting = paper.step
    if waiting is not None and waiting.state == StepState.ASKED and not lacking(step=waiting):
        waiting.development = development
        resume_step(step=waiting, actor=actor, at=at)
    if waiting is not None:
        people = people_who_may(capability=ANSWER, unit_ids=[waiting.unit_id], at=at)
        tag = tag_of(paper)
        cases.tell_of(kind=tellings.HANDED.code, development=development, people=people, at=at, tag=tag)
    return paper


def receive(*, paper: Paper, given: Prepared, actor: Actor, at: datetime) -> None:
    """Keep the file of a paper that is missing. Inside the deed; the petition is locked."""
    development = paper.development
    PAPERS.advance(paper, "hand_in", given={"file": given})
    petition = Petition.objects.get(pk=development.petition_id)
    kept = join_prepared(petition=petition, given=given, purpose=AttachmentPurpose.DOCUMENT, actor=actor, at=at)
    paper.attachment, paper.handed_at, paper.handed_by_id = kept, at, actor.user_id
    paper.in_time = paper.stage_due_at is None or at <= paper.stage_due_at
    save_paper(paper=paper, at=at)
    happened = PaperHanded(
        **cases.identity(development),
        company=development.company_unit_id,
        paper=str(paper.pk),
        sha256=kept.sha256,
        in_time=paper.in_time,
    )
    record(happened, actor=actor, at=at)


@deed
def accept_paper(
    *, development_id: Any, paper_id: Any, actor: Actor, at: datetime, version: int | None = None
) -> Paper:
    """The unit whose step needs the paper accepts it."""
    paper, step = _looked_at(development_id, paper_id, "accept", actor=actor, version=version)
    take(paper=paper, unit_id=step.unit_id, actor=actor, at=at)
    return paper


@deed
def send_back(
    *, development_id: Any, paper_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Paper:
    """The unit cannot use it and says what is wrong: the company hands it in anew, with five working days for it."""
    paper, step = _looked_at(development_id, paper_id, "send_back", actor=actor, version=version)
    PAPERS.advance(paper, "send_back", given={"note": note.strip()})
    paper.note, paper.attachment_id, paper.handed_at, paper.handed_by_id = note.strip(), None, None, None
    owe(paper=paper, limit=PAPER_LIMIT, at=at)
    save_paper(paper=paper, at=at)
    assert paper.stage_due_at is not None  # owe() has just set it
    due_by = instant(paper.stage_due_at)
    identity = cases.identity(paper.development)
    happened = PaperSentBack(**identity, unit=step.unit_id, paper=str(paper.pk), due_by=due_by)
    record(happened, actor=actor, at=at)
    tell_company(paper=paper, step=step, at=at)
    return paper


def take(*, paper: Paper, unit_id: int, actor: Actor, at: datetime) -> None:
    """Accept a paper that was handed in. Inside the deed."""
    PAPERS.advance(paper, "accept")
    save_paper(paper=paper, at=at)
    identity = cases.identity(paper.development)
    record(PaperAccepted(**identity, unit=unit_id, paper=str(paper.pk)), actor=actor, at=at)


def owe(*, paper: Paper, limit: Limit, at: datetime) -> None:
    """From now on the company owes the paper until a limit is over."""
    paper.due_from, paper.due_value, paper.due_unit = at, int(limit.value), limit.unit
    paper.stage_due_at = end_of(limit=limit, at=at)


def tell_company(*, paper: Paper, step: Step, at: datetime) -> None:
    """Tell the company's contacts which unit wants a paper, and until when."""
    development = paper.development
    assert paper.stage_due_at is not None  # told of what is owed only
    facts: dict[str, str | int] = {"unit": step.unit_id, "due_at": instant(paper.stage_due_at)}
    people, tag = cases.contacts_of(development=development, at=at), tag_of(paper)
    cases.tell_of(kind=tellings.ASKED.code, development=development, people=people, at=at, tag=tag, **facts)


def tag_of(paper: Paper) -> str:
    """Names this version of a paper, for notices."""
    return f"{paper.pk.hex[-10:]}:{paper.version}"


def lacking(*, step: Step) -> bool:
    """Whether a paper that the step needs is missing or has lapsed."""
    return Paper.objects.filter(step=step, state__in=(PaperState.MISSING, PaperState.LAPSED)).exists()


def save_paper(*, paper: Paper, at: datetime) -> None:
    """Write a paper whole, conditional on the version that was locked; its clock runs while it is owed."""
    paper.version, paper.changed_at = paper.version + 1, at
    columns = [field.attname for field in paper._meta.concrete_fields if field.name != "id"]
    saved = {name: getattr(paper, name) for name in columns}
    if not Paper.objects.filter(pk=paper.pk, version=paper.version - 1).update(**saved):
        raise Stale(_("This was changed in the meantime."))
    start_paper_clock(paper=paper, at=at)


def start_paper_clock(*, paper: Paper, at: datetime) -> None:
    """The alarm of its last day and the reminder before, while it is owed; none otherwise."""
    due = paper.stage_due_at
    if paper.state != PaperState.MISSING or due is None:
        timers.cancel(subject_id=str(paper.pk), at=at)
        return
    soon = max(due - REMIND_BEFORE, at)
    case_id, subject = paper.development.petition_id, str(paper.pk)
    specs = [
        TimerSpec(kind=kind, case_id=case_id, subject_id=subject, due_at=moment)
        for kind, moment in ((DUE, due), (REMIND, soon))
    ]
    timers.swap(stopped=(DUE, REMIND), specs=specs, at=at)


def drop_papers(*, development: Development, at: datetime) -> None:
    """What is still open is no longer needed: the case is over. Inside the deed that ends it."""
    for paper in Paper.objects.filter(development=development, state__in=OPEN_PAPERS).order_by("pk"):
        paper.development = development
        PAPERS.advance(paper, "drop")
        save_paper(paper=paper, at=at)


def locked_paper(*, development_id: Any, paper_id: Any, actor: Actor, version: int | None = None) -> Paper:
    """The paper, its case locked first. Raises Missing for a paper of another case, Stale for another version."""
    development = cases.locked(development_id=development_id, actor=actor)
    if not Paper.objects.filter(pk=paper_id, development=development).exists():
        raise Missing(_("This does not exist, or not for you."))
    paper: Paper = Paper.objects.locked(paper_id, version=version)
    paper.development = development
    return paper


def _looked_at(
    development_id: Any, paper_id: Any, move: str, *, actor: Actor, version: int | None
) -> tuple[Paper, Step]:
    paper = locked_paper(development_id=development_id, paper_id=paper_id, actor=actor, version=version)
    step = paper.step
    if step is None:
        raise WrongState(_("Nobody looks at papers before the case is accepted."))
    step.development = paper.development
    require(step_verdict(capability=ANSWER, move=move, step=step, development=paper.development, actor=actor))
    PAPERS.row(move=move, state=paper.state)
    return paper, step
