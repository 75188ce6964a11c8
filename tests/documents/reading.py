"""What stands in a file that was made."""

from __future__ import annotations

from io import BytesIO

from docx import Document


def words_of(file: bytes) -> str:
    made = Document(BytesIO(file))
    cells = [cell.text for one in made.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])
