"""What is wrong with texts and translations, one line per fault."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Message

from governance.translations import catalogues, sources

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Chinese is set with full-width signs; the two or three words of a `yesno` are parted by the comma of its syntax.
HALF_WIDTH = re.compile(r"[\u3400-\u9fff](?:</?\w+>)*[,;:!?(]|[,;:!?)](?:</?\w+>)*[\u3400-\u9fff]")
PARTED = re.compile(r"\w+(,\w+)+")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
# Facts in the language of the country they are facts of are data, not texts of the interface: places, persons, and the
# articles of law that the tables cite. A single line elsewhere says why: `# zh: the register writes it so`.
DATA = (
    "*/data/*",
    "*/demo/*",
    "*/migrations/*",
    "*/workflow.py",
    "*/deadlines.py",
    "*/escalation.py",
    "*/indicators.py",
)
EXCUSED = re.compile(r"(#|\{#|//) zh: \w")


def in_catalogue(app: str, *, apps: list[str], root: Path) -> Iterator[str]:
    """Yield what is missing, fuzzy, unused or broken in the catalogue of an app."""
    texts = sources.texts_of(app, apps=apps, root=root)
    catalogue = catalogues.read(app, root=root)
    for text, place in texts.items():
        known = catalogue.get(text.singular, text.context or None)
        if known is None or not catalogues.translated(known.string):
            yield f"{place}: no translation of {text.singular!r}"
    keys = {text.key for text in texts}
    for message in catalogue:
        if message.id:
            yield from _of_message(message, keys, catalogues.path_of(app, root=root).relative_to(root))


def between_catalogues(apps: list[str], *, root: Path) -> Iterator[str]:
    """Yield the texts that two apps translate differently: Django would take either."""
    seen: dict[tuple[str, str], tuple[str, object]] = {}
    for app in apps:
        for message in catalogues.read(app, root=root):
            if not message.id or not catalogues.translated(message.string):
                continue
            key = (_singular(message), message.context or "")
            other, string = seen.setdefault(key, (app, message.string))
            if string != message.string:
                yield f"{key[0]!r} is {string!r} in {other} and {message.string!r} in {app}: give one a context"


def in_templates(*, root: Path) -> Iterator[str]:
    """Yield the templates and scripts that hold Chinese, which belongs into a catalogue."""
    for folder, pattern, comment in (("templates", "*.html", TEMPLATE_COMMENT), ("static", "*.js", SCRIPT_COMMENT)):
        for file in sorted((root / folder).rglob(pattern)):
            source = file.read_text(encoding="utf-8")
            bare = comment.sub(lambda gone: "\n" * gone[0].count("\n"), source).split("\n")
            for number, (line, written) in enumerate(zip(bare, source.split("\n"), strict=True), start=1):
                if CHINESE.search(line) and not EXCUSED.search(written):
                    yield f"{file.relative_to(root)}:{number}: Chinese in the source: {line.strip()[:60]}"


def in_python(apps: list[str], *, root: Path) -> Iterator[str]:
    """Yield the string literals that hold Chinese outside of data files; docstrings and comments may."""
    for app in apps:
        for file in sources.python_files(app, root=root):
            place = file.relative_to(root)
            if not any(fnmatch(place.as_posix(), pattern) for pattern in DATA):
                source = file.read_text(encoding="utf-8")
                found = _literals(ast.parse(source), source.splitlines())
                yield from (f"{place}:{line}: Chinese in the source: {text[:60]!r}" for line, text in found)


def _literals(tree: ast.AST, lines: list[str]) -> Iterator[tuple[int, str]]:
    documents = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documents:
            continue
        if CHINESE.search(node.value) and not EXCUSED.search(lines[node.lineno - 1]):
            yield node.lineno, node.value


def _of_message(message: Message, keys: set[tuple[str, str]], place: Path) -> Iterator[str]:
    singular = _singular(message)
    if (singular, message.context or "") not in keys:
        yield f"{place}: nobody uses {singular!r}"
    if message.fuzzy:
        yield f"{place}: fuzzy: {singular!r}"
    strings = [message.string] if isinstance(message.string, str) else message.string or []
    wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else " ".join(message.id)))
    for string in strings:
        if string and set(PLACEHOLDER.findall(string)) != wanted:
            yield f"{place}: other placeholders than the text: {singular!r}"
        if HALF_WIDTH.search(string) and not PARTED.fullmatch(string):
            yield f"{place}: a half-width sign beside Chinese: {string!r}"


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
