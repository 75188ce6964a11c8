"""Unread is a fact: what others did since one last looked, and what waits and was never looked at."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.models import Reading
from desk.pane.changes import last_seq
from desk.queries.unread import marks_of, never_opened, unread, with_me
from desk.queries.waiting import marks_on_desk
from desk.services.reading import mark_opened
from kernel import clock
from petitions.models import Petition
from petitions.services.reception import accept
from tests.journeys import steps
from tests.world import MONDAY


def marks(world, name, *petitions):
    return list(marks_of(case_ids=[one.pk for one in petitions], actor=world.actor(name)).values())


def opened(petition, actor, at):
    mark_opened(case_id=petition.pk, seq=last_seq(case_id=petition.pk), actor=actor, at=at)


def found(world, name, wanted):
    return set(Petition.objects.visible_to(world.actor(name)).filter(wanted).values_list("pk", flat=True))


def test_only_what_others_did_since_is_unread(world):
    petition, other = steps.filed(world, at=MONDAY), steps.filed(world, at=MONDAY, title="另一件")
    dispatcher, director = world.actor("dispatcher"), world.actor("director")
    assert marks(world, "dispatcher", petition, other) == ["new", "new"]
    opened(petition, dispatcher, MONDAY)
    opened(petition, director, MONDAY)
    assert marks(world, "dispatcher", petition, other) == ["", "new"]
    later = MONDAY + timedelta(minutes=5)
    accept(petition_id=petition.pk, category_code="010101", actor=dispatcher, at=later)
    assert marks(world, "dispatcher", petition) == [""], "one's own deed is not news"
    assert marks(world, "director", petition) == ["changed"]
    assert found(world, "director", unread(actor=director)) == {petition.pk}
    assert found(world, "dispatcher", unread(actor=dispatcher)) == set()
    opened(petition, director, later)
    assert marks(world, "director", petition) == [""]
    assert found(world, "director", unread(actor=director)) == set()


@pytest.mark.parametrize("page", ["/cases/{}/", "/desk/?case={}"])
def test_what_others_do_while_a_case_is_being_read_stays_unread(world, enter, page):
    petition, client = steps.filed(world, at=clock.now()), enter("director")
    done = []

    def faster(execute, sql, params, many, context):
        if sql.lstrip().startswith("INSERT INTO desk_reading") and not done:
            done.append(True)
            dispatcher = world.actor("dispatcher")
            accept(petition_id=petition.pk, category_code="010101", actor=dispatcher, at=clock.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(faster):
        assert client.get(page.format(petition.pk)).status_code == 200
    assert done
    assert marks(world, "director", petition) == ["changed"]


def test_what_waits_and_was_never_opened_is_a_list_of_its_own(world, enter):
    petition = steps.filed(world, at=MONDAY)
    dispatcher = world.actor("dispatcher")
    wanted = with_me(actor=dispatcher) & never_opened(actor=dispatcher)
    assert found(world, "dispatcher", wanted) == {petition.pk}
    client, page = enter("dispatcher"), reverse("desk:unread")
    assert petition.number in client.get(page).content.decode()
    assert marks_on_desk(actor=dispatcher).never_opened == "1"
    assert "Never opened <b>1</b>" in client.get(reverse("desk:marks")).content.decode()
    assert client.head(reverse("governance:case", args=[petition.pk])).status_code == 200
    assert not Reading.objects.exists(), "a glance at the head of a page reads nothing"
    assert client.get(reverse("governance:case", args=[petition.pk])).status_code == 200
    assert petition.number not in client.get(page).content.decode()
    assert Reading.objects.get().user == world.users["dispatcher"]
    assert enter("urban_handler").get(reverse("governance:case", args=[petition.pk])).status_code == 404
    assert Reading.objects.count() == 1


def test_the_marks_of_a_page_are_one_query(world):
    shown = [steps.filed(world, at=MONDAY, title=f"第{number}件") for number in range(3)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert marks(world, "neighbour", *shown) == ["new"] * 3
        assert marks(world, "neighbour") == []
    assert len([one for one in asked.captured_queries if "desk_reading" in one["sql"]]) == 1
