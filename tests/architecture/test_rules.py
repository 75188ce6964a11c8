"""A rule is pure: it can be read, tested and trusted alone, because it touches neither database nor network."""

import ast

from tests.architecture import sources

RULES = {
    "workflow",
    "policies",
    "deadlines",
    "routing",
    "escalation",
    "indicators",
    "scoring",
    "worktime",
    "ledger",
    "triage",
}
TOUCHING = ("django.db", "django.core.cache", "django.contrib", "rest_framework", "celery", "psycopg2", "redis")


def test_rules_touch_no_database():
    touching = [
        f"{sources.name(path)}:{node.lineno} imports {imported}"
        for path in sources.files()
        if path.relative_to(sources.ROOT).parts[1].removesuffix(".py") in RULES
        for node in ast.walk(sources.tree(path))
        for imported in _imports(node)
        if imported.startswith(TOUCHING)
    ]
    assert not touching, "\n".join(touching)


def _imports(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
