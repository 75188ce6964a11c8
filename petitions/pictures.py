"""Pictures from outside: told by their content, bounded before they are decoded, and encoded anew without metadata."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # the library's own guard, for whatever else opens a picture

# What the decoders raise on a truncated or hostile file.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, KeyError, TypeError, MemoryError)


class NotAPicture(Exception):
    """The content is not a picture that is taken; `why` is "unreadable" or "too_many_pixels"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it is kept, with the small one for lists."""

    content: bytes
    content_type: str
    extension: str
    width: int
    height: int
    thumbnail: bytes


def redrawn(*, content: bytes) -> Picture:
    """The picture encoded anew: upright, at most 2560 pixels a side, without EXIF, so without place and device.

    A photograph stays JPEG, everything else becomes WebP. Raises NotAPicture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                return _encoded(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NotAPicture("too_many_pixels") from error
    except UNREADABLE as error:
        raise NotAPicture("unreadable") from error


def _encoded(opened: Image.Image) -> Picture:
    if opened.width * opened.height > MAX_PIXELS:
        raise NotAPicture("too_many_pixels")
    photograph = opened.format in ("JPEG", "MPO")
    if photograph:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # lets the decoder itself halve what is larger
    upright = ImageOps.exif_transpose(opened)
    clear = not photograph and upright.has_transparency_data
    drawn = upright.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = drawn.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(
        content=_saved(drawn, "JPEG" if photograph else "WEBP"),
        content_type="image/jpeg" if photograph else "image/webp",
        extension="jpg" if photograph else "webp",
        width=drawn.width,
        height=drawn.height,
        thumbnail=_saved(small, "WEBP"),
    )


def _saved(drawn: Image.Image, form: str) -> bytes:
    drawn.info.clear()  # comments and profiles would be written along
    out = io.BytesIO()
    drawn.save(out, form, quality=85)
    return out.getvalue()
