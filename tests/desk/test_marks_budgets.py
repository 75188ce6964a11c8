"""What the marks of a person cost on the pages that show them, however many there are."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.services import filters
from desk.services.snoozing import snooze
from kernel import clock
from tests.journeys import steps

BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))


def cost(client, path):
    client.get(path)  # what a process reads once is not counted
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize(
    ("list_key", "several", "each"),
    [
        ("petitions", {"area": "370404001", "q": "占道{n}", "urgency": "urgent"}, 0),
        ("petitions", {"q": "1234{n}"}, 0),
        ("desk", {"area": "370404001", "category": "01", "late": "on"}, 0),
        ("desk", {"mark": "changed", "urgency": "urgent"}, 0),
        ("orders", {"tab": "sign", "overdue": "on"}, 0),
    ],
)
def test_a_kept_filter_more_costs_no_counting_statement_more(world, enter, list_key, several, each):
    actor, at, client = world.actor("dispatcher"), clock.now(), enter("dispatcher")
    costs = []
    for number in range(4):
        query = {name: value.format(n=number) for name, value in several.items()}
        filters.save_filter(list_key=list_key, name=str(number), query=query, actor=actor, at=at)
        costs.append(cost(client, f"/desk/filters/of/{list_key}/"))
    numbers = [len(one) for one in costs]
    assert numbers == [numbers[0] + each * more for more in range(4)], "\n".join(one[:200] for one in costs[-1])
    # Where nothing was changed, nothing has to be counted.
    assert sum("GROUP BY number" in one for one in costs[-1]) == (0 if "mark" in several else 1)


def test_pages_with_marks_stay_within_their_budgets(world, enter):
    at = clock.now()
    for number in range(6):
        one = steps.filed(world, at=at, title=f"第{number}件")
        query = {"q": f"第{number}件", "area": "370404001"}
        actor = world.actor("dispatcher", on=at)
        filters.save_filter(list_key="petitions", name=str(number), query=query, actor=actor, at=at)
        if number % 2:
            snooze(case_id=one.pk, until=None, reason="visit", actor=actor, at=at)
    client = enter("dispatcher")
    pages = {
        "page: list petitions": "/petitions/",
        "page: list orders": reverse("dispatch:orders") + "?tab=sign",
        "page: saved filters": "/desk/filters/",
        "page: chips of six filters": "/desk/filters/of/petitions/",
        "page: unread": "/desk/unread/",
        "page: put aside": "/desk/snoozes/",
        "page: absences": "/organizations/absences/",
        "page: enter an absence": "/organizations/absences/enter/",
    }
    over = {}
    for name, path in pages.items():
        said = cost(client, path)
        if len(said) > BUDGETS.get(name, 0):
            over[name] = (len(said), [one[:150] for one in said])
    assert not over, json.dumps(over, indent=1, ensure_ascii=False)
