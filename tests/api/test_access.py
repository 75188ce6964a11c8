"""Every address × everybody: exactly what the table says. An address that is missing from the table fails."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from organizations.models import ResponsibilityEntry
from petitions.models import Petition
from petitions.services.attaching import attach
from tests.api import upper
from tests.api.cases import ORDER_STEPS, STEPS, WAITING_STEPS, case_in, file_case
from tests.api.conftest import REPORT, callers, undone
from tests.api.endpoints import endpoints
from tests.api.matrix import MEANING, PEOPLE, SENT, WHO

pytestmark = pytest.mark.django_db


def test_every_address_stands_in_the_table():
    assert endpoints() == set(WHO)


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.name = "现场.jpg"
    file.seek(0)
    return file


@pytest.fixture(scope="module")
def scene(county):
    """The world, one caller each, and one case in each state."""
    states = {
        state: case_in(county, steps)
        for state, steps in {**STEPS, **ORDER_STEPS, **WAITING_STEPS}.items()
        if state != "closed"
    }
    states["closed"] = case_in(county, STEPS["closed"])
    case = states["filed"]
    kept = attach(
        petition_id=case.petition.pk,
        file=picture(),
        name="a.jpg",
        purpose="report",
        actor=case.actor("citizen"),
        at=case.at,
    )
    county.upper = upper.Upper(county)
    return county, callers(county, PEOPLE), states, kept


@pytest.mark.parametrize("address", sorted(WHO))
def test_everybody_gets_what_the_table_says(scene, address):
    county, people, states, kept = scene
    state, sent = SENT.get(address, ("filed", None))
    found = {}
    for name, caller in people.items():
        with undone():
            if address in upper.SENT:
                answer = county.upper.ask(caller, address)
            else:
                answer = ask(caller, address, states[state], sent, county, kept)
            found[name] = answer.status_code
    said = "".join(next((m for m, codes in MEANING.items() if found[n] in codes), f"<{found[n]}>") for n in PEOPLE)
    assert said == WHO[address].replace(" ", ""), f"{address} {' '.join(said)}"


def ask(caller, address, case, sent, county, kept):
    method, path = address.split(" ")
    order = path.startswith("/orders/")
    subject = case.order() if order and "{pk}" in path else Petition.objects.get(pk=case.petition.pk)
    entry = ResponsibilityEntry.objects.order_by("pk").first()
    code = case.petition.tracking_code if path.startswith("/track") else sent
    path = path.format(pk=entry.pk if sent == "entry" else subject.pk, code=code, file_id=kept.pk)
    if method == "GET":
        return caller.get(path, **sent) if isinstance(sent, dict) else caller.get(path)
    if method == "DELETE":
        return caller.delete(path)
    if sent == "file":
        return caller.upload(path, picture(), "report")
    if sent == "report":
        return caller.create(path, REPORT)
    if path.endswith("/reply/") or path == "/lights/":
        return caller.create(path, sent)
    if sent == "pause":
        sent = tomorrow()
    return caller.deed(path, named(sent, county), version=subject.version)


def tomorrow():
    return {"reason": "hearing", "until": (timezone.localdate() + timedelta(days=1)).isoformat(), "grounds": "听证"}


def named(sent, county):
    """The body with the real number of the unit and the real id of the other petition."""
    numbers = {"unit": lambda key: county.units[key].pk, "main": lambda _key: str(main_of(county).pk)}
    return {name: numbers[name](value) if name in numbers else value for name, value in sent.items()}


def main_of(county):
    return file_case(county).petition
