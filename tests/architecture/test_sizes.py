"""A file is one subject, a function one thought."""

import ast
from statistics import median

import pytest

from tests.architecture import sources

FILE_LINES, MEDIAN_LINES, FUNCTION_LINES = 300, 60, 40


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {sources.name(path): _lines(path) for path in sources.files() if _lines(path) > FILE_LINES}
    assert not long


def test_the_usual_file_is_short():
    """Python and templates alike: a page is read as its code is."""
    pages = sorted((sources.ROOT / "templates").rglob("*.html"))
    sizes = [_lines(path) for path in (*sources.files(), *pages) if _lines(path) > 1]
    assert median(sizes) <= MEDIAN_LINES


@pytest.mark.parametrize("app", sources.APPS)
def test_no_function_is_longer_than_a_screen(app):
    long = [
        f"{sources.name(path)}:{function.lineno} {function.name} has {_length(function)} lines"
        for path in sources.files()
        if path.relative_to(sources.ROOT).parts[0] == app
        for function in sources.functions(path)
        if _length(function) > FUNCTION_LINES
    ]
    assert not long, "\n".join(long)


def _lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def _length(function):
    """Lines from `def` to the end; the docstring explains and does not count."""
    first = function.body[0]
    document = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.end_lineno - function.lineno + 1 - (first.end_lineno - first.lineno + 1 if document else 0)
