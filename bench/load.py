"""Load over HTTP on the loopback address: wrk where the machine has it, otherwise threads of our own."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8

POST = """
local n = 0
local id = 0
function setup(thread) thread:set("id", id); id = id + 1 end
function init(args) math.randomseed(os.time() + id) end
function request()
  n = n + 1
  local headers = {}
  headers["Authorization"] = "%(authorization)s"
  headers["Content-Type"] = "application/json"
  headers["Idempotency-Key"] = "%(run)s-" .. id .. "-" .. n .. "-" .. math.random(1, 1000000000)
  return wrk.format("POST", nil, headers, [==[%(body)s]==])
end
"""


def measure(*, url: str, seconds: int, authorization: str = "", body: str = "") -> dict[str, float | int | str]:
    """Requests per second, 50th and 95th percentile in milliseconds, and how many answers were not 2xx."""
    if shutil.which("wrk"):
        return _wrk(url, seconds, authorization, body)
    return _threads(url, seconds, authorization, body)


def _wrk(url: str, seconds: int, authorization: str, body: str) -> dict[str, float | int | str]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    if authorization:
        command += ["-H", f"Authorization: {authorization}"]
    with tempfile.TemporaryDirectory() as folder:
        if body:
            script = Path(folder) / "post.lua"
            script.write_text(
                POST % {"authorization": authorization, "run": uuid.uuid4().hex[:8], "body": body}, encoding="utf-8"
            )
            command += ["-s", str(script)]
        said = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    total = re.search(r"(\d+) requests in", said)
    return {
        "per_second": float(rate.group(1)) if rate else 0.0,
        "p50_ms": _milliseconds(said, "50%"),
        "p90_ms": _milliseconds(said, "90%"),
        "requests": int(total.group(1)) if total else 0,
        "failed": int(failed.group(1)) if failed else 0,
        "client": "wrk",
    }


def _milliseconds(said: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", said)
    if not found:
        return 0.0
    return round(float(found.group(1)) * {"us": 0.001, "ms": 1, "s": 1000}[found.group(2)], 2)


def _threads(url: str, seconds: int, authorization: str, body: str) -> dict[str, float | int | str]:
    times: list[float] = []
    failed = [0]
    until = time.monotonic() + seconds
    workers = [
        threading.Thread(target=_client, args=(url, until, authorization, body, times, failed))
        for _number in range(CONNECTIONS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    times.sort()
    return {
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(statistics.median(times) * 1000, 2) if times else 0.0,
        "p90_ms": round(times[int(len(times) * 0.9)] * 1000, 2) if times else 0.0,
        "requests": len(times),
        "failed": failed[0],
        "client": "threads",
    }


def _client(url: str, until: float, authorization: str, body: str, times: list[float], failed: list[int]) -> None:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port)
    path = where.path + (f"?{where.query}" if where.query else "")
    while time.monotonic() < until:
        headers = {"Authorization": authorization} if authorization else {}
        if body:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        began = time.monotonic()
        connection.request("POST" if body else "GET", path, body=body.encode() or None, headers=headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.monotonic() - began)
        failed[0] += answer.status >= 300
