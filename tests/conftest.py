"""Fixtures that every folder of tests may use."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import settings as properties

from grids import queries as grids
from kernel import calendars
from tests.laid import lay
from tests.world import World

# The same examples on every run: a red run means the change, and nothing else. `--hypothesis-profile=default` searches.
properties.register_profile("repeatable", derandomize=True)
properties.load_profile("repeatable")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the test runner empty tables between tests that commit: the log refuses even that, so the fence is lowered.

    The tests of the fence raise it again for themselves.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER kernel_event_kept")
        cursor.execute("ALTER TABLE kernel_clockchange DISABLE TRIGGER kernel_clockchange_kept")
        cursor.execute("ALTER TABLE documents_issued DISABLE TRIGGER documents_issued_kept")


@pytest.fixture(autouse=True)
def fresh_calendar():
    """No test sees the calendar that another one loaded."""
    calendars.forget()
    yield
    calendars.forget()


@pytest.fixture(autouse=True)
def usual_language():
    """No test reads the language that another one chose."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_map():
    """Nor the map."""
    grids.forget()
    yield
    grids.forget()


@pytest.fixture
def world(db) -> World:
    return lay()


@pytest.fixture
def enter(world):
    """Browsers that read English: enter(name) signs somebody of the world in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    return sign_in
