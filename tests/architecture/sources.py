"""The sources the architecture tests read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the bottom up: an app may know those before it and none after it.
APPS = (
    "kernel",
    "organizations",
    "documents",
    "notices",
    "grids",
    "petitions",
    "registry",
    "dispatch",
    "mediation",
    "supervision",
    "liaisons",
    "projects",
    "developments",
    "calls",
    "whistles",
    "assessment",
    "desk",
    "governance",
)
# Who may ask for the time: they translate a request, a wake-up or a command line into one call.
DOORS = {"api", "views", "web", "live", "tasks", "subscribers", "management", "admin", "middleware"}


@cache
def files() -> tuple[Path, ...]:
    """Every Python file of the product, migrations left out."""
    found = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_door(path: Path) -> bool:
    return any(Path(part).stem in DOORS for part in path.relative_to(ROOT).parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
