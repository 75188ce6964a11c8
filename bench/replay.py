"""`python -m bench.replay [--cases N]`: a draft that gives thirty items to other units, tried on N past cases."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from bench import fill, house

AIM_SECONDS = 60.0
CHANGED = 30
YEAR = 365


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="bench.replay", description=__doc__)
    words.add_argument("--cases", type=int, default=100_000)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="grid-bench-") as folder:
        Path(folder).chmod(0o755)
        with house.servers(data=Path(folder)):
            house.manage("migrate", "--verbosity", "0")
            for command in ("grant_rights", "load_reference", "seed_demo"):
                house.manage(command)
            django.setup()
            from kernel import clock

            fill.fill_past(total=given.cases, until=clock.now(), within=timedelta(days=YEAR))
            figures = measure()
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def measure() -> dict[str, Any]:
    """Start the replay and take its steps, as the worker does."""
    from dispatch.services import replaying
    from kernel import clock
    from kernel.actors import SYSTEM

    at = clock.now()
    draft = _draft(at)
    first = at.date() - timedelta(days=YEAR + 1)
    made = replaying.start(draft_id=draft.pk, since=first, until=at.date(), territory="", actor=SYSTEM, at=at)
    began = time.perf_counter()
    while made.is_running:
        made = replaying.step(replay_id=made.pk, at=at)
    seconds = time.perf_counter() - began
    kept = {name: made.tally[name] for name in ("cases", "moved", "broken", "gaps_opened", "gaps_closed")}
    return {**kept, "seconds": round(seconds, 1), "per_second": round(made.done / seconds), "aim_seconds": AIM_SECONDS}


def _draft(at: Any) -> Any:
    """Thirty items of departments, each given to the next department with two days more."""
    from kernel.actors import SYSTEM
    from organizations.models import User
    from registry.choices import DraftOrigin, LineOp
    from registry.models import ItemVersion
    from registry.services import drafts
    from registry.services.drafts import LineInput

    keeper = User.objects.get(username="keeper")
    made = drafts.open_draft(
        title="bench", origin=DraftOrigin.BY_HAND, reason="bench", effective=at.date() + timedelta(days=40),
        proposed_by_id=keeper.pk, actor=SYSTEM, at=at,
    )  # fmt: skip
    led = ItemVersion.objects.filter(
        matter__isnull=False, lead_rule="unit", valid_until__isnull=True, lead_unit__kind="department"
    )
    rows = list(led.order_by("item__code").values_list("item__code", "lead_unit__code")[:CHANGED])
    codes = sorted({code for _item, code in rows})
    lines = [
        LineInput(
            op=LineOp.CHANGE,
            item_code=item,
            payload={"lead_unit": codes[(codes.index(code) + 1) % len(codes)], "limit_value": "7"},
        )
        for item, code in rows
    ]
    drafts.put_lines(draft_id=made.pk, lines=lines, actor=SYSTEM, at=at)
    return made


if __name__ == "__main__":
    main()
