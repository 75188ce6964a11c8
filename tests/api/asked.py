"""Exports and saved reports of statistics for the table of access: asked for and kept by the director, shared with
the county's centre.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from assessment.models import SavedReport, Taken
from assessment.services import saving, taking
from assessment.services.saving import Wanted
from tests.world import World

KINDS = (SavedReport, Taken)
CREATING = ("/statistics-exports/", "/saved-reports/")
QUESTION = {"of": "filed", "by": "township", "period": "month"}

# fmt: off
WHO = {
    "GET /statistics-exports/":                 "-- -xxxx xxxx x -xx x--- xxx-- !",
    "POST /statistics-exports/":                "-- -xxxx xxxx x -xx x--- xxx-- !",
    "GET /statistics-exports/{pk}/":            "-- -.... ..x. . -.. .--- ...-- !",
    "POST /statistics-exports/{pk}/stop/":      "-- -.... ..x. . -.. .--- ...-- !",
    "GET /statistics-exports/{pk}/file/":       "-- -.... ..x. . -.. .--- ...-- !",
    "GET /saved-reports/":                      "-- -xxxx xxxx x -xx x--- xxx-- !",
    "POST /saved-reports/":                     "-- -xxxx xxxx x -xx x--- xxx-- !",
    "GET /saved-reports/{pk}/":                 "-- -.... xxxx . -.. .--- ...-- !",
    "POST /saved-reports/{pk}/change/":         "-- -.... --x- . -.. .--- ...-- !",
    "POST /saved-reports/{pk}/end/":            "-- -.... --x- . -.. .--- ...-- !",
    "GET /saved-reports/{pk}/runs/":            "-- -.... xxxx . -.. .--- ...-- !",
    "GET /saved-reports/{pk}/runs/{run_id}/":   "-- -.... ..x. . -.. .--- ...-- !",
}
# fmt: on

EXPORT = {"what": "figures", "form": "csv", "query": QUESTION}
REPORT = {"name": "本月各镇街", "query": QUESTION, "rhythm": "monthly"}
SENT: dict[str, tuple[str, Any]] = {
    "GET /statistics-exports/": ("taken_asked", None),
    "POST /statistics-exports/": ("taken_asked", lambda *_: EXPORT),
    "GET /statistics-exports/{pk}/": ("taken_asked", None),
    "POST /statistics-exports/{pk}/stop/": ("taken_asked", lambda *_: {}),
    "GET /statistics-exports/{pk}/file/": ("taken_made", None),
    "GET /saved-reports/": ("report_kept", None),
    "POST /saved-reports/": ("report_kept", lambda *_: REPORT),
    "GET /saved-reports/{pk}/": ("report_kept", None),
    "POST /saved-reports/{pk}/change/": ("report_kept", lambda *_: REPORT),
    "POST /saved-reports/{pk}/end/": ("report_kept", lambda *_: {}),
    "GET /saved-reports/{pk}/runs/": ("report_kept", None),
    "GET /saved-reports/{pk}/runs/{run_id}/": ("report_kept", None),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """An export that waits and one that is made, and a report that was answered once."""
    director = world.actor("director", on=at)
    said = {"what": "figures", "form": "csv", "query": QUESTION, "language": "en", "actor": director}
    made = taking.ask(**said, at=at)
    written = taking.make(made=made, actor=director, at=at)
    taking.finish(taken_id=made.pk, done=written, actor=director, at=at)
    made.refresh_from_db()
    wanted = Wanted(name="每天", query=QUESTION, rhythm="daily", unit_id=world.units["county"].pk)
    kept = saving.save(wanted=wanted, actor=director, at=at - timedelta(days=2))
    saving.answer(report=kept, due=at - timedelta(hours=1), at=at)
    kept.run_id = kept.runs.get().pk
    return {"taken_asked": taking.ask(**said, at=at), "taken_made": made, "report_kept": kept}
