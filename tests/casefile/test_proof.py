"""The proof of a case's log: checked by the script outside of the system, and only for who may see the case."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY, World

SCRIPT = Path(settings.BASE_DIR) / "docs" / "examples" / "check_chain.py"


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    cache.clear()


def client_of(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[name])
    return client


def proof(world: World, case: object, name: str) -> dict:
    return json.loads(client_of(world, name).get(f"/cases/{case}/proof.json").content)


def checked(said: dict, folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "proof.json"
    file.write_text(json.dumps(said), encoding="utf-8")
    return subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, check=False)


def test_the_script_proves_a_whole_chain_and_refutes_every_change(world: World, tmp_path: Path) -> None:
    order = dispatched(world, at=MONDAY)
    said = proof(world, order.petition_id, "dispatcher")
    assert said["length"] == len(said["events"]) > 2
    assert checked(said, tmp_path).returncode == 0
    changes = [
        lambda p: p["events"].pop(1),
        lambda p: p["events"].pop(),
        lambda p: p["events"][1].update(text=p["events"][1]["text"].replace("petition", "petitiom")),
        lambda p: p["events"][1].update(hash="0" * 64),
        lambda p: p.update(head="0" * 64),
    ]
    for change in changes:
        broken = json.loads(json.dumps(said))
        change(broken)
        assert checked(broken, tmp_path).returncode != 0


def test_no_personal_text_and_nobody_s_number_where_the_reporter_is_withheld(world: World, tmp_path: Path) -> None:
    petition = filed(world, at=MONDAY, confidential=True)
    order = dispatched(world, at=MONDAY, confidential=True)
    open_one = json.dumps(proof(world, petition.pk, "dispatcher"), ensure_ascii=False)
    for text in ("张三丰", "13812345678", petition.title, petition.description):
        assert text not in open_one
    said = proof(world, order.petition_id, "urban_handler")
    kept = [event for event in said["events"] if event["text"] is None]
    assert kept
    assert f"user:{order.petition.registrar_id}" not in json.dumps([e["text"] for e in said["events"]])
    assert checked(said, tmp_path).returncode == 0


def test_the_page_and_the_file_are_for_those_who_see_the_case(world: World) -> None:
    petition = filed(world, at=MONDAY)
    for address in ("proof/", "proof.json"):
        assert client_of(world, "water_handler").get(f"/cases/{petition.pk}/{address}").status_code == 404
        assert Client().get(f"/cases/{petition.pk}/{address}").status_code == 302
    page = client_of(world, "dispatcher").get(f"/cases/{petition.pk}/proof/").content.decode()
    assert proof(world, petition.pk, "dispatcher")["head"] in page
