"""Faults 67 to 81: what kind of file comes back."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import olefile
import pytest
from _pytest.mark import ParameterSet

from fazhi_xl.cells import CellKind
from fazhi_xl.xlsx.reader import read
from tests.clients.libreoffice import LibreOffice
from tests.faults.fault import PATH, Expected, Fault, assert_fault, spoilt
from tests.support.binary import compound, xlsb
from tests.support.offices import FIRST, Office
from tests.support.opendocument import ods
from tests.support.spoiling import PNG, parts, with_part, with_parts, zipped
from tests.xlsx.reader.filled import locked
from tests.xlsx.reader.patience import PATIENT, given_child

MINUTES = "a password whose key takes minutes"

MAIN = "http://schemas.openxmlformats.org/"
NOTED = "accepted_with_notes"
NO_WORKBOOK = ("file-not-a-workbook", None)
DAMAGED = ("file-damaged", None)
SEALED = ("file-sealed", None)
NOT_HERE = ("file-not-downloaded", None)
PACKED = ("archive-unopened", None)
CONVERTED = ("file-converted", None)
NAMES = ("表.xlsx", "任务分解表(终稿).xlsx", "附件1.xls", "9月报送.et", "盖章版.pdf", "IMG_2031.jpg")
DICE = random.Random(20)
UNRECOGNISED = ("file-unrecognised", None)


def received(name: str, data: bytes | None = None) -> Callable[[Office], None]:
    """Receive a file under a name; a good return where no other is given."""

    def receive(office: Office) -> None:
        office.receive(name, office.filled(FIRST) if data is None else data)

    return receive


def named(no: int, what: str, name: str, status: str = "accepted") -> Fault:
    """Make the fault of a good return under another name."""
    return Fault(
        no=no,
        what=what,
        receive=received(name),
        expect={name: Expected(status=status)},
    )


def litter(name: str, data: bytes) -> Fault:
    expected = Expected(status="ignored", found=(("file-ignored", None),), unit=None)
    return Fault(no=79, what=name, receive=received(name, data), expect={name: expected})


def other(no: int, what: str, data: bytes) -> Fault:
    """Make the fault of something else in the place of a workbook."""
    return spoilt(no, what, lambda _: data, "rejected", NO_WORKBOOK)


def binary(good: bytes, *, short: bool = False, cut: int = 0) -> bytes:
    book = read(good)
    return xlsb([sheet.name for sheet in book.sheets], book.cells, short=short, cut=cut)


def open_document(good: bytes, *, between: str = "", first_day: str = "1899-12-30") -> bytes:
    book = read(good)
    return ods([sheet.name for sheet in book.sheets], book.cells, between=between, first_day=first_day)


def from_1904(good: bytes) -> bytes:
    """Let the days count from 1904, in cells without a format for days."""
    book = read(good)
    cells = [
        cell._replace(text=str(int(cell.text) - 1462))
        if cell.kind is CellKind.NUMBER and float(cell.text) > 40_000
        else cell
        for cell in book.cells
    ]
    return ods([sheet.name for sheet in book.sheets], cells, first_day="1904-01-01")


def strict(good: bytes) -> bytes:
    """Put the namespaces of Strict Open XML in the place of the common ones."""
    changed = {
        name: data.replace(
            f"{MAIN}spreadsheetml/2006/main".encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            f"{MAIN}officeDocument/2006/relationships".encode(),
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, data in parts(good).items()
    }
    return zipped(changed)


def shared(attributes: str) -> Callable[[bytes], bytes]:
    """Recommend opening the workbook only for reading, or ask for a password before it is written."""
    part = "xl/workbook.xml"
    return lambda good: with_part(
        good, part, lambda text: re.sub("(<workbook [^>]*>)", rf"\1<fileSharing {attributes}/>", text)
    )


def final(good: bytes) -> bytes:
    mark = '<property fmtid="{D5CDD505}" pid="9" name="_MarkAsFinal"><vt:bool>true</vt:bool></property></Properties>'
    return with_part(good, "docProps/custom.xml", lambda text: text.replace("</Properties>", mark))


def broken(part: str) -> Callable[[bytes], bytes]:
    return lambda good: with_parts(good, {part: parts(good)[part][:-30]})


def flat(kind: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{kind}'.encode()


def always(data: bytes) -> Callable[[bytes], bytes]:
    return lambda _: data


def varied_litter(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Draw what systems, disks and downloads leave beside a file, under names that people use."""
    for left in (
        "{}:Zone.Identifier", "{}Zone.Identifier", "{}:Zone.Identifier:$DATA", "@eaDir/{}@SynoEAStream", "@eaDir/{}/SYNOINDEX", "._{}",
        ".AppleDouble/{}", "$RECYCLE.BIN/$I{}", ".Trash-1000/files/{}", ".~lock.{}#",
    ):  # fmt: skip
        yield (
            left.format(dice.choice(NAMES)),
            dice.choice([b"[ZoneTransfer]\r\nZoneId=3\r\n", b"\x00\x05\x16\x07", b""]),
        )


