"""The Celery application: it executes and remembers nothing. What must happen is a row in PostgreSQL.

Every task may run never, once or five times, in any order. Losing the broker costs latency, never a deed.
"""

import os
import time
from typing import Any

import structlog
from celery import Celery, Task, signals
from django.conf import settings

from governance.schedule import SCHEDULE
from kernel.context import request_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
log = structlog.get_logger(__name__)

TASK_SECONDS = 90
VISIBILITY_SECONDS = 600  # an unacknowledged task comes back after this; must exceed TASK_SECONDS or it runs twice


class LoggedTask(Task):
    """A task whose run is one log line: name, duration, outcome; its id goes with every event it causes."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task with its id as the request id."""
        started = time.monotonic()
        token = request_id.set(self.request.id or "")
        outcome = "failed"
        try:
            answer = super().__call__(*args, **kwargs)
            outcome = "done"
            return answer
        finally:
            seconds = round(time.monotonic() - started, 3)
            line = log.debug if outcome == "done" and seconds < 1 else log.info  # a wake-up each second is no news
            line("task", task=self.name, outcome=outcome, seconds=seconds)
            request_id.reset(token)


app = Celery("governance", task_cls=LoggedTask)
app.set_default()  # the present application is per thread, and a web server answers in threads of its own
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a worker waits for Redis as long as it takes
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,  # otherwise tasks of a killed worker wait a hundred seconds to be seen
    },
    accept_content=["json"],
    task_acks_late=True,  # a killed worker's task runs again instead of being lost
    task_reject_on_worker_lost=True,
    worker_cancel_long_running_tasks_on_connection_loss=True,  # the broker hands them out again
    worker_prefetch_multiplier=1,  # no task waits in the pocket of a busy process
    task_ignore_result=True,  # results are rows; a result backend doubles the cost of a task
    task_publish_retry=False,  # a citizen does not wait for a dead broker: the next beat finds the row
    task_soft_time_limit=TASK_SECONDS - 30,
    task_time_limit=TASK_SECONDS,
    worker_max_tasks_per_child=2000,  # about half an hour of wake-ups, then fresh memory
    worker_soft_shutdown_timeout=5,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    beat_schedule=SCHEDULE,
    beat_max_loop_interval=1,
)
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Leave logging as the settings made it: Celery replaces it unless somebody listens here."""
