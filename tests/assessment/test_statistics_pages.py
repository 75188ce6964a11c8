"""Pages and API of statistics by real requests: exports say what the page says, saved reports are asked once."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO, StringIO
from urllib.parse import parse_qsl

import pytest
from python_calamine import CalamineWorkbook

from assessment import tasks
from assessment.models import SavedReport, SavedRun, Taken
from assessment.services import saving, taking
from assessment.services.saving import Wanted
from assessment.statistics import asking, tables
from assessment.statistics.flat import cells_of
from assessment.statistics.presets import PRESETS
from assessment.statistics.recounting import balances_as_of
from assessment.statistics.tables import table_of
from assessment.views import balance
from kernel import clock
from kernel.errors import Conflict, Invalid, NotAllowed
from notices.models import Notice
from organizations.choices import Role
from organizations.models import Posting
from petitions.models import Petition
from tests.api.cases import case_in
from tests.api.test_budgets import budget
from tests.world import at

HERE = "/assessment/statistics/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def page(client, world):
    """Somebody's browser: page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None):
        client.force_login(world.users[name])
        return client.get(path) if said is None else client.post(path, said)

    return call


@pytest.fixture
def cases(world):
    return [
        case_in(world, steps) for steps in (["accept"], ["accept", "sign", "complete", "verify", "rate"], ["decline"])
    ]


def text(response) -> str:
    return response.content.decode()


def test_every_preset_is_answered_and_the_address_is_the_state(page, world, cases):
    for one in PRESETS:
        assert page("director", f"{HERE}?{one.query}").status_code == 200, one.label
    shown = page("director", f"{HERE}?of=filed&of=closed&by=channel&across=&period=month&on=&since=&until=&area=")
    assert shown.context["question"].of == ("filed", "closed")
    ((_key, cell),) = [(line.key, line.cells[0]) for line in shown.context["table"].lines]
    assert cell.number.hits == 3
    href = shown.context["lines"][0]["cells"][0]["href"]
    assert page("director", href).context["count"] == 3
    assert page("director", f"{HERE}?by=moon").status_code == 400
    assert page("director", f"{HERE}cases/?of=filed").status_code == 400
    assert page("director", f"{HERE}balance/?area=x").status_code == 400
    assert page("director", f"{HERE}balance/?asof=yesterday").status_code == 400


@pytest.mark.parametrize("path", ["", "cases/", "balance/", "balance/cases/", "exports/", "saved/", "saved/new/"])
def test_who_does_not_oversee_gets_no_figures(page, world, path):
    for name in ("citizen", "administrator"):
        assert page(name, f"{HERE}{path}").status_code == 403


def test_the_page_of_the_books_proves_itself(page, world, cases):
    shown = page("director", f"{HERE}balance/?proof=1")
    assert shown.context["total"]["row"].holds
    assert shown.context["agrees"]
    assert shown.context["counters"]["agree"]
    past = page("director", f"{HERE}balance/?asof=2020-01-01T00:00")
    assert past.context["total"]["row"].filed == 0
    assert page("director", f"{HERE}balance/cases/?of=closed").context["count"] == 1
    elsewhere = page("west_officer", f"{HERE}balance/?proof=1")
    assert elsewhere.context["total"]["row"].filed == 0


def made_by_the_worker(page, name, **said) -> Taken:
    asked = page(name, f"{HERE}exports/ask/", said)
    assert asked.status_code == 302, text(asked)
    tasks.make_exports()
    return Taken.objects.get(pk=asked.headers["Location"].rstrip("/").rpartition("/")[2])


def test_an_export_says_what_was_asked_and_the_same_numbers_as_the_page(page, world, cases):
    query = "of=filed,overdue,on_time&by=township&period=month&against=before&channel=app"
    made = made_by_the_worker(page, "director", what="figures", form="xlsx", query=query)
    assert (made.fault, made.done, made.capped) == ("", 6, False)
    response = page("director", f"{HERE}exports/{made.pk}/file/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    facts = {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python()}
    assert {"director", "峄城区"} <= {part for value in facts.values() for part in str(value).split(", ")}
    rows = [row for row in book.get_sheet_by_index(1).to_python()[1:] if row[1]]
    question = asking.read(said=dict(parse_qsl(query)), at=clock.now())
    table = table_of(question=question, actor=world.actor("director", on=clock.now()), at=clock.now())
    shown = [(c["row_label"], c["of_label"], c["value"], c["hits"], c["counted"]) for c in cells_of(table)]
    read = [(row[0], row[1], None if row[2] == "" else row[2], row[4], row[5]) for row in rows]
    assert read == shown
    assert any(hits != counted for *_named, hits, counted in shown), "the two columns can be told apart"
    assert page("west_officer", f"{HERE}exports/{made.pk}/file/").status_code == 404
    taking.sweep(at=clock.now() + timedelta(days=8))
    assert page("director", f"{HERE}exports/{made.pk}/file/").status_code == 404
    assert not [one for one in taking.root().rglob("*") if one.is_file()]


def test_the_cases_behind_a_number_leave_masked_and_only_for_those_who_may_export(page, world, cases):
    shown = page("director", f"{HERE}?of=filed&by=township&period=month")
    query = shown.context["lines"][0]["cells"][0]["href"].partition("?")[2]
    made = made_by_the_worker(page, "director", what="cases", form="csv", query=query)
    content = b"".join(page("director", f"{HERE}exports/{made.pk}/file/").streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(content)))
    heads = lines.index([])  # what was counted stands before, the rows and how many after
    assert {line[0] for line in lines[heads + 2 : -2]} == set(Petition.objects.values_list("number", flat=True))
    assert "张三丰" not in content
    Posting.objects.filter(user=world.users["director"]).update(role=Role.VERIFIER)  # who sees figures and takes none
    assert page("director", f"{HERE}exports/{made.pk}/").status_code == 200
    assert page("director", f"{HERE}exports/{made.pk}/file/").status_code == 403
    assert (
        page("urban_handler", f"{HERE}exports/ask/", {"what": "cases", "form": "csv", "query": query}).status_code
        == 403
    )


