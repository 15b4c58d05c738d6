"""Whatever comes back is accounted for: each file has its status and says why, and none stops the others."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from fazhi_xl.answers.read import read_answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.xlsx.reader import read
from tests.support.mails import mail
from tests.support.offices import FIRST, FOURTH, SECOND, THIRD, Office, few

pytestmark = pytest.mark.usefixtures("report_only", "no_review")


def zipped(**members: bytes) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.xlsx", data)
    return memory.getvalue()


def zipped_in_gbk(name: str, data: bytes) -> bytes:
    """Pack one file as old Windows programs do: the name in GBK, unmarked."""
    raw = name.encode("gbk")
    packed = zipped(**{"n" * (len(raw) - 5): data})
    return packed.replace(b"n" * (len(raw) - 5) + b".xlsx", raw)


def encrypted_zip(data: bytes) -> bytes:
    """Set the mark of a password on the one member."""
    packed = bytearray(zipped(表=data))
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(magic) + flag] |= 1
    return bytes(packed)


def with_password(data: bytes, password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def retyped(data: bytes, change: Callable[[str], str]) -> bytes:
    """Change every text of a workbook, as somebody does who has unlocked it."""
    book = openpyxl.load_workbook(BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "s" and cell.value:
                    cell.value = change(str(cell.value))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class TestPlaces:
    def test_nothing_issued(self, empty: Office) -> None:
        """Before anything was issued there is nothing to collect by."""
        with pytest.raises(WrongUseError, match=r"没有 campaign\.json,还没有发放过表"):
            empty.collect()

    def test_no_returns_folder(self, office: Office) -> None:
        """A folder of returns that is not there is named."""
        office.space.returns.rmdir()
        with pytest.raises(WrongUseError, match=r"没有找到 .*回收。请把收到的文件放进这个文件夹"):
            office.collect()

    def test_named_folder_is_not_there(self, office: Office) -> None:
        """So is one that was named, and nothing is written."""
        with pytest.raises(WrongUseError, match=r"没有找到 .*没有"):
            office.collect(office.root / "没有")
        assert not office.space.results.exists()

    def test_no_returns(self, office: Office) -> None:
        """Without returns every unit is missing and has no rank."""
        office.collect()
        report = office.report
        assert report["files"] == []
        assert {(each["state"], each["rank"], each["total"]) for each in report["units"]} == {("missing", None, None)}
        assert report["counts"]["missing"] == 4

    def test_nested_folders(self, office: Office) -> None:
        """Files are found in sub-folders of any depth and name."""
        office.receive("2020-11-18/甲/乙/任意名.xlsx", office.filled(FIRST))
        office.collect()
        assert office.statuses() == {"2020-11-18/甲/乙/任意名.xlsx": "accepted"}
        assert office.unit(FIRST)["file"] == "2020-11-18/甲/乙/任意名.xlsx"

    def test_named_files_and_folders(self, office: Office, tmp_path: Path) -> None:
        """Returns may be named, files and folders, and then 回收 is left out."""
        office.receive("里面.xlsx", office.filled(FIRST))
        for folder, unit in (("一", SECOND), ("二", THIRD)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "表.xlsx").write_bytes(office.filled(unit))
        office.collect(tmp_path / "一", tmp_path / "二" / "表.xlsx")
        prefix = tmp_path.as_posix()
        assert {file["path"]: file["unit"] for file in office.report["files"]} == {
            f"{prefix}/一/表.xlsx": SECOND,
            f"{prefix}/二/表.xlsx": THIRD,
        }

    def test_files_of_one_name(self, office: Office, tmp_path: Path) -> None:
        """Files of one name from two folders are two files."""
        for folder, unit in (("一", SECOND), ("二", THIRD)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "表.xlsx").write_bytes(office.filled(unit))
        office.collect(tmp_path / "一" / "表.xlsx", tmp_path / "二" / "表.xlsx")
        assert {file["unit"] for file in office.report["files"]} == {SECOND, THIRD}
        assert {office.unit(unit)["state"] for unit in (SECOND, THIRD)} == {"returned"}


class TestArchives:
    def test_names_in_gbk(self, office: Office) -> None:
        """A zip from an old program is opened, and its names are readable."""
        office.receive("2020-11-18/包.zip", zipped_in_gbk("任务分解表.xlsx", office.filled(FIRST)))
        office.collect()
        assert office.statuses() == {"2020-11-18/包.zip/任务分解表.xlsx": "accepted"}

    def test_several_units(self, office: Office) -> None:
        """A zip may hold several units' workbooks; each counts for its own unit."""
        office.receive("包.zip", zipped(a=office.filled(FIRST), b=office.filled(SECOND), c=b"%PDF-1.4"))
        office.collect()
        assert office.statuses() == {
            "包.zip/a.xlsx": "accepted",
            "包.zip/b.xlsx": "accepted",
            "包.zip/c.xlsx": "rejected",
        }

    def test_encrypted_member(self, office: Office) -> None:
        """A zip with a password is asked for without one."""
        office.receive("包.zip", encrypted_zip(office.filled(FIRST)))
        office.collect()
        assert office.codes("包.zip/表.xlsx") == ["file-encrypted"]

    def test_broken(self, office: Office) -> None:
        """A zip that broke off is rejected as damaged, and is to be packed anew."""
        office.receive("包.zip", zipped(a=office.filled(FIRST))[:9000])
        office.collect()
        assert office.codes("包.zip") == ["archive-damaged"]

    def test_empty(self, office: Office) -> None:
        """A zip without files is accounted for."""
        office.receive("包.zip", zipped())
        office.collect()
        assert office.codes("包.zip") == ["file-not-a-workbook"]

    def test_archive_in_an_archive(self, office: Office) -> None:
        """A zip in a zip is named as what it is."""
        office.receive("包.zip", zipped(内=zipped(a=office.filled(FIRST))))
        office.collect()
        assert office.codes("包.zip/内.xlsx") == ["archive-in-archive"]
        assert "或只压缩一层" in office.file("包.zip/内.xlsx")["findings"][0]["message"]


