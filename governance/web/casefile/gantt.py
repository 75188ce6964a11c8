"""Who had the case when, drawn over real time: a row per holder, bars of turns, rests shaded, marks and deadlines.

Every bar is one turn of the minute ledger and carries its minutes; a pause is a hatched bar in the row of whoever had
the case when it began. Places are in percent of the span drawn, so that a picture fits any width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from desk.case.words import words_of
from governance.web.casefile.marks import MARKS
from governance.web.casefile.minutes import PAUSE, holder_name
from governance.web.casefile.rests import Stretch, rests_between
from kernel.ledger import Segment, ledger
from kernel.models import Event
from kernel.worktime import WorkCalendar

NOBODY = "nobody"
COLOURS = ("blue", "teal", "violet", "orange", "indigo", "green")
ROW, TOP, FOOT = 30, 26, 22
BAR = 18
# A turn of a minute in a case of a year would be thinner than a hair.
THINNEST = 0.25
TICKS = 8
STEPS = (1, 2, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 61, 24 * 122, 24 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One turn: where it begins and how wide it is, in percent; its exact minutes are those of the segment."""

    left: float
    width: float
    top: int
    paused: bool
    name: str
    segment: Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One holder."""

    name: str
    colour: str
    top: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An instant: something ran out, somebody was told, a limit ends, now."""

    left: float
    at: datetime
    label: str | Promise
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt:
    """The picture and the figures that it stands for."""

    rows: list[Row]
    rests: list[Stretch]
    marks: list[Mark]
    limits: list[Mark]
    ticks: list[Mark]
    now: Mark | None
    height: int
    since: datetime
    until: datetime
    minutes: int

    @property
    def bars(self) -> list[Bar]:
        """All turns in the order of time: the table that says the same as the picture."""
        return sorted((bar for row in self.rows for bar in row.bars), key=lambda bar: bar.segment.since)


def gantt_of(
    *,
    events: Sequence[Event],
    until: datetime,
    running: bool,
    limits: Iterable[tuple[datetime | None, str | Promise]],
    calendar: WorkCalendar,
    unit_name: Callable[[int], str],
) -> Gantt | None:
    """Draw a case from its events up to `until`; None where nobody has had it yet.

    `running`: the case is open and `until` is now. `limits`: instants that are promised, drawn where they fall into
    the picture; the picture reaches beyond `until` to the last of them.
    """
    changes = [(event.occurred_at, event.holder) for event in events if event.holder]
    turns = [one for one in ledger(changes=changes, until=until, calendar=calendar) if one.holder != NOBODY]
    if not turns:
        return None
    promised = sorted((at, label) for at, label in limits if at is not None and at > turns[0].since)
    end = max([until, *(at for at, _label in promised)])
    place = _place(turns[0].since, end)
    rows = _rows(turns, place, unit_name)
    return Gantt(
        rows=rows,
        rests=rests_between(since=turns[0].since, until=end, calendar=calendar),
        marks=_marks(events, place, end),
        limits=[Mark(left=place(at), at=at, label=label, colour=_limit_colour(at, until)) for at, label in promised],
        ticks=_ticks(turns[0].since, end, calendar),
        now=Mark(left=place(until), at=until, label=_("now"), colour="blue") if running else None,
        height=TOP + ROW * len(rows) + FOOT,
        since=turns[0].since,
        until=end,
        minutes=sum(turn.minutes for turn in turns),
    )


def _place(since: datetime, until: datetime) -> Callable[[datetime], float]:
    span = max((until - since).total_seconds(), 60.0)
    return lambda at: round(100 * min(max((at - since).total_seconds() / span, 0.0), 1.0), 4)


def _rows(turns: Sequence[Segment], place: Callable[[datetime], float], unit_name: Callable[[int], str]) -> list[Row]:
    rows: dict[str, Row] = {}
    last = ""
    for turn in turns:
        paused = turn.holder.startswith(PAUSE)
        holder = last if paused and last else turn.holder
        last = holder
        if holder not in rows:
            colour = "grey" if holder == "citizen" or holder.startswith(PAUSE) else COLOURS[len(rows) % len(COLOURS)]
            name = holder_name(holder=holder, unit_name=unit_name)
            rows[holder] = Row(name=name, colour=colour, top=TOP + ROW * len(rows), bars=[])
        left = place(turn.since)
        rows[holder].bars.append(
            Bar(
                left=left,
                width=max(place(turn.until) - left, THINNEST),
                top=rows[holder].top + (ROW - BAR) // 2,
                paused=paused,
                name=holder_name(holder=turn.holder, unit_name=unit_name),
                segment=turn,
            )
        )
    return list(rows.values())


def _marks(events: Iterable[Event], place: Callable[[datetime], float], end: datetime) -> list[Mark]:
    return [
        Mark(left=place(one.occurred_at), at=one.occurred_at, label=words_of(one.name).label, colour=MARKS[one.name])
        for one in events
        if one.name in MARKS and one.occurred_at <= end
    ]


def _limit_colour(at: datetime, until: datetime) -> str:
    return "red" if at < until else "green"


def _ticks(since: datetime, until: datetime, calendar: WorkCalendar) -> list[Mark]:
    """A handful of round instants on the clock of the office: midnights, or full hours of a short case."""
    place, hours = _place(since, until), (until - since).total_seconds() / 3600
    step = next((one for one in STEPS if hours / one <= TICKS), STEPS[-1])
    first = calendar.local(since).replace(minute=0, second=0, microsecond=0)
    at = first.replace(hour=0) if step >= 24 else first
    found = []
    while at <= until:
        if at >= since:
            label = f"{at:%m-%d}" if step >= 24 else f"{at:%H:%M}"
            found.append(Mark(left=place(at), at=at, label=label, colour="grey"))
        at += timedelta(hours=step)
    return found
