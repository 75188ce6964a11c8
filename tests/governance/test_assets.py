"""Files of libraries are found under their version, and nothing else that npm has installed is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from governance.assets import LIBRARIES, Storage, VendorFinder, vendor_path, vendor_url, versions

installed = pytest.mark.skipif(
    not (Path(settings.BASE_DIR) / "node_modules").is_dir(), reason="the front-end packages are not installed"
)


def test_versions_are_exact() -> None:
    assert set(versions()) == set(LIBRARIES)
    assert all(version[0].isdigit() for version in versions().values())


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((Path(settings.BASE_DIR) / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


@installed
@pytest.mark.parametrize("file", ["css/tabler.min.css"])
def test_a_wanted_file_is_found(file: str) -> None:
    path = vendor_path(library="tabler", file=file)
    assert finders.find(path)
    assert vendor_url(library="tabler", file=file) == f"/static/{path}"


@installed
def test_an_unwanted_file_is_not() -> None:
    finder = VendorFinder()
    assert not finder.find(vendor_path(library="tabler", file="css/tabler.css"))
    assert not finder.find("vendor/tabler/../../package.json")
    assert all(path.startswith("vendor/") for path in finder.files)


def test_libraries_keep_their_names_and_our_files_get_hashes(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    for name in ("own.css", "vendor/theirs.css"):
        (tmp_path / name).write_text("a{color:red}" * 200, encoding="utf-8")
    storage = Storage(location=tmp_path, base_url="/static/")
    done = list(storage.post_process({name: (storage, name) for name in ("own.css", "vendor/theirs.css")}))
    assert not [name for name, _hashed, problem in done if isinstance(problem, Exception)]
    assert storage.url("own.css") != "/static/own.css"
    assert storage.url("vendor/theirs.css") == "/static/vendor/theirs.css"
    assert (tmp_path / "vendor/theirs.css.gz").exists()


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (Path(settings.BASE_DIR) / "templates/parts").glob("*.html"))
)
def test_every_part_is_a_sound_template(name: str) -> None:
    assert get_template(f"parts/{name}")