def test_an_export_is_stopped_or_given_up_and_there_are_three_at_once(world, cases):
    now = clock.now()
    actor = world.actor("director", on=now)
    said = {"what": "figures", "form": "csv", "query": {"of": "filed"}, "language": "en", "actor": actor}
    first = [taking.ask(**said, at=now) for _number in range(3)]
    with pytest.raises(Conflict):
        taking.ask(**said, at=now)
    taking.stop(taken_id=first[0].pk, actor=actor, at=now)
    with pytest.raises(Conflict):
        taking.stop(taken_id=first[0].pk, actor=actor, at=now)
    begun = taking.claim(at=now)
    done = taking.make(made=begun, actor=actor, at=now)
    taking.stop(taken_id=begun.pk, actor=actor, at=now)
    with pytest.raises(taking.StoppedError):
        taking.finish(taken_id=begun.pk, done=done, actor=actor, at=now)
    assert not [one for one in taking.root().rglob("*") if one.is_file()]
    last = taking.claim(at=now)
    assert taking.give_up_lost(at=now + timedelta(hours=1)) == 1
    last.refresh_from_db()
    assert last.fault == "lost"
    with pytest.raises(NotAllowed):
        taking.ask(**{**said, "actor": world.actor("citizen", on=now)}, at=now)


def test_an_export_is_over_when_it_is_written_and_one_that_fails_stops_nobody_else(world, monkeypatch):
    now = clock.now()
    said = {"form": "csv", "language": "en", "actor": world.actor("director", on=now), "at": now}
    first, second = (taking.ask(what="figures", query={"of": "filed"}, **said) for _number in range(2))
    make = taking.make

    def slow(*, made, actor, at):
        monkeypatch.setattr(tasks.clock, "now", lambda: now + timedelta(minutes=5))
        if made.pk == first.pk:  # stopped by its owner, and failing in the same moment
            taking.stop(taken_id=made.pk, actor=actor, at=at)
            raise ValueError
        return make(made=made, actor=actor, at=at)

    monkeypatch.setattr(taking, "make", slow)
    monkeypatch.setattr(tasks.clock, "now", lambda: now)
    assert tasks.make_exports() == 2
    second.refresh_from_db()
    assert second.finished_at == now + timedelta(minutes=5)
    assert (taking.root() / second.path).is_file()


MONDAY = at("2026-11-16 08:30")


def kept(world, **changes) -> SavedReport:
    said = {"name": "每周各镇街", "query": {"of": "filed", "by": "township", "period": "week"}, "rhythm": "weekly"}
    wanted = Wanted(**{**said, "unit_id": world.units["county"].pk, **changes})
    return saving.save(wanted=wanted, actor=world.actor("director", on=MONDAY), at=MONDAY - timedelta(days=3))


def test_a_saved_report_is_asked_once_when_its_hour_has_come_and_told_of(page, world, cases):
    report = kept(world)
    assert "on" not in report.query
    assert saving.ask_due(at=MONDAY - timedelta(hours=1)) == 0
    assert (saving.ask_due(at=MONDAY), saving.ask_due(at=MONDAY + timedelta(hours=5))) == (1, 0)
    run = SavedRun.objects.get()
    assert (run.query["on"], run.due_at) == ("2026-11-09", at("2026-11-16 08:00"))
    told = set(Notice.objects.filter(kind="assessment.saved_report").values_list("user__username", flat=True))
    assert {"director", "supervisor", "dispatcher"} <= told
    assert "urban_handler" not in told
    shown = page("director", f"{HERE}saved/{report.pk}/{run.pk}/?again=1")
    assert shown.context["changed"] == 0
    Petition.objects.filter(pk=cases[0].petition.pk).update(filed_at=at("2026-11-10 09:00"))
    again = page("director", f"{HERE}saved/{report.pk}/{run.pk}/?again=1")
    assert again.context["changed"] == 2
    assert page("supervisor", f"{HERE}saved/{report.pk}/").status_code == 200
    assert page("supervisor", f"{HERE}saved/{report.pk}/{run.pk}/").status_code == 404
    assert page("supervisor", f"{HERE}saved/{report.pk}/end/", {}).status_code == 403
    assert page("west_officer", f"{HERE}saved/{report.pk}/").status_code == 404
    assert page("director", f"{HERE}saved/{report.pk}/end/", {}).status_code == 302
    assert saving.ask_due(at=MONDAY + timedelta(days=7)) == 0


