"""What goes wrong says so, in the shape that the asker reads: a page, or JSON below /api/."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from governance.web import faults
from kernel.errors import Conflict, DomainError, Stale
from kernel.middleware import DomainErrorMiddleware
from organizations.choices import Role
from tests.governance.conftest import Enter


def test_a_page_that_is_not_there(enter: Enter) -> None:
    answer = enter(Role.HANDLER).get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到该内容" in answer.content.decode()
    assert answer["X-Request-Id"] in answer.content.decode()


def test_an_endpoint_that_is_not_there(db: None) -> None:
    answer = Client().get("/api/v1/no-such-thing/")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "missing"


def test_a_form_without_its_token_is_refused(enter: Enter) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "没有权限" in answer.content.decode()


def test_a_fault_needs_nothing_to_be_told() -> None:
    page = faults.failed(RequestFactory().get("/anything/"))
    assert page.status_code == 500
    assert "系统出现故障" in page.content.decode()
    assert faults.failed(RequestFactory().get("/api/v1/anything/")).status_code == 500


def test_a_fault_is_told_even_where_the_pages_own_parts_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_args: object, **_given: object) -> None:
        raise ValueError("no manifest entry")

    monkeypatch.setattr(faults, "render", missing)
    page = faults.failed(RequestFactory().get("/anything/"))
    assert (page.status_code, "系统出现故障" in page.content.decode()) == (500, True)


def test_a_bad_request_has_a_page(db: None) -> None:
    assert Client().get("/sign-in/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Conflict("已由他人受理"), "已由他人受理"),
        (Stale("已被修改", details={"your_version": 3, "current_version": 5}), "第 3 版"),
    ],
)
@pytest.mark.parametrize("fragment", [True, False])
def test_a_refusal_of_the_rules_is_a_page_with_its_status(
    enter: Enter, error: DomainError, told: str, fragment: bool
) -> None:
    client = enter(Role.HANDLER)
    request = client.get("/").wsgi_request
    if fragment:
        request.META["HTTP_HX_REQUEST"] = "true"
        del request.__dict__["headers"]
    page = DomainErrorMiddleware(lambda _: None).process_exception(request, error)
    assert page.status_code == error.status
    assert told in page.content.decode()
    assert ("<html" in page.content.decode()) is not fragment
