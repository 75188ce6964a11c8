"""Papers and their days: the company is reminded, and what is not handed in lapses by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from developments import tellings
from developments.choices import PaperState, State, StepState
from developments.events import PaperLapsed
from developments.models import Paper
from developments.services import cases
from developments.services.escalating import lock_petitions
from developments.services.papers import save_paper, tag_of
from developments.services.steps import hold_step
from developments.workflow import PAPERS
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import instant, record

# In work, or already waiting for this very paper: what needs it stands still.
STOPPED = (StepState.SIGNED, StepState.ASKED)


@deed
def lapse(*, paper_ids: Sequence[UUID], at: datetime) -> int:
    """The day of these papers is over and they are not there: they lapse, and the steps that need them are on hold."""
    count = 0
    for paper in _owed(paper_ids):
        if paper.stage_due_at is None or paper.stage_due_at > at:
            continue
        development = paper.development
        PAPERS.advance(paper, "lapse")
        save_paper(paper=paper, at=at)
        company = development.company_unit_id
        record(PaperLapsed(**cases.identity(development), company=company, paper=str(paper.pk)), actor=SYSTEM, at=at)
        people = cases.contacts_of(development=development, at=at)
        tag = tag_of(paper)
        cases.tell_of(kind=tellings.LAPSED.code, development=development, people=people, at=at, tag=tag)
        step = paper.step
        if step is not None and step.state in STOPPED:
            step.development = development
            hold_step(step=step, actor=SYSTEM, at=at)
        count += 1
    return count


@deed
def remind(*, paper_ids: Sequence[UUID], at: datetime) -> None:
    """A paper is due soon: the company's contacts are told, once for each date."""
    for paper in _owed(paper_ids):
        if paper.stage_due_at is None:
            continue
        development = paper.development
        people = cases.contacts_of(development=development, at=at)
        due_by, tag = instant(paper.stage_due_at), tag_of(paper)
        kind = tellings.REMINDED.code
        cases.tell_of(kind=kind, development=development, people=people, at=at, tag=tag, due_at=due_by)


def _owed(paper_ids: Sequence[UUID]) -> list[Paper]:
    """Those of the papers that are still missing in running cases, their cases locked first, in one order."""
    wanted = Paper.objects.filter(pk__in=paper_ids, state=PaperState.MISSING, development__state=State.RUNNING)
    lock_petitions(petition_ids=list(wanted.values_list("development__petition_id", flat=True)))
    rows = wanted.select_for_update(of=("self",)).select_related("development__enterprise", "step")
    return list(rows.order_by("pk"))
