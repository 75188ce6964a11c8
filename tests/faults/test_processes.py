"""kill -9 at each named step: what was acknowledged is there, what was not can be asked again, nothing ran twice."""

from __future__ import annotations

import signal
import subprocess

import pytest

from tests.faults.ledger import Crowd, Ledger
from tests.faults.oracle import DUE, PENDING, check
from tests.faults.stage import Stage, eventually
from tests.petitions.exports import csv_file, row

pytestmark = pytest.mark.processes


def make_due(stage: Stage, ledger: Ledger) -> None:
    """Let the clock of acceptance run out, for what this client filed."""
    stage.rows(
        "UPDATE kernel_timer SET due_at = now() WHERE state = 'armed' AND case_id = ANY(%s::uuid[])",
        list(ledger.acknowledged.values()),
    )


@pytest.mark.parametrize("step", ["petition_inserted", "event_recorded", "answer_stored", "committed"])
def test_a_web_process_killed_while_filing(stage, ledger, step):
    for _try in range(5):  # a worker that commits something of its own meanwhile may be the one that dies
        with stage.killed_at(step):
            for _ in range(3):
                ledger.file()
        if ledger.unknown:
            break
    assert ledger.unknown
    titles = [ledger.asked[key]["title"] for key in ledger.unknown]
    there = stage.count("SELECT count(*) FROM petitions_petition WHERE title = ANY(%s)", titles)
    assert there == (1 if step == "committed" else 0)
    check(stage, ledger)


@pytest.mark.parametrize("step", ["relay_claimed", "relay_effected", "relay_marked", "relay_committed"])
def test_a_worker_killed_while_it_delivers(stage, ledger, step):
    for _ in range(2):
        ledger.file()
    with stage.killed_at(step):
        for case_id in ledger.acknowledged.values():
            ledger.accept(case_id)
        stage.nudge("kernel.deliver_events")
    check(stage, ledger)


@pytest.mark.parametrize("step", ["timers_claimed", "timers_marked", "timers_effected", "timers_committed"])
def test_a_worker_killed_while_it_fires_timers(stage, ledger, step):
    for _ in range(3):
        ledger.file()
    with stage.killed_at(step):
        make_due(stage, ledger)
        stage.nudge("kernel.fire_due_timers")
    check(stage, ledger)
    ids = list(ledger.acknowledged.values())
    sql = "SELECT count(*) FROM kernel_event WHERE name = 'petition.passed_up' AND case_id = ANY(%s::uuid[])"
    assert stage.count(sql, ids) == 3


def test_all_programs_killed_while_people_file(stage):
    with Crowd(stage) as crowd:
        for name in ("web", "worker", "beat"):
            before = crowd.acknowledged
            stage.kill(name)
            eventually(lambda before=before: crowd.acknowledged > before + 3, what=f"filing goes on after {name} died")
    check(stage, *crowd.ledgers)


def test_a_dead_beat_and_a_dead_worker_lose_no_deadline(stage, ledger):
    for _ in range(3):
        ledger.file()
    stage.kill("worker")
    stage.kill("beat")
    make_due(stage, ledger)
    eventually(lambda: stage.count(DUE) == 0, what="the new ones fire what fell due meanwhile")
    check(stage, ledger)
    assert stage.count(PENDING) == 0


def test_an_import_killed_in_the_middle_is_finished_by_the_worker(stage, tmp_path):
    file = csv_file(tmp_path / "export.csv", [row(number) for number in range(1, 241)])
    with stage.killed_at("event_recorded"), pytest.raises(subprocess.CalledProcessError) as killed:
        stage.manage("manage.py", "import_petitions", str(file), "--source", "hotline")
    assert killed.value.returncode == -signal.SIGKILL
    done = "SELECT count(*) FROM petitions_importbatch WHERE stage = 'done' AND done = 240"
    eventually(lambda: stage.count(done) == 1, what="the worker finishes the import")
    assert stage.count("SELECT count(DISTINCT source_no) FROM petitions_petition WHERE source = 'hotline'") == 240
    assert stage.count("SELECT count(*) FROM petitions_petition WHERE source = 'hotline'") == 240
    assert stage.count("SELECT count(*) FROM petitions_importrow WHERE verdict = 'filed'") == 240
    check(stage)


def test_a_crash_between_file_and_row_leaves_a_file_without_row_and_never_the_reverse(stage, ledger):
    ledger.file()
    (case_id,) = ledger.acknowledged.values()
    with stage.killed_at("file_written"):
        assert ledger.attach(case_id) == 0
    assert stage.count("SELECT count(*) FROM petitions_attachment WHERE petition_id = %s", case_id) == 0
    eventually(lambda: ledger.attach(case_id) == 201, what="the file is taken the next time")
    check(stage, ledger)
    kept = {file.name for file in (stage.data / "media").rglob("*") if file.is_file()}
    rows = {path.rpartition("/")[2] for (path,) in stage.rows("SELECT path FROM petitions_attachment")}
    assert rows <= kept
    assert len(kept - rows) == 1
