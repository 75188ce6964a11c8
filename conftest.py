"""Found first by pytest: the servers must run before Django reads its settings."""

from tests.plugin import prepare, pytest_unconfigure

__all__ = ["prepare", "pytest_unconfigure"]

prepare()
