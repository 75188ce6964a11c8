"""Whistles in the play: planned for each day, answered by the units, minuted, carried out and scored.

A whistle is no petition, so it has no track: each act, when it is done, says what follows and when. What was planned
for a day and what follows depends on the seed alone; after an interruption the open whistles are taken up again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from governance.demo.chance import chance
from governance.demo.simulation.acting import Act, Acts, Follow, following
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Nobody, Stage
from kernel.actors import Actor
from kernel.worktime import SHANGHAI
from organizations.choices import Role, UnitKind
from organizations.models import Unit
from whistles.choices import OPEN_STATES, Form, Kind, Refusal
from whistles.models import Whistle
from whistles.services import asking, issuing
from whistles.services.saying import Said

PER_PETITION = 0.03  # of the day's petitions: within the band
ASKED, DECLINED = 0.4, 0.12
MEETING_FROM = 10  # of the month: the first working day from then on calls the monthly meeting
KINDS = ((Kind.ENFORCEMENT, 0.5), (Kind.KEY_WORK, 0.35), (Kind.EMERGENCY, 0.15))
MATTERS = {
    Kind.ENFORCEMENT: ("夜市占道经营联合整治", "违规养殖联合执法", "餐饮油烟扰民联合检查", "非法营运车辆联合查处"),
    Kind.KEY_WORK: ("雨污分流改造堵点协调", "老旧小区加装电梯推进", "校园周边环境整治", "重点项目用地协调"),
    Kind.EMERGENCY: ("自来水主管破裂抢修", "路面塌陷应急处置", "燃气泄漏应急处置", "树木倒伏阻断道路"),
}
PLACES = ("街道办事处会议室", "现场", "农贸市场东门", "社区党群服务中心")
MEETING = "社会治理联席会议"
INSPECTED = 2  # which month of a quarter: with its meeting the inspection of the quarter is called
INSPECTION = "季度社会治理督查"
AGENDA = ("上月任务完成情况", "夜间噪声投诉集中问题", "跨部门积压工单", "冬季安全隐患排查")


@dataclass(frozen=True, slots=True)
class Whistling:
    """Everything about whistles that the play needs to know."""

    stage: Stage
    mind: Mind
    per_day: float

    def planned(self, day: date) -> Acts:
        """The whistles of a day, but for those that were blown before an interruption."""
        random = chance(self.stage.seed, "whistles", day.isoformat())
        wanted = self.per_day * PER_PETITION
        count = int(wanted) + (random.random() < wanted % 1)
        if not self.mind.calendar.is_workday(day=day):
            count = min(count, 1)
        moments = [_moment(day, random) for _ in range(count)]
        found: Acts = [(at, self._blow(f"{day:%Y%m%d}-{n}")) for n, at in enumerate(moments)]
        if self._meets(day):
            found.append((datetime.combine(day, time(9, 12, 5), SHANGHAI), self._meeting(f"{day:%Y%m}")))
            if day.month % 3 == INSPECTED:
                found.append((datetime.combine(day, time(10, 26, 5), SHANGHAI), self._inspection(f"{day:%Y%m}")))
        there = set(
            Whistle.objects.filter(opened_at__in=[at for at, _act in found]).values_list("opened_at", flat=True)
        )
        return [(at, act) for at, act in found if at not in there]

    def resumed(self, *, at: datetime) -> Acts:
        """What is still to happen to the whistles that are open."""
        if not self.per_day:
            return []
        waiting = Whistle.objects.filter(state__in=OPEN_STATES, petition=None).order_by("opened_at", "pk")
        return [
            (max(when, at), act)
            for whistle in waiting
            for when, act in (self._sign(whistle) if whistle.issued_at is None else following(self._follow(whistle)))
        ]

    def _meets(self, day: date) -> bool:
        """Whether the monthly meeting is called on this day."""
        calendar = self.mind.calendar
        earlier = [day.replace(day=number) for number in range(MEETING_FROM, day.day)]
        late_enough = day.day >= MEETING_FROM and calendar.is_workday(day=day)
        return late_enough and not any(calendar.is_workday(day=one) for one in earlier)

    def _follow(self, whistle: Whistle) -> Follow:
        return Follow(stage=self.stage, mind=self.mind, whistle_id=whistle.pk, key=f"{whistle.opened_at:%Y%m%d%H%M%S}")

    def _blow(self, key: str) -> Act:
        def act(at: datetime) -> Acts:
            random = chance(self.stage.seed, "whistle", key)
            kind = random.choices([one for one, _share in KINDS], [share for _one, share in KINDS])[0]
            town = random.choice(self._of(UnitKind.TOWNSHIP))
            said = self._said(kind, town, at, random)
            head = self._head(town, random)
            officer = self.stage.cast.one(unit_id=town.pk, role=Role.TOWNSHIP_OFFICER, random=random)
            if officer is not None and kind != Kind.EMERGENCY and random.random() < ASKED:
                return self._sign(asking.ask(said=said, actor=officer, at=at))
            return following(self._follow(issuing.issue(said=said, actor=head, at=at)))

        return act

    def _sign(self, asked: Whistle) -> Acts:
        """The head looks at what was asked for within an hour or two, and signs it or does not."""
        random = chance(self.stage.seed, "whistle-sign", f"{asked.opened_at:%Y%m%d%H%M%S}")
        when = self.mind.office(asked.opened_at, minutes=random.uniform(8, 130))

        def act(at: datetime) -> Acts:
            head = self._head(self.stage.cast.units[asked.asker_id], random)
            if random.random() < DECLINED or asked.meets_at <= at:
                why = random.choice([one.value for one in Refusal])
                asking.decline(whistle_id=asked.pk, why=why, actor=head, at=at)
                return []
            units = list(asked.summonses.values_list("unit_id", flat=True))
            blown = issuing.issue_asked(whistle_id=asked.pk, meets_at=asked.meets_at, units=units, actor=head, at=at)
            return following(self._follow(blown))

        return [(when, act)]

    def _meeting(self, key: str) -> Act:
        def act(at: datetime) -> Acts:
            random = chance(self.stage.seed, "meeting", key)
            said = self._of_centre(Form.JOINT_MEETING, f"{at:%m}月{MEETING}", at, random)
            return self._called(replace(said, agenda=random.sample(AGENDA, 3)), at, random)

        return act

    def _inspection(self, key: str) -> Act:
        def act(at: datetime) -> Acts:
            random = chance(self.stage.seed, "inspection", key)
            said = self._of_centre(Form.INSPECTION, f"{at:%Y}年第{(at.month + 2) // 3}{INSPECTION}", at, random)
            return self._called(said, at, random)

        return act

    def _called(self, said: Said, at: datetime, random: Random) -> Acts:
        director = self.stage.cast.director(random=random)
        return following(self._follow(issuing.issue(said=said, actor=director, at=at)))

    def _of_centre(self, form: Form, matter: str, at: datetime, random: Random) -> Said:
        """What the centre calls its usual company for, on the afternoon of the third working day."""
        units = random.sample(self._of(UnitKind.DEPARTMENT), 6) + random.sample(self._of(UnitKind.TOWNSHIP), 3)
        return Said(
            kind=Kind.KEY_WORK,
            form=form,
            matter=matter,
            where="区社会治理服务中心三楼会议室",
            area_code=self.stage.cast.units[self.stage.cast.headquarters].area_id,
            meets_at=self._office_hour(at, days=3, hour=14),
            units=[unit.pk for unit in units],
        )

    def _said(self, kind: Kind, town: Unit, at: datetime, random: Random) -> Said:
        called = random.sample(self._of(UnitKind.DEPARTMENT), random.randint(2, 5))
        when = at + timedelta(minutes=45) if kind == Kind.EMERGENCY else self._office_hour(at, days=1, hour=9)
        return Said(
            kind=kind,
            form=Form.CONSULTATION if kind == Kind.KEY_WORK and random.random() < 0.5 else Form.WHISTLE,
            matter=f"{town}{random.choice(MATTERS[kind])}",
            where=random.choice(PLACES),
            area_code=town.area_id,
            meets_at=when,
            units=[unit.pk for unit in called],
        )

    def _office_hour(self, at: datetime, *, days: int, hour: int) -> datetime:
        """An hour of the working day so many working days later."""
        day, left = at.astimezone(SHANGHAI).date(), days
        while left:
            day += timedelta(days=1)
            left -= self.mind.calendar.is_workday(day=day)
        return datetime.combine(day, time(hour), SHANGHAI)

    def _of(self, kind: str) -> list[Unit]:
        """The units of a kind that somebody works for, always in one order."""
        posts = self.stage.cast.posts
        working = (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.TOWNSHIP_OFFICER)
        found = [
            unit
            for unit in sorted(self.stage.cast.units.values(), key=lambda one: one.code)
            if unit.kind == kind and any(posts.get((unit.pk, role)) for role in working)
        ]
        if len(found) < 6 and kind == UnitKind.DEPARTMENT:
            raise Nobody
        return found

    def _head(self, town: Unit, random: Random) -> Actor:
        """The head of a township; the director of the county's centre where it has none."""
        found = self.stage.cast.one(unit_id=town.pk, role=Role.TOWNSHIP_HEAD, random=random)
        return found or self.stage.cast.director(random=random)


def _moment(day: date, random: Random) -> datetime:
    minutes = random.randrange(8 * 60 + 40, 16 * 60 + 40)
    return datetime.combine(day, time(minutes // 60, minutes % 60, random.randrange(1, 59)), SHANGHAI)
