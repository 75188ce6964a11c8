"""The words of the desk's filter find what the search of everything finds, within what waits for the reader."""

from __future__ import annotations

from typing import Any

import pytest

from petitions import searching
from tests.desk.steps import ago, links, text
from tests.journeys.steps import dispatched, filed
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["by the index", "while walking"])
def either_way(request: Any, monkeypatch: Any) -> None:
    """Few have the words, or many as the planner guesses: both ways have to find the same."""
    guess = 0 if request.param == "by the index" else searching.RARE + 1
    monkeypatch.setattr(searching, "_guess", lambda _pairs: guess)


def test_words_of_title_text_address_and_place_find_petitions_and_orders(
    world: World, enter: Any, either_way: None
) -> None:
    lamp = filed(world, at=ago(minutes=30), title="夜间照明", description="路灯坏了三天", address="承水路东段")
    stall = filed(world, at=ago(minutes=20))
    ordered = dispatched(world, at=ago(minutes=10), title="排水不畅", description="雨后积水到膝盖")
    desk, unit = enter("dispatcher"), enter("urban_handler")

    def found(client: Any, words: str) -> set[str]:
        return set(links(text(client.get("/desk/", {"q": words}))))

    assert found(desk, "路灯") == found(desk, "承水路 三天") == found(desk, "夜间照明") == {str(lamp.pk)}
    assert found(desk, "摊贩") == {str(stall.pk)}
    assert found(desk, "路灯 摊贩") == set()
    assert found(desk, "膝") == set()  # what is with a unit does not wait for the centre
    assert found(unit, "积水") == found(unit, "膝") == {str(ordered.petition_id)}
    assert found(unit, "路灯") == set()
    for client, one in ((desk, stall), (unit, ordered.petition)):
        assert found(client, one.number) == found(client, one.number[-6:]) == {str(one.pk)}
    plate = filed(world, at=ago(minutes=5), title=f"车牌 {stall.number[-5:]} 长期占道")
    assert found(desk, stall.number[-5:]) == {str(stall.pk), str(plate.pk)}, "by the number, and by the text"
    assert found(enter("west_dispatcher"), "路灯") == found(enter("west_dispatcher"), lamp.number) == set()
