"""Development petitions in the play: companies ask for plans, the centre accepts, units do their steps, some late.

Like a whistle, a plan is no petition of the play's own and has no track: one act tends it, does what is due and says
when to come again. When anybody acts depends on the seed and on the case alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from developments.choices import PaperState, State, StepState
from developments.models import Development, Enterprise, Paper, Step
from developments.queries import papers_of_template, template_of
from developments.services import accepting, deciding, ending, filing, papers, steps
from governance.demo.chance import chance
from governance.demo.simulation.acting import Act, Acts
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Nobody, Stage
from kernel.actors import Actor
from kernel.worktime import SHANGHAI, add_working_time
from organizations.choices import Role
from petitions.services.attaching import Prepared

PER_PETITION = 0.006  # of the day's petitions: a few in a month
TOLERANT, BROKEN, LATE = 0.5, 0.25, 0.15
CODE = "2335"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TITLES = ("智能装备产业园一期", "冷链物流中心", "石榴深加工扩产", "标准厂房改造", "城区充换电场站")
ASKED = "项目已签约，请并联办理开工前各项手续。"
PROMISE = "所缺材料在各自载明的期限内补交，并对真实性负责。"
RESULTS = ("经审查符合条件，准予办理。", "资料齐全，符合规划要求，予以批准。")
PROLONGED = "第三方出具报告延迟，同意延期一次。"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Developing:
    """Everything about development petitions that the play needs to know."""

    stage: Stage
    mind: Mind
    per_day: float

    def planned(self, day: date) -> Acts:
        """The cases that are filed on a day, but for those that were filed before an interruption."""
        random = chance(self.stage.seed, "plans", day.isoformat())
        if not self.mind.calendar.is_workday(day=day) or random.random() >= self.per_day * PER_PETITION:
            return []
        at = datetime.combine(day, time(9, random.randint(5, 55), 23), SHANGHAI)
        return [] if Development.objects.filter(filed_at=at).exists() else [(at, self._file(f"{day:%Y%m%d}"))]

    def resumed(self, *, at: datetime) -> Acts:
        """What is still to happen to the plans that are open."""
        if not self.per_day:
            return []
        living = Development.objects.open().order_by("filed_at", "pk").values_list("pk", flat=True)
        return [(at, self._tend(pk)) for pk in living]

    def _file(self, key: str) -> Act:
        def act(at: datetime) -> Acts:
            random = chance(self.stage.seed, "plan", key)
            companies = list(Enterprise.objects.order_by("credit_code"))
            if not companies:
                return []
            contact = self._one(random.choice(companies).unit_id, Role.ENTERPRISE, random)
            template = template_of(code=CODE, on=at.astimezone(SHANGHAI).date())
            wanted = list(papers_of_template(template=template))
            left_out = [one.pk for one in wanted if one.tolerable and random.random() < TOLERANT]
            given = {one.pk: _prepared(one.name) for one in wanted if one.pk not in left_out}
            made = filing.file_development(
                template_code=CODE,
                title=random.choice(TITLES),
                asked=ASKED,
                papers=given,
                promise=PROMISE if left_out else "",
                actor=contact,
                at=at,
            )
            return [(self.mind.office(at, minutes=random.uniform(20, 200)), self._tend(made.pk))]

        return act

    def _tend(self, pk: UUID) -> Act:
        def act(at: datetime) -> Acts:
            case = Development.objects.select_related("enterprise").get(pk=pk)
            if case.state == State.FILED:
                dispatcher = self.stage.cast.county_dispatcher(random=self._random(case, "accept"))
                accepting.accept(development_id=pk, actor=dispatcher, at=at)
            elif case.state == State.FINISHED:
                self._rate(case, at)
                return []
            elif case.state != State.RUNNING:
                return []
            else:
                for due, deed in self._waiting(case):
                    if due <= at:
                        deed(at)
                        break
            return self._again(pk, at)

        return act

    def _again(self, pk: UUID, at: datetime) -> Acts:
        """When somebody acts next; a day later where everything waits for others."""
        case = Development.objects.select_related("enterprise").get(pk=pk)
        if case.state == State.FINISHED:
            return [(self.mind.office(at, minutes=self._random(case, "rate").uniform(60, 1500)), self._tend(pk))]
        if case.state != State.RUNNING:
            return []
        soonest = min((due for due, _deed in self._waiting(case)), default=at + DAY)
        return [(max(soonest, at + timedelta(minutes=1)), self._tend(pk))]

    def _waiting(self, case: Development) -> Iterator[tuple[datetime, Act]]:
        """What is to be done about a running case, each with its instant, in one order."""
        for step in Step.objects.filter(development=case).order_by("order"):
            begun = step.begun_at or case.filed_at
            random = self._random(case, "step", step.code, step.round)
            if step.state == StepState.STARTED:
                yield self.mind.office(begun, minutes=random.uniform(15, 300)), self._sign(case, step)
            elif step.state == StepState.SIGNED and (missing := self._missing(step)) is not None:
                yield self.mind.office(step.stage_from, minutes=random.uniform(30, 400)), self._ask(case, step, missing)
            elif step.state == StepState.SIGNED:
                yield self._finished(step, begun, random), self._finish(case, step)
        for paper in Paper.objects.filter(development=case).select_related("step").order_by("order", "pk"):
            random = self._random(case, "paper", paper.order, paper.prolonged)
            keeps = paper.prolonged or random.random() >= BROKEN
            if paper.state == PaperState.MISSING and keeps and case.accepted_at is not None:
                length = random.uniform(0.2, 0.9) * (paper.days or 3)
                since = paper.changed_at if paper.prolonged else case.accepted_at
                yield self.mind.office(since, minutes=length * 300), self._hand_in(case, paper)
            elif paper.state == PaperState.LAPSED and not paper.prolonged:
                yield self.mind.office(paper.changed_at, minutes=random.uniform(60, 500)), self._prolong(case, paper)

    def _missing(self, step: Step) -> Paper | None:
        return Paper.objects.filter(step=step, state=PaperState.MISSING).order_by("order").first()

    def _finished(self, step: Step, begun: datetime, random: Random) -> datetime:
        share = random.uniform(1.1, 1.6) if random.random() < LATE else random.uniform(0.3, 0.95)
        length = timedelta(hours=float(step.limit_value) * 7 * share)
        return add_working_time(start=max(begun, step.stage_from), amount=length, calendar=self.mind.calendar)

    def _sign(self, case: Development, step: Step) -> Act:
        def act(at: datetime) -> Acts:
            steps.sign(development_id=case.pk, step_id=step.pk, actor=self._worker(case, step), at=at)
            return []

        return act

    def _ask(self, case: Development, step: Step, paper: Paper) -> Act:
        def act(at: datetime) -> Acts:
            worker = self._worker(case, step)
            steps.ask(development_id=case.pk, step_id=step.pk, paper_id=paper.pk, actor=worker, at=at)
            return []

        return act

    def _finish(self, case: Development, step: Step) -> Act:
        def act(at: datetime) -> Acts:
            random = self._random(case, "result", step.code)
            steps.finish(
                development_id=case.pk,
                step_id=step.pk,
                document_no=f"峄审批〔{at:%Y}〕{case.number[-4:]}-{step.order}号",
                result=random.choice(RESULTS),
                actor=self._worker(case, step),
                at=at,
            )
            return []

        return act

    def _hand_in(self, case: Development, paper: Paper) -> Act:
        def act(at: datetime) -> Acts:
            contact = self._one(case.company_unit_id, Role.ENTERPRISE, self._random(case, "contact"))
            papers.hand_in(development_id=case.pk, paper_id=paper.pk, given=_prepared(paper.name), actor=contact, at=at)
            return []

        return act

    def _prolong(self, case: Development, paper: Paper) -> Act:
        def act(at: datetime) -> Acts:
            director = self.stage.cast.director(random=self._random(case, "director"))
            until = at + 10 * DAY
            deciding.prolong(
                development_id=case.pk, paper_id=paper.pk, until=until, note=PROLONGED, actor=director, at=at
            )
            return []

        return act

    def _rate(self, case: Development, at: datetime) -> None:
        random = self._random(case, "rating")
        contact = self._one(case.company_unit_id, Role.ENTERPRISE, random)
        late = 0 if case.finished_in_time else 2
        speed, quality = random.choice((4, 5)) - late, random.choice((4, 5))
        ending.rate(development_id=case.pk, speed=speed, quality=quality, actor=contact, at=at)

    def _worker(self, case: Development, step: Step) -> Actor:
        found = self.stage.cast.worker(unit_id=step.unit_id, random=self._random(case, "worker", step.code))
        if found is None:
            raise Nobody
        return found

    def _one(self, unit_id: int, role: str, random: Random) -> Actor:
        found = self.stage.cast.one(unit_id=unit_id, role=role, random=random)
        if found is None:
            raise Nobody
        return found

    def _random(self, case: Development, *names: str | int) -> Random:
        """The generator of one decision about this case; the instant of filing is its name in every play."""
        return chance(self.stage.seed, "plan", f"{case.filed_at:%Y%m%d%H%M}", *names)


def _prepared(name: str) -> Prepared:
    return Prepared(name=f"{name}.pdf", content=PDF, picture=None)
