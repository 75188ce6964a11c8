"""When people speak up: so many a day, twice as many on a working day, each channel at its own hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from governance.demo.chance import chance
from kernel.worktime import SHANGHAI, WorkCalendar
from petitions.choices import Channel


@dataclass(frozen=True, slots=True)
class Stream:
    """A channel, its share of all petitions, and how busy each of its hours is, from `first` on."""

    channel: str
    share: float
    first: int
    hours: tuple[int, ...]
    workdays_only: bool = False


OFFICE = (2, 6, 7, 5, 0, 0, 5, 6, 5, 2)  # from eight o'clock
# fmt: off
STREAMS = (
    Stream(Channel.HOTLINE,    40, 6,  (1, 3, 7, 9, 9, 6, 3, 3, 7, 8, 7, 5, 4, 5, 5, 3, 1)),
    Stream(Channel.GRIDWORKER, 29, 8,  (4, 8, 9, 6, 1, 1, 6, 8, 7, 4, 1)),
    Stream(Channel.APP,        12, 6,  (1, 3, 4, 4, 4, 3, 4, 4, 3, 3, 3, 4, 5, 6, 7, 6, 4, 2)),
    Stream(Channel.MAILBOX,     5, 7,  (2, 4, 5, 5, 3, 2, 3, 4, 4, 3, 2, 2, 3, 4, 4, 2)),
    Stream(Channel.TOWNSHIP,    4, 8,  OFFICE, workdays_only=True),
    Stream(Channel.VISIT,       3, 8,  OFFICE, workdays_only=True),
    Stream(Channel.ENTERPRISE,  3, 8,  OFFICE, workdays_only=True),
    Stream(Channel.UPPER,     1.5, 8,  OFFICE, workdays_only=True),
    Stream(Channel.TRANSFER,  1.5, 8,  OFFICE, workdays_only=True),
    Stream(Channel.LETTER,      1, 8,  OFFICE, workdays_only=True),
)
# fmt: on
REST_DAY = 0.5  # of a working day's volume


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When one petition comes in, and by which channel."""

    at: datetime
    channel: str


def moments(*, seed: int, day: date, per_day: float, calendar: WorkCalendar) -> list[Moment]:
    """The petitions of one day in their order; `per_day` is the mean over a whole week."""
    random = chance(seed, day.isoformat(), "rhythm")
    works = calendar.is_workday(day=day)
    mean = per_day * 7 / (5 + 2 * REST_DAY) * (1 if works else REST_DAY)
    count = max(0, round(random.gauss(mean, mean**0.5)))
    open_today = [stream for stream in STREAMS if works or not stream.workdays_only]
    chosen = random.choices(open_today, weights=[stream.share for stream in open_today], k=count)
    return sorted(Moment(_instant(stream, day, random), stream.channel) for stream in chosen)


def _instant(stream: Stream, day: date, random: Random) -> datetime:
    hour = random.choices(range(len(stream.hours)), weights=stream.hours)[0] + stream.first
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=SHANGHAI)
    return midnight + timedelta(hours=hour, seconds=random.randrange(3600))
