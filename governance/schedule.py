"""The beat table. Beat only says "look now": what is due is a row, and a late or doubled wake-up changes nothing.

`expires` drops wake-ups that piled up while no worker ran: one look is as good as a hundred.
"""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    # Reactions normally start right after the commit; this is the look that makes the nudge optional.
    "deliver-events": {"task": "kernel.deliver_events", "schedule": 1.0, "options": {"expires": 5}},
    # The shortest limit in the regulations is 30 minutes; five seconds are precise enough to live by.
    "fire-due-timers": {"task": "kernel.fire_due_timers", "schedule": 5.0, "options": {"expires": 10}},
    # A file that is being imported goes on after whatever stopped the worker; with nothing to import it is one query.
    "continue-imports": {"task": "petitions.continue_imports", "schedule": 2.0, "options": {"expires": 5}},
    # Changes of the counters are folded together, so that reading them stays short; with none it is one query.
    "fold-tally": {"task": "petitions.fold_tally", "schedule": 10.0, "options": {"expires": 10}},
    # A workbook of the registry is compared row by row; with none handed in it is one query.
    "continue-sheets": {"task": "registry.continue_sheets", "schedule": 2.0, "options": {"expires": 5}},
    # A new holiday notice moves open deadlines, step by step; with none published it is one query.
    "continue-reprojection": {"task": "kernel.continue_reprojection", "schedule": 5.0, "options": {"expires": 10}},
    # A draft of the list is tried on past cases, step by step; with none running it is one query.
    "continue-replays": {"task": "dispatch.continue_replays", "schedule": 2.0, "options": {"expires": 5}},
    # What is owed outward leaves within seconds; with nothing owed it is two small statements.
    "send-notices": {"task": "notices.send_due", "schedule": 2.0, "options": {"expires": 5}},
    # The daily message of each person, at the hour they chose; whoever slept over the hour makes it afterwards.
    "make-digests": {"task": "notices.make_digests", "schedule": 60.0, "options": {"expires": 30}},
    # An inbox is no archive: the log has what happened.
    "forget-notices": {
        "task": "notices.forget_old",
        "schedule": crontab(hour="3", minute="27"),
        "options": {"expires": 3600},
    },
    # A case that was put aside comes back when somebody does something on it; with none aside it is one small query.
    "wake-disturbed": {"task": "desk.wake_disturbed", "schedule": 10.0, "options": {"expires": 10}},
    # What somebody began to type and did not come back to for two weeks.
    "sweep-drafts": {
        "task": "desk.sweep_drafts",
        "schedule": crontab(hour="3", minute="37"),
        "options": {"expires": 3600},
    },
    # Uploads that nobody imported, and files that a crash left without their row.
    "sweep-files": {
        "task": "petitions.sweep_files",
        "schedule": crontab(hour="3", minute="47"),
        "options": {"expires": 3600},
    },
    # Rows of workbooks whose draft was decided long ago: the draft says what they said.
    "sweep-sheets": {
        "task": "registry.sweep_sheets",
        "schedule": crontab(hour="3", minute="27"),
        "options": {"expires": 3600},
    },
    # Files with maps that were read, to be looked at, months ago.
    "sweep-map-imports": {
        "task": "grids.sweep_imports",
        "schedule": crontab(hour="3", minute="57"),
        "options": {"expires": 3600},
    },
    # An audit that somebody wants now, files with maps; with none asked for it is one query under a lock.
    "do-map-jobs": {"task": "grids.do_jobs", "schedule": 2.0, "options": {"expires": 5}},
    # Sessions, tokens and sign-in failures that have run out carry personal data: they go at night, when nobody waits.
    "sweep-expired": {
        "task": "governance.sweep_expired",
        "schedule": crontab(hour="3", minute="17"),
        "options": {"expires": 3600},
    },
    # The map and who serves it, looked over every night; findings that are gone close by themselves.
    "audit-grids": {
        "task": "grids.audit",
        "schedule": crontab(hour="2", minute="7"),
        "options": {"expires": 3600},
    },
    # What was dispatched until yesterday is learnt from at night; the first model is made as soon as there is none.
    "learn-to-suggest": {
        "task": "dispatch.train_triage",
        "schedule": crontab(hour="2", minute="37"),
        "options": {"expires": 3600},
    },
    "learn-first": {
        "task": "dispatch.train_triage",
        "schedule": 300.0,
        "kwargs": {"if_none": True},
        "options": {"expires": 60},
    },
    # Asks every night whether the draft of the month that is over is there, so a machine that slept on the first of a
    # month makes it on the second. After the small hours of closing and archiving, before anybody comes to read it.
    "monthly-report": {
        "task": "assessment.ensure_last_month",
        "schedule": crontab(hour="4", minute="7"),
        "options": {"expires": 3600},
    },
    # Exports of statistics are made one after another; with none asked for it is one query.
    "make-exports": {"task": "assessment.make_exports", "schedule": 2.0, "options": {"expires": 5}},
    # Exports are kept for a week.
    "sweep-exports": {
        "task": "assessment.sweep_exports",
        "schedule": crontab(hour="3", minute="37"),
        "options": {"expires": 3600},
    },
    # Saved reports whose hour has come; whoever slept over it answers afterwards, and only once.
    "ask-saved-reports": {"task": "assessment.ask_saved", "schedule": 60.0, "options": {"expires": 30}},
}
