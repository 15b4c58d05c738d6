"""Pages of an exported PDF, by the poppler tools; where they are absent, the test that asks is skipped."""

import shutil
import subprocess
from pathlib import Path

from tests.clients.absent import skip_or_fail

SECONDS = 120.0


def page_count(pdf: Path) -> int:
    fields = dict(line.split(":", 1) for line in _run("pdfinfo", pdf).splitlines() if ":" in line)
    return int(fields["Pages"])


def page_sizes(pdf: Path) -> list[tuple[int, int]]:
    """List the width and height of each page in whole points; upright A4 is (595, 842)."""
    lines = _run("pdfinfo", "-f", "1", "-l", "-1", pdf).splitlines()
    sizes = (line.split(":")[1].split() for line in lines if line.startswith("Page ") and "size:" in line)
    return [(round(float(width)), round(float(height))) for width, _, height, *_ in sizes]


def pages_text(pdf: Path) -> list[str]:
    """Extract the text of every page, laid out as it stands."""
    return _run("pdftotext", "-layout", "-enc", "UTF-8", pdf, "-").split("\f")[:-1]


def render(pdf: Path, folder: Path, *, dpi: int = 70) -> list[Path]:
    """Draw every page into `folder` as a PNG named after the PDF; returns them in the order of the pages."""
    _run("pdftoppm", "-r", str(dpi), "-png", pdf, folder / pdf.stem)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _run(program: str, *arguments: str | Path) -> str:
    found = shutil.which(program)
    if found is None:
        skip_or_fail(f"{program} is not installed (on Debian: poppler-utils)")
    ended = subprocess.run([found, *arguments], capture_output=True, timeout=SECONDS, check=True)
    return ended.stdout.decode(errors="replace")
