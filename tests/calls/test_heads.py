"""What a township's head, a department's head and the county leader in charge get from every address of calls."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call
from kernel import clock
from tests.api import called
from tests.api.conftest import callers, undone
from tests.api.matrix import MEANING
from tests.world import World, build

pytestmark = pytest.mark.django_db
# fmt: off
HEADS = {
    # address                                  east_head, urban_head, leader
    "GET /calls/":                              "xxx",
    "POST /calls/":                             "x--",
    "GET /calls/{pk}/":                         "xxx",
    "POST /calls/{pk}/sign/":                   "x.-",
    "POST /calls/{pk}/decline/":                "x.-",
    "POST /calls/{pk}/triage/":                 "---",
    "POST /calls/{pk}/turn-away/":              "---",
    "POST /calls/{pk}/answer/":                 "-x-",
    "POST /calls/{pk}/refuse/":                 "-x-",
    "POST /calls/{pk}/arrive/":                 "-x-",
    "POST /calls/{pk}/report/":                 "-x-",
    "POST /calls/{pk}/solve/":                  "x--",
    "POST /calls/{pk}/send-back/":              "x--",
    "POST /calls/{pk}/uphold/":                 "---",
    "POST /calls/{pk}/overrule/":               "---",
    "POST /calls/{pk}/withdraw/":               "x--",
    "POST /calls/{pk}/petition/":               "x--",
    "POST /calls/{pk}/parts/{part_id}/answer/": "---",
    "POST /calls/{pk}/parts/{part_id}/arrive/": "---",
    "POST /calls/{pk}/parts/{part_id}/report/": "---",
}
# fmt: on


def ask(caller, address, thing, world: World):
    """One request as a good client makes it."""
    method, path = address.split(" ")
    _key, sent = called.SENT[address]
    path = path.format(pk=thing.pk, part_id=getattr(thing, "part_id", ""))
    if method == "GET":
        return caller.get(path)
    body = sent(world, thing)
    return caller.create(path, body) if path == "/calls/" else caller.deed(path, body, version=thing.version)


def test_heads_and_leaders_get_what_the_table_says(db):
    assert set(HEADS) == set(called.SENT)
    world = build()
    things = called.things(world, at=clock.now() - timedelta(minutes=10))
    for thing in things.values():
        if isinstance(thing, Call):
            thing.refresh_from_db()
    people = callers(world, ("east_head", "urban_head", "leader"))
    wrong = []
    for address, wanted in HEADS.items():
        said = ""
        for caller in people.values():
            with undone():
                status = ask(caller, address, things[called.SENT[address][0]], world).status_code
            said += next((mark for mark, codes in MEANING.items() if status in codes), f"<{status}>")
        wrong += [f"{address}: {said}, not {wanted}"] if said != wanted else []
    assert not wrong, "\n".join(wrong)