def test_a_report_that_cannot_be_answered_holds_nobody_up(page, world, cases):
    bad, good = kept(world), kept(world, name="good")
    SavedReport.objects.filter(pk=bad.pk).update(query={"of": "gone"})
    assert saving.ask_due(at=MONDAY) == 1
    run = SavedRun.objects.get()
    assert run.report_id == good.pk
    # A figure that there is no more: what was kept is read, and both are given up.
    SavedReport.objects.filter(pk=good.pk).update(query={"of": "gone"})
    SavedRun.objects.update(query={"of": "gone"}, figures=[{**one, "of": "gone"} for one in run.figures])
    shown = page("director", f"{HERE}saved/{good.pk}/{run.pk}/?again=1")
    assert (len(shown.context["lines"]), shown.context["again"]) == (len(run.figures), False)
    assert page("director", f"{HERE}saved/{good.pk}/").status_code == 200
    assert page("director", f"{HERE}saved/{bad.pk}/end/", {}).status_code == 302
    assert (saving.sweep(at=MONDAY + timedelta(days=1000)), saving.sweep(at=MONDAY + timedelta(days=1100))) == (0, 1)


def test_the_proof_stands_in_one_snapshot(page, world, cases, monkeypatch):
    inside, seen = [], []

    @contextmanager
    def watched():
        inside.append(1)
        yield
        inside.pop()

    def told(**said):
        seen.append(bool(inside))
        return balances_as_of(**said)

    monkeypatch.setattr(balance, "one_snapshot", watched)
    monkeypatch.setattr(balance, "balances_as_of", told)
    assert page("director", f"{HERE}balance/?proof=1").context["agrees"]
    assert seen == [True]


def test_what_cannot_be_kept_is_refused_by_name(page, world, cases, monkeypatch):
    for changes, field in [({"name": " "}, "name"), ({"rhythm": "hourly"}, "rhythm"), ({"hour": 24}, "hour")]:
        with pytest.raises(Invalid) as refused:
            kept(world, **changes)
        assert field in refused.value.fields
    with pytest.raises(Invalid):
        kept(world, unit_id=world.units["water"].pk)
    for query in ({"of": "filed", "by": "day", "period": "range", "since": "2000-01-01", "until": "2026-01-01"},):
        with pytest.raises(Invalid):
            kept(world, query=query)
    monkeypatch.setattr(tables, "MOST_CELLS", 1)
    with pytest.raises(Invalid):
        kept(world, query={"of": "filed", "by": "township", "across": "channel"})
    said = {"name": "本月", "rhythm": "", "hour": "8", "unit": "", "query": "of=filed&by=unit"}
    made = page("director", f"{HERE}saved/new/", said)
    assert (made.status_code, SavedReport.objects.get().query["by"]) == (302, "unit")
    assert page("director", f"{HERE}saved/new/", {**said, "query": "of=nothing"}).status_code == 400
    assert page("director", f"{HERE}saved/").status_code == 200


def test_the_api_answers_the_same_and_refuses_what_it_does_not_know(page, world, cases):
    address = "/api/v1/statistics/"
    answer = page("director", f"{address}?of=filed,on_time&by=township&period=month&against=before").json()
    total = {one["of"]: one for one in answer["results"] if one["row"] == "*"}
    assert (total["filed"]["value"], total["filed"]["beside"][0]["against"]) == (3, "before")
    assert (total["on_time"]["value"], total["on_time"]["counted"]) == (100.0, 1)
    for wrong in ("of=x", "what=1", "page_size=5", "by=unit&by=grid", "area=1", "on=2026-13-01", "by=unit&across=unit"):
        assert page("director", f"{address}?{wrong}").status_code == 400, wrong
    assert page("west_officer", f"{address}?of=filed").json()["results"][-1]["value"] == 0


def test_what_it_costs(client, world, cases):
    client.force_login(world.users["director"])
    addresses = {
        "statistics": "/api/v1/statistics/?of=filed,on_time&by=unit&against=both",
        "page: statistics": f"{HERE}?of=filed,closed,on_time&by=township&against=both",
        "page: cases behind a figure": f"{HERE}balance/cases/?of=accepted",
        "page: books that balance": f"{HERE}balance/",
        "page: exports of statistics": f"{HERE}exports/",
        "page: saved reports": f"{HERE}saved/",
    }
    for name, address in addresses.items():
        client.get(address)
        with budget(name):
            assert client.get(address).status_code == 200
