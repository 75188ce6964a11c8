"""Key work in the play: owners report on the months that are being collected, and the centre holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from governance.demo.chance import chance
from governance.demo.simulation.acting import Act, Acts
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Stage
from kernel.worktime import SHANGHAI
from projects.choices import REPORTING, MonthState
from projects.models import Month, MonthReport
from projects.services import months, reporting
from projects.services.reporting import Account

DONE = ("按计划推进，完成年度任务过半。", "主体工程完成，正在开展配套施工。", "手续办理完毕，施工单位已进场。")
REMARKS = "逐项调度，滞后项目由专班牵头研究。"
SPREAD = 6  # days over which owners report; whoever comes on the last is late
HELD_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Keying:
    """Everything about key work that the play needs to know."""

    stage: Stage
    mind: Mind
    per_day: float

    def planned(self, day: date) -> Acts:
        """The reports that are filed on a day, and the dispatches that are held."""
        if not self.per_day or not self.mind.calendar.is_workday(day=day):
            return []
        evening = datetime.combine(day, time(23), SHANGHAI)
        collecting = Month.objects.filter(state=MonthState.COLLECTING, opened_at__lte=evening).order_by("month", "pk")
        return [act for month in collecting for act in (*self._reports(month, day), *self._held(month, day))]

    def _reports(self, month: Month, day: date) -> Acts:
        owed = MonthReport.objects.filter(month=month, project__state__in=REPORTING).open()
        opened = month.opened_at.astimezone(SHANGHAI).date()
        found: Acts = []
        for one in owed.select_related("project").order_by("project__code"):
            random = chance(self.stage.seed, "month", month.month.isoformat(), one.project.code)
            wanted = opened + timedelta(days=random.randint(0, SPREAD))
            at = datetime.combine(day, time(9), SHANGHAI) + timedelta(minutes=random.uniform(0, 480))
            if wanted <= day:
                said = Account(done=random.choice(DONE), percent=random.randint(20, 90))
                found.append((at, self._file(one.pk, one.project.person_id, said)))
        return found

    def _file(self, report_id: UUID, person: int, account: Account) -> Act:
        def act(at: datetime) -> Acts:
            report = MonthReport.objects.select_related("project").get(pk=report_id)
            if report.filed_at is None and report.project.state in REPORTING:
                reporting.file(report_id=report_id, account=account, actor=self.stage.cast.actor(person), at=at)
            return []

        return act

    def _held(self, month: Month, day: date) -> Acts:
        at = datetime.combine(day, time(15, 10), SHANGHAI)
        if month.closed_at is None or at < month.closed_at + HELD_AFTER:
            return []

        def act(at: datetime) -> Acts:
            random = chance(self.stage.seed, "month held", month.month.isoformat())
            if Month.objects.filter(pk=month.pk, state=MonthState.COLLECTING).exists():
                dispatcher = self.stage.cast.county_dispatcher(random=random)
                months.hold(month_id=month.pk, remarks=REMARKS, actor=dispatcher, at=at)
            return []

        return [(at, act)]
