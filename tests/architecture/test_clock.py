"""Time comes in as an argument: below the doors nobody asks for it, so every deed can be played at any moment."""

import ast

from tests.architecture import sources

ASKING = {
    ("clock", "now"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("functions", "Now"),
    ("time", "time"),
    ("timezone", "now"),
}
IMPORTED = {
    ("django.db.models.functions", "Now"),
    ("django.utils.timezone", "now"),
    ("kernel.clock", "now"),
    ("time", "time"),
}
CONVERTING = {"localtime", "localdate"}  # of a moment they are given; without one they ask for the time
# The processes around the product measure how long things take; that is no time of a case.
AROUND = ("governance/embedded/", "governance/supervisor/", "governance/bootstrap.py", "governance/celery.py")
STAMPED = "kernel/models/event.py"  # the database itself notes when the log was written, beside when things happened


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
    return sources.is_door(path) or name in ("kernel/clock.py", STAMPED) or name.startswith(AROUND)


def _asks(node):
    if isinstance(node, ast.ImportFrom):
        return any((node.module, alias.name) in IMPORTED for alias in node.names)
    if isinstance(node, ast.Call) and not node.args and not node.keywords:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called in CONVERTING
    if isinstance(node, ast.Attribute):
        owner = node.value
        return (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", ""), node.attr) in ASKING
    return False
