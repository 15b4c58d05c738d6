"""Draws the pictures of docs/pictures anew: `uv run docs/make_pictures.py` (needs LibreOffice, poppler and CJK fonts).

A rehearsal is played; of three units' filled-in forms, of the ranking workbook and of what is given out the first page of every
sheet is kept, and of the draft bulletin every page. Where LibreOffice has no Writer, the pictures of the draft stay as they are.
Formulas are calculated anew, as they are for who opens a file that was filled in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
GALLERY = PROJECT / "docs" / "pictures.md"
UNITS = ("司法局", "法院", "团委")
TOLD = ("司法局", "科协")  # units whose feedback sheet is shown
DRAFT = "通报稿"
DPI = "75"
_INTRODUCTION = (
    "Every sheet of three units' forms, of the ranking workbook and of what is given out, first pages, with a rehearsal's "
    "invented answers."
)


_CALCULATED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_FONTS = {
    "宋体": "Noto Serif CJK SC",
    "仿宋": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        if not old.name.startswith(DRAFT):
            old.unlink()
    with TemporaryDirectory() as folder:
        round_ = _rehearsal(Path(folder))
        books = {unit: max(round_.glob(f"回收/*/[0-9][0-9]_{unit}_*.xlsx")) for unit in UNITS}
        books["排名汇总"] = round_ / "结果" / "排名汇总.xlsx"
        books |= {f"{unit}反馈单": max(round_.glob(f"结果/反馈单/[0-9][0-9]_{unit}_*.xlsx")) for unit in TOLD}
        books["通报版"] = round_ / "结果" / "通报" / "通报版.xlsx"
        drawn = {name: list(_draw(name, book, Path(folder))) for name, book in books.items()}
        drawn[DRAFT] = _draw_pages(round_ / "结果" / "通报" / f"{DRAFT}.docx", Path(folder))
    GALLERY.write_text(_gallery(drawn), encoding="utf-8")
    return 0


def _rehearsal(folder: Path) -> Path:
    command = [sys.executable, str(PROJECT / "collect.py"), "--rehearse", "--quiet", "--out", str(folder)]
    subprocess.run(command, check=True)
    return folder / "演练"


_NUMBERING = re.compile(r"第\d+页|共\d+页")


def _draw(name: str, book: Path, folder: Path) -> Iterator[str]:
    """Draw the first page of each sheet; beside the page's number its footer ends with the sheet's name."""
    pdf = _pdf(book, folder)
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    sheets = [[word for word in page.split() if not _NUMBERING.fullmatch(word)][-1] for page in pages]
    for number, sheet in enumerate(sheets, 1):
        if sheet not in sheets[: number - 1]:
            picture = re.sub(r"[()]", "", f"{name}-{sheet}")  # a link ends with a bracket
            _run("pdftoppm", "-r", DPI, "-png", "-singlefile", "-f", str(number), pdf, PICTURES / picture)
            yield picture


def _draw_pages(document: Path, folder: Path) -> list[str]:
    """Draw every page of a document; without Writer none comes out, and those that are there stay."""
    pdf = _pdf(document, folder)
    if pdf.exists():
        for old in PICTURES.glob(f"{DRAFT}-*.png"):
            old.unlink()
        _run("pdftoppm", "-r", DPI, "-png", pdf, PICTURES / DRAFT)
    return sorted(path.stem for path in PICTURES.glob(f"{DRAFT}-*.png"))


def _pdf(book: Path, folder: Path) -> Path:
    office = folder / "office"
    settings = office / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_CALCULATED, encoding="utf-8")
        (folder / "fonts.conf").write_text(_alike(), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    _run(
        "soffice",
        "--headless",
        f"-env:UserInstallation={office.as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        book,
    )
    return folder / f"{book.stem}.pdf"


def _alike() -> str:
    """Give fonts of the same kind for those of Windows, where the machine has none of these names."""
    alias = "<alias binding='same'><family>{}</family><prefer><family>{}</family></prefer></alias>"
    lines = "\n".join(alias.format(name, like) for name, like in _FONTS.items())
    return f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>\n{lines}\n</fontconfig>"


def _run(program: str, *arguments: str | Path) -> str:
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed")
    return subprocess.run([found, *arguments], check=True, capture_output=True, text=True).stdout


def _gallery(drawn: dict[str, list[str]]) -> str:
    parts = [f"# Pictures\n\n{_INTRODUCTION}\n"]
    for name, pictures in drawn.items():
        parts.append(f"\n## {name}\n")
        parts += [f"\n{_sheet(each)}\n\n![{each}](pictures/{each}.png)\n" for each in pictures]
    return "".join(parts)


def _sheet(picture: str) -> str:
    return re.sub(r"^[^-]*-", "", picture)


if __name__ == "__main__":
    sys.exit(main())
