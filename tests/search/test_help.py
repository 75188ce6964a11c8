"""The manual: there in both languages, with its pictures, and open at the place one is at, whatever the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import URLPattern, URLResolver, get_resolver

from governance.web.help import book, readers
from governance.web.navigation import MENU
from organizations.choices import Role
from tests.journeys.steps import filed
from tests.world import MONDAY

LANGUAGES = list(book.FOLDERS)
# What answers with data, a file or a fragment is asked for by a page, and is no place that anybody is at.
NO_PAGES = re.compile(r"api:|admin:|.*(\.json|-progress|-verdicts|thumbnail|-book)$|healthz$|governance:presence$")


def page_names(patterns=None, prefix="") -> Iterator[str]:
    """The url names of all routes outside of the API."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern).startswith("api"):
                continue
            yield from page_names(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield prefix + one.name


def test_every_page_has_its_place_in_the_manual():
    names = sorted({name for name in page_names() if not NO_PAGES.match(name)})
    assert len(names) > 150, "the routes are walked"
    without = [name for name in names if not any(name.startswith(start) for start in readers.PLACES)]
    # These belong to no page of their own, and open the overview of the reader's chapter.
    assert without == ["governance:appearance", "governance:hint-off", "governance:hints-again", "governance:language",
                       "governance:logout", "governance:track"], without  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_table_is_written(language):
    for page, (code, anchor) in readers.PLACES.items():
        assert book.chapter(code=code, language=language).section(anchor), (page, code, anchor)
    for role in Role.values:
        assert readers.OF_ROLE[role] in book.CHAPTERS
    for entry in (entry for group in MENU for entry in group.entries):
        assert readers.place_of(page=entry.url_name, roles=[Role.DISPATCHER], language=language)[1], entry.url_name


def test_both_languages_say_the_same():
    for code in book.CHAPTERS:
        here, there = (book.chapter(code=code, language=language) for language in LANGUAGES)
        assert [one.anchor for one in here.sections] == [one.anchor for one in there.sections], code
        assert all(one.plain and one.first for one in (*here.sections, *there.sections)), code
        pictures = [book.pictures(code=code, language=language) for language in LANGUAGES]
        assert [name for name, _words in pictures[0]] == [name for name, _words in pictures[1]], code
    written = {path.stem for path in book.FOLDER.glob("*/*.md")}
    assert written == set(book.CHAPTERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_with_words(language):
    found = [picture for code in book.CHAPTERS for picture in book.pictures(code=code, language=language)]
    assert len(found) > 20
    for name, words in found:
        assert (Path(settings.BASE_DIR) / "docs" / "screens" / name).is_file(), name
        assert finders.find(f"screens/{name}"), name
        assert words


def test_a_reader_is_led_to_the_own_chapter_first():
    def place(page, role):
        return readers.place_of(page=page, roles=[role], language="en")

    assert place("dispatch:orders", Role.HANDLER) == ("department", "orders")
    assert place("dispatch:orders", Role.GRIDWORKER) == ("gridworker", "orders")
    assert place("dispatch:hangups_by_unit", Role.HANDLER) == ("department", "suspended")
    assert place("grids:map", Role.MEDIATOR) == ("start", "map")
    assert place("nowhere:nothing", Role.MEDIATOR) == ("mediator", "")
    assert place("", "") == ("start", "")


def test_raw_html_in_the_manual_stays_text():
    shown = book._html(book._reader.parse("<script>alert(1)</script> [x](javascript:alert(1))"))
    assert "<script" not in shown
    assert "href" not in shown


@pytest.mark.django_db
class TestPages:
    def test_the_question_mark_opens_at_the_place(self, enter, world):
        case = filed(world, at=MONDAY)
        client = enter("dispatcher")
        for address, place in [
            ("/petitions/", "/help/dispatcher/#petitions"),
            (f"/cases/{case.pk}/", "/help/dispatcher/#case"),
            ("/account/", "/help/start/#account"),
            ("/help/", "/help/start/#help"),
        ]:
            page = client.get(address).content.decode()
            assert page.count(f'href="{place}"') >= 2, "in the bar, and on the sheet of keys"
        assert 'href="/help/township/#petitions"' in enter("east_officer").get("/petitions/").content.decode()

    def test_anybody_reads_it_in_their_language_and_finds_words_in_it(self, client):
        client.cookies["django_language"] = "zh-hans"
        page = client.get("/help/citizen/").content.decode()
        assert '<section id="track"' in page
        assert "查询码" in page
        found = client.get("/help/?q=查询码").content.decode()
        assert "<mark>查询码</mark>" in found
        assert "/help/citizen/#" in found
        assert client.get("/help/nothing/").status_code == 404
        assert client.get("/help/", {"q": "%_<b>'" * 9}).status_code == 200
        client.cookies["django_language"] = "en"
        assert "tracking code" in client.get("/help/citizen/").content.decode()

    def test_it_is_found_by_the_search_too(self, enter, world):
        assert "/help/dispatcher/#personal" in enter("dispatcher").get("/search/?q=masked").content.decode()

    def test_a_hint_stands_until_it_is_put_away_by_this_person(self, enter, world, settings):
        settings.HINTS = True
        client, other = enter("dispatcher"), enter("dispatcher2")
        assert 'id="hint"' in client.get("/petitions/").content.decode()
        answer = client.post("/help/hint-off/", {"hint": "dispatcher:petitions", "next": "/petitions/"})
        assert answer.url == "/petitions/"
        assert 'id="hint"' not in client.get("/petitions/").content.decode()
        assert 'id="hint"' in client.get("/dispatch/").content.decode(), "another page, another hint"
        assert 'id="hint"' in other.get("/petitions/").content.decode(), "another person"
        client.post("/help/hint-off/", {"hint": "dispatcher:petitions"}, headers={"HX-Request": "true"})
        world.users["dispatcher"].refresh_from_db()
        assert world.users["dispatcher"].hints_off == ["dispatcher:petitions"]
        assert client.post("/help/hints-again/").status_code == 302
        assert 'id="hint"' in client.get("/petitions/").content.decode()

    @pytest.mark.parametrize("name", ["", "x" * 65, "<b>", "路灯", "a\x00b"])
    def test_no_other_name_is_remembered(self, enter, world, name):
        assert enter("dispatcher").post("/help/hint-off/", {"hint": name}).status_code in (400, 422)
        world.users["dispatcher"].refresh_from_db()
        assert world.users["dispatcher"].hints_off == []

    def test_whoever_is_not_signed_in_puts_nothing_away(self, client):
        assert client.post("/help/hint-off/", {"hint": "a"}).status_code == 302
