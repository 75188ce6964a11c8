"""Reference data by hand: what opens, and what may only be read."""

import pytest
from django.test import Client

from organizations.choices import Role
from tests.factories import grids as draw
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
READ_ONLY = ("posting", "responsibilityentry")


@pytest.fixture
def keeper():
    """A superuser: rights in the administration are Django's own."""
    signed_in = Client()
    signed_in.force_login(make.user(is_staff=True, is_superuser=True))
    return signed_in


@pytest.mark.parametrize("name", ["area", "unit", "matter", "user", "posting", "responsibilityentry"])
def test_lists_open_and_are_searched(keeper, name):
    make.posting(Role.HANDLER)
    make.entry()
    assert keeper.get(f"/admin/organizations/{name}/", {"q": "x"}).status_code == 200
    assert keeper.get(f"/admin/organizations/{name}/add/").status_code == (403 if name in READ_ONLY else 200)


def test_a_person_is_shown_with_postings_and_they_cannot_be_changed_here(keeper):
    held = make.posting(Role.HANDLER)
    page = keeper.get(f"/admin/organizations/user/{held.user_id}/change/")
    assert page.status_code == 200
    assert str(held.unit) in page.content.decode()
    assert keeper.post(f"/admin/organizations/posting/{held.pk}/change/", {}).status_code == 403
    assert keeper.post(f"/admin/organizations/posting/{held.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_grid_is_renamed_here_and_neither_drawn_nor_deleted(keeper):
    cell = draw.cell()
    assert keeper.get("/admin/grids/cell/").status_code == 200
    assert keeper.get("/admin/grids/cell/add/").status_code == 403
    given = {"name": "new name", "host_kind": "", "households": 1, "residents": 2, "phone": ""}
    assert keeper.post(f"/admin/grids/cell/{cell.pk}/change/", given).status_code == 302
    cell.refresh_from_db()
    assert cell.name == "new name"
    assert keeper.post(f"/admin/grids/cell/{cell.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_manual_opens_at_the_place_of_the_page(keeper):
    for path, place in (
        ("/admin/", "accounts"),
        ("/admin/organizations/unit/", "reference"),
        ("/admin/kernel/calendarversion/", "calendar"),
        ("/api/docs/", "api"),
    ):
        page = keeper.get(path).content.decode()
        assert f'href="/help/administrator/#{place}" data-key="?"' in page, path
    assert "js/keys" in page
