"""An export becomes petitions: each row once for ever, each refusal with its reason, whatever dies in between."""

from __future__ import annotations

import csv

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kernel import personal
from kernel.actors import SYSTEM
from kernel.chains import verify_all
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from petitions.models import ImportBatch, ImportRow, Petition
from petitions.services import intake, intake_files, intake_rows
from tests.petitions.exports import csv_file, row, xlsx_file
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def export(tmp_path):
    return csv_file(tmp_path / "export.csv", [row(number) for number in range(1, 8)], encoding="gb18030")


def opened(file, *, actor=SYSTEM, source="hotline", **options) -> ImportBatch:
    return intake_files.open_batch(
        file=file, filename=file.name, source=source, channel="hotline", actor=actor, at=MONDAY, **options
    )


def run(batch, *, actor=SYSTEM, size=3) -> ImportBatch:
    intake.start(batch_id=batch.pk, actor=actor)
    while intake.import_chunk(batch_id=batch.pk, actor=actor, at=MONDAY, size=size):
        pass
    batch.refresh_from_db()
    return batch


def verdicts(batch) -> list[tuple]:
    return list(batch.rows.order_by("row_no").values_list("row_no", "verdict", "column", "why"))


def test_every_row_becomes_a_petition_with_all_that_it_says(world, export):
    batch = run(opened(export))
    assert (batch.stage, batch.done, batch.total) == ("done", 7, 7)
    petition = Petition.objects.get(source="hotline", source_no="GD00003")
    assert petition.title == "投诉门前占道经营"
    assert petition.category_id == "010101"
    assert (petition.nature, petition.channel) == ("complaint", "hotline")
    assert petition.township_code == "370404001"
    assert (petition.filed_at, petition.source_at) == (MONDAY, at("2026-11-15 08:05:09"))
    assert petition.center == world.units["county"]
    assert petition.reporter_masked == "王**"
    assert personal.decrypt(petition.reporter.phone, purpose="reporter.phone") == "13812345678"
    assert all(status.intact for status in verify_all())


def test_the_same_number_is_filed_once_for_ever(world, tmp_path, export):
    first = run(opened(export))
    assert run_again(export) == first
    later = csv_file(tmp_path / "later.csv", [row(6), row(7), row(8), row(8)])
    batch = run(opened(later))
    assert [verdict for _no, verdict, *_ in verdicts(batch)] == ["known", "known", "filed", "known"]
    assert Petition.objects.count() == 8
    assert run(opened(later, source="mailbox")).rows.filter(verdict="filed").count() == 3


def run_again(export) -> ImportBatch:
    batch = opened(export)
    assert batch.stage == "done"
    with pytest.raises(WrongState), transaction.atomic():
        intake.start(batch_id=batch.pk, actor=SYSTEM)
    return batch


def test_what_is_wrong_with_a_row_is_said_with_number_column_and_reason_and_the_rest_is_filed(world, tmp_path):
    rows = [
        row(1),
        row(2, 工单编号=""),
        row(3, 标题="", 诉求内容=""),
        row(4, 来电时间="前天"),
        row(5, 来电时间="2031-01-01 08:00"),
        row(6, 联系电话="1" * 60),
        [*row(7), "", "多出来的"],
        row(8, 工单编号="9" * 80),
        row(9),
    ]
    batch = run(opened(csv_file(tmp_path / "export.csv", rows)))
    assert verdicts(batch) == [
        (2, "filed", "", ""),
        (3, "refused", "工单编号", "missing"),
        (4, "refused", "诉求内容", "missing"),
        (5, "refused", "来电时间", "no_time"),
        (6, "refused", "来电时间", "future"),
        (7, "refused", "联系电话", "too_long"),
        (8, "refused", "", "too_many_cells"),
        (9, "refused", "工单编号", "too_long"),
        (10, "filed", "", ""),
    ]
    assert Petition.objects.count() == 2


def test_text_that_does_not_fit_the_title_is_kept_whole(world, tmp_path):
    long = "关于" + "很长的标题" * 40
    rows = [
        row(1, 标题=long),
        row(2, 标题="", 诉求内容="门口积水。已经三天了。"),
        row(3, 诉求内容="字" * 9000),
        row(4, 诉求内容="含\x00控\u202e制"),
        row(5, 工单编号="ＧＤ－５"),
    ]
    run(opened(csv_file(tmp_path / "export.csv", rows)))
    first = Petition.objects.get(source_no="GD00001")
    assert len(first.title) == 120
    assert first.description.startswith(long)
    assert Petition.objects.get(source_no="GD00002").title == "门口积水"
    assert len(Petition.objects.get(source_no="GD00003").description) == 9000
    assert Petition.objects.get(source_no="GD00004").description == "含控制"
    assert Petition.objects.filter(source_no="GD-5").exists()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2019/12/30 17:06:14", "2019-12-30 17:06:14"),
        ("2026-11-15T08:05", "2026-11-15 08:05"),
        ("2026年11月15日 8时05分", "2026-11-15 08:05"),
        ("2026.11.15", "2026-11-15 00:00"),
        ("２０２６－１１－１５ ０８：０５：０９", "2026-11-15 08:05:09"),
    ],
)
def test_times_are_read_as_offices_write_them(world, tmp_path, written, moment):
    run(opened(csv_file(tmp_path / "export.csv", [row(1, 来电时间=written)])))
    assert Petition.objects.get().source_at == at(moment)


