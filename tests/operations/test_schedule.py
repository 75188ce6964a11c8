"""The beat table wakes tasks that exist, and drops wake-ups nobody could follow."""

from datetime import timedelta

import pytest
from celery import current_app

from governance.celery import TASK_SECONDS, VISIBILITY_SECONDS, app
from governance.schedule import SCHEDULE
from kernel.clock import now
from kernel.models import StoredAnswer


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_row_names_a_task_that_exists(name):
    app.loader.import_default_modules()
    assert SCHEDULE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_wake_up_that_waited_too_long_is_dropped(name):
    assert SCHEDULE[name]["options"]["expires"] > 0


def test_a_task_never_runs_long_enough_to_be_handed_out_twice():
    app.loader.import_default_modules()
    assert app.conf.task_time_limit == TASK_SECONDS
    slow = {name: task.time_limit for name, task in app.tasks.items() if task.time_limit is not None}
    assert slow
    assert {name for name, limit in slow.items() if limit >= VISIBILITY_SECONDS} == set()
    assert all(app.tasks[name].soft_time_limit < limit for name, limit in slow.items())


def test_shared_tasks_belong_to_our_application():
    assert current_app.main == "governance"


@pytest.mark.django_db
def test_the_night_sweep_runs_twice_without_harm():
    app.loader.import_default_modules()
    app.tasks["governance.sweep_expired"].apply(throw=True)
    app.tasks["governance.sweep_expired"].apply(throw=True)


@pytest.mark.django_db
def test_an_answer_is_kept_for_thirty_days():
    at = now()
    for days in (29, 31):
        StoredAnswer.objects.create(
            actor_key="user:1",
            key=f"k{days}",
            fingerprint=b"",
            status=201,
            body={},
            created_at=at - timedelta(days=days),
        )
    app.tasks["governance.sweep_expired"].apply(throw=True)
    assert list(StoredAnswer.objects.values_list("key", flat=True)) == ["k29"]
