"""The client's own book: what it asked for, and what it was told. Whatever the server says later is held against it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.faults.stage import PATIENCE, Stage

TIMEOUT = 20.0


class Ledger:
    """Every petition has one of three outcomes: acknowledged, refused, or unknown until a retry with the same key."""

    def __init__(self, stage: Stage, *, who: str = "dispatcher") -> None:
        self.stage = stage
        self.token = stage.tokens[who]
        self.asked: dict[str, dict[str, Any]] = {}
        self.acknowledged: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self.contradictions: list[str] = []
        self.slowest = 0.0

    @property
    def unknown(self) -> list[str]:
        return [key for key in self.asked if key not in self.acknowledged and key not in self.refused]

    def file(self, key: str = "") -> str:
        """Ask once; the key."""
        key = key or str(uuid4())
        body = self.asked.setdefault(
            key,
            {
                "nature": "complaint",
                "channel": "hotline",
                "title": f"门前积水 {key}",
                "description": "下雨后门口积水，出行不便。",
                "lng": 117.59,
                "lat": 34.77,
                "reporter": {"name": "张三丰", "phone": "13812345678"},
            },
        )
        begun = time.monotonic()
        status, answer = self.send("POST", "/api/v1/petitions/", body, {"Idempotency-Key": key})
        self.slowest = max(self.slowest, time.monotonic() - begun)
        if status in (200, 201):
            before = self.acknowledged.setdefault(key, answer["id"])
            if before != answer["id"]:
                self.contradictions.append(f"{key}: first {before}, then {answer['id']}")
        elif 400 <= status < 500:
            self.refused[key] = status
        return key

    def settle(self) -> None:
        """Retry what is unknown, with the same keys, until everything is known."""
        deadline = time.monotonic() + PATIENCE
        while self.unknown and time.monotonic() < deadline:
            for key in self.unknown:
                self.file(key)
            time.sleep(0.1)
        assert not self.unknown, f"{len(self.unknown)} petitions never got an answer"

    def accept(self, case_id: str) -> None:
        """Accept one petition, however often it takes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, answer = self.send("GET", f"/api/v1/petitions/{case_id}/")
            if status == 200 and answer["state"] != "filed":
                return
            if status == 200:
                match = {"If-Match": f'"{answer["version"]}"'}
                self.send("POST", f"/api/v1/petitions/{case_id}/accept/", {"category": "010101"}, match)
            time.sleep(0.05)
        raise AssertionError(f"{case_id} was never accepted")

    def attach(self, case_id: str) -> int:
        """Attach a small document; the status, 0 where there was no answer."""
        body = encode_multipart(
            BOUNDARY, {"purpose": "document", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")}
        )
        headers = {"Content-Type": MULTIPART_CONTENT, "Idempotency-Key": str(uuid4())}
        return self.send("POST", f"/api/v1/petitions/{case_id}/attachments/", body, headers)[0]

    def send(
        self, method: str, path: str, body: dict[str, Any] | bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """One request; status 0 where there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.stage.port, timeout=TIMEOUT)
        sent = {"Authorization": f"Token {self.token}", "Content-Type": "application/json", **(headers or {})}
        try:
            connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body, sent)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()


class Crowd:
    """Clients that file for as long as the block lasts, each with its own book."""

    def __init__(self, stage: Stage, *, size: int = 3) -> None:
        self.ledgers = [Ledger(stage) for _ in range(size)]
        self._going = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Crowd:
        self._going.set()
        for ledger in self.ledgers:
            thread = threading.Thread(target=self._file, args=[ledger], daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *problem: object) -> None:
        self._going.clear()
        for thread in self._threads:
            thread.join()

    @property
    def acknowledged(self) -> int:
        return sum(len(ledger.acknowledged) for ledger in self.ledgers)

    def _file(self, ledger: Ledger) -> None:
        while self._going.is_set():
            key = ledger.file()
            while self._going.is_set() and key in ledger.unknown:
                time.sleep(0.3)
                ledger.file(key)
            time.sleep(0.1)
