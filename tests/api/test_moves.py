"""Every state × every move × everybody: exactly what the tables say, and nothing changed where it is refused."""

from __future__ import annotations

import pytest

from dispatch.models import WorkOrder
from dispatch.workflow import WORKFLOW as ORDERS
from kernel.models import Event
from organizations.roles import CAPABILITIES
from petitions.models import Petition
from petitions.workflow import WORKFLOW as PETITIONS
from tests.api.cases import ORDER_STEPS, STEPS, case_in
from tests.api.conftest import callers, undone
from tests.api.test_access import main_of
from tests.world import World

pytestmark = pytest.mark.django_db
# Those who may see the case, and one who may not. What each may do is asked of the tables, not written here again.
SEERS = {
    "citizen": "citizen",
    "dispatcher": "dispatcher",
    "verifier": "verifier",
    "director": "center_director",
    "supervisor": "supervisor",
    "east_villager": "village_officer",
    "gridworker": "gridworker",
}
STRANGER = "west_dispatcher"
PETITION_MOVES = {
    "accept": ("accept", {"category": "010101"}),
    "ask": ("ask", {"question": "在哪个路口?"}),
    "supply": ("supply", {"answer": "东门"}),
    "decline": ("decline", {"reason": "litigation"}),
    "join": ("join", {"main": "?"}),
    "separate": ("separate", {}),
    "withdraw": ("withdraw", {}),
    "close": ("rate", {"satisfaction": "satisfied"}),
    "reopen": ("rate", {"satisfaction": "dissatisfied"}),
    "archive": ("archive", {}),
}
OWN = {"petition.supply", "petition.withdraw", "petition.rate"}
RECEIVING = {"petition.accept", "petition.ask"}
ORDER_MOVES = {
    "sign": ("sign", {}),
    "progress": ("progress", {"text": "已到现场"}),
    "return": ("return", {"reason": "not_ours", "note": "不属我局"}),
    "grant_return": ("rule", {"granted": True}),
    "refuse_return": ("rule", {"granted": False, "note": "属于贵局"}),
    "adjudicate_away": ("adjudicate", {"unit": "water", "note": "属供水", "basis": "清单"}),
    "complete": ("complete", {"result": "已清理"}),
    "pass": ("verify", {"passed": True}),
    "fail": ("verify", {"passed": False, "note": "未清理"}),
    "recall": ("recall", {"reason": "wrong_unit"}),
    "reassign": ("reassign", {"unit": "water", "note": "属供水"}),
}
BY_UNIT = {"order.sign", "order.progress", "order.return", "order.complete"}


@pytest.fixture(scope="module")
def scene(county: World):
    people = [*SEERS, STRANGER, "urban_handler"]
    return county, callers(county, people)


def tell(model, pk):
    row = model.objects.filter(pk=pk).values().get()
    return row, Event.objects.count()


@pytest.mark.parametrize("state", STEPS)
def test_petitions(scene, state):
    county, people = scene
    with undone():
        petition = case_in(county, STEPS[state]).petition
        main = str(main_of(county).pk)
        before = tell(Petition, petition.pk)
        for name in [*SEERS, STRANGER]:
            for move, (action, given) in PETITION_MOVES.items():
                body = {"main": main} if move == "join" else given
                with undone():
                    answer = people[name].deed(f"/petitions/{petition.pk}/{action}/", body, version=petition.version)
                    wanted = petition_status(name, move, petition)
                    assert answer.status_code == wanted, (state, move, name, answer.json())
                    if wanted != 200:
                        assert tell(Petition, petition.pk) == before


def petition_status(name, move, petition):
    row = next(one for one in PETITIONS.table if one.move == move)
    role = SEERS.get(name, "dispatcher")
    held = row.capability in CAPABILITIES[role]
    own = name == "citizen" and row.capability in OWN
    # Where only an office may, whoever has none is told so at the door; the rest is decided at the case.
    if not held and row.capability not in OWN:
        return 403
    if name == STRANGER:
        return 404
    # A rating closes or reopens; from a joined petition only closing exists, and that happens by itself.
    legal = petition.state in row.sources
    if move == "reopen":
        legal = petition.state in ("verified", "joined")
    if not legal:
        return 409
    if not (held or own):
        return 403
    if row.capability in RECEIVING and role == "village_officer" and petition.center.level != "village":
        return 403
    if petition.state == "joined" and move in ("close", "reopen"):
        return 409
    return 200


@pytest.mark.parametrize("state", ORDER_STEPS)
def test_orders(scene, state):
    county, people = scene
    with undone():
        order = case_in(county, ORDER_STEPS[state]).order()
        assert order.state == state
        before = tell(WorkOrder, order.pk)
        for name in ("urban_handler", "dispatcher", "verifier", "director", "supervisor", STRANGER):
            for move, (action, given) in ORDER_MOVES.items():
                body = {**given, "unit": county.units["water"].pk} if "unit" in given else given
                with undone():
                    answer = people[name].deed(f"/orders/{order.pk}/{action}/", body, version=order.version)
                    wanted = order_status(name, move, order)
                    assert answer.status_code == wanted, (state, move, name, answer.json())
                    if wanted != 200:
                        assert tell(WorkOrder, order.pk) == before


def order_status(name, move, order):
    rows = [one for one in ORDERS.table if one.move == move]
    row = next((one for one in rows if order.state in one.sources), rows[0])
    role = {"urban_handler": "handler", STRANGER: "dispatcher"}.get(name) or SEERS[name]
    if row.capability not in CAPABILITIES[role]:
        return 403
    if name == STRANGER:
        return 404
    if order.state not in row.sources:
        return 409
    if row.capability in BY_UNIT and name != "urban_handler":
        return 403
    return 200
