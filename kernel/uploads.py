"""What is too large to be a request is refused before a byte of it is stored; and a file that came, as one to read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MAX_REQUEST = 64 * 1024 * 1024  # the largest file that is taken anywhere has 50 MB


class WholeRequestLimit(FileUploadHandler):
    """Stands before the handlers that store; raises RequestDataTooBig for a body that says it is larger, or is."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django passes it by this name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse by the length that the request claims."""
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("the request is larger than anything that is taken here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass each piece on, until they are too many."""
        self.seen += len(raw_data)
        if self.seen > MAX_REQUEST:
            raise RequestDataTooBig("the request is larger than anything that is taken here")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""


@contextmanager
def on_disk(file: UploadedFile[Any]) -> Iterator[Path]:
    """Where the file that came can be read by its name until the block ends."""
    with tempfile.NamedTemporaryFile(prefix="incoming-") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        yield Path(kept.name)