class TestMails:
    def test_attachment_counts(self, office: Office) -> None:
        """A form that was mailed counts from the day of the mail, and is kept byte for byte."""
        data = office.filled(FIRST)
        office.receive("信.eml", mail({"表.xlsx": data}, date="Sat, 21 Nov 2020 09:00:00 +0800").as_bytes())
        office.collect()
        assert office.codes("信.eml/表.xlsx") == ["received-late"]
        assert office.file("信.eml/表.xlsx")["findings"][0]["value"] == "2020-11-21"
        assert (office.space.archive / f"{sha256(data).hexdigest()}.xlsx").read_bytes() == data

    def test_nothing_attached(self, office: Office) -> None:
        """A mail without a form is rejected, with what to do."""
        office.receive("信.eml", mail({}).as_bytes())
        office.collect()
        assert (office.statuses(), office.codes("信.eml")) == ({"信.eml": "rejected"}, ["mail-without-attachment"])


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("空.xlsx", b"", "file-empty", "0字节"),
        ("扫描件.pdf", b"%PDF-1.4\n", "file-not-a-workbook", "PDF"),
        ("表.xlsx", b"%PDF-1.4\n", "file-not-a-workbook", "PDF"),
        ("照片.jpg", b"\xff\xd8\xff\xe0", "file-not-a-workbook", "图片"),
        ("表.csv", "单位,得分\n".encode("gbk"), "file-not-a-workbook", "文本文件"),
        ("表.xls", b"<html><table></table></html>", "file-not-a-workbook", "网页"),
        ("包.rar", b"Rar!\x1a\x07\x00", "archive-unopened", "RAR"),
        ("乱.xlsx", b"\x00\x01\x02\x03", "file-unrecognised", "请先解密"),
        ("半.xlsx", b"PK\x03\x04" + bytes(100), "file-damaged", "不完整"),
    ],
)
def test_no_workbook(office: Office, name: str, data: bytes, code: str, said: str) -> None:
    """What is no workbook is rejected by its content, whatever its name, with what it is."""
    office.receive(name, data)
    office.collect()
    file = office.file(name)
    assert (file["status"], file["unit"], office.codes(name)) == ("rejected", None, [code])
    assert said in file["findings"][0]["message"]
    assert file["sha256"] == sha256(data).hexdigest()


