"""The stretches of time that one question is counted over: now, and the earlier ones beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.statistics.asking import Question
from assessment.statistics.periods import Against, Span, begin, earlier_end, later

NOW = "now"
LABELS: dict[str, str | Promise] = {
    Against.BEFORE.value: _("before"),
    Against.YEAR.value: _("a year before"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Cases dated in [since, until) belong to the part of the period whose first day is `key`; "" is all of it."""

    key: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Window:
    """One stretch, cut into slots where time is a direction of the table."""

    name: str
    slots: tuple[Slot, ...]

    @property
    def since(self) -> datetime:
        return self.slots[0].since

    @property
    def until(self) -> datetime:
        return self.slots[-1].until

    def slot(self, key: str) -> Slot:
        """The slot of a part; all of the stretch where time is no direction or no part is named."""
        if (len(self.slots) == 1 and not self.slots[0].key) or not key:
            return Slot("", self.since, self.until)
        return self._by_key[key]

    @cached_property
    def edges(self) -> list[datetime]:
        """Every instant at which a slot begins or ends, in order."""
        return sorted({one.since for one in self.slots} | {one.until for one in self.slots})

    @property
    def cut(self) -> bool:
        """True where time is a direction."""
        return bool(self.slots[0].key)

    def keys_from(self, begins: datetime) -> list[str]:
        """The slots that begin at an instant and last at all."""
        return self._by_begin.get(begins, [])

    @cached_property
    def _by_key(self) -> dict[str, Slot]:
        return {one.key: one for one in self.slots}

    @cached_property
    def _by_begin(self) -> dict[datetime, list[str]]:
        found: dict[datetime, list[str]] = {}
        for one in self.slots:
            if one.since < one.until:
                found.setdefault(one.since, []).append(one.key)
        return found


def windows(*, question: Question, at: datetime) -> list[Window]:
    """Now first, then what it stands beside."""
    wanted = {
        Against.NOTHING.value: (),
        Against.BEFORE.value: (Against.BEFORE.value,),
        Against.YEAR.value: (Against.YEAR.value,),
        Against.BOTH.value: (Against.BEFORE.value, Against.YEAR.value),
    }[question.against]
    step = time_step(question)
    if not step:
        span = question.span
        now = Window(NOW, (Slot("", span.since, span.until),))
        return [now, *(_whole(name, span, at) for name in wanted)]
    parts = question.span.parts(step=step)
    now = Window(NOW, tuple(Slot(_key(one), one.since, one.until) for one in parts))
    return [now, *(_in_parts(name, parts, at) for name in wanted)]


def time_step(question: Question) -> str:
    """The step of the direction that is time, "" where none is."""
    for one in (question.rows, question.columns):
        if one is not None and one.is_time:
            return one.code
    return ""


def _key(part: Span) -> str:
    return part.first.isoformat()


def _whole(name: str, span: Span, at: datetime) -> Window:
    earlier = span.moved(-1) if name == Against.BEFORE else span.year_before()
    return Window(name, (Slot("", earlier.since, earlier_end(now=span, earlier=earlier, at=at)),))


def _in_parts(name: str, parts: list[Span], at: datetime) -> Window:
    slots = []
    for part in parts:
        earlier = _step_before(part) if name == Against.BEFORE else part.year_before()
        slots.append(Slot(_key(part), earlier.since, earlier_end(now=part, earlier=earlier, at=at)))
    return Window(name, tuple(slots))


def _step_before(part: Span) -> Span:
    """The part one step earlier, as far into its own step as this one."""
    return Span(part.step, _day_before(part.first, part.step), _day_before(part.last, part.step, end=True))


def _day_before(day: date, step: str, *, end: bool = False) -> date:
    """The same day of the step before; with `end` the day after it, and the end of the step at the end of one."""
    first = begin(day, step=step)
    earlier = later(first, step=step, count=-1)
    if end and later(first, step=step) == date.fromordinal(day.toordinal() + 1):
        return first
    return min(date.fromordinal(earlier.toordinal() + (day - first).days + int(end)), first)
