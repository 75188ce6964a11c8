"""The filing conditions that are offered while a petition is taken up: those of its category's matter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from organizations.models import FilingCondition, Matter
from tests.journeys.steps import filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
ASKED = "/petitions/conditions/"


@pytest.fixture
def conditions(world):
    """One of the stalls' matter, one of the water's."""
    for matter, code, text in (("M-CG", "M-CG-1", "流动摊点"), ("M-GS", "M-GS-1", "夜间停水")):
        FilingCondition.objects.create(
            matter=Matter.objects.get(code=matter), code=code, text=text, closing="恢复", limit_value=Decimal(4),
            limit_unit="work_hour", valid_from=date(2026, 1, 1),
        )  # fmt: skip


@pytest.fixture
def ask(world, client):
    def ask(name, path=ASKED, **said):
        client.force_login(world.users[name])
        client.cookies["django_language"] = "en"
        response = client.get(path, said)
        return response.status_code, response.content.decode()

    return ask


def test_only_those_of_the_chosen_category_are_offered_and_the_choice_stays(ask, conditions):
    _status, stalls = ask("dispatcher", category="010101", condition="M-CG-1")
    assert "流动摊点" in stalls
    assert "夜间停水" not in stalls
    assert 'value="M-CG-1" selected' in stalls
    assert 'hx-trigger="change from:#id_category"' in stalls  # and narrows again with the next category
    _status, water = ask("dispatcher", category="010102", condition="M-CG-1")
    assert "夜间停水" in water
    assert "M-CG-1" not in water


def test_without_a_category_all_are_offered_and_where_there_are_none_it_is_said(ask, conditions):
    _status, every = ask("dispatcher")
    assert "流动摊点" in every
    assert "夜间停水" in every
    assert "None is laid down for this category" in ask("dispatcher", category="999999")[1]


def test_nobody_else_asks(ask, conditions):
    assert ask("citizen", category="010101")[0] == 403
    assert ask("urban_handler", category="010101")[0] == 403


def test_without_javascript_the_form_has_all_of_them_those_of_the_category_first(ask, world, conditions):
    petition = filed(world, at=MONDAY)
    _status, form = ask("dispatcher", f"/petitions/{petition.pk}/accept/", category="010102")
    assert 'hx-get="/petitions/conditions/"' in form
    assert "流动摊点" in form
    _status, form = ask("dispatcher", f"/petitions/{petition.pk}/accept/")
    assert "夜间停水" in form
