"""Texts are found in code and templates, and what is wrong with their translations is named."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from governance.translations import catalogues, faults, sources

APPS = ["governance", "petitions"]


@pytest.fixture
def root(tmp_path):
    for folder in ("petitions", "governance", "templates/petitions", "templates/parts", "static"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "petitions" / "choices.py").write_text('LABEL = _("Filed")\n')
    (tmp_path / "templates" / "petitions" / "list.html").write_text(
        '  {% translate "Case" %}\n'
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}"
    )
    (tmp_path / "templates" / "parts" / "pager.html").write_text('{% translate "Next" context "page" %}')
    return tmp_path


def translate(root, app, texts):
    catalogue = Catalog(locale="zh_Hans", charset="utf-8", fuzzy=False)
    for text, string in texts.items():
        catalogue.add(text, string)
    path = catalogues.path_of(app, root=root)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue)


def test_texts_belong_to_the_app_that_shows_them(root):
    assert {text.singular for text in sources.texts_of("petitions", apps=APPS, root=root)} == {
        "Filed",
        "Case",
        "%(n)s case",
    }
    assert set(sources.texts_of("governance", apps=APPS, root=root)) == {sources.Text("Next", "", "page")}


def test_what_is_missing_and_what_is_unused_is_named(root):
    translate(
        root,
        "petitions",
        {"Filed": "已登记", "Case": "", "Gone": "没有了", ("%(n)s case", "%(n)s cases"): ("%(n)s件",)},
    )
    found = list(faults.in_catalogue("petitions", apps=APPS, root=root))
    assert found == [
        "templates/petitions/list.html:1: no translation of 'Case'",
        "petitions/locale/zh_Hans/LC_MESSAGES/django.po: nobody uses 'Gone'",
    ]


def test_a_lost_placeholder_is_named(root):
    translate(root, "petitions", {"Filed": "已登记", "Case": "件", ("%(n)s case", "%(n)s cases"): ("几件",)})
    (found,) = faults.in_catalogue("petitions", apps=APPS, root=root)
    assert "other placeholders than the text: '%(n)s case'" in found


@pytest.mark.parametrize(
    ("said", "is_named"), [("已登记;新", True), ("<b>已登记</b>: 1", True), ("已登记；新", False), ("是,否", False)]
)
def test_chinese_is_set_with_full_width_signs(root, said, is_named):
    translate(root, "petitions", {"Filed": said, "Case": "件", ("%(n)s case", "%(n)s cases"): ("%(n)s件",)})
    assert [said in one for one in faults.in_catalogue("petitions", apps=APPS, root=root)] == [True] * is_named


def test_two_apps_say_the_same_thing_the_same_way(root):
    translate(root, "petitions", {"Case": "案件"})
    translate(root, "governance", {"Case": "事件"})
    assert len(list(faults.between_catalogues(APPS, root=root))) == 1


def test_an_update_keeps_translations_and_drops_what_is_gone(root):
    translate(root, "petitions", {"Filed": "已登记", "Gone": "没有了"})
    texts = sources.texts_of("petitions", apps=APPS, root=root)
    assert catalogues.complete("petitions", texts=texts, root=root) == 2
    catalogue = catalogues.read("petitions", root=root)
    assert catalogue.get("Filed").string == "已登记"
    assert catalogue.get("Gone") is None


@pytest.mark.parametrize(
    ("file", "text", "faulty"),
    [
        ("templates/parts/a.html", "<b>网格</b>", True),
        ("templates/parts/a.html", "{# 网格 #}", False),
        ("templates/parts/a.html", "{% comment %}\n网格\n{% endcomment %}", False),
        ("templates/parts/a.html", "<b>简体中文</b>{# zh: languages name themselves #}", False),
        ("static/a.js", "say('网格')", True),
        ("static/a.js", "// 网格", False),
        ("petitions/a.py", "A = '网格'", True),
        ("petitions/a.py", '"""网格"""', False),
        ("petitions/a.py", "A = '网格'  # zh: the register writes it so", False),
        ("petitions/workflow.py", "BASIS = '信访工作条例 22'", False),
    ],
)
def test_chinese_belongs_into_catalogues_and_data(root, file, text, faulty):
    (root / file).write_text(text)
    found = [*faults.in_templates(root=root), *faults.in_python(APPS, root=root)]
    assert bool(found) is faulty
