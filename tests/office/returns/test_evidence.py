"""Evidence that comes with a return is told from forms by its folder, and the ledger is held against it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.office.returns.provenance import evidence_places
from tests.support.campaign import the_notice
from tests.support.mails import mail
from tests.support.offices import FIRST, SECOND, Office

PDF = b"%PDF-1.4 x"
DOCX = BytesIO()
with zipfile.ZipFile(DOCX, "w") as made:
    made.writestr("[Content_Types].xml", "")
    made.writestr("word/document.xml", "")


@pytest.mark.parametrize(
    ("folder", "is_item"),
    [
        ("6", True), ("06", True), ("21", True), ("6.行政应诉", True), ("6、行政应诉", True), ("6 行政应诉", True), ("6_行政应诉", True),
        ("6行政应诉", True), ("第6项", True), ("第6项 行政应诉", True), ("６", True), ("6.1", True), ("6.1出庭", True),
        ("6-行政应诉", True),
        ("甲/6/乙", True), ("包.zip/6", True),
        ("22", False), ("0", False), ("2020", False), ("2020-11-18", False), ("20201118", False), ("11.18", False), ("11-18", False),
        ("11月18日", False), ("3份", False), ("13_教育局", False), ("台账", False), ("第二批", False), ("6.99", False),
    ],
)  # fmt: skip
def test_item_folders(folder: str, is_item: bool) -> None:  # noqa: FBT001 - a column of the table
    """A folder is an item's where its name begins with the number of an item or sub-point, and is neither a date nor a unit's."""
    places = evidence_places(the_notice())
    assert places(f"{folder}/a.pdf") is is_item
    assert not places("6.pdf")


def workbook() -> bytes:
    out = BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "统计表"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [PDF, b"\xff\xd8\xff\xe0", "说明".encode(), DOCX.getvalue(), workbook()])
def test_evidence_is_no_return(office: Office, data: bytes) -> None:
    """What lies in an item's folder and is nobody's form is listed as evidence, and needs nobody's attention."""
    office.receive(f"{FIRST}/6/a", data)
    done = office.collect()
    assert not done.needs_attention
    file = office.file(f"{FIRST}/6/a")
    assert (file["status"], file["unit"], file["sha256"]) == ("ignored", None, sha256(data).hexdigest())
    assert [(each["code"], each["severity"]) for each in file["findings"]] == [("evidence-file", "note")]


def test_scan_elsewhere(office: Office) -> None:
    """A scan outside such folders is rejected for data."""
    office.receive(f"{FIRST}/盖章件.pdf", PDF)
    office.collect()
    assert office.statuses() == {f"{FIRST}/盖章件.pdf": "rejected"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(50)])
def test_hurt_files(office: Office, data: bytes) -> None:
    """A file that was hurt on its way is asked for again in an item's folder too."""
    office.receive("6/a.xlsx", data)
    assert office.collect().needs_attention


def test_form_in_an_items_folder(office: Office) -> None:
    """A form is a form wherever it lies."""
    office.receive("6/表.xlsx", office.filled(FIRST))
    office.collect()
    assert office.statuses() == {"6/表.xlsx": "accepted"}


def test_archive_in_an_archive(office: Office) -> None:
    """So is an archive of evidence in the unit's archive evidence as a whole."""
    office.receive("包.zip", zipped({"6/材料.zip": zipped({"a.pdf": PDF}), "材料.zip": zipped({"a.pdf": PDF})}))
    office.collect()
    assert office.statuses() == {"包.zip/6/材料.zip": "ignored", "包.zip/材料.zip": "rejected"}


def zipped(members: Mapping[str, bytes]) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def listing(office: Office, **names: str | None) -> bytes:
    """Fill in a form whose ledger names these files in its first rows, and no others."""
    good = {key: value for key, value in office.good(FIRST).items() if not key.endswith(".文件名")}
    listed: dict[str, Value] = {f"台账.{row[1:]}.文件名": name for row, name in names.items()}
    return office.filled(FIRST, {**good, **listed})


def asked(office: Office, path: str) -> list[tuple[str, str, str]]:
    return [(each["code"], each["field"], each["value"]) for each in office.file(path)["findings"]]


