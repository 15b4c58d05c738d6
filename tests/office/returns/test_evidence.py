"""Evidence that comes with a return is told from forms by its folder, and the ledger is held against it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.office.returns.item_folders import item_folders
from tests.support.arrivals import arrived
from tests.support.campaign import the_notice
from tests.support.evidence import pdf
from tests.support.mails import mail
from tests.support.offices import FIRST, SECOND, Office

PDF = pdf()
DOCX = BytesIO()
with zipfile.ZipFile(DOCX, "w") as made:
    made.writestr("[Content_Types].xml", "")
    made.writestr("word/document.xml", "")


@pytest.mark.parametrize(
    ("folder", "is_item"),
    [
        ("6", True), ("06", True), ("21", True), ("6.行政应诉", True), ("6、行政应诉", True), ("6 行政应诉", True), ("6_行政应诉", True),
        ("6行政应诉", True), ("第6项", True), ("第6项 行政应诉", True), ("６", True), ("6.1", True), ("6.1出庭", True),
        ("6-行政应诉", True), ("第十五项", True), ("第六项 应诉", True), ("第二十一项", True),
        ("15-2", True), ("15-2普法", True),
        ("甲/6/乙", True), ("包.zip/6", True),
        ("第二十二项", False), ("一、组织领导", False), ("二十", False), ("十月", False), ("15-2020", False), ("9-2", False),
        ("22", False), ("0", False), ("2020", False), ("2020-11-18", False), ("20201118", False), ("11.18", False), ("11-18", False),
        ("11月18日", False), ("3份", False), ("13_教育局", False), ("台账", False), ("第二批", False),  ("6.99", False),
    ],
)  # fmt: skip
def test_item_folders(folder: str, is_item: bool) -> None:  # noqa: FBT001 - a column of the table
    """A folder is an item's where its name begins with the number of an item or sub-point, and is neither a date nor a unit's."""
    places = item_folders(the_notice())
    assert places.hold(arrived(f"{folder}/a.pdf")) is is_item
    assert not places.hold(arrived("6.pdf"))


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


def without_files(office: Office, unit: str) -> dict[str, Value]:
    """Give a unit's good answers, with a ledger that names no files and no pages."""
    return {key: value for key, value in office.good(unit).items() if not key.endswith((".文件名", ".页数"))}


def listing(office: Office, **names: str | None) -> bytes:
    """Fill in a form whose ledger names these files in its first rows, and no others."""
    good = without_files(office, FIRST)
    listed: dict[str, Value] = {f"台账.{row[1:]}.文件名": name for row, name in names.items()}
    return office.filled(FIRST, {**good, **listed})


def listing_of(office: Office, unit: str, name: str | None) -> bytes:
    good = without_files(office, unit)
    return office.filled(unit, {**good, "台账.001.文件名": name})


OF_ALL = {"evidence-folder-empty", "evidence-unlisted", "evidence-twice", "evidence-shared", "evidence-item-strange"}


def asked(office: Office, path: str) -> list[tuple[str, str | None, str | None]]:
    """Give what is asked of single documents: most forms here name no files for the other items."""
    found = office.file(path)["findings"]
    return [(each["code"], each["field"], each["value"]) for each in found if each["code"] not in OF_ALL]