def test_truncated(office: Office) -> None:
    """Half a workbook is rejected as damaged."""
    data = office.filled(FIRST)
    office.receive("半.xlsx", data[: len(data) // 2])
    office.collect()
    assert office.codes("半.xlsx") == ["file-damaged"]


def test_too_large(office: Office) -> None:
    """A file over 20 MB is rejected without being read whole."""
    path = office.receive("大.xlsx", b"")
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    office.collect()
    assert office.codes("大.xlsx") == ["file-too-large"]


@pytest.mark.parametrize(
    "name", ["~$表.xlsx", ".~lock.表.xlsx#", "Thumbs.db", ".DS_Store", "__MACOSX/._表.xlsx", "a.tmp"]
)
def test_litter(office: Office, name: str) -> None:
    """Lock files and litter are listed as ignored, and need nobody's attention."""
    office.receive(name, b"x" * 165)
    done = office.collect()
    assert (office.statuses(), office.codes(name)) == ({name: "ignored"}, ["file-ignored"])
    assert not done.needs_attention


class TestPasswords:
    def test_none(self, office: Office) -> None:
        """A workbook with an opening password is asked for without one."""
        office.receive("密.xlsx", with_password(office.filled(FIRST), "abc"))
        office.collect()
        assert office.codes("密.xlsx") == ["file-encrypted"]

    def test_right(self, office: Office) -> None:
        """With the password among those given it is read, and its original kept as it came."""
        data = with_password(office.filled(FIRST), "abc")
        office.receive("密.xlsx", data)
        office.collect(passwords=("x", "abc"))
        assert office.unit(FIRST)["state"] == "returned"
        assert (office.space.archive / f"{sha256(data).hexdigest()}.xlsx").read_bytes() == data


class TestIdentity:
    def test_name_does_not_matter(self, office: Office) -> None:
        """A workbook is its unit's by the number inside, even under another unit's name."""
        office.receive(office.path(SECOND).name, office.filled(FIRST))
        office.collect()
        assert office.file(office.path(SECOND).name)["unit"] == FIRST

    def test_unknown_workbook(self, office: Office) -> None:
        """A workbook that is no form of ours is rejected as unknown."""
        book = openpyxl.Workbook()
        book.worksheets[0]["A1"] = "自制表格"
        office.receive("自制.xlsx", saved(book))
        office.collect()
        assert office.codes("自制.xlsx") == ["form-unknown"]

    def test_another_rounds_form(self, office: Office, tmp_path: Path, issued: Office) -> None:
        """A form of another campaign of this office is told apart by its prefix."""
        about = issued.notice.about.model_copy(update={"form_prefix": "ZL2019"})
        other = Office(
            issued.notice.model_copy(update={"about": about, "campaign": "zhonglou-2019"}), tmp_path / "别处"
        )
        other.issue(FIRST)
        office.receive("去年.xlsx", other.filled(FIRST))
        office.collect()
        (finding,) = office.file("去年.xlsx")["findings"]
        assert (finding["code"], finding["severity"], finding["value"]) == (
            "form-other-round", "fatal", other.forms[FIRST].number,
        )  # fmt: skip
        assert "以ZL2020开头" in finding["message"]
        assert office.file("去年.xlsx")["unit"] is None

    def test_another_districts_form(self, office: Office, tmp_path: Path, issued: Office) -> None:
        """A form of another office is foreign."""
        about = issued.notice.about.model_copy(update={"form_prefix": "TN2020"})
        other = Office(issued.notice.model_copy(update={"about": about}), tmp_path / "别处")
        other.issue(FIRST)
        office.receive("外区.xlsx", other.filled(FIRST))
        office.collect()
        assert office.codes("外区.xlsx") == ["form-foreign"]

    @pytest.mark.parametrize(("line", "code"), [("填报单位", "form-number-gone"), ("", "form-unknown")])
    def test_number_is_gone(self, office: Office, line: str, code: str) -> None:
        """Without a number a form is nobody's; whose it seems to be is said where its line still tells."""
        number = office.forms[FIRST].number

        def wipe(text: str) -> str:
            return text.replace(number, "").replace("填报单位", line)

        office.receive("无号.xlsx", retyped(office.filled(FIRST), wipe))
        office.collect()
        (finding,) = office.file("无号.xlsx")["findings"]
        assert (finding["code"], finding["value"]) == (code, FIRST if line else None)
        assert office.unit(FIRST)["state"] == "missing"

    def test_unit_that_got_no_form(self, office: Office, tmp_path: Path) -> None:
        """A form of a unit that is not in the notice is foreign, though made with the same key."""
        smaller = Office(few(office.notice, (SECOND, THIRD)), tmp_path / "小")
        smaller.root.mkdir()
        smaller.space.key_file.write_bytes(office.space.key_file.read_bytes())
        smaller.issue(SECOND, THIRD)
        smaller.receive("多.xlsx", office.filled(FIRST))
        smaller.collect()
        assert smaller.codes("多.xlsx") == ["form-foreign"]

    def test_another_key(self, office: Office, issued: Office, tmp_path: Path) -> None:
        """A form made with another key is forged."""
        other = Office(issued.notice, tmp_path / "别处")
        other.issue(FIRST)
        office.receive("假.xlsx", other.filled(FIRST))
        office.collect()
        assert office.codes("假.xlsx") == ["form-forged"]

    def test_forged_check_code(self, office: Office) -> None:
        """A form whose unit number was changed no longer has the right check code."""
        mine, other = (office.forms[unit].number for unit in (FIRST, SECOND))
        forged = mine.replace("-02-", other[6:10])
        office.receive("假.xlsx", retyped(office.filled(FIRST), lambda text: text.replace(mine, forged)))
        office.collect()
        (finding,) = office.file("假.xlsx")["findings"]
        assert (finding["code"], finding["value"]) == ("form-forged", forged)

    def test_mixed(self, office: Office) -> None:
        """A workbook with two units' numbers is put together from two forms."""
        mine, other = (office.forms[unit].number for unit in (FIRST, SECOND))
        book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
        book["联络员名单"]["A3"] = f"表号:{other}"
        office.receive("拼.xlsx", saved(book))
        office.collect()
        (finding,) = office.file("拼.xlsx")["findings"]
        assert (finding["code"], finding["value"]) == ("form-mixed", f"{mine}、{other}")

    def test_many_numbers(self, office: Office) -> None:
        """However many numbers a workbook has, the finding names five and counts them."""
        book = openpyxl.Workbook()
        for no in range(3000):
            code = f"A{no:07d}".replace("0", "A").replace("1", "B")
            book.worksheets[0].append([f"ZL2020-02-1-{code}"])
        office.receive("多.xlsx", saved(book))
        office.collect()
        (finding,) = office.file("多.xlsx")["findings"]
        assert (finding["code"], finding["value"].count("、")) == ("form-mixed", 4)
        assert finding["value"].endswith("个")

    def test_rehearsal_form(self, office: Office) -> None:
        """A rehearsal's form is foreign to a real round."""
        number = office.forms[FIRST].number
        marked = number.replace("-1-", "-YL1-")
        office.receive("演练.xlsx", retyped(office.filled(FIRST), lambda text: text.replace(number, marked)))
        office.collect()
        assert office.codes("演练.xlsx") == ["form-foreign"]

    def test_codes_are_gone(self, office: Office) -> None:
        """Where the code column was emptied the defined names lead to the answers."""
        book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
        for sheet in book:
            for row in sheet.iter_rows(max_col=1):
                if row[0].value and "ZL2020" not in str(row[0].value) and row[0].coordinate != "A2":
                    row[0].value = None
        office.receive("无编号.xlsx", saved(book))
        done = office.collect()
        assert office.file("无编号.xlsx")["unit"] == FIRST
        assert done.files[0].answers is not None
        assert done.files[0].answers.values.keys() == office.good(FIRST).keys()

    def test_only_the_number_is_left(self, office: Office) -> None:
        """A workbook with a right number and no inputs says which sheets are missing."""
        book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
        for name in book.sheetnames[1:]:
            del book[name]
        office.receive("一张.xlsx", saved(book))
        office.collect()
        assert office.file("一张.xlsx")["unit"] == FIRST
        assert set(office.codes("一张.xlsx")) == {"sheet-missing", "form-unfilled"}
        assert office.unit(FIRST)["state"] == "missing"


class TestExplosions:
    def test_reader(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that makes the reader raise is named, with what was raised, and the others are read."""
        bad, good = office.filled(FIRST), office.filled(SECOND)
        real = read

        def explode(data: bytes, **options: object) -> object:
            if data == bad:
                raise MemoryError
            return real(data, **options)  # type: ignore[arg-type]

        monkeypatch.setattr("fazhi_xl.office.returns.open.read", explode)
        office.receive("坏.xlsx", bad)
        office.receive("好.xlsx", good)
        office.collect()
        assert office.statuses() == {"坏.xlsx": "rejected", "好.xlsx": "accepted"}
        assert "MemoryError" in office.file("坏.xlsx")["findings"][0]["message"]

    def test_answers(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is one whose answers make the checks raise."""
        real = read_answers
        shape = office.forms[FIRST].shape

        def explode(own: object, *rest: object, **options: object) -> object:
            if own is shape:
                raise ZeroDivisionError
            return real(own, *rest, **options)  # type: ignore[arg-type]

        office.receive("坏.xlsx", office.filled(FIRST))
        office.receive("好.xlsx", office.filled(THIRD))
        with monkeypatch.context() as patched:
            patched.setattr("fazhi_xl.office.returns.answer.read_answers", explode)
            patched.setattr("fazhi_xl.office.workspace.issued_round.forms_of", lambda *_: tuple(office.forms.values()))
            office.collect()
        assert office.statuses() == {"坏.xlsx": "rejected", "好.xlsx": "accepted"}
        assert office.codes("坏.xlsx") == ["file-failed"]

    def test_system(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is one that the system does not let us read."""
        office.receive("锁.xlsx", office.filled(FIRST))
        office.receive("好.xlsx", office.filled(FOURTH))
        real = Path.open

        def refuse(self: Path, *rest: object, **options: object) -> object:
            if self.name == "锁.xlsx":
                _refused()
            return real(self, *rest, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", refuse)
        office.collect()
        assert office.statuses() == {"好.xlsx": "accepted", "锁.xlsx": "rejected"}


def _refused() -> NoReturn:
    raise PermissionError(13, "Permission denied")
