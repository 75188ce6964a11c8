"""Only the workflow moves a case: whoever assigned `.state` elsewhere would step around rights, needs and clocks."""

import ast

from tests.architecture import sources


def test_only_the_workflow_assigns_a_state():
    writes = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.files()
        if path.relative_to(sources.ROOT).parts[0] != "kernel"  # its timers and deliveries have states, but no workflow
        for node in ast.walk(sources.tree(path))
        if _writes_state(node)
    ]
    assert not writes, "\n".join(writes)


def _writes_state(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [inner for target in targets for inner in ast.walk(target)]
        return any(isinstance(inner, ast.Attribute) and inner.attr == "state" for inner in flat)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called == "setattr":
        return len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
    return called == "update" and any(keyword.arg == "state" for keyword in node.keywords)
