"""Time comes in as an argument: below the doors nobody asks for it, so every deed can be played at any moment."""

import ast

from tests.architecture import sources

ASKING = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
ASKING |= {
    ("clock", "now"),
    ("time", "time"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("functions", "Now"),
}
IMPORTED = {
    ("kernel.clock", "now"),
    ("django.utils.timezone", "now"),
    ("django.db.models.functions", "Now"),
    ("time", "time"),
}
# The processes around the product measure how long things take; that is no time of a case.
AROUND = ("governance/embedded/", "governance/supervisor/", "governance/bootstrap.py", "governance/celery.py")


def test_nobody_below_the_doors_asks_for_the_time():
    asking = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.files()
        if not _may_ask(path)
        for node in ast.walk(sources.tree(path))
        if _asks(node)
    ]
    assert not asking, "\n".join(asking)


def test_no_column_stamps_itself():
    stamps = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.files()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
    ]
    assert not stamps, "\n".join(stamps)


def _may_ask(path):
    name = sources.name(path)
    return sources.is_door(path) or name == "kernel/clock.py" or name.startswith(AROUND)


def _asks(node):
    if isinstance(node, ast.ImportFrom):
        return any((node.module, alias.name) in IMPORTED for alias in node.names)
    if isinstance(node, ast.Attribute):
        owner = node.value
        return (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", ""), node.attr) in ASKING
    return False
