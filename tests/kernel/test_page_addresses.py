"""The addresses beside a page: its filters stay, what is empty goes, and there is none where no page is."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.test import RequestFactory

from kernel.keyset import Page
from kernel.pages import neighbours, readdressed


def test_filters_are_kept_and_an_old_cursor_is_not() -> None:
    request = RequestFactory().get("/", {"state": ["open", "late"], "q": "", "cursor": "old"})
    beside = neighbours(request, Page(rows=[1], next="new", previous=""))
    assert parse_qs(beside["next_url"].removeprefix("?")) == {"state": ["open", "late"], "cursor": ["new"]}
    assert beside["previous_url"] == ""


def test_a_change_takes_the_place_of_what_was_asked_and_an_empty_one_takes_it_out() -> None:
    request = RequestFactory().get("/", {"tab": "hand", "cursor": "old", "q": "水&电"})
    assert parse_qs(readdressed(request, tab="done", cursor="").removeprefix("?")) == {"tab": ["done"], "q": ["水&电"]}
