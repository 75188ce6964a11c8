"""The loop: whatever is due first happens first, a person's step or a clock, each at its own instant."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from uuid import UUID

from django.db.models import Max

from governance.demo.chance import chance
from governance.demo.simulation import calling, handling, joining, mediating, receiving, supervising, timing
from governance.demo.simulation.acting import Act
from governance.demo.simulation.arriving import arrive
from governance.demo.simulation.called import next_call
from governance.demo.simulation.cases import Case, happened_after, next_alarm, recount, refresh
from governance.demo.simulation.developing import Developing
from governance.demo.simulation.disputes import next_sitting
from governance.demo.simulation.filings import Filing, filings_of
from governance.demo.simulation.ground import Ground
from governance.demo.simulation.jointly import next_joint
from governance.demo.simulation.keying import Keying
from governance.demo.simulation.mark import marked
from governance.demo.simulation.overseeing import next_oversight
from governance.demo.simulation.plans import Mind, Step
from governance.demo.simulation.stage import MOVES, Nobody, Stage
from governance.demo.simulation.whistling import Whistling
from kernel import lanes
from kernel.errors import DomainError
from kernel.events import SUBSCRIBERS
from kernel.models import Event
from kernel.relay import deliver_due, deliver_everything
from kernel.timers import fire_everything
from kernel.worktime import SHANGHAI
from petitions.models import Petition

log = logging.getLogger(__name__)

# A case goes on in tracks side by side: the petition with its order, the tasks of other units in it, the mediation of a
# dispute, supervision, a call.
Track = tuple[UUID, str]
PETITION, MEDIATION, SUPERVISION, CALL, JOINT = "petition", "mediation", "supervision", "call", "joint"

# Importing the moves is what enters them into the table.
__all__ = ["Player", "calling", "handling", "joining", "mediating", "receiving", "supervising", "timing"]


@dataclass(slots=True)
class Player:
    """A play in progress. Nothing of it is lost with the process: cases and clocks are in the database."""

    stage: Stage
    mind: Mind
    ground: Ground
    source: str
    per_day: float
    clock: datetime
    cases: dict[UUID, Case] = field(default_factory=dict)
    steps: dict[Track, Step] = field(default_factory=dict)
    figures: Counter[str] = field(default_factory=Counter)
    _agenda: list[tuple[datetime, int, Track | Filing | Act]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _seen: int = 0

    def __post_init__(self) -> None:
        self._seen = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        self._expect(self.whistling.resumed(at=self.clock))
        self._expect(self.developing.resumed(at=self.clock))

    @property
    def whistling(self) -> Whistling:
        """The whistles of the play, which are no petitions."""
        return Whistling(self.stage, self.mind, self.per_day)

    @property
    def developing(self) -> Developing:
        """The development petitions of the play, which companies file and no track follows."""
        return Developing(self.stage, self.mind, self.per_day)

    def take_up(self, cases: Iterable[Case]) -> None:
        """Go on with cases that are there already."""
        taken = {case.id: case for case in cases}
        self.cases |= taken
        recount(taken.values())
        self._plan(taken.values())

    def play(self, *, until: datetime, each_day: Callable[[date], None] = lambda day: None) -> None:
        """Let everything happen that happens before `until`. Must not run inside a transaction."""
        with lanes.entered(lanes.HISTORY), marked(self.source):
            while self.clock < until:
                day = self.clock.astimezone(SHANGHAI).date()
                midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=SHANGHAI)
                self._announce(day)
                self._play_on(min(midnight, until))
                self.clock = min(midnight, until)
                self._close_of_day()
                each_day(day)

    def _close_of_day(self) -> None:
        """Whatever had to be put off is tried again."""
        self.figures["deliveries"] += deliver_everything(at=self.clock)
        self._follow()

    def _announce(self, day: date) -> None:
        """Put the day's filings on the agenda, but for those that were made before an interruption."""
        if not self.per_day:
            return
        planned = filings_of(
            day=day, seed=self.stage.seed, per_day=self.per_day, ground=self.ground, calendar=self.mind.calendar
        )
        expected = {at for at, _number, item in self._agenda if callable(item)}
        keying = Keying(self.stage, self.mind, self.per_day)
        planned_acts = [*self.whistling.planned(day), *self.developing.planned(day), *keying.planned(day)]
        self._expect(one for one in planned_acts if one[0] not in expected)
        there = set(
            Petition.objects.filter(source=self.source, source_no__startswith=f"{day:%Y%m%d}-").values_list(
                "source_no", flat=True
            )
        )
        on_agenda = {item.source_no for _at, _number, item in self._agenda if isinstance(item, Filing)}
        for filing in planned:
            if filing.source_no not in there | on_agenda:
                heappush(self._agenda, (filing.at, next(self._order), filing))

    def _play_on(self, until: datetime) -> None:
        while True:
            due = next_alarm()
            at = self._agenda[0][0] if self._agenda else None
            if due is not None and (at is None or due <= at):
                if due >= until:
                    return
                self.clock = max(self.clock, due)
                self.figures["timers"] += fire_everything(at=self.clock)
            else:
                if at is None or at >= until:
                    return
                self.clock = max(self.clock, at)
                self._act(heappop(self._agenda)[2])
            self._follow()

    def _expect(self, acts: Iterable[tuple[datetime, Act]]) -> None:
        for at, act in acts:
            heappush(self._agenda, (at, next(self._order), act))

    def _act(self, item: Track | Filing | Act) -> None:
        if callable(item):
            self._go_on(item)
            return
        if isinstance(item, Filing):
            petition = arrive(self.stage, item, source=self.source, at=self.clock)
            self.cases[petition.pk] = Case(item.source_no, petition.pk, item.category_code, item.twin_of)
            self.figures["filed"] += 1
            return
        step, case = self.steps.get(item), self.cases.get(item[0])
        # Another plan has taken the place of this one, or somebody alive has taken the case over.
        if step is None or case is None or step.at > self.clock:
            return
        del self.steps[item]
        names = (step.move, *(f"{name}{times}" for name, times in sorted(case.told.items())))
        try:
            MOVES[step.move](self.stage, case, self.clock, chance(self.stage.seed, case.key, *names))
            self.figures[step.move] += 1
        except (DomainError, Nobody) as refused:
            self.figures["refused"] += 1
            log.warning("play: %s refused: %s", step.move, refused)

    def _go_on(self, act: Act) -> None:
        """Something about a whistle, and what follows it."""
        try:
            self._expect(act(self.clock))
            self.figures["whistling"] += 1
        except (DomainError, Nobody) as refused:
            self.figures["refused"] += 1
            log.warning("play: a whistle refused: %s", refused)

    def _follow(self) -> None:
        """See what has happened, let it be delivered, and plan anew whatever it happened to."""
        touched: set[UUID] = set()
        owed = 0
        while True:
            new = happened_after(self._seen)
            for event_id, case_id, name in new:
                self._seen = event_id
                owed += len(SUBSCRIBERS.get(name, ()))
                if case_id in self.cases:
                    self.cases[case_id].told[name] += 1
                    touched.add(case_id)
            self.figures["events"] += len(new)
            delivered = deliver_due(at=self.clock) if owed > 0 else 0
            if not delivered:
                break
            owed -= delivered
            self.figures["deliveries"] += delivered
        self._plan([self.cases[case_id] for case_id in sorted(touched)])

    def _plan(self, cases: Iterable[Case]) -> None:
        refresh(cases)
        for case in cases:
            case_id = case.id
            if case.petition.changed_at > self.clock:
                del self.cases[case_id]  # somebody alive has taken it over
                continue
            self._plan_track((case_id, PETITION), self.mind.next_step(case))
            self._plan_track((case_id, MEDIATION), next_sitting(self.mind, case))
            self._plan_track((case_id, SUPERVISION), next_oversight(self.mind, case))
            self._plan_track((case_id, CALL), next_call(self.mind, case))
            self._plan_track((case_id, JOINT), next_joint(self.mind, case))

    def _plan_track(self, track: Track, step: Step | None) -> None:
        self.steps.pop(track, None)
        if step is not None:
            self.steps[track] = step
            heappush(self._agenda, (step.at, next(self._order), track))
