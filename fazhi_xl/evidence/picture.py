"""A picture: its size, the frames of a TIFF or GIF as pages, whether it is whole, and whether anything is on it."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image, ImageFile, UnidentifiedImageError

from fazhi_xl.evidence.opened import CannotOpenError, Opened
from fazhi_xl.rounds.inspected import Fault

Image.MAX_IMAGE_PIXELS = None  # the limit is the rule below, and is told as one
SHORTER_SIDE = 600  # pixels: of an A4 page that is 73 to the inch, at which ordinary print is no longer read
_MOST = 100_000_000  # pixels of a frame
_FRAMES = 12  # that are decoded; the others are counted
_ALIKE = 2  # levels of a colour by which a blank page differs from itself
_KIND = "图片"
_PALETTES = frozenset({"P", "PA"})  # ways in which a picture is stored whose numbers stand for colours


def opened_picture(file: BinaryIO) -> Opened:
    """Open a picture. Raises CannotOpenError, and what Pillow raises."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture = Image.open(file)
    except UnidentifiedImageError as error:
        raise CannotOpenError(_KIND, Fault.DAMAGED) from error
    with picture:
        frames = int(getattr(picture, "n_frames", 1))
        sizes, blank = [], True
        for frame in range(min(frames, _FRAMES)):
            picture.seek(frame)
            sizes.append(_checked(picture))
            blank = _is_blank(picture) and blank
        width, height = max(sizes, key=min)
        small = f"{width}×{height}" if min(width, height) < SHORTER_SIDE else ""
        return Opened(kind=_KIND, pages=frames, empty=blank, small=small)


def _checked(picture: Image.Image) -> tuple[int, int]:
    """Give a frame's size. Raises CannotOpenError for more than is decoded."""
    width, height = picture.size
    if width * height > _MOST:
        raise CannotOpenError(_KIND, Fault.STOPPED, f"{width}×{height}")
    return width, height


def _is_blank(picture: Image.Image) -> bool:
    """Decode a frame, a JPEG at an eighth of its size, and say whether it is all of one colour."""
    if picture.format == "JPEG":
        picture.draft("L", (picture.width // 8, picture.height // 8))
    picture.load()
    bands = _palette_bands(picture) if picture.mode in _PALETTES else picture.getextrema()
    each = bands if isinstance(bands[0], tuple) else (bands,)
    return all(high - low <= _ALIKE for low, high in each)


def _palette_bands(picture: Image.Image) -> tuple[tuple[int, int], ...]:
    """Give the least and the most of red, green and blue that is seen: the numbers of a palette's colours say nothing of them.

    Where some colours are transparent, two numbers count as far apart: what is black on a transparent black is seen.
    """
    used = [number for number, count in enumerate(picture.histogram()[:256]) if count]
    colours = picture.getpalette() or []
    if "transparency" in picture.info or picture.mode == "PA" or not colours:
        return ((0, 255),) if len(used) > 1 else ((0, 0),)
    bands = [[colours[number * 3 + band] for number in used if number * 3 + band < len(colours)] for band in range(3)]
    return tuple((min(band), max(band)) for band in bands if band) or ((0, 255),)
