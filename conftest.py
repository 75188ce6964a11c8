"""Found first by pytest: the servers must run before Django reads its settings."""

from tests.browsers import pytest_collection_modifyitems, pytest_terminal_summary
from tests.plugin import prepare, pytest_unconfigure
from tests.scheduling import pytest_xdist_make_scheduler

__all__ = [
    "prepare",
    "pytest_collection_modifyitems",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "pytest_xdist_make_scheduler",
]

prepare()
