"""Logging: a JSON object per line with the id of the request or task, or readable lines for a person at a terminal."""

from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from kernel.context import request_id

LOGGERS: dict[str, dict[str, Any]] = {
    # A refused deed is an answer, not an incident; Django would log every 404 of a scanner.
    "django.request": {"level": "ERROR"},
    "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    "axes": {"level": "WARNING"},
    # It names the addresses it sends to, and those are people's; the delivery log says what came of each.
    "apprise": {"level": "CRITICAL", "propagate": False},
    "urllib3": {"level": "ERROR"},
    # Celery notes each wake-up twice, a hundred thousand times a day; governance/celery.py tells what was slow.
    "celery.worker.strategy": {"level": "WARNING"},
    "celery.app.trace": {"level": "WARNING"},
}


def configuration(*, readable: bool) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up to go the same way."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder(allow=["status_code"])],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": LOGGERS,
    }


def _add_request_id(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    if found := request_id.get():
        line["request_id"] = found
    return line
