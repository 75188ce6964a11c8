"""The description of the API: whole, without a warning, and true."""

from __future__ import annotations

import re

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from governance.documents import openapi
from tests.api.cases import ORDER_STEPS, STEPS, case_in
from tests.api.conftest import callers, undone
from tests.api.endpoints import endpoints

pytestmark = pytest.mark.django_db
CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
load_all_checks()
DESCRIBED = schemathesis.openapi.from_dict(
    yaml.safe_load(openapi()), config=schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": False}}})
)
DESCRIBED.app = get_wsgi_application()


@pytest.fixture(scope="module")
def scene(county):
    for state in ("filed", "verified"):
        case_in(county, STEPS[state])
    case_in(county, ORDER_STEPS["returning"])
    # The server ends a request by closing old connections; here the one connection holds the whole county.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield callers(county, ["dispatcher"])["dispatcher"]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "openapi.yaml"))


def test_every_address_is_described():
    schema = DESCRIBED.raw_schema
    described = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in schema["paths"].items()
        for method in operations
    }
    assert described == {re.sub(r"\{pk\}", "{id}", address) for address in endpoints()}


def test_the_page_is_served_by_ourselves(client):
    page = client.get("/api/docs/").content.decode()
    assert "swagger-ui" in page
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page)


@DESCRIBED.parametrize()
@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(scene, case):
    with undone():
        # Without a server between, nobody unpacks an answer before it is looked at.
        asked = {**(case.headers or {}), **scene.headers, "Accept-Encoding": "identity"}
        case.call_and_validate(headers=asked, checks=CHECKS)
