"""Whatever is sent: a clear 4xx in the one shape, and nothing changed."""

from __future__ import annotations

import base64
from urllib.parse import quote

import orjson
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.models import WorkOrder
from kernel.models import Event, StoredAnswer
from petitions.models import Petition
from tests.api.cases import ORDER_STEPS, case_in
from tests.api.conftest import API, REPORT, callers, undone

pytestmark = pytest.mark.django_db
SHAPE = {"code", "message", "fields", "details", "request_id"}
PETITIONS = f"{API}/petitions/"


@pytest.fixture(scope="module")
def scene(county):
    case = case_in(county, ORDER_STEPS["assigned"])
    return case, callers(county, ["citizen", "dispatcher", "urban_handler"])


def state_of_things():
    orders = list(WorkOrder.objects.order_by("pk").values_list("pk", "version", "state"))
    petitions = list(Petition.objects.order_by("pk").values_list("pk", "version", "state"))
    return petitions, orders, Event.objects.count(), StoredAnswer.objects.count()


def refused(answer, *statuses):
    assert answer.status_code in (statuses or range(400, 500)), (answer.status_code, answer.content[:500])
    assert answer["Content-Type"].startswith("application/json"), answer["Content-Type"]
    error = answer.json()["error"]
    assert set(error) == SHAPE
    assert error["message"]
    assert error["request_id"] == answer["X-Request-Id"]
    return error


def said(**changes):
    return orjson.dumps({**REPORT, **changes})


NUL, SURROGATE, BIDI = "\\u0000", "\\ud800", "\\u202e"
BODIES = {
    "nothing": (b"", 400),
    "not json": (b"{", 400),
    "truncated": (said()[:-5], 400),
    "a list": (b"[]", 400),
    "a text": (b'"x"', 400),
    "null": (b"null", 400),
    "NUL": (said(title="T").replace(b'"T"', f'"a{NUL}b"'.encode()), 400),
    "raw NUL": (said(title="T").replace(b'"T"', b'"a\x00b"'), 400),
    "NUL in a key": (said().replace(b'"title"', f'"ti{NUL}tle"'.encode()), 400),
    "lone surrogate": (said(title="T").replace(b'"T"', f'"a{SURROGATE}b"'.encode()), 400),
    "lone surrogate as bytes": (said(title="T").replace(b'"T"', b'"a\xed\xa0\x80b"'), 400),
    "bidirectional control": (said(title="T").replace(b'"T"', f'"a{BIDI}b"'.encode()), 400),
    "deep list": (b"[" * 100_000, 400),
    "deep list, closed": (b"[" * 100_000 + b"]" * 100_000, 400),
    "deep object": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
    "deep in a field": (said(title="T").replace(b'"T"', b"[" * 900 + b"]" * 900), 400),
    "key twice": (said()[:-1] + b',"title":"x"}', 400),
    "NaN": (said(lng=0).replace(b'"lng":0', b'"lng":NaN'), 400),
    "Infinity": (said(lng=0).replace(b'"lng":0', b'"lng":-Infinity'), 400),
    "beyond a float": (said(lng=0).replace(b'"lng":0', b'"lng":1e999'), 400),
    "4300 digits": (said(lng=0).replace(b'"lng":0', b'"lng":' + b"9" * 4300), 400),
    "byte order mark": (b"\xef\xbb\xbf" + said(), 400),
    "GBK": (orjson.dumps(REPORT).decode().encode("gbk"), 400),
    "UTF-16": (orjson.dumps(REPORT).decode().encode("utf-16"), 400),
    "too large": (said(description="x" * 3_000_000), 413),
    "unknown field": (said(state="closed"), 400),
    "a field of ours": (said(filed_at="2020-01-01", version=9, is_staff=True), 400),
    "unknown field inside": (said(reporter={"name": "张三", "age": 3}), 400),
    "reporter is a list": (said(reporter=[1]), 400),
    "title is a number": (said(title=5), 400),
    "title is true": (said(title=True), 400),
    "title is a list": (said(title=["x"]), 400),
    "title is empty": (said(title="  "), 400),
    "title is invisible": (said(title="\u200b\u200d"), 400),
    "title is too long": (said(title="长" * 121), 400),
    "description is missing": (orjson.dumps({"nature": "help", "title": "x"}), 400),
    "unknown nature": (said(nature="joke"), 400),
    "full-width point": (said(lng="１１７.59"), 400),
    "text for a number": (said(lng="117.59"), 400),
    "true for a number": (said(lng=True), 400),
    "half a point": (orjson.dumps({k: v for k, v in REPORT.items() if k != "lat"}), 400),
    "no such point": (said(lng=500), 400),
    "yes for true": (said(confidential="yes"), 400),
    "1 for true": (said(confidential=1), 400),
    "another county": (said(lng=None, lat=None, area_code="110101001000"), 400),
    "full-width area": (said(lng=None, lat=None, area_code="３７０４０４００１"), 400),
    "area of odd length": (said(lng=None, lat=None, area_code="3704040"), 400),
    "unknown category": (said(category="999999"), 400),
    "full-width category": (said(category="０１０１０１"), 400),
    "another's channel": (said(channel="upper"), 403),
    "another system's number": (said(source="12345", source_no="1"), 403),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(scene, name):
    _case, people = scene
    body, status = BODIES[name]
    before = state_of_things()
    refused(people["citizen"].send("POST", "/petitions/", body, {"Idempotency-Key": "k"}), status)
    assert state_of_things() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "nonsense"])
