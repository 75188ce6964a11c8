"""Two months of history up to now, grown once behind a running demonstration.

Where it stands is read from the database: which petitions there are, how far their events go, and whether anything is
still in the lane of history. So a killed run goes on where it was, and a finished one is never begun again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from governance.demo import linked
from governance.demo.progress import SOURCE, days_played, is_growing
from governance.demo.reports import report_months
from governance.demo.simulation.playing import SEED, alone, player_for, release
from kernel.worktime import SHANGHAI
from notices.services.reading import read_before

DAYS = 61
PER_DAY = 28
FRESH = timedelta(days=1)
NEAR = timedelta(seconds=20)  # when the play has come this near to the present, it has arrived


def grow(*, now: Callable[[], datetime], say: Callable[[date, int, int], None], days: int = DAYS) -> int:
    """Play the history up to the present, day by day; returns how many petitions it filed.

    `now` is asked again and again, because the present moves on meanwhile. Raises Conflict where another play runs.
    """
    with alone():
        played = days_played()
        if played and not is_growing():
            return 0
        first = played[0] if played else now().astimezone(SHANGHAI).date() - timedelta(days=days)
        start = datetime.combine(first, datetime.min.time(), tzinfo=SHANGHAI)
        player = player_for(seed=SEED, source=SOURCE, per_day=PER_DAY, start=start)

        def told(day: date) -> None:
            say(day, (day - first).days + 1, (now().astimezone(SHANGHAI).date() - first).days + 1)

        while player.clock < now() - NEAR:
            player.play(until=now(), each_day=told)
        release()
        # In two months people have read what they were told; what came since yesterday waits for whoever signs in.
        read_before(before=now() - FRESH, at=now())
        report_months(since=first, at=now())
        linked.pass_on(at=now())
        return player.figures["filed"]
