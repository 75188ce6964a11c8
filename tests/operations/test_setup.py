"""Setting up: what is missing is one clear line, what is done is not done again."""

import subprocess

import pytest

from governance import bootstrap
from tests.architecture.sources import ROOT


def test_a_missing_python_is_one_clear_line():
    done = subprocess.run(
        ["make", "setup", "PYTHON=python-of-nobody"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    line = done.stderr.splitlines()[0]
    assert line.startswith("error: python-of-nobody is missing or older than 3.11: ")
    assert line.endswith("make PYTHON=/path/to/python3")


def test_a_step_is_done_again_only_when_its_source_changes(tmp_path):
    source, stamp = tmp_path / "requirements.txt", tmp_path / "stamps" / "requirements"
    source.write_text("one")
    assert not bootstrap.fresh(stamp, source, "3.11")
    bootstrap.mark(stamp, source, "3.11")
    assert bootstrap.fresh(stamp, source, "3.11")
    assert not bootstrap.fresh(stamp, source, "3.12")
    source.write_text("two")
    assert not bootstrap.fresh(stamp, source, "3.11")


def test_a_failing_step_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "LOGS", tmp_path)
    with pytest.raises(
        bootstrap.SetupError, match=r"npm failed \(no such package\): check the network; whole output in"
    ):
        bootstrap.run(["sh", "-c", "echo no such package; exit 1"], name="npm", remedy="check the network")


def test_help_lists_every_command():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for command in ("setup", "run", "test", "check", "bench", "seed", "clean"):
        assert f"make {command} " in done.stdout
