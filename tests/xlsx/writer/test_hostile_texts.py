"""What units type, and how they name their files, never becomes a formula or a link in anything that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from lxml import etree

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.outputs.refill import left_out, readable, refilled
from fazhi_xl.reports.corrections import CellMark, Letter, corrections, mail, refusal
from fazhi_xl.reports.media.workbook import Formula, ReportBook
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.libreoffice import LibreOffice
from tests.clients.validator import Validator
from tests.support.campaign import forms, the_notice
from tests.support.packages import Package
from tests.support.returns import read, right
from tests.support.rounds import a_round, other_file

pytestmark = pytest.mark.long

UNIT = "工信局"
HOSTILE = (
    "=1+1", '=HYPERLINK("http://a.cn","点")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", " =1+1",
    "{=1+1}", "'=1+1", "http://a.cn/b?c=d", "https://a.cn", "mailto:a@b.cn", "ftp://a.cn", "file:///etc/passwd",
    "internal:排名!A1", "external:a.xlsx", "\\\\server\\share", '"><script>', "<f>1+1</f>", "]]>", "&amp;", "#REF!", "TRUE",
    "1e309", "_x003D_1", '=WEBSERVICE("http://a.cn")', "=1+1", "＝1+1", "甲\n=1+1", "表情😀\u202egnp.exe",
)  # fmt: skip
LINKS = {"ranking": {f"反馈单\\15_{UNIT}_反馈单.xlsx"}, "sent back": set(), "reissued": set(), "filled": set()}
_FORMULA_PARTS = re.compile(r"externalLink|connections|vbaProject|queryTable")


def spoilt(text: str) -> FileResult:
    """Make a return with the texts wherever a unit can put one, from this one on, in the file's name included."""
    shape, turn = forms()[UNIT].shape, cycle(_from(text))
    texts = {key: next(turn) for key, field in shape.fields.items() if field.kind is Kind.TEXT}
    numbers = {"15.6.次数.填报": text, "15.1.自评": "+1+1", "15.2.宪法.填报": "@SUM(A1:A9)"}
    answers = read(shape, {**right(shape), **texts, **numbers})
    said = finding(Code.SHEET_MISSING, Place(sheet=text, cell=text, field=text), value=text)
    return FileResult(
        path=f"{text}/{text}.xlsx",
        sha256="0" * 64,
        received=date(2020, 11, 18),
        unit=UNIT,
        status=Status.NEEDS_CORRECTION,
        findings=(*answers.findings, said),
        answers=answers,
    )


def _from(text: str) -> tuple[str, ...]:
    start = HOSTILE.index(text) if text in HOSTILE else 0
    return (text, *HOSTILE[start + 1 :], *HOSTILE[:start])


def letter(text: str) -> Letter:
    file = spoilt(text)
    assert file.answers is not None
    unit = next(each for each in the_notice().units if each.short == UNIT)
    day = date(2020, 11, 21)
    return Letter(notice=the_notice(), unit=unit, file=file, day=day, form=forms()[UNIT], left=left_out(file.answers))


def ranking_of(text: str) -> ReportBook:
    return ranking_book(a_round([UNIT], [spoilt(text), other_file(f"{text}.pdf", Status.REJECTED)]))


def ranking(text: str) -> bytes:
    return report_bytes(ranking_of(text), the_notice().theme)


def sent_back(text: str) -> bytes:
    sent = letter(text)
    assert sent.file.answers is not None
    return refilled(the_notice(), sent.form, readable(sent.file.answers), corrections(sent))


def reissued(text: str) -> bytes:
    answers = spoilt(text).answers
    assert answers is not None
    return refilled(the_notice(), forms()[UNIT], readable(answers))


def filled(text: str) -> bytes:
    form = forms()[UNIT]
    texts = [key for key, field in form.shape.fields.items() if field.kind is Kind.TEXT]
    places = [form.shape.places[key] for key in texts]
    turn = cycle(each for each in _from(text) if "\r" not in each)  # which XML reads as a line break
    return fill(refilled(the_notice(), form), [(place.sheet, place.cell, next(turn)) for place in places])


WRITERS = {"ranking": ranking, "sent back": sent_back, "reissued": reissued, "filled": filled}


def assert_own(writer: str, text: str, found: set[tuple[str, str]]) -> None:
    """Compare the formulas of a workbook with those that it was made of: of a ranking their number, of a form their cells."""
    if writer == "ranking":
        assert len(found) == sum(1 for _ in _formulas(ranking_of(text)))
        return
    places = forms()[UNIT].shape.places
    assert found == {(places[key].sheet, places[key].cell) for key in forms()[UNIT].shape.formulas}


