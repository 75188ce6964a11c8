from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from PIL import Image

from kernel.errors import Conflict, Invalid, Missing, NotAllowed, TooLarge, WrongState
from kernel.models import Event
from petitions import files
from petitions.models import Attachment, Petition
from petitions.services import closing
from petitions.services.attaching import MAX_FILES, attach, open_attachment
from petitions.services.sweeping import sweep
from tests.journeys.steps import filed
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def picture(form="JPEG", size=(80, 60), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def with_exif(size=(4000, 3000)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Maker of the telephone"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    return picture(size=size, exif=exif.tobytes(), comment=b"a private remark")


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to as many pixels as it says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + width * 3)
    rows = b"".join(packer.compress(line) for _ in range(min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def attached(world, petition, content: bytes, *, by="dispatcher", name="现场.jpg", purpose="report", on=MONDAY):
    return attach(
        petition_id=petition.pk,
        file=io.BytesIO(content),
        name=name,
        purpose=purpose,
        actor=world.actor(by),
        at=on,
    )


def test_a_photograph_is_kept_upright_small_and_without_metadata(world):
    petition = filed(world, at=MONDAY)
    row = attached(world, petition, with_exif())
    path = files.path_of(attachment=row)
    kept = path.read_bytes()
    assert (row.width, row.height) == (1920, 2560)
    assert (row.content_type, path.suffix, row.original_name) == ("image/jpeg", ".jpg", "现场.jpg")
    assert (row.size, row.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    with Image.open(path) as image:
        assert not image.getexif()
        assert "comment" not in image.info
    assert b"Maker of the telephone" not in kept
    assert b"private remark" not in kept
    with Image.open(files.thumbnail_of(attachment=row)) as small:
        assert max(small.size) == 320


def test_the_log_holds_the_hash_of_what_is_kept(world):
    petition = filed(world, at=MONDAY)
    row = attached(world, petition, picture())
    event = Event.objects.get(case_id=petition.pk, name="petition.attached")
    assert event.payload == {"attachment": str(row.pk), "purpose": "report", "sha256": row.sha256}


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/webp"), ("WEBP", "image/webp")])
def test_the_content_says_what_a_file_is_and_not_its_name(world, form, kind):
    row = attached(world, filed(world, at=MONDAY), picture(form), name="report.exe")
    assert row.content_type == kind
    assert row.original_name == f"report.{kind.removeprefix('image/').replace('jpeg', 'jpg')}"


def test_a_document_is_kept_as_it_is(world):
    content = b"%PDF-1.7\n1 0 obj\n%%EOF"
    row = attached(world, filed(world, at=MONDAY), content, name="协议.pdf", purpose="document")
    assert files.path_of(attachment=row).read_bytes() == content
    assert files.thumbnail_of(attachment=row) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xd8\xff\xe0", id="only the magic"),
        pytest.param(picture(size=(800, 600))[:1500], id="truncated photograph"),
        pytest.param(picture("PNG", size=(800, 600))[:-40], id="truncated png"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n", id="truncated document"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="svg"),
        pytest.param(picture("GIF"), id="gif"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 500, id="program"),
        pytest.param(png_of(50_000, 50_000), id="2.5 gigapixels in a few kilobytes"),
        pytest.param(png_of(10_000, 5_000), id="50 megapixels"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\xff" * 100, id="png of rubbish"),
    ],
)
def test_what_is_no_picture_is_refused_by_name_of_the_field_and_leaves_nothing(world, media, content):
    petition = filed(world, at=MONDAY)
    with pytest.raises(Invalid) as refused:
        attached(world, petition, content)
    assert list(refused.value.fields) == ["file"]
    assert not Attachment.objects.exists()
    assert not list(files.everything())


def test_more_than_ten_megabytes_are_refused(world):
    with pytest.raises(TooLarge):
        attached(world, filed(world, at=MONDAY), b"%PDF-" + b"0" * 10 * 1024 * 1024)


def test_an_unknown_purpose_is_refused(world):
    with pytest.raises(Invalid) as refused:
        attached(world, filed(world, at=MONDAY), picture(), purpose="portrait")
    assert list(refused.value.fields) == ["purpose"]


def test_who_does_not_see_the_petition_finds_nothing_and_who_may_not_is_told(world):
    petition = filed(world, at=MONDAY)
    with pytest.raises(Missing):
        attached(world, petition, picture(), by="west_officer")
    with pytest.raises(NotAllowed):
        attached(world, petition, picture(), by="supervisor")
    row = attached(world, petition, picture())
    assert open_attachment(attachment_id=row.pk, actor=world.actor("supervisor"))[0] == row
    with pytest.raises(Missing):
        open_attachment(attachment_id=row.pk, actor=world.actor("west_officer"))


def test_a_finished_petition_takes_nothing_more(world):
    petition = filed(world, at=MONDAY)
    closing.withdraw(petition_id=petition.pk, actor=world.actor("dispatcher"), at=MONDAY, by="citizen")
    with pytest.raises(WrongState):
        attached(world, petition, picture())


def test_a_petition_holds_twenty_files(world):
    petition = filed(world, at=MONDAY)
    for _ in range(MAX_FILES):
        attached(world, petition, b"%PDF-1.7\n%%EOF\n")
    with pytest.raises(Conflict):
        attached(world, petition, b"%PDF-1.7\n%%EOF\n")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\photos\\a.JPEG", "a.jpg"),
        ('a"\r\nSet-Cookie: x=1.png', 'a"Set-Cookie: x=1.jpg'),
        ("\u202egpj.exe", "gpj.jpg"),
        ("", "file.jpg"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
    ],
)
def test_a_name_from_outside_can_lead_nowhere_and_inject_nothing(world, name, kept):
    row = attached(world, filed(world, at=MONDAY), picture(), name=name)
    assert row.original_name == kept
    assert files.path_of(attachment=row).is_relative_to(files.root())
    header = files.disposition(attachment=row)
    assert header.startswith("attachment; ")
    assert "\n" not in header
    assert "\r" not in header


def test_a_file_that_a_crash_left_goes_after_a_day_and_what_has_a_row_stays(world, capsys):
    row = attached(world, filed(world, at=MONDAY), picture())
    orphan = files.root() / "2026/11/orphan.jpg"
    files.keep(path=orphan, content=b"left behind")
    files.keep(path=files.thumbnail_path(orphan), content=b"left behind")
    for _name, path, _written in files.everything():
        os.utime(path, (MONDAY.timestamp(), MONDAY.timestamp()))
    assert len(sweep(at=MONDAY + timedelta(hours=23)).young) == 2
    found = sweep(at=MONDAY + timedelta(hours=25), read_contents=True)
    assert len(found.removed) == 2
    assert not orphan.exists()
    assert not found.missing
    assert not found.altered
    assert files.path_of(attachment=row).exists()
    assert files.thumbnail_of(attachment=row).exists()


def test_a_row_whose_file_is_gone_or_altered_is_reported(world, capsys):
    petition = filed(world, at=at("2026-11-16 09:00"))
    gone, altered = (attached(world, petition, picture()) for _ in range(2))
    files.path_of(attachment=gone).unlink()
    files.path_of(attachment=altered).write_bytes(b"another picture")
    with pytest.raises(SystemExit):
        call_command("sweep_attachments", "--contents")
    told = capsys.readouterr().err
    assert f"attachment without file: {gone.pk}" in told
    assert f"not the one that was attached: {altered.pk}" in told
    assert Petition.objects.filter(pk=petition.pk).exists()
