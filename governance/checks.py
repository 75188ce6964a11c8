"""System checks of the installation."""

import importlib.util
from typing import Any

from django.core.checks import CheckMessage, Error, register


@register()
def psycopg_is_absent(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse psycopg 3: Django would prefer it silently, and everything here is measured and tested on psycopg2."""
    if importlib.util.find_spec("psycopg") is None:
        return []
    return [Error("psycopg 3 is installed and Django would use it instead of psycopg2.", hint="pip uninstall psycopg")]