def _formulas(value: object) -> Iterator[Formula]:
    """Find the formulas in a report, in whatever it is made of."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, tuple):
        yield from (each for inner in value for each in _formulas(inner))
    elif is_dataclass(value):
        yield from (each for name in fields(value) for each in _formulas(getattr(value, name.name)))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[16]])
def test_parts(writer: str, text: str) -> None:
    """There is no formula but the form's own, no link but those to cells and to the unit's own feedback sheet."""
    package = Package(WRITERS[writer](text))
    assert not [name for name in package.parts if _FORMULA_PARTS.search(name)]
    found = {
        (name, at)
        for name, part in package.sheets.items()
        for at, cell in part.cells.items()
        if cell.formula is not None
    }
    assert_own(writer, text, found)
    outside = {
        target
        for data in package.parts.values()
        for target in re.findall(rb'Target="([^"]*)" TargetMode="External"', data)
    }
    assert {unquote(target.decode()) for target in outside} <= LINKS[writer]
    for name, data in package.parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(data)


@pytest.mark.parametrize("text", HOSTILE[::16])
def test_links_lead_to_cells(text: str) -> None:
    """A link of the list leads to a cell of the form that a finding names, and bears its code."""
    package = Package(sent_back(text))
    links = package.sheets["需修改事项"].every("hyperlink")
    sheets = {sheet.name for sheet in forms()[UNIT].shape.sheets}
    assert links
    assert {re.sub(r"'!.*", "", str(each.get("location")))[1:] for each in links} <= sheets


@pytest.mark.parametrize("text", HOSTILE)
def test_mail(text: str) -> None:
    """The mail's text keeps each line a line, whatever was typed."""
    for made in (mail(letter(text), "表.xlsx"), refusal(replace(letter(text), file=_refused(text)), "表.xlsx")):
        assert made.endswith("\r\n")
        assert not [line for line in made.split("\r\n") if line.startswith(("=", "+", "@", "\t")) or not _plain(line)]


def _plain(line: str) -> bool:
    return all(char.isprintable() for char in line)


def _refused(text: str) -> FileResult:
    file = other_file(f"{text}/{text}", Status.REJECTED, UNIT)
    return replace(file, findings=(finding(Code.FORM_FOREIGN, value=text),))


@pytest.mark.libreoffice
@pytest.mark.parametrize("writer", WRITERS)
def test_in_a_client(libreoffice: LibreOffice, tmp_path: Path, writer: str) -> None:
    """Opened in LibreOffice and recalculated, what begins like a formula is text, and no formula but the form's own is there."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(WRITERS[writer]("=1+1"))
    held = _holding(path)
    with libreoffice.open(path) as document:
        document.calculate_all()
        found = {(each.sheet, each.cell) for each in document.formulas()}
        shown = [each.text for each in document.read([at for at, _ in held])]
    assert_own(writer, "=1+1", found)
    assert shown == [text for _, text in held]
    assert {"=1+1", "+1+1", "@SUM(A1:A9)"} <= {*shown}


def _holding(path: Path) -> list[tuple[tuple[str, str], str]]:
    """Give the cells that begin like a formula or a link, with their texts."""
    sheets = Package(path).sheets
    cells = (((name, at), cell.text) for name, part in sheets.items() for at, cell in part.cells.items())
    return [(at, text) for at, text in cells if text and text.startswith(("=", "+", "@", "http"))]


@pytest.mark.validator
def test_validator(validator: Validator, tmp_path: Path) -> None:
    """Office would open each without repair; the newer one, which knows more, is asked of one that is drawn and one that is filled in."""
    files = {writer: tmp_path / f"{writer}.xlsx" for writer in WRITERS}
    for writer, file in files.items():
        file.write_bytes(WRITERS[writer](HOSTILE[0]))
    assert list(map(str, validator.faults(files.values(), ["Office2010"]))) == []
    assert list(map(str, validator.faults([files["ranking"], files["filled"]], ["Microsoft365"]))) == []


class TestComments:
    @pytest.mark.parametrize("text", ["=1+1", "\x01\x0b\ufffe", "]]>", "甲" * 40_000, "<b>&amp;</b>"])
    def test_text(self, text: str) -> None:
        """A comment's text is text: XML holds it, whatever it is, and no more of it than a comment can show."""
        made = self._marked(text)
        (comment,) = [data for name, data in made.parts.items() if name.startswith("xl/comments")]
        said = "".join(map(str, etree.fromstring(comment).itertext()))
        assert len(said) <= 4_020
        assert [char for char in said if not char.isprintable() and char != "\n"] == []

    def _marked(self, text: str) -> Package:
        asked = corrections(letter("约"))
        marks = (CellMark(field="15.6.次数.填报", text=text),)
        form = forms()[UNIT]
        return Package(refilled(the_notice(), form, {}, replace(asked, marks=marks)))


class TestProperties:
    def test_names(self, notice: Notice) -> None:
        """A catalogue's title that looks like a formula stays the title in the properties."""
        about = notice.about.model_copy(update={"short_title": "=1+1<&>"})
        odd = notice.model_copy(update={"about": about})
        book = ranking_book(a_round([UNIT], [spoilt("x")], notice=odd))
        with ZipFile(BytesIO(report_bytes(book, odd.theme))) as package:
            core = etree.fromstring(package.read("docProps/core.xml"))
        assert "=1+1<&>预排名(按自评)" in [str(text) for text in core.itertext()]


def test_the_return_is_as_hostile_as_it_looks() -> None:
    """The texts above do reach the findings, the answers and the names."""
    file = spoilt(HOSTILE[0])
    assert file.answers is not None
    assert {"whole-wrong", "number-wrong", "sheet-missing"} <= {each.code for each in file.findings}
    assert "=1+1" in file.answers.values.values()
