"""The embedded servers: made once, started again, killed, and never left behind."""

import os
import signal
import stat
import subprocess
import sys
import time

import psycopg2
import pytest
import redis

from governance.embedded import addresses
from governance.embedded.errors import CannotStart
from governance.embedded.servers import Servers
from governance.embedded.sharing import borrowed, holding

pytestmark = pytest.mark.processes


def test_what_is_written_is_there_after_a_stop_and_a_start(servers, data):
    _write(servers, "before the stop")
    servers.stop()
    again = Servers(data=data)
    again.start()
    try:
        assert _read(again) == ["before the stop"]
        assert redis.Redis.from_url(again.valkey.url).get("note") == b"before the stop"
    finally:
        again.stop()


def test_what_was_committed_is_there_after_both_servers_were_killed(servers, data):
    _write(servers, "before the kill")
    time.sleep(1.1)  # Valkey writes its file once a second
    for server in (servers.postgres, servers.valkey):
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    again = Servers(data=data)
    again.start()
    try:
        assert _read(again) == ["before the kill"]
        assert redis.Redis.from_url(again.valkey.url).get("note") == b"before the kill"
    finally:
        again.stop()


def test_a_killed_server_comes_back_on_its_port(servers):
    port = servers.postgres.port
    os.kill(servers.postgres.process.pid, signal.SIGKILL)
    servers.postgres.process.wait()
    assert servers.revive() == "PostgreSQL"
    assert servers.revive() == ""
    assert servers.postgres.port == port
    _connect(servers, "grid_app").close()


def test_servers_end_with_the_process_that_started_them(data):
    program = (
        "import sys, time; from pathlib import Path; from governance.embedded.servers import Servers\n"
        "servers = Servers(data=Path(sys.argv[1])); servers.start()\n"
        "print(servers.postgres.process.pid, servers.valkey.process.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, data], stdout=subprocess.PIPE, text=True)
    servers = [int(word) for word in starter.stdout.readline().split()]
    starter.kill()
    starter.wait()
    _wait_until(lambda: not any(_lives(process) for process in servers))


def test_a_half_made_cluster_is_made_anew(data):
    half = data / "postgres.half"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    servers = Servers(data=data)
    servers.start()
    servers.stop()
    assert not half.exists()


def test_a_lock_that_names_a_stranger_is_stale(servers, data):
    servers.stop()
    lock = data / "postgres" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{data}/postgres\n")
    servers.start()
    assert servers.postgres.alive()


def test_passwords_are_for_their_owner_only(servers, data):
    assert stat.S_IMODE((data / "servers.secret").stat().st_mode) == 0o600
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(host="127.0.0.1", port=servers.postgres.port, user="grid", password="guess", dbname="grid")


def test_the_application_owns_nothing(servers):
    refused = pytest.raises(psycopg2.errors.InsufficientPrivilege)
    with _connect(servers, "grid_app") as session, session.cursor() as cursor, refused:
        cursor.execute("CREATE TABLE mine (id integer)")


def test_two_commands_share_one_pair_of_servers(data):
    with borrowed(data=data) as first:
        with borrowed(data=data) as second:
            assert first == second
        psycopg2.connect(first["DATABASE_URL"]).close()
    assert addresses.recorded(data=data) == {}
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(first["DATABASE_URL"])


def test_only_one_process_holds_the_servers(data):
    with holding(data=data) as first, holding(data=data) as second:
        assert (first, second) == (True, False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account")
def test_a_cluster_of_another_account_is_left_alone(data):
    (data / "postgres").mkdir()
    program = (
        "import os, sys; from pathlib import Path; from governance.embedded import accounts\n"
        "os.setuid(65534); accounts.choose_account(cluster=Path(sys.argv[1]) / 'postgres')"
    )
    done = subprocess.run([sys.executable, "-c", program, data], capture_output=True, text=True, check=False)
    assert CannotStart.__name__ in done.stderr
    assert "set GRID_DATA_DIR" in done.stderr


def _connect(servers, role):
    return psycopg2.connect(servers.postgres.url(role))


def _write(servers, text):
    with _connect(servers, "grid") as session, session.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text text)")
        cursor.execute("INSERT INTO note VALUES (%s)", [text])
    redis.Redis.from_url(servers.valkey.url).set("note", text)


def _read(servers):
    with _connect(servers, "grid") as session, session.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        return [text for (text,) in cursor.fetchall()]


def _lives(process):
    try:
        with open(f"/proc/{process}/stat") as stream:
            return stream.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(happened, seconds=15):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
