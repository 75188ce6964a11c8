"""Files of libraries are found under their version, and nothing else that npm has installed is served."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import RequestFactory
from PIL import ImageFont

from governance.assets import LIBRARIES, Storage, VendorFinder, vendor_path, vendor_url, versions
from governance.icons import FONT, SHEET, IconFinder, cut_out, named, sources
from governance.web.packing import PackedPages

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


@installed
def test_signs_are_cut_out_of_the_whole_font(tmp_path: Path) -> None:
    made = cut_out(published=IconFinder().published, names={"help", "x", "no-such-sign"})
    assert re.findall(r"\.ti-([a-z0-9-]+):before", made[SHEET].decode()) == ["help", "x"]
    assert f'url("{FONT}")' in made[SHEET].decode()
    assert len(made[FONT]) < 4_000
    (tmp_path / FONT).write_bytes(made[FONT])
    font = ImageFont.truetype(str(tmp_path / FONT), 48)
    code = dict(re.findall(r'\.ti-([a-z0-9-]+):before\{content:"\\([0-9a-f]+)', made[SHEET].decode()))
    drawn = {name: bytes(font.getmask(chr(int(code[name], 16)))) for name in ("help", "x")}
    assert drawn["help"] != drawn["x"]
    assert all(any(one) for one in drawn.values())
    assert bytes(font.getmask("\uea03")) not in drawn.values(), "a sign that nobody named is not in it"


@installed
def test_every_sign_of_the_pages_is_in_the_font() -> None:
    sheet = Path(str(finders.find(f"icons/{SHEET}"))).read_text(encoding="utf-8")
    served = set(re.findall(r"\.ti-([a-z0-9-]+):before", sheet))
    base = Path(settings.BASE_DIR)
    pages = [*(base / "templates").rglob("*.html"), *(base / "static/js").glob("*.js")]
    said = {name for path in pages for name in re.findall(r"\bti-([a-z0-9-]*[a-z0-9])", path.read_text("utf-8"))}
    assert said <= served
    assert named(folders=sources()) >= {"bell-ringing", "file-alert"}, "named by Python alone"


@pytest.mark.parametrize(
    ("kind", "marked", "packed"),
    [("text/html; charset=utf-8", False, True), ("application/json", False, True), ("application/json", True, False),
     ("application/pdf", False, False)],
)  # fmt: skip
def test_pages_are_packed_and_marked_answers_keep_their_mark(kind: str, marked: bool, packed: bool) -> None:
    answer = HttpResponse("峄城 " * 500, content_type=kind)
    if marked:
        answer.headers["ETag"] = '"7"'
    given = PackedPages(lambda _request: answer)(RequestFactory().get("/", headers={"Accept-Encoding": "gzip"}))
    assert (given.headers.get("Content-Encoding") == "gzip") is packed
    body = given.content
    assert (gzip.decompress(body) if packed else body).decode() == "峄城 " * 500
    assert given.headers.get("ETag") == ('"7"' if marked else None)