class TestLedger:
    def test_folder(self, office: Office) -> None:
        """Each file that the ledger lists and that is not there is asked about, with its cell."""
        office.receive(
            f"{FIRST}/表.xlsx", listing(office, _001="15/总结.pdf", _002="请示.pdf", _003="通知.pdf、照片.jpg")
        )
        for path in ("15/总结.pdf", "15.普法/照片.JPG"):
            office.receive(f"{FIRST}/{path}", PDF)
        for _ in range(2):
            office.collect()
            assert asked(office, f"{FIRST}/表.xlsx") == [
                ("evidence-not-there", "台账.002.文件名", "请示.pdf"),
                ("evidence-not-there", "台账.003.文件名", "通知.pdf"),
            ]
        first, _, empty = office.file(f"{FIRST}/表.xlsx")["findings"]
        assert (empty["code"], empty["field"]) == ("evidence-folder-empty", "台账.005.名称")
        place = office.forms[FIRST].shape.places["台账.002.文件名"]
        assert (first["severity"], first["sheet"], first["cell"]) == ("confirm", place.sheet, place.cell)
        assert office.statuses()[f"{FIRST}/表.xlsx"] == "accepted_with_notes"

    @pytest.mark.parametrize(
        "name",
        [
            "总结（终稿）.pdf",
            "15/总结(终稿).PDF",
            "15\\总结(终稿).pdf",
            "《总结(终稿)》.pdf",
            "总结 (终稿).pdf",
            "总结(终稿)",
            "总结(终稿).pdf;总结(终稿).pdf",
        ],
    )
    def test_same_name(self, office: Office, name: str) -> None:
        """A name is the same whatever its folder, width, case, spaces and brackets, and without its ending."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001=name))
        office.receive(f"{FIRST}/15.普法/总结(终稿).pdf", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == []

    def test_name_with_a_list_mark(self, office: Office) -> None:
        """A name that holds a mark of lists is one name."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001="关于甲、乙的通知.pdf"))
        office.receive(f"{FIRST}/15/关于甲、乙的通知.pdf", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == []

    def test_archive_and_mail(self, office: Office) -> None:
        """What came in one archive or mail belongs together, in whatever folders and archives inside."""
        sent = mail(
            {"表.xlsx": listing(office, _001="甲.pdf", _002="乙.pdf"), "台账.zip": zipped({"台账/15/甲.pdf": PDF})}
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


class TestWhose:
    """Evidence is a unit's by its folder, archive, mail or sender, or by a name that it alone lists; by no neighbour's form."""

    def both(
        self, office: Office, *evidence: str, forms: tuple[str, str] = ("2020-11-18/甲.xlsx", "2020-11-18/乙.xlsx")
    ) -> None:
        """Receive the forms of two units, that list two files and one, and evidence."""
        office.receive(forms[0], listing(office, _001="甲.pdf", _002="乙.pdf"))
        office.receive(forms[1], listing_of(office, SECOND, "丙.pdf"))
        for path in evidence:
            office.receive(path, PDF)
        office.collect()

    def test_in_a_days_folder(self, office: Office) -> None:
        """A folder of a day says nothing: what lies there is nobody's, and nobody is asked for what is not there."""
        self.both(office, "2020-11-18/15/丁.pdf", forms=("2020-11-18/甲.xlsx", "2020-11-19/乙.xlsx"))
        assert asked(office, "2020-11-18/甲.xlsx") == []
        assert asked(office, "2020-11-19/乙.xlsx") == []

    def test_in_the_units_folder_beside_a_days(self, office: Office) -> None:
        """A unit's folder tells whose evidence it holds, wherever the form lies; another unit is asked nothing."""
        self.both(office, f"2020-11-18/{FIRST}/15/甲.pdf")
        assert asked(office, "2020-11-18/甲.xlsx") == [("evidence-not-there", "台账.002.文件名", "乙.pdf")]
        assert asked(office, "2020-11-18/乙.xlsx") == []

    @pytest.mark.parametrize("folder", [f"02_{FIRST}_台账", "区人大报送材料", f"{FIRST}.zip", f"15/{FIRST}"])
    def test_however_it_is_named(self, office: Office, folder: str) -> None:
        """The folder's name may be any that names the unit, and may lie within the item's."""
        path = f"{folder}/甲.pdf" if folder.startswith("15") else f"{folder}/15/甲.pdf"
        if folder.endswith(".zip"):
            office.receive(folder, zipped({"15/甲.pdf": PDF}))
            self.both(office)
        else:
            self.both(office, path)
        assert asked(office, "2020-11-18/甲.xlsx") == [("evidence-not-there", "台账.002.文件名", "乙.pdf")]

    def test_a_form_sent_again(self, office: Office) -> None:
        """Evidence that came with the first form counts for the one that was sent again elsewhere."""
        first = mail({"表.xlsx": office.filled(FIRST, office.good(FIRST, 2)), "台账.zip": zipped({"15/甲.pdf": PDF})})
        office.receive("信.eml", first.as_bytes())
        office.receive("2020-11-25/表.xlsx", listing(office, _001="甲.pdf", _002="乙.pdf"))
        office.receive("2020-11-25/乙.xlsx", office.filled(SECOND))
        office.collect()
        assert asked(office, "2020-11-25/表.xlsx") == [
            ("evidence-not-there", "台账.002.文件名", "乙.pdf"),
            ("supplemented", None, "信.eml/表.xlsx"),
        ]

    @pytest.mark.parametrize("sender", ["rd@example.com", "other@example.com"])
    def test_a_second_mail(self, office: Office, sender: str) -> None:
        """A mail with evidence alone belongs to the unit whose form the same sender mailed; another's says nothing."""
        form = mail({"表.xlsx": listing(office, _001="甲.pdf", _002="乙.pdf")}, sender="rd@example.com")
        office.receive("1.eml", form.as_bytes())
        office.receive("2.eml", mail({"台账.zip": zipped({"15/甲.pdf": PDF})}, sender=sender).as_bytes())
        office.collect()
        known = [("evidence-not-there", "台账.002.文件名", "乙.pdf")]
        assert asked(office, "1.eml/表.xlsx") == (known if sender == "rd@example.com" else [])

    def test_an_archive_of_several(self, office: Office) -> None:
        """An archive with several units' forms tells nothing of the evidence beside them."""
        forms = {"甲.xlsx": listing(office, _001="甲.pdf"), "乙.xlsx": office.filled(SECOND)}
        office.receive("包.zip", zipped({**forms, "15/丁.pdf": PDF}))
        office.collect()
        assert asked(office, "包.zip/甲.xlsx") == []

    def test_a_folder_with_anothers_form(self, office: Office) -> None:
        """A unit's folder in which only another unit's form lies is nobody's for sure."""
        office.receive(f"{SECOND}/甲.xlsx", listing(office, _001="甲.pdf"))
        office.receive(f"{SECOND}/15/丁.pdf", PDF)
        office.collect()
        assert asked(office, f"{SECOND}/甲.xlsx") == [("folder-differs", None, SECOND)]

    def test_a_name_that_one_unit_lists(self, office: Office) -> None:
        """A file in nobody's place is there for whoever lists it."""
        self.both(office, f"2020-11-18/{FIRST}/15/甲.pdf", "2020-11-18/15/乙.pdf")
        assert asked(office, "2020-11-18/甲.xlsx") == []


class TestFolders:
    def test_another_items_folder(self, office: Office) -> None:
        """A file that lies in another item's folder, or in none, is told with where it lies."""
        office.receive(f"{FIRST}/表.xlsx", listing(office, _001="甲.pdf", _002="乙.pdf", _003="丙.pdf"))
        for path in ("6/甲.pdf", "乙.pdf", "15/丙.pdf", "6/丙.pdf"):
            office.receive(f"{FIRST}/{path}", PDF)
        office.collect()
        assert asked(office, f"{FIRST}/表.xlsx") == [
            ("evidence-misplaced", "台账.001.文件名", "甲.pdf"),
            ("evidence-misplaced", "台账.002.文件名", "乙.pdf"),
        ]
        first = office.file(f"{FIRST}/表.xlsx")["findings"][0]["message"]
        assert first == (
            f"台账.001列出的“甲.pdf”收到了,放在{FIRST}/6,不在第15项的文件夹里。"
            "请放到以“15”命名的文件夹,或改正这一行的得分点。"
        )

    def test_an_empty_folder(self, office: Office) -> None:
        """An item with documents and nothing in its folder is told once, where the unit sent evidence; else nothing is."""
        office.receive(f"{FIRST}/表.xlsx", listing(office))
        office.receive(f"{FIRST}/15/甲.pdf", PDF)
        office.receive(f"{SECOND}/表.xlsx", listing_of(office, SECOND, None))
        office.collect()
        (found,) = office.file(f"{FIRST}/表.xlsx")["findings"]
        assert (found["code"], found["severity"], found["field"]) == (
            "evidence-folder-empty",
            "confirm",
            "台账.005.名称",
        )
        assert found["message"] == (
            "台账目录里第20项列了材料,报送的台账里却没有第20项的文件夹,或里面是空的。请把材料放入以“20”命名的文件夹补送。"
        )
        assert office.codes(f"{SECOND}/表.xlsx") == []

    def test_numbers_of_an_earlier_edition(self, office: Office) -> None:
        """Folders by the numbers that items had in an earlier edition hold evidence as well."""
        earlier = item_folders(office.notice, [SimpleNamespace(sub_points={"33.1": None})])  # type: ignore[list-item]
        assert earlier.codes_of(arrived("33/a.pdf")) == ("33",)
        assert item_folders(office.notice).codes_of(arrived("33/a.pdf")) == ()


def test_large_evidence_is_not_kept(office: Office) -> None:
    """Evidence may be larger than a workbook may; it is not read whole, so it has no fingerprint."""
    office.receive(f"{FIRST}/6/大.pdf", pdf(more={1000: " " * 21 * 1024 * 1024}))
    office.collect()
    file = office.file(f"{FIRST}/6/大.pdf")
    assert (file["status"], file["sha256"]) == ("ignored", "")


@pytest.mark.whole
def test_list_of_evidence(office: Office) -> None:
    """台账清单 says of each listed document where it lies, and which evidence nobody lists."""
    office.receive(f"{FIRST}/表.xlsx", listing(office, _001="甲.pdf", _002="乙.pdf、丙.jpg"))
    for path in ("15/甲.pdf", "6/丙.jpg", "15/丁.pdf"):
        office.receive(f"{FIRST}/{path}", PDF)
    office.receive("2020-11-18/15/戊.pdf", PDF)
    office.collect()
    sheet = openpyxl.load_workbook(office.space.results / "台账清单.xlsx").worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    files = [(row[1], row[4], row[9], row[10], row[11]) for row in rows if row[9] != "—"]
    assert files == [
        (FIRST, "15.1", "甲.pdf", "收到", f"{FIRST}/15/甲.pdf"),
        (FIRST, "15.2", "乙.pdf", "没有收到", "—"),
        (FIRST, "15.2", "丙.jpg", "收到(不在该项的文件夹)", f"{FIRST}/6/丙.jpg"),
        (FIRST, "—", "丁.pdf", "收到,台账目录没有列出", f"{FIRST}/15/丁.pdf"),
        ("不能确定", "—", "戊.pdf", "收到,台账目录没有列出", "2020-11-18/15/戊.pdf"),
    ]