def varied_placeholders(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    for left in (".{}.icloud", "{}.crdownload", "{}.part", "{}.downloading", "{}.baiduyun.p.downloading"):
        yield left.format(dice.choice(NAMES)), dice.choice([b"bplist00", b"", b"\x00" * 400])


def sealed(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Give the heads of files of encrypting office software, and of those with managed rights; the rest is noise."""
    rest = dice.randbytes(dice.randrange(600, 9000))
    yield "E-SafeNet", b"b\x14#e" + bytes(2) + b"E-SafeNet\x00LOCK\x00" + rest
    yield "E-SafeNet, another head", dice.randbytes(dice.randrange(4, 60)) + b"E-SafeNet\x00LOCK" + rest
    yield "TSD", b"%TSD-Header-###%" + rest
    yield "rights-managed package", compound({"\x06DataSpaces": b"", "EncryptedPackage": rest})
    yield "rights-managed .xls", compound({"\x09DRMContent": rest, "Workbook": b""})


def noise(dice: random.Random) -> Iterator[bytes]:
    for size in (700, 9000, 50_000):
        yield b"\x9f\x01\xff\xfe\x80" + dice.randbytes(size)


def packed(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Give archives that are not opened here, each by its own first bytes."""
    data = dice.randbytes(dice.randrange(2000, 9000))
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("表.xlsx"), io.BytesIO(data))
    yield "tar", made.getvalue()
    yield "tar.gz", gzip.compress(data)
    yield "bz2", bz2.compress(data)
    yield "xz", lzma.compress(data)
    yield "zstd", b"\x28\xb5\x2f\xfd" + data
    yield "cab", b"MSCF\x00\x00\x00\x00" + data
    yield "lzh", b"\x20\x10-lh5-" + data
    yield "first of a zip in several files", b"PK\x07\x08" + data


EXCEL_2003 = flat(
    '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
FAULTS: tuple[Fault, ...] = (
    other(69, ".fods", flat('<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>')),
    spoilt(69, ".ods with days from 1904", from_1904, NOTED, CONVERTED, ("old-mac-dates", None)),
    *(spoilt(69, f".ods, {len(between)} spaces between", partial(open_document, between=between), NOTED, CONVERTED)
      for between in ("", "\n", "\r\n      ")),
    other(69, ".uos", flat('<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>')),
    other(70, ".csv of Excel", "\ufeff编号,填报内容\r\n15.6.次数,5\r\n".encode()),
    other(70, ".csv in GB18030", "编号,填报内容\r\n15.6.次数,5\r\n".encode("gb18030")),
    other(70, ".txt in UTF-16", "编号\t填报内容\r\n15.6.次数\t5\r\n".encode("utf-16")),
    spoilt(71, "macros", lambda good: with_parts(good, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), NOTED, ("macros-inside", None)),
    spoilt(71, "macro sheet", lambda good: with_parts(good, {"xl/macrosheets/sheet1.xml": b"<x/>"}), NOTED, ("macros-inside", None)),
    spoilt(72, ".xlsb", binary, NOTED, ("file-converted", None)),
    spoilt(72, ".xlsb with short records", partial(binary, short=True), NOTED, ("file-converted", None)),
    spoilt(72, ".xlsb with cut records", partial(binary, cut=9), "rejected", DAMAGED),
    spoilt(
        72, ".xlsb with macros", lambda good: with_parts(binary(good), {"xl/vbaProject.bin": b""}), NOTED,
        ("file-converted", None), ("macros-inside", None),
    ),
    spoilt(73, "Strict Open XML", strict, "accepted"),
    other(74, "web export", b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>5</td></tr></table></html>"),
    other(74, "web page with an old preamble", b'<?xml version="1.0"?><!DOCTYPE html><html><body/></html>'),
    other(74, ".mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"),
    other(74, "XML of Excel 2003", EXCEL_2003),
    named(75, ".xls that is none", "表.xls"),
    named(75, "two extensions", "表.xlsx.xlsx"),
    named(75, "capital letters", "表.XLSX"),
    named(75, "no extension", "表"),
    named(75, "a picture's extension", "表.jpg"),
    spoilt(76, "opening password", lambda good: locked(good, "对的"), "rejected", ("file-encrypted", None)),
    spoilt(76, "write password, encrypted by Excel", lambda good: locked(good, "VelvetSweatshop"), "accepted"),
    spoilt(
        76, MINUTES, lambda good: locked(good, "x").replace(b'spinCount="100000"', b'spinCount="9999999"'),
        "rejected", ("file-reader-stopped", None),
    ),
    spoilt(77, "read-only recommended", shared('readOnlyRecommended="1"'), "accepted"),
    spoilt(77, "password before writing", shared('userName="王" reservationPassword="CC1A"'), "accepted"),
    spoilt(77, "marked as final", final, "accepted"),
    spoilt(78, "empty", lambda _: b"", "rejected", ("file-empty", None)),
    spoilt(78, "half downloaded", lambda good: good[:20_000], "rejected", DAMAGED),
    spoilt(78, "cut after its first bytes", lambda good: good[:4], "rejected", DAMAGED),
    spoilt(78, "cut within the directory", lambda good: good[:-300], "rejected", DAMAGED),
    spoilt(78, "cut within its last bytes", lambda good: good[:-5], "rejected", DAMAGED),
    spoilt(78, "beginning lost", lambda good: good[100:], "rejected", UNRECOGNISED),
    spoilt(78, "zeros instead of the end", lambda good: good[:20_000] + bytes(len(good) - 20_000), "rejected", DAMAGED),
    spoilt(78, "older file cut", lambda _: compound({"Workbook": bytes(5000)})[:700], "rejected", DAMAGED),
    spoilt(78, "nothing but zeros", lambda _: bytes(30_000), "rejected", UNRECOGNISED),
    other(78, "put away by a virus scanner", "文件因含有病毒已被删除。".encode("gb18030")),
    other(78, "pointer to a store", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 50000\n"),
    other(78, ".lnk", bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(60)),
    other(78, ".url", b"[InternetShortcut]\r\nURL=https://pan.example.com/s/1\r\n"),
    litter("~$表.xlsx", b"\x05Admin".ljust(165, b" ")),
    litter(".~lock.表.xlsx#", b",admin,pc,18.11.2020 09:00;"),
    litter("~WRL0001.tmp", b"x"),
    litter("Thumbs.db", b"x"),
    litter(".DS_Store", b"x"),
    litter("__MACOSX/._表.xlsx", b"x"),
    litter("desktop.ini", b"[.ShellClassInfo]"),
    *(litter(name, data) for name, data in varied_litter(DICE)),
    litter("表.bin", b"\x00\x05\x16\x07" + bytes(80)),
    *(named(75, f"hidden: {name}", name) for name in (".xlsx", ".表.xlsx", "~$表.xlsx", "表.xlsx.tmp", "._表.xlsx", "表.xlsx.crdownload")),
    *(
        Fault(no=78, what=name, receive=received(name, data), expect={name: Expected(status="rejected", found=(NOT_HERE,), unit=None)})
        for name, data in varied_placeholders(DICE)
    ),
    *(spoilt(76, f"{what}, {no}", always(data), "rejected", SEALED) for what, data in sealed(DICE) for no in (1, 2)),
    *(spoilt(76, f"noise of {len(data)}", always(data), "rejected", UNRECOGNISED) for data in noise(DICE)),
    *(spoilt(83, what, always(data), "rejected", PACKED) for what, data in packed(DICE)),
    other(80, "scan as PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    other(80, "photograph", PNG),
    other(80, ".docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})),
    other(80, ".doc", compound({"WordDocument": bytes(5000)})),
    spoilt(81, "sheet cut short", broken("xl/worksheets/sheet2.xml"), "rejected", DAMAGED),
    spoilt(81, "texts cut short", lambda good: with_parts(good, {"xl/sharedStrings.xml": b"<sst>"}), "rejected", DAMAGED),
    spoilt(81, "styles cut short", broken("xl/styles.xml"), "accepted"),
    spoilt(81, "core properties cut short", broken("docProps/core.xml"), "accepted"),
    spoilt(81, "custom properties cut short", broken("docProps/custom.xml"), "accepted"),
)  # fmt: skip


def cases() -> Iterator[ParameterSet]:
    """Leave to the longer runs what takes seconds: xlsx/reader/test_process.py stops such a key too."""
    for fault in FAULTS:
        yield pytest.param(fault, id=str(fault), marks=(pytest.mark.long,) if fault.what == MINUTES else ())


@pytest.mark.parametrize("fault", tuple(cases()))
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    with given_child(1 if fault.what == MINUTES else PATIENT):
        assert_fault(office, fault, times)


@pytest.mark.usefixtures("report_only", "no_review")
@pytest.mark.parametrize("passwords", [("错的", "对的"), pytest.param(("对的",), marks=pytest.mark.long)])
def test_a_known_password(office: Office, passwords: tuple[str, ...]) -> None:
    """Fault 76: the office knows the password, and the return is as good as any."""
    office.receive(PATH, locked(office.filled(FIRST), "对的"))
    for _ in range(2):
        office.collect(passwords=passwords)
        assert office.statuses() == {PATH: "accepted"}


@pytest.mark.usefixtures("report_only", "no_review")
def test_a_wrong_password(office: Office) -> None:
    """Fault 76: where no password of the office's fits, the file is asked for again."""
    office.receive(PATH, locked(office.filled(FIRST), "对的"))
    office.collect(passwords=("错的", "也错"))

    assert office.codes(PATH) == ["file-encrypted"]


def test_a_deleted_copy_is_no_return(office: Office) -> None:
    """Fault 79: a whole return among what was deleted (`#recycle`) is listed as litter and counts for nobody."""
    path = f"{random.Random(3).choice(['#recycle', '@Recycle', '$RECYCLE.BIN', '.Trashes'])}/表.xlsx"
    assert_fault(office, Fault(no=79, what=path, receive=received(path), expect=litter(path, b"").expect), times=1)


@pytest.mark.parametrize("name", ["表.xlsx", "附件.XLS", "任务分解表", "表.et"])
@pytest.mark.parametrize("data", [*(data for _, data in sealed(random.Random(4))), *noise(random.Random(4))])
def test_no_silent_evidence(office: Office, name: str, data: bytes) -> None:
    """Fault 76: what may be an encrypted workbook is asked for again in an item's folder too; it is no evidence."""
    office.receive(f"6/{name}", data)
    office.receive("6/录音.dat", data)
    found = {file["path"]: (file["status"], [each["code"] for each in file["findings"]]) for file in office.look()}

    code = "file-sealed" if b"E-SafeNet" in data or data.startswith((b"%TSD", b"\xd0\xcf")) else "file-unrecognised"
    evidence = "evidence-unopened" if code == "file-sealed" else "evidence-file"
    assert found == {f"6/{name}": ("rejected", [code]), "6/录音.dat": ("ignored", [evidence])}


TESTED_APART = (67, 68, 69)  # they need a client, or a file made by one


@pytest.mark.parametrize(("no", "kind"), [(67, "xls"), (69, "ods")])
def test_older_formats(
    no: int, kind: Literal["xls", "ods"], office: Office, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Faults 67 and 69: what LibreOffice saves in another format is read, and noted."""
    assert_fault(office, converted(no, kind, saved_as(office, kind, tmp_path, libreoffice)), times=2)


def test_et(office: Office, tmp_path: Path, libreoffice: LibreOffice) -> None:
    """Fault 68: WPS's own format is an older workbook with streams of its own beside it."""
    saved = saved_as(office, "xls", tmp_path, libreoffice)
    with olefile.OleFileIO(io.BytesIO(saved)) as file:
        book = file.openstream("Workbook").read()
    made = compound({"Workbook": book, "ETExtData": b"ET", "\x05SummaryInformation": b""})

    assert_fault(office, converted(68, "et", made), times=2)


def test_et_with_macros(office: Office, tmp_path: Path, libreoffice: LibreOffice) -> None:
    """Faults 68 and 71: macros of an older workbook are told as well."""
    saved = saved_as(office, "xls", tmp_path, libreoffice)
    with olefile.OleFileIO(io.BytesIO(saved)) as file:
        book = file.openstream("Workbook").read()
    made = compound({"Workbook": book, "_VBA_PROJECT_CUR": b""})

    assert_fault(office, converted(71, "et", made, ("macros-inside", None)), times=2)


def saved_as(office: Office, kind: Literal["xls", "ods"], folder: Path, libreoffice: LibreOffice) -> bytes:
    path = folder / "a.xlsx"
    path.write_bytes(office.filled(FIRST))
    with libreoffice.open(path) as document:
        return document.save_as(path.with_suffix(f".{kind}"), kind).read_bytes()


def converted(no: int, kind: str, data: bytes, *more: tuple[str, str | None]) -> Fault:
    name = f"表.{kind}"
    return Fault(
        no=no,
        what=kind,
        receive=received(name, data),
        expect={name: Expected(status=NOTED, found=(("file-converted", None), *more))},
    )


def test_the_binary_workbook_is_one(office: Office) -> None:
    """The .xlsb that the tests put together holds records and no XML of cells."""
    with ZipFile(io.BytesIO(binary(office.filled(FIRST)))) as archive:
        assert "xl/workbook.bin" in archive.namelist()
        assert not [name for name in archive.namelist() if name.endswith(".xml") and "worksheets" in name]