def test_a_workbook_is_imported_like_a_csv(world, tmp_path):
    batch = run(opened(xlsx_file(tmp_path / "export.xlsx", [row(1), row(2)], heading="导出")))
    assert [one[:2] for one in verdicts(batch)] == [(3, "filed"), (4, "filed")]


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(world, export):
    batch = opened(export)
    intake.start(batch_id=batch.pk, actor=SYSTEM)
    intake.import_chunk(batch_id=batch.pk, actor=SYSTEM, at=MONDAY, size=3)
    again = opened(export)
    assert (again.pk, again.stage, again.done) == (batch.pk, "running", 3)
    run(again)
    assert Petition.objects.count() == 7
    assert [number for number, *_ in verdicts(batch)] == list(range(2, 9))


def test_stopping_keeps_what_is_filed_and_the_rest_can_follow(world, export):
    batch = opened(export)
    intake.start(batch_id=batch.pk, actor=SYSTEM)
    intake.import_chunk(batch_id=batch.pk, actor=SYSTEM, at=MONDAY, size=3)
    intake.stop(batch_id=batch.pk, actor=SYSTEM)
    assert intake.import_chunk(batch_id=batch.pk, actor=SYSTEM, at=MONDAY) is None
    assert Petition.objects.count() == 3
    assert run(batch).stage == "done"
    assert intake.counts(batch=batch) == {"filed": 7, "known": 0, "refused": 0}


def test_the_uploaded_file_goes_when_it_is_imported_or_forgotten(world, tmp_path, export):
    batch = opened(export)
    assert intake_files.spooled(batch=batch).exists()
    other = opened(csv_file(tmp_path / "other.csv", [row(50)]))
    assert intake_files.forget_files(at=MONDAY) == 0
    assert intake_files.forget_files(at=at("2026-11-20 09:00")) == 2
    assert not ImportBatch.objects.filter(pk__in=[batch.pk, other.pk]).exists()


def test_the_check_says_what_the_import_will_do_and_writes_nothing(world, tmp_path, export):
    run(opened(export))
    file = csv_file(tmp_path / "next.csv", [row(7), row(8), row(8), row(9, 来电时间="昨天")])
    batch = opened(file)
    plan = intake.plan_of(batch=batch, at=MONDAY)
    said = [
        (one.verdict, one.why)
        for one in intake_rows.check(spooled=intake_files.spooled(batch=batch), plan=plan, size=2)
    ]
    assert said == [("known", ""), ("new", ""), ("known", "twice"), ("refused", "no_time")]
    assert Petition.objects.count() == 7
    assert not ImportRow.objects.filter(batch=batch).exists()


def test_only_who_may_import_does_and_sees_only_their_own(world, export):
    dispatcher, other = world.actor("dispatcher"), world.actor("dispatcher2")
    with pytest.raises(NotAllowed):
        opened(export, actor=world.actor("urban_handler"))
    batch = opened(export, actor=dispatcher)
    with pytest.raises(Missing), transaction.atomic():
        intake.start(batch_id=batch.pk, actor=other)
    with pytest.raises(Conflict):
        opened(export, actor=other)
    run(batch, actor=dispatcher)
    assert Petition.objects.filter(registrar=world.users["dispatcher"]).count() == 7


def test_columns_that_are_not_clear_must_be_assigned_first(world, tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("甲,乙\n1,停水三天\n", encoding="utf-8")
    batch = opened(file)
    with pytest.raises(Invalid) as refused, transaction.atomic():
        intake.start(batch_id=batch.pk, actor=SYSTEM)
    assert set(refused.value.fields) == {"source_no", "text"}
    intake.assign_columns(batch_id=batch.pk, mapping={"source_no": "甲", "text": "乙"}, actor=SYSTEM)
    run(batch)
    assert Petition.objects.get().description == "停水三天"


def test_the_command_checks_imports_and_goes_on(world, export, tmp_path, capsys):
    result = tmp_path / "verdicts.csv"
    call_command("import_petitions", export, source="hotline", dry_run=True, result=result)
    assert "7 new" in capsys.readouterr().out
    assert not Petition.objects.exists()
    call_command("import_petitions", export, source="hotline", limit=2)
    assert Petition.objects.count() == 2
    call_command("import_petitions", export, source="hotline", result=result)
    assert "2 of 7 rows were imported before" in capsys.readouterr().out
    assert Petition.objects.count() == 7


def test_the_command_writes_a_verdict_for_every_row(world, tmp_path, capsys):
    export = csv_file(tmp_path / "export.csv", [row(1), row(2, 工单编号="=1+1"), row(3, 来电时间="某日")])
    result = tmp_path / "verdicts.csv"
    call_command("import_petitions", export, source="hotline", result=result)
    told = capsys.readouterr()
    assert "2 filed, 1 refused" in told.out
    assert "row 4, 来电时间" in told.err
    with result.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    assert [line[:3] for line in lines[1:]] == [
        ["2", "GD00001", "filed"],
        ["3", "'=1+1", "filed"],
        ["4", "GD00003", "refused"],
    ]
    assert lines[1][5] == Petition.objects.get(source_no="GD00001").number
    call_command("import_petitions", export, source="hotline")
    assert "3 of 3 rows were imported before" in capsys.readouterr().out
    assert Petition.objects.count() == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"source": "热线"}, "source"),
        ({"source": "hotline", "mapping": "title"}, "FIELD=COLUMN"),
        ({"source": "hotline", "mapping": "source_no=没有"}, "source_no"),
        ({"source": "hotline", "username": "nobody"}, "nobody"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(world, export, options, told):
    with pytest.raises(CommandError, match=told):
        call_command("import_petitions", export, **options)
