#!/usr/bin/env python3
"""A gridworker's day through the API: sign in, see the tasks, report with a photo, take one, finish it with evidence.

Needs nothing but Python. Against the demonstration:

    python3 docs/examples/gridworker_day.py

Elsewhere: BASE, GRID_USERNAME and GRID_PASSWORD in the environment, PHOTO for a picture of your own.
"""

import json
import os
import struct
import sys
import urllib.error
import urllib.request
import uuid
import zlib

BASE = os.environ.get("BASE", "http://127.0.0.1:8000").rstrip("/")
USERNAME = os.environ.get("GRID_USERNAME", "grid001006001")
PASSWORD = os.environ.get("GRID_PASSWORD", "yicheng-demo")
PHOTO = os.environ.get("PHOTO", "")
LNG, LAT = float(os.environ.get("LNG", "117.59")), float(os.environ.get("LAT", "34.77"))

token = ""


def call(method, path, body=None, **headers):
    """One request; the answer as (JSON, ETag). Ends the program where the server refuses, with its own words."""
    if isinstance(body, dict):
        body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    if token:
        headers["Authorization"] = f"Token {token}"
    address = path if path.startswith("http") else f"{BASE}/api/v1{path}"
    request = urllib.request.Request(address, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
            return (json.loads(content) if content else None), answer.headers.get("ETag")
    except urllib.error.HTTPError as refused:
        error = json.loads(refused.read())["error"]
        sys.exit(f"{method} {path}: {refused.code} {error['message']} {error['fields'] or ''} {error['details'] or ''}")


def create(path, body, **headers):
    """A POST that may be sent again after a cut line: the key makes the second one harmless."""
    return call("POST", path, body, **{"Idempotency-Key": str(uuid.uuid4()), **headers})


def deed(path, etag, body=None):
    """A POST that changes something: it names the version that was seen, so that nobody's work is overwritten."""
    return call("POST", path, body or {}, **{"If-Match": etag})


def attach(case, purpose):
    """Send a picture as multipart/form-data."""
    picture = open(PHOTO, "rb").read() if PHOTO else plain_picture()
    edge = uuid.uuid4().hex
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="photo.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    ).encode()
    body = parts + picture + f"\r\n--{edge}--\r\n".encode()
    kept, _ = create(
        f"/petitions/{case}/attachments/", body, **{"Content-Type": f"multipart/form-data; boundary={edge}"}
    )
    print(f"  photo {kept['original_name']}: {kept['width']} × {kept['height']}, {kept['size']} bytes kept")


def plain_picture(width=64, height=48):
    """A small green PNG, for want of a camera."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x2e\x8b\x57" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# 1. Sign in: a token for the shift.
answer, _ = call("POST", "/auth/token/", {"username": USERNAME, "password": PASSWORD})
token = answer["token"]
me, _ = call("GET", "/me/")
print(f"Signed in as {me['display_name']}: " + ", ".join(f"{s['role_label']} {s['unit_name']}" for s in me["seats"]))

# 2. Today's tasks: the open orders of my unit, the most urgent first.
tasks, _ = call("GET", "/orders/?mine=true&open=true&ordering=handle_due_at&page_size=20")
print(f"Tasks: {len(tasks['results'])}")
for task in tasks["results"]:
    print(f"  {task['number']} {task['title']} [{task['state']}, {task['light']}] by {task['handle_due_at']}")

# 3. Report what I see, with its place and a photo.
report = {
    "nature": "help",
    "title": "路边垃圾堆积",
    "description": "巡查发现路边堆有生活垃圾,已占用部分人行道,请安排清运。",
    "lng": LNG,
    "lat": LAT,
}
filed, _ = create("/petitions/", report)
print(f"Reported {filed['number']}, received by {filed['center']['name']}; follow it with {filed['tracking_code']}")
attach(filed["id"], "report")

# 4. Take a task, act, and finish it with evidence.
mine = next((one for one in tasks["results"] if one["state"] == "assigned"), None)
if mine is None:
    print("No task waits for a signature.")
else:
    order, etag = call("GET", f"/orders/{mine['id']}/")
    print(f"Taking {order['number']}: {order['decision']['reason_label']}")
    signed, etag = deed(f"/orders/{mine['id']}/sign/", etag)
    _, etag = deed(f"/orders/{mine['id']}/progress/", etag, {"text": "已到现场,正在清理。"})
    attach(mine["petition"], "after")
    done, etag = deed(f"/orders/{mine['id']}/complete/", etag, {"result": "已清理完毕,现场恢复整洁。"})
    print(f"Finished: {done['state']}; somebody else verifies it")

    # 5. See the result: what the case says, and who held it how long.
    history, _ = call("GET", f"/petitions/{mine['petition']}/timeline/")
    print("History: " + " → ".join(one["name"] for one in history["results"]))
    ledger, _ = call("GET", f"/petitions/{mine['petition']}/ledger/")
    print("Held by: " + ", ".join(f"{one['holder_label']} {one['minutes']} min" for one in ledger["segments"]))

call("DELETE", "/auth/token/")
print("Signed out")
