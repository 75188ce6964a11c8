"""The menu: nobody is shown a page that would refuse them, and no page of theirs is hidden."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from governance.web import navigation
from kernel.actors import Actor, Seat
from organizations.choices import Role
from organizations.roles import CAPABILITIES
from tests.governance.conftest import Enter
from tests.screens.table import CHAPTERS


def entries(role: str) -> set[str]:
    """Url names shown to a role, were every page mounted."""
    seat = Seat(role=role, capabilities=CAPABILITIES[role])
    actor = Actor(key="user:1", user_id=1, seats=(seat,))
    staff = role == Role.ADMINISTRATOR
    return {
        entry.url_name for group in navigation.MENU for entry in group.entries if entry.is_for(actor=actor, staff=staff)
    }


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.CITIZEN, "petitions:file", "dispatch:orders"),
        (Role.GRIDWORKER, "dispatch:orders", "petitions:import"),
        (Role.HANDLER, "dispatch:orders", "mediation:list"),
        (Role.DISPATCHER, "petitions:import", "governance:style"),
        (Role.MEDIATOR, "mediation:list", "governance:dashboard"),
        (Role.SUPERVISOR, "assessment:reports", "dispatch:orders"),
        (Role.ADMINISTRATOR, "admin:index", "petitions:list"),
        (Role.CENTER_DIRECTOR, "governance:style", "admin:index"),
    ],
)
def test_entries_follow_capabilities(role: str, shown: str, hidden: str) -> None:
    assert shown in entries(role)
    assert hidden not in entries(role)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.CITIZEN])
def test_every_link_of_the_menu_answers(enter: Enter, role: str) -> None:
    client: Client = enter(role)
    page = client.get("/", follow=True).content.decode()  # a company's contact begins on its own page
    links = re.findall(r'<li><a href="([^"]+)"', page)
    assert "/" in links
    for link in links:
        assert client.get(link, follow=link == "/").status_code == 200, link


def test_the_entry_of_the_page_is_marked(enter: Enter) -> None:
    page = enter(Role.CENTER_DIRECTOR).get("/style/").content.decode()
    assert re.search(r'href="/style/" aria-current="page"', page)
    assert page.count('aria-current="page"') == 1


def test_an_entry_without_a_page_is_not_shown() -> None:
    navigation.address.cache_clear()
    assert navigation.address("nowhere:nothing") == ""


def test_every_page_of_the_menu_has_its_picture():
    shown = {shot.path.partition("?")[0] for chapter in CHAPTERS.values() for shot in chapter}
    assert {navigation.address(entry.url_name) for group in navigation.MENU for entry in group.entries} <= shown