def test_other_content_types(scene, kind):
    _case, people = scene
    caller = people["citizen"]
    headers = {**caller.headers, "Idempotency-Key": "k"}
    refused(caller.client.generic("POST", PETITIONS, said(), content_type=kind, headers=headers), 400, 415)


QUERIES = [
    "nonsense=1", "state=closed&state=nonsense", "kind=livelihood&kind=livelihood", "state=", "overdue=yes", "mine=1",
    "page_size=0", "page_size=-1", "page_size=1000000000", "page_size=５０", "page_size=abc", "page_size=1e3",
    "page_size=" + "9" * 5000, "unit=１２", "unit=99999999999", "unit=-1", "unit=1%20or%201=1", "category=%25",
    "category=０１", "township=370404００1", "township=37", "q=x", "q=%00", "q=%E2%80%AEabc", f"q={'x' * 61}",
    "ordering=title", "ordering=-filed_at%3Bdrop", "filed_from=2026-13-01", "filed_from=２０２６-01-01",
    "filed_to=yesterday", "due_before=soon", "due_before=2026-01-01T00:00:00%2B99:00", "cursor=!!!", "cursor=é",
    "cursor=" + base64.urlsafe_b64encode(b'["f","x","y"]').decode(),
    "cursor=" + base64.urlsafe_b64encode(b'["f",[1],{}]').decode(),
    "cursor=" + base64.urlsafe_b64encode(b'["f","2026-11-16T09:00:00","0000"]').decode(),
    "cursor=" + base64.urlsafe_b64encode(b'["f","2026-11-16T09:00:00+08:00",null]').decode(),
    "cursor=" + base64.urlsafe_b64encode(b'["f",12345678901234567890,1]').decode(), "cursor=" + "A" * 5000,
    "format=xml", "id__in=1", "petition__title=x", "%FF=1",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_queries(scene, query):
    _case, people = scene
    raw = quote(query, safe="=&%-!+:")
    refused(people["dispatcher"].client.get(f"{PETITIONS}?{raw}", headers=people["dispatcher"].headers), 400)


@pytest.mark.parametrize(
    "path",
    [
        "/petitions/１/", "/petitions/0/", "/petitions/..%2f..%2f/", "/petitions/{upper}/", "/petitions/{wide}/",
        "/petitions/{pk}%0a/", "/petitions/{pk}/nonsense/", "/orders/{pk}/", "/petitions/{pk}/attachments/{pk}/",
        "/track/1/", "/track/３３３３３３３３３３/", "/track/%27%20or%201=1/", "/nonsense/", "/petitions/%ff/",
    ],
)  # fmt: skip
def test_addresses(scene, path):
    case, people = scene
    pk = str(case.petition.pk)
    wide = pk.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    raw = quote(path.format(pk=pk, upper=pk.upper(), wide=wide), safe="/%=")
    refused(people["dispatcher"].client.get(API + raw, headers=people["dispatcher"].headers), 404)


HEADERS = [
    ({"If-Match": ""}, 428),
    ({"If-Match": "*"}, 400),
    ({"If-Match": '"１"'}, 400),
    ({"If-Match": '"-1"'}, 400),
    ({"If-Match": '"' + "9" * 5000 + '"'}, 400),
    ({"If-Match": '"7"'}, 412),
    ({"If-Match": '"1"', "Authorization": "Token x"}, 401),
    ({"If-Match": '"1"', "Authorization": "Token \xff\xfe"}, 401),
    ({"If-Match": '"1"', "Authorization": "Token"}, 401),
    ({"If-Match": '"1"', "Authorization": "Token a b"}, 401),
    ({"If-Match": '"1"', "Authorization": "Token " + "a" * 9000}, 401),
]


@pytest.mark.parametrize(("headers", "status"), HEADERS)
def test_headers_of_a_deed(scene, headers, status):
    case, people = scene
    before = state_of_things()
    answer = people["urban_handler"].send("POST", f"/orders/{case.order().pk}/sign/", {}, headers)
    error = refused(answer, status)
    if status == 412:
        assert error["details"]["current_version"] == 1
        assert error["details"]["last_event"]
    if status == 401:
        assert answer["WWW-Authenticate"] == "Token"
    assert state_of_things() == before


@pytest.mark.parametrize(("key", "status"), [("", 428), ("x" * 81, 400), ("é", 400), ("a\tb", 400)])
def test_keys_of_a_create(scene, key, status):
    _case, people = scene
    before = state_of_things()
    refused(people["citizen"].send("POST", "/petitions/", REPORT, {"Idempotency-Key": key}), status)
    assert state_of_things() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"])
def test_methods_that_nobody_offers(scene, method):
    case, people = scene
    refused(people["dispatcher"].send(method, f"/petitions/{case.petition.pk}/", {}), 405)


DEEDS = {
    "accept": [{"category": "01"}, {"category": 10101}, {"kind": "nonsense"}, {"urgency": "", "x": 1}],
    "ask": [{}, {"question": " "}, {"question": "x" * 1001}, {"question": None}],
    "decline": [{}, {"reason": "nonsense"}, {"reason": "诉讼"}],
    "classify": [{"lng": 1}, {"area_code": "990000000000"}, {"lat": "x", "lng": 1}],
    "join": [{}, {"main": "x"}, {"main": 5}, {"main": "00000000-0000-0000-0000-00000000000１"}],
    "reveal": [{}, {"field": "salt", "purpose": "contact"}, {"field": "phone", "purpose": "闲看"}],
    "assign": [{"unit": "urban"}, {"unit": True}, {"unit": 10**17}, {"unit": -1}, {"unit": 999999}, {"unit": 1.5}],
}


@pytest.mark.parametrize("action", DEEDS)
def test_deeds(scene, action):
    case, people = scene
    petition = Petition.objects.get(pk=case.petition.pk)
    before = state_of_things()
    for body in DEEDS[action]:
        answer = people["dispatcher"].deed(f"/petitions/{petition.pk}/{action}/", body, version=petition.version)
        refused(answer, 400, 409)
    assert state_of_things() == before


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff" + b"\x00" * 50, b"<svg onload=x>", b"MZ"])
def test_files_that_are_none(scene, content, tmp_path):
    case, people = scene
    file = tmp_path / "x.jpg"
    file.write_bytes(content)
    before = state_of_things()
    with file.open("rb") as sent:
        refused(people["citizen"].upload(f"/petitions/{case.petition.pk}/attachments/", sent, "report"), 400)
    assert state_of_things() == before


def test_a_torn_upload(scene):
    case, people = scene
    caller = people["citizen"]
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\xff\xd8\xff'
    for kind in (
        "multipart/form-data; boundary=b",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "b" * 300,
    ):
        headers = {**caller.headers, "Idempotency-Key": "k"}
        path = f"{PETITIONS}{case.petition.pk}/attachments/"
        refused(caller.client.generic("POST", path, body, content_type=kind, headers=headers), 400, 415)


def test_csrf_guards_browsers(county):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county.users["citizen"], backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(
        PETITIONS, orjson.dumps(REPORT), content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    refused(answer, 403)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    changes=st.dictionaries(st.sampled_from([*REPORT, "channel", "category", "area_code", "confidential"]), ANYTHING)
)
def test_anything_in_any_field(scene, changes):
    _case, people = scene
    body = orjson.dumps({**REPORT, **_utf8(changes)}, default=str, option=orjson.OPT_NON_STR_KEYS)
    with undone():
        answer = people["citizen"].send("POST", "/petitions/", body, {"Idempotency-Key": "k"})
        if answer.status_code != 201:
            refused(answer)


def _utf8(value):
    """Without what cannot be written as UTF-8; those bytes have their own tests."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {_utf8(key): _utf8(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_utf8(inner) for inner in value]
    return value if not isinstance(value, int) or abs(value) < 2**63 else float(value)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=200))
def test_any_bytes(scene, body):
    _case, people = scene
    refused(people["citizen"].send("POST", "/petitions/", body, {"Idempotency-Key": "k"}))
