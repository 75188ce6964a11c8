"""The examples of the documentation do what they say, against a real server; and the server stands torn requests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlparse

import pytest
from knox.models import AuthToken

from kernel.chains import verify_all
from kernel.relay import deliver_everything
from petitions.models import Attachment, Petition
from petitions.services import reception
from tests.api.cases import file_case
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SHELLS = [pytest.param([sys.executable, "gridworker_day.py"], id="python")]
if shutil.which("curl"):
    SHELLS.append(pytest.param(["sh", "gridworker_day.sh"], id="curl"))


@pytest.mark.parametrize("command", SHELLS)
def test_a_gridworkers_day(live_server, command, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = build()
    task = file_case(world)  # rubbish in the village: the list gives it to the village itself
    reception.accept(category_code="010103", actor=task.actor("dispatcher"), **task.then())
    deliver_everything(at=task.at)
    given = {"BASE": live_server.url, "GRID_USERNAME": "gridworker", "GRID_PASSWORD": "grid-demo-1"}
    ran = subprocess.run(
        command, cwd=EXAMPLES, env={**os.environ, **given}, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "order.completed" in ran.stdout
    assert Petition.objects.get(pk=task.petition.pk).state == "handled"
    reported = Petition.objects.exclude(pk=task.petition.pk).get()
    assert (reported.channel, reported.cell_code) == ("gridworker", "370404001006001")
    assert sorted(Attachment.objects.values_list("purpose", flat=True)) == ["after", "report"]
    assert not AuthToken.objects.exists()
    assert all(one.intact for one in verify_all())


def test_a_request_that_is_cut_off_changes_nothing(live_server):
    world = build()
    _record, token = AuthToken.objects.create(user=world.users["citizen"])
    where = urlparse(live_server.url)
    head = (
        f"POST /api/v1/petitions/ HTTP/1.1\r\nHost: {where.netloc}\r\nAuthorization: Token {token}\r\n"
        "Idempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    )
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall(head.encode() + b'{"nature": "help", "title": "x"')
        line.shutdown(socket.SHUT_WR)
        assert b" 400 " in line.recv(200)
    assert not Petition.objects.exists()
