"""A list kept under a name: validated by the list itself, shared by who works there, counted by who reads."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from desk.models import SavedFilter
from desk.queries.filters import chips_of
from desk.services import filters
from kernel import clock
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event
from tests.journeys import steps
from tests.races import at_once, tried
from tests.world import MONDAY

OPEN = {"state": "open"}


def kept(world, name="dispatcher", *, label="在办", query=None, unit=None, list_key="petitions"):
    return filters.save_filter(
        list_key=list_key, name=label, query=query or OPEN, unit_id=unit, actor=world.actor(name), at=MONDAY
    )


def chips(world, name, **asked):
    return chips_of(list_key="petitions", actor=world.actor(name), query="", counted_at=MONDAY, **asked)


def test_a_shared_filter_counts_what_its_reader_sees(world):
    steps.filed(world, at=MONDAY)
    county = world.units["county"].pk
    kept(world, unit=county)
    assert [(one.row.name, one.number, one.own) for one in chips(world, "dispatcher")] == [("在办", "1", True)]
    assert [(one.number, one.own) for one in chips(world, "director")] == [("1", False)]
    assert [one.number for one in chips(world, "keeper")] == ["0"]  # of the same unit, and reads no case
    assert chips(world, "east_dispatcher") == []  # of another unit
    assert Event.objects.filter(name="desk.filter_shared", payload={"list": "petitions", "unit": county}).exists()


def test_words_that_were_searched_for_are_shared_with_nobody(world, enter):
    county = world.units["county"].pk
    with pytest.raises(Invalid):
        kept(world, query={"q": "张三丰", **OPEN}, unit=county)
    made = kept(world, query={"q": "张三丰", **OPEN})
    changed = {"version": made.version, "name": "张", "unit": county}
    assert enter("dispatcher").post(reverse("desk:filter-edit", args=[made.pk]), changed).status_code == 400
    made.refresh_from_db()
    assert made.unit_id is None


def test_nobody_shares_with_a_unit_that_is_not_his(world):
    with pytest.raises(NotAllowed):
        kept(world, unit=world.units["urban"].pk)
    assert not SavedFilter.objects.exists()


def test_somebody_elses_filter_is_not_there_to_be_changed(world, enter):
    made = kept(world, unit=world.units["county"].pk)
    other = enter("director")
    assert other.get(reverse("desk:filter-edit", args=[made.pk])).status_code == 404
    for name in ("begin", "delete"):
        assert other.post(reverse(f"desk:filter-{name}", args=[made.pk])).status_code == 404
    assert other.post(reverse("desk:filter-move", args=[made.pk, "up"])).status_code == 404
    assert SavedFilter.objects.get() == made


def test_a_list_refuses_what_it_cannot_be_asked(world):
    for query in ({"state": "nonsense"}, {"colour": "red"}, {"since": "x"}, {"cursor": "abc"}, {}):
        with pytest.raises(Invalid):
            filters.save_filter(list_key="petitions", name="x", query=query, actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Missing):
        kept(world, list_key="cats")
    for name in ("", " ", "x" * 41, "a\u202eb"):
        with pytest.raises(Invalid):
            kept(world, label=name)
    kept(world)
    with pytest.raises(Conflict):
        kept(world, label="  在办 ")


def test_a_filter_that_went_stale_says_so_and_breaks_nothing(world, enter):
    made = kept(world)
    SavedFilter.objects.filter(pk=made.pk).update(query="state=gone&township=1")
    (chip,) = chips(world, "dispatcher")
    assert chip.stale
    assert chip.number == ""
    client = enter("dispatcher")
    assert "out of date" in client.get(reverse("desk:filter-chips", args=["petitions"])).content.decode()
    assert "out of date" in client.get(reverse("desk:filters")).content.decode()
    assert client.get(chip.href).status_code == 200


def test_a_list_opens_with_the_filter_chosen_for_it(world, enter):
    one, two = kept(world), kept(world, label="急", query={"urgency": "urgent"})
    client, page = enter("dispatcher"), reverse("petitions:list")
    assert client.get(page).status_code == 200
    for begun in (one, two):  # at most one begins
        client.post(reverse("desk:filter-begin", args=[begun.pk]), {"begins": "on"})
    assert client.get(page).headers["Location"] == f"{page}?urgency=urgent"
    whole = client.get(f"{page}?saved=none")
    assert whole.status_code == 200
    assert 'name="saved" value="none"' in whole.content.decode()
    assert client.get(f"{page}?state=open").status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilter.objects.update(starts=True)
    late = kept(world, label="逾期", query={"late": "on"}, list_key="desk")
    client.post(reverse("desk:filter-begin", args=[late.pk]), {"begins": "on"})
    assert 'href="/desk/?saved=none">Clear<' in client.get("/desk/?late=on").content.decode()
    client.post(reverse("desk:filter-begin", args=[two.pk]), {"begins": ""})
    assert client.get(page).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_choose_at_once_leave_one_filter_to_begin_with_and_one_order(world):
    actor = world.actor("dispatcher")
    made = [kept(world, label=name, query={"q": name}) for name in ("甲", "乙", "丙")]

    def begin(one):
        return lambda: tried(lambda: filters.begin_with(filter_id=one.pk, begins=True, actor=actor, at=MONDAY))

    def down(one):
        return lambda: tried(lambda: filters.move(filter_id=one.pk, direction="down", actor=actor, at=MONDAY))

    assert set(at_once([*map(begin, made), *map(down, made)])) == {"done"}
    assert SavedFilter.objects.filter(starts=True).count() == 1
    assert sorted(SavedFilter.objects.values_list("place", flat=True)) == [0, 1, 2]


def test_filters_are_kept_ordered_renamed_and_thrown_away_on_their_pages(world, enter):
    client, page = enter("dispatcher"), reverse("petitions:list")
    shown = client.get(f"{page}?urgency=urgent&state=open").content.decode()
    assert reverse("desk:filter-save") in shown
    form = {"list_key": "petitions", "query": "state=open&urgency=urgent", "name": "急件", "unit": ""}
    for query in ("state=nonsense", "&".join(f"a{n}=1" for n in range(99)), "%00=%ff", "=&&="):
        assert client.post(reverse("desk:filter-save"), {**form, "query": query}).status_code in (400, 422), query
    assert client.post(reverse("desk:filter-save"), {**form, "unit": world.units["urban"].pk}).status_code == 422
    done = client.post(reverse("desk:filter-save"), form)
    assert done.headers["Location"] == f"{page}?state=open&urgency=urgent"
    assert client.post(reverse("desk:filter-save"), form).status_code == 409
    assert 'aria-current="true"' in client.get(done.headers["Location"]).content.decode().split("急件")[0][-200:]
    first, second = SavedFilter.objects.get(), kept(world)
    client.post(reverse("desk:filter-move", args=[second.pk, "up"]))
    assert [one.row.pk for one in chips(world, "dispatcher")] == [second.pk, first.pk]
    changed = {"version": first.version, "name": "很急", "unit": world.units["county"].pk}
    assert client.post(reverse("desk:filter-edit", args=[first.pk]), changed).status_code == 302
    assert client.post(reverse("desk:filter-edit", args=[first.pk]), changed).status_code == 412
    with pytest.raises(Stale):
        filters.change(
            filter_id=first.pk, name="x", unit_id=None, actor=world.actor("dispatcher"), at=clock.now(), version=1
        )
    client.post(reverse("desk:filter-delete", args=[first.pk]))
    assert [one.row.name for one in chips(world, "dispatcher")] == ["在办"]


def test_orders_are_counted_as_their_page_lists_them(world, enter):
    steps.dispatched(world, at=MONDAY)
    filters.save_filter(
        list_key="orders", name="待签收", query={"tab": "sign"}, actor=world.actor("urban_handler"), at=MONDAY
    )
    counted = enter("urban_handler").get(reverse("desk:filter-chips", args=["orders"])).content.decode()
    assert '<span class="chip-count">1</span>' in counted
