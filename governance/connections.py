"""Where the servers are: named by the environment, or the embedded ones that run and have left their addresses."""

from pathlib import Path
from typing import Any

import environ

from governance import env
from governance.embedded.addresses import recorded

# Connecting to these names fails at once, with the remedy in the message. `.invalid` exists in no network.
NO_DATABASE = "postgres://grid_app@start-it-with-make-run-or-set-database-url.invalid/grid"
NO_REDIS = "redis://start-it-with-make-run-or-set-redis-url.invalid:6379/0"


def database(*, data: Path) -> dict[str, Any]:
    """Return Django's description of the database; options given in the address (sslmode …) are kept."""
    url = env.text("DATABASE_URL", default=recorded(data=data).get("DATABASE_URL", NO_DATABASE))
    found: dict[str, Any] = environ.Env.db_url_config(url)
    return {
        **found,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **found.get("OPTIONS", {}), "options": _limits()},
    }


def redis_url(*, data: Path) -> str:
    """Return the address of Redis or Valkey."""
    return env.text("REDIS_URL", default=recorded(data=data).get("REDIS_URL", NO_REDIS))


def _limits() -> str:
    """Return the limits of a session: nobody waits long for a lock, and a web page never runs a minute-long query.

    The web process sets STATEMENT_TIMEOUT_SECONDS (governance/wsgi.py); commands that fill a district have no limit.
    """
    statement = env.number("STATEMENT_TIMEOUT_SECONDS", default=0, least=0, most=3600)
    lock = env.number("LOCK_TIMEOUT_SECONDS", default=2, least=0, most=3600)
    return f"-c lock_timeout={lock}s -c statement_timeout={statement}s -c idle_in_transaction_session_timeout=30s"
