"""The world outside: a gateway on the loopback address that takes JSON, and can be told to refuse or to be slow."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gateway:
    """What arrived, as (path, body); `status` and `seconds` say how it answers, `refused` names a path it refuses."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, dict]] = []
        self.status, self.seconds, self.refused = 200, 0.0, "nothing"
        gateway = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.arrived.append((self.path, body))
                time.sleep(gateway.seconds)
                try:
                    self.send_response(500 if gateway.refused in self.path else gateway.status)
                    self.end_headers()
                except BrokenPipeError:
                    return

            def log_message(self, *_said: object) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str, more: str = "") -> str:
        return f"json://127.0.0.1:{self.server.server_port}/{path}{more}"

    def texts(self) -> list[str]:
        return [body["message"] for _path, body in self.arrived]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