class TestLedger:
    def test_folder(self, office: Office) -> None:
        """Each file that the ledger lists and that is not there is asked about, with its cell."""
        office.receive(
            f"{FIRST}/表.xlsx", listing(office, _001="6/总结.pdf", _002="请示.pdf", _003="通知.pdf、照片.jpg")
        )
        for path in ("6/总结.pdf", "06/照片.JPG"):
            office.receive(f"{FIRST}/{path}", PDF)
        for _ in range(2):
            office.collect()
            assert asked(office, f"{FIRST}/表.xlsx") == [
                ("evidence-not-there", "台账.002.文件名", "请示.pdf"),
                ("evidence-not-there", "台账.003.文件名", "通知.pdf"),
            ]
        first, _ = office.file(f"{FIRST}/表.xlsx")["findings"]
        place = office.forms[FIRST].shape.places["台账.002.文件名"]
        assert (first["severity"], first["sheet"], first["cell"]) == ("confirm", place.sheet, place.cell)
        assert office.statuses()[f"{FIRST}/表.xlsx"] == "accepted_with_notes"

    @pytest.mark.parametrize(
        "name",
        [
            "总结（终稿）.pdf",
            "6/总结(终稿).PDF",
            "6\\总结(终稿).pdf",
            "《总结(终稿)》.pdf",
            "总结 (终稿).pdf",
            "总结(终稿)",
            "总结(终稿).pdf;总结(终稿).pdf",
        ],
    )
    def test_same_name(self, office: Office, name: str) -> None:
        """A name is the same whatever its folder, width, case, spaces and brackets, and without its ending."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001=name))
        office.receive(f"{FIRST}/6.行政应诉/总结(终稿).pdf", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == []

    def test_name_with_a_list_mark(self, office: Office) -> None:
        """A name that holds a mark of lists is one name."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001="关于甲、乙的通知.pdf"))
        office.receive(f"{FIRST}/6/关于甲、乙的通知.pdf", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == []

    def test_archive_and_mail(self, office: Office) -> None:
        """What came in one archive or mail belongs together, in whatever folders and archives inside."""
        sent = mail(
            {"表.xlsx": listing(office, _001="甲.pdf", _002="乙.pdf"), "台账.zip": zipped({"台账/6/甲.pdf": PDF})}
        )
        office.receive("信.eml", sent.as_bytes())
        office.receive("包.zip", zipped({"表/表.xlsx": office.filled(SECOND, {}), "6/丙.pdf": PDF}))
        office.collect()
        assert asked(office, "信.eml/表.xlsx") == [("evidence-not-there", "台账.002.文件名", "乙.pdf")]

    def test_nothing_came(self, office: Office) -> None:
        """Where no evidence came nothing is missing: it may come on paper."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001="甲.pdf"))
        office.receive(f"{SECOND}/6/乙.pdf", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == []

    def test_whose_evidence(self, office: Office) -> None:
        """Evidence in a folder that several units' returns share is nobody's for sure, and nothing is asked."""
        office.receive("2020-11-18/甲.xlsx", listing(office, _001="甲.pdf"))
        office.receive("2020-11-18/乙.xlsx", office.filled(SECOND))
        office.receive("2020-11-18/6/丙.pdf", PDF)
        office.collect()
        assert asked(office, "2020-11-18/甲.xlsx") == []

    @pytest.mark.parametrize(
        "name",
        ["见附件3", "详见系统", "请见纸质件", "D:\\台账\\总结.pdf", "c:/台账/总结.pdf", "\\\\server\\台账", "https://pan.baidu.com/s/1a",
         "www.example.com/a.pdf", "file:///D:/a.pdf", "网盘", "同上", " ＨＴＴＰ://a.b/c"],
    )  # fmt: skip
    def test_elsewhere(self, office: Office, name: str) -> None:
        """What is no file's name is asked about whether evidence came or not."""
        office.receive("表.xlsx", listing(office, _002=name))
        office.collect()
        assert [(code, field) for code, field, _ in asked(office, "表.xlsx") if code != "value-normalised"] == [
            ("evidence-elsewhere", "台账.002.文件名")
        ]

    @pytest.mark.parametrize("name", ["附件3.pdf", "意见.pdf", "见证材料.pdf", "DB32.pdf"])
    def test_ordinary_names(self, office: Office, name: str) -> None:
        """A file's name that merely looks a little like such is not."""
        office.receive("表.xlsx", listing(office, _002=name))
        office.collect()
        assert asked(office, "表.xlsx") == []


def test_large_evidence_is_not_kept(office: Office) -> None:
    """Evidence may be larger than a workbook may; it is not read whole, so it has no fingerprint."""
    office.receive(f"{FIRST}/6/大.pdf", PDF + bytes(21 * 1024 * 1024))
    office.collect()
    file = office.file(f"{FIRST}/6/大.pdf")
    assert (file["status"], file["sha256"]) == ("ignored", "")
