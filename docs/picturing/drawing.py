"""Draws pages of workbooks and documents, by LibreOffice and poppler.

Formulas are calculated anew, as they are for who opens a file that was filled in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

PICTURES = Path(__file__).resolve().parents[1] / "pictures"
DPI = "75"
WHOLE, BEGINNING = ("-r", DPI), ("-r", "110", "-x", "40", "-y", "55", "-W", "1300", "-H", "620")
"""How a page is cut: poppler's options."""
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

_NUMBERED = re.compile(r"(\S+) 第 ?\d+ ?页")
_NUMBERING = re.compile(r"第 ?\d+ ?页,?|共 ?\d+ ?页")

Drawn = dict[str, list[str]]
"""The pictures of each book, by its name."""


def draw(
    name: str, book: Path, folder: Path, only: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Iterator[str]:
    """Draw the first page of each sheet of a book, or what is asked for, with how it is cut; gives the pictures' names.

    What is asked for is a sheet, or `sheet/title`: its first page that has a column with this title, where a sheet is wider than a page.
    """
    pdf = pdf_of(book, folder)
    for wanted, number in _first_pages(texts_of(pdf), only).items():
        picture = f"{name}-{re.sub('[()]', '', wanted).replace('/', '·')}"  # a link ends with a bracket
        cut_out(pdf, number, picture, only.get(wanted, WHOLE))
        yield picture


def _first_pages(pages: Collection[str], only: Collection[str]) -> dict[str, int]:
    """Give the number of the first page that shows each of what is asked for, or of each sheet, in the order of the pages."""
    sheets = {wanted.partition("/")[0] for wanted in only}
    first: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        sheet, words = sheet_of(page, sheets), set(page.split())
        shown = [each for each in only if each in {sheet, *(f"{sheet}/{word}" for word in words)}] if only else [sheet]
        for wanted in shown:
            first.setdefault(wanted, number)
    return first


def sheet_of(page: str, sheets: Collection[str] = ()) -> str:
    """Name a page's sheet: by the word before its number where that is one of these, else by the last; columns may end below the footer."""
    numbered = _NUMBERED.findall(page)
    return numbered[-1] if numbered and numbered[-1] in sheets else _NUMBERING.sub(" ", page).split()[-1]


def texts_of(pdf: Path) -> list[str]:
    """Give the text of each page."""
    return run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def cut_out(pdf: Path, number: int, picture: str, cut: tuple[str, ...] = WHOLE) -> None:
    """Draw a page, or a cut of it."""
    run("pdftoppm", *cut, "-png", "-singlefile", "-f", str(number), pdf, PICTURES / picture)


def draw_pages(name: str, document: Path, folder: Path) -> list[str]:
    """Draw every page of a document; without Writer none comes out, and those that are there stay."""
    pdf = pdf_of(document, folder)
    if pdf.exists():
        for old in PICTURES.glob(f"{name}-*.png"):
            old.unlink()
        run("pdftoppm", *WHOLE, "-png", pdf, PICTURES / name)
    return sorted(path.stem for path in PICTURES.glob(f"{name}-*.png"))


def pdf_of(book: Path, folder: Path) -> Path:
    """Write a workbook or a document as PDF, in the folder, which keeps what LibreOffice is told."""
    office = folder / "office"
    settings = office / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_CALCULATED, encoding="utf-8")
        (folder / "fonts.conf").write_text(_alike(), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    run(
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


def run(program: str | Path, *arguments: str | Path) -> str:
    """Run a program, and give what it prints. Raises SystemExit where it is not installed, CalledProcessError where it fails."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed")
    return subprocess.run([found, *arguments], check=True, capture_output=True, text=True).stdout
