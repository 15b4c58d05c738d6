"""Files of evidence as units send them, half in folders and half in one archive a unit: scans, texts, photographs, OFDs, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from zipfile import ZipFile

from PIL import Image, ImageDraw

from tests.support.evidence import ofd, pdf, picture_pdf, word

_PAGE = (1654, 2339)  # A4 at 200 to the inch


def send_evidence(returns: Path, units: Sequence[str], many: int) -> None:
    """Put so many files into the units' folders, by item; each has other bytes."""
    packed: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for no, (unit, (ending, data)) in enumerate(zip(cycle(units), islice(_files(), many), strict=False)):
        name = f"{1 + no // len(units) % 21}/{no}.{ending}"
        if no % 2:
            packed[unit].append((name, data))
        else:
            path = returns / unit / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for unit, files in packed.items():
        (returns / unit).mkdir(parents=True, exist_ok=True)
        with ZipFile(returns / unit / "台账.zip", "w") as archive:
            for name, data in files:
                archive.writestr(name, data)


def _files() -> Iterator[tuple[str, bytes]]:
    scan, photo = _drawn(_PAGE), _drawn((2400, 3200))
    text = ["BT /F1 12 Tf " + "".join(f"1 0 0 1 60 {at} Tm (line {at}) Tj " for at in range(60, 800, 14)) + "ET"] * 8
    kinds: tuple[tuple[str, Callable[[int], bytes]], ...] = (
        ("pdf", lambda no: picture_pdf([scan] * (1 + no % 4), _PAGE) + b"%%%d" % no),
        ("pdf", lambda no: pdf(text) + b"%%%d" % no),
        ("jpg", lambda no: photo + no.to_bytes(4, "big")),
        ("pdf", lambda no: picture_pdf([scan], _PAGE) + b"%%%d" % no),
        ("ofd", lambda no: ofd([f"{no}", *["证明" * 200] * 5])),
        ("docx", lambda no: word(f"{no}" + "总结" * 2000)),
    )
    for no, (ending, make) in enumerate(cycle(kinds)):
        yield ending, make(no)


def _drawn(size: tuple[int, int]) -> bytes:
    """Draw a page with lines of marks, as a scanner gives it."""
    page, made = Image.new("L", size, 255), BytesIO()
    pen = ImageDraw.Draw(page)
    for top in range(60, size[1] - 40, 36):
        for left in range(80, size[0] - 90, 30):
            pen.text((left, top), chr(65 + left * top % 26), fill=0, font_size=26)
    page.save(made, "JPEG", quality=60)
    return made.getvalue()
