"""收到登记: what the office corrects there stands above everything else, survives every run, and never stops one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.returns.receipt_register import read_register
from tests.support.mails import mail
from tests.support.offices import FIRST, NOW, SECOND, Office, dated
from tests.support.once import Staged
from tests.support.packages import Package
from tests.support.progress import Silent
from tests.support.windows import open_in_excel

HEAD = 3  # the row of the titles


@dataclass
class Heard(Silent):
    said: list[str] = field(default_factory=list)

    def say(self, *parts: str) -> None:
        self.said.append("".join(parts))


def run(office: Office) -> list[str]:
    """Collect, and give what was said."""
    heard = Heard()
    collect(office.notice, office.space, CollectOrder(), heard, now=NOW)
    return heard.said


def path(office: Office) -> Path:
    return office.root / "收到登记.xlsx"


def lines(office: Office) -> list[tuple[str, ...]]:
    """Give the register's rows."""
    cells = Package(path(office)).sheets["收到登记"].cells
    rows = max((int(cell[1:]) for cell in cells), default=0)
    return [
        tuple((cells[f"{c}{no}"].text or "") if f"{c}{no}" in cells else "" for c in "ABCDEFGJ")
        for no in range(HEAD + 1, rows + 1)
    ]


def edit(office: Office, change: Callable[[Worksheet], object]) -> None:
    """Edit the register as somebody does in Excel."""
    book = openpyxl.load_workbook(path(office))
    change(book.worksheets[0])
    book.save(path(office))


def enter(office: Office, cell: str, value: str | float | date | None) -> None:
    edit(office, lambda sheet: sheet.__setitem__(cell, value))


@pytest.fixture
def two(staged: Staged) -> Office:
    """Give an office with two returns of one unit, and their register."""
    return staged("register", _receive_two)


def _receive_two(office: Office) -> None:
    office.receive("2020-11-12/旧.xlsx", office.filled(FIRST, office.good(FIRST, 2)))
    office.receive("2020-11-18/新.xlsx", office.filled(FIRST))
    assert run(office) == []


def test_what_is_written(office: Office) -> None:
    """Each content has a line with its files, unit, days and what they rest on; litter has none."""
    one, other = office.filled(FIRST), office.filled(SECOND)
    office.receive("2020-11-18/表.xlsx", one)
    office.receive("表(1).xlsx", one, date(2020, 11, 19))
    office.receive("信.eml", mail({"a.xlsx": other}, date="Tue, 17 Nov 2020 09:00:00 +0800").as_bytes())
    office.receive("扫描.pdf", b"%PDF-1.4")
    office.receive("~$表.xlsx", b"x")
    run(office)
    assert lines(office) == [
        (
            "2020-11-18/表.xlsx、表(1).xlsx",
            FIRST,
            "2020-11-18、2020-11-19",
            "文件夹、按文件时间推定",
            "",
            "",
            "",
            sha256(one).hexdigest(),
        ),
        ("信.eml/a.xlsx", SECOND, "2020-11-17", "邮件", "", "", "", sha256(other).hexdigest()),
        ("扫描.pdf", "", "2020-11-18", "按文件时间推定", "", "", "", sha256(b"%PDF-1.4").hexdigest()),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "2020-11-20",
        "2020.11.20",
        "2020年11月20日",
        " ２０２０-11-20 ",
        20201120,
        date(2020, 11, 20),
    ],
)
def test_corrected_day(two: Office, typed: str | float | date) -> None:
    """A corrected day, however it is typed, decides which return counts."""
    enter(two, "E4", typed)
    assert run(two) == []
    assert two.statuses() == {"2020-11-12/旧.xlsx": "accepted", "2020-11-18/新.xlsx": "superseded"}
    assert lines(two)[0][2:6] == ("2020-11-20", "更正", "2020-11-20", "")


@pytest.mark.parametrize(
    "typed", [44155.39, "2020-11-20 9:21", "2020年11月20日　9：21", datetime.fromisoformat("2020-11-20T09:21")]
)
def test_a_corrected_day_stays(two: Office, typed: str | float | datetime) -> None:
    """It does so in every later run too, with the time of day where that was typed."""
    enter(two, "E4", typed)
    for _ in range(3):
        assert run(two) == []
        assert two.statuses() == {"2020-11-12/旧.xlsx": "accepted", "2020-11-18/新.xlsx": "superseded"}
        assert lines(two)[0][2:6] == ("2020-11-20", "更正", "2020-11-20 09:21", "")


def test_an_impossible_time(two: Office) -> None:
    """A time that no clock shows makes the entry wrong, and is said."""
    enter(two, "E4", "2020-11-20 25:00")
    assert run(two) == [
        "收到登记.xlsx 第4行:更正日期“2020-11-20 25:00”不是日期,应像“收到日期”那样年月日写全,没有采用。"
    ]


def test_the_time_of_day_decides(two: Office) -> None:
    """Of returns of one day the office's times say which came last."""
    for cell, typed in (("E4", "2020-11-20 15:00"), ("E5", "2020-11-20 9:00")):
        enter(two, cell, typed)
    assert run(two) == []
    assert two.statuses() == {"2020-11-12/旧.xlsx": "accepted", "2020-11-18/新.xlsx": "superseded"}


def test_corrected_mail(office: Office) -> None:
    """The office's word stands above the mail's date too, and makes a late return timely."""
    office.receive("信.eml", mail({"a.xlsx": office.filled(FIRST)}, date="Mon, 23 Nov 2020 09:00:00 +0800").as_bytes())
    run(office)
    assert office.codes("信.eml/a.xlsx") == ["received-late"]
    enter(office, "E4", "2020-11-20")
    run(office)
    assert office.codes("信.eml/a.xlsx") == []


@pytest.fixture
def presumed(staged: Staged) -> Office:
    """Give an office with a return that is late by nothing but its file's own time."""
    return staged("presumed late", _receive_undated)


def _receive_undated(office: Office) -> None:
    office.receive("表.xlsx", office.filled(FIRST), date(2020, 11, 22))
    assert run(office) == []


def test_a_day_is_confirmed(presumed: Office) -> None:
    """Who is late by a file's own time is late once the office confirms the day; copying the file then changes nothing."""
    assert presumed.codes("表.xlsx") == ["late-presumed"]
    enter(presumed, "F4", "日期无误")
    for day in (date(2020, 11, 22), date(2020, 11, 28)):
        dated(presumed.space.returns / "表.xlsx", day)
        assert run(presumed) == []
        (found,) = presumed.file("表.xlsx")["findings"]
        assert (found["code"], found["value"]) == ("received-late", "2020-11-22")
        assert lines(presumed)[0][2:6] == ("2020-11-22", "办公室确认", "", "日期无误")


def test_a_copy_came_no_later(presumed: Office) -> None:
    """A file that was registered on a day keeps that when a copy of it is younger, and that is said; one that is older has its own."""
    said = ["1个文件的文件时间变晚了(多半是复制、解压过),收到日期仍按 收到登记.xlsx 里记下的。"]
    for day, kept, told in (
        (28, "2020-11-22", said),
        (28, "2020-11-22", said),
        (20, "2020-11-20", []),
        (22, "2020-11-20", said),
    ):
        dated(presumed.space.returns / "表.xlsx", date(2020, 11, day))
        assert run(presumed) == told
        assert lines(presumed)[0][2:4] == (kept, "按文件时间推定")


def test_a_confirmed_day_waits_for_its_file(presumed: Office) -> None:
    """The day that was confirmed stays on the register while the file is away."""
    enter(presumed, "F4", "日期无误")
    there = presumed.space.returns / "表.xlsx"
    there.replace(presumed.root / "表.xlsx")
    run(presumed)
    assert lines(presumed)[0][:6] == ("(本次没有收到这个文件)", "", "2020-11-22", "", "", "日期无误")
    (presumed.root / "表.xlsx").replace(there)
    dated(there, date(2020, 11, 28))
    run(presumed)
    assert lines(presumed)[0][2:4] == ("2020-11-22", "办公室确认")


def test_a_day_is_corrected(presumed: Office) -> None:
    """Who turns out to have been in time, by a corrected day, is not late."""
    enter(presumed, "E4", "2020-11-19")
    run(presumed)
    assert presumed.codes("表.xlsx") == []


def test_a_mails_day_needs_no_confirming(office: Office) -> None:
    """To confirm a day that rests on more than a file's time changes nothing."""
    office.receive("信.eml", mail({"a.xlsx": office.filled(FIRST)}, date="Mon, 23 Nov 2020 09:00:00 +0800").as_bytes())
    run(office)
    enter(office, "F4", "日期无误")
    run(office)
    assert lines(office)[0][2:6] == ("2020-11-23", "邮件", "", "日期无误")


def test_drop_down(two: Office) -> None:
    """The choices of 处理 hang in a list beside every file."""
    (rule,) = openpyxl.load_workbook(path(two)).worksheets[0].data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"不采用,日期无误,核对无误,定稿后采用"', "F4:F5")


def test_set_aside(two: Office) -> None:
    """A return that is not to be used counts for nobody; the one before it does, and clearing the entry brings it back."""
    enter(two, "F5", "不采用")
    for _ in range(2):
        assert run(two) == []
        assert two.statuses() == {"2020-11-12/旧.xlsx": "accepted", "2020-11-18/新.xlsx": "ignored"}
        assert two.codes("2020-11-18/新.xlsx") == ["set-aside"]
        assert lines(two)[1][:2] == ("2020-11-18/新.xlsx", FIRST)
    enter(two, "F5", None)
    run(two)
    assert two.statuses() == {"2020-11-12/旧.xlsx": "superseded", "2020-11-18/新.xlsx": "accepted"}


def test_set_aside_what_cannot_be_read(office: Office) -> None:
    """A file that cannot be read needs nobody's attention once it is set aside."""
    office.receive("扫描.pdf", b"%PDF-1.4")
    assert office.collect().needs_attention
    enter(office, "F4", "不采用")
    assert not office.collect().needs_attention
    assert office.codes("扫描.pdf") == ["set-aside"]


def test_moved_and_absent(two: Office) -> None:
    """A correction follows its content under another name, and waits while the file is away."""
    enter(two, "E4", "2020-11-20")
    old = two.space.returns / "2020-11-12/旧.xlsx"
    old.replace(two.root / "旧.xlsx")
    run(two)
    assert [row[0] for row in lines(two)] == ["(本次没有收到这个文件)", "2020-11-18/新.xlsx"]
    (two.root / "旧.xlsx").replace(two.space.returns / "又.xlsx")
    run(two)
    assert two.statuses() == {"2020-11-18/新.xlsx": "superseded", "又.xlsx": "accepted"}


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("E4", "下周三", "第4行:更正日期“下周三”不是日期,应像“收到日期”那样年月日写全"),
        ("E4", "11-20", "第4行:更正日期“11-20”不是日期"),
        ("E4", 95, "第4行:更正日期“95”不是日期"),
        ("F5", "作废", "第5行:处理“作废”认不出,只能留空,或填“不采用”、“日期无误”、“核对无误”"),
    ],
)
def test_wrong_entry(two: Office, cell: str, typed: str | float | date, said: str) -> None:
    """A wrong entry is said with its row, changes nothing, and stays for the office to mend."""
    enter(two, cell, typed)
    for _ in range(2 if cell == "F5" else 1):
        (line,) = run(two)
        assert said in line
        assert two.statuses() == {"2020-11-12/旧.xlsx": "superseded", "2020-11-18/新.xlsx": "accepted"}
        assert str(typed) in {text for row in lines(two) for text in row}


def test_fingerprint_typed_over(two: Office) -> None:
    """An entry whose file nobody can tell any more is said."""
    enter(two, "E4", "2020-11-20")
    enter(two, "J4", "旧的那份")
    assert run(two) == ["收到登记.xlsx 第4行:“SHA-256”被改动,认不出是哪个文件,没有采用。"]


def test_two_lines_of_one_file(two: Office) -> None:
    """Of two lines for one content that differ the first stands."""

    def copy(sheet: Worksheet) -> None:
        sheet["E4"] = "2020-11-20"
        sheet["E9"], sheet["J9"] = "2020-11-10", sheet["J4"].value

    edit(two, copy)
    (line,) = run(two)
    assert "第9行:与前面一行是同一个文件而更正不同,以前面一行为准" in line
    assert two.statuses()["2020-11-12/旧.xlsx"] == "accepted"


def test_rearranged(two: Office) -> None:
    """Columns may be moved and rows sorted: the titles and fingerprints count."""

    def rearrange(sheet: Worksheet) -> None:
        sheet["E4"] = "2020-11-20"
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)

    edit(two, rearrange)
    assert run(two) == []
    assert two.statuses()["2020-11-12/旧.xlsx"] == "accepted"


class TestIllegible:
    @pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04half", b"%PDF-1.4"])
    def test_damaged(self, two: Office, data: bytes) -> None:
        """A damaged register is said, left as it is, and stops nothing."""
        path(two).write_bytes(data)
        (line,) = run(two)
        assert line.startswith("收到登记.xlsx 读不出来:")
        assert path(two).read_bytes() == data
        assert two.statuses()["2020-11-18/新.xlsx"] == "accepted"

    def test_no_titles(self, two: Office) -> None:
        """So is one whose titles are gone."""
        edit(two, lambda sheet: sheet.delete_rows(HEAD))
        before = path(two).read_bytes()
        (line,) = run(two)
        assert "找不到“更正日期”“处理”“SHA-256”三列" in line
        assert path(two).read_bytes() == before

    def test_a_folder_in_its_place(self, two: Office) -> None:
        """So is a folder of its name."""
        path(two).unlink()
        path(two).mkdir()
        assert run(two)[0].startswith("收到登记.xlsx 读不出来:")


def test_kept_by_wps(empty: Office) -> None:
    """A register that WPS keeps to itself is to be closed; nobody is told to restore or to remove it."""
    empty.space.make()
    path(empty).write_bytes(b"PK")
    heard = Heard()
    with open_in_excel(path(empty).__eq__, for_itself=True):
        assert read_register(empty.space, empty.notice, heard).unread
    assert heard.said == [
        "收到登记.xlsx 读不出来:正在 Excel、WPS 或别的程序里打开。本次没有采用其中的更正,也没有改写它。请存盘、关闭它,再收一次表。"
    ]


class TestWriting:
    def test_open_in_excel(self, two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """A register that is open in Excel stops nothing: the results are written, and one line says what to do."""
        enter(two, "E4", "2020-11-20")
        real = Path.replace

        def refuse(self: Path, target: Path) -> Path:
            if Path(target).name == "收到登记.xlsx":
                raise PermissionError(13, "Permission denied")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", refuse)
        (line,) = run(two)
        assert "如果文件正在 Excel 或 WPS 里打开,请先关闭。" in line
        assert two.statuses()["2020-11-12/旧.xlsx"] == "accepted"
        assert [each.name for each in two.root.glob(".收到登记*")] == []

    def test_edited_meanwhile(self, two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """What somebody saves there during a run is not overwritten."""
        enter(two, "E4", "2020-11-20")
        real = collect.__globals__["keep_originals"]

        def meanwhile(*args: object) -> None:
            enter(two, "F4", "不采用")
            real(*args)

        monkeypatch.setattr("fazhi_xl.office.commands.collect.keep_originals", meanwhile)
        (line,) = run(two)
        assert "收到登记.xlsx 在收表时有改动,没有改写它。" in line
        monkeypatch.undo()
        run(two)
        assert two.statuses()["2020-11-12/旧.xlsx"] == "ignored"

    def test_nothing_changed(self, two: Office) -> None:
        """A run that changes nothing leaves the file alone."""
        os.utime(path(two), (1, 1))
        run(two)
        assert path(two).stat().st_mtime == 1

    def test_opens_as_a_workbook(self, two: Office) -> None:
        """The register is a sound workbook with places to type in, and no text in it is a formula."""
        two.receive("=1+1.xlsx", b"x")
        run(two)
        sheet = openpyxl.load_workbook(BytesIO(path(two).read_bytes())).worksheets[0]
        assert [cell.value for cell in sheet[HEAD]] == [
            "文件",
            "单位",
            "收到日期",
            "依据",
            "更正日期",
            "处理",
            "原因",
            "电子表校验码",
            "纸质校验码",
            "SHA-256",
        ]
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_whose_a_form_is_can_be_vouched_for(office: Office) -> None:
    """A form under another unit's name, in its folder, is named in the last lines until the office has made sure whose it is."""
    name = f"{SECOND}/{SECOND}.xlsx"
    office.receive(name, office.filled(FIRST))
    round_ = office.collect()
    assert office.codes(name) == ["file-name-differs", "folder-differs"]
    assert sum(line.startswith(f"  {name}:") for line in round_summary(round_, office.space)) == 2
    enter(office, "F4", "核对无误")
    for _ in range(2):
        round_ = office.collect()
        assert office.codes(name) == []
        assert not any(name in line for line in round_summary(round_, office.space))
    assert office.unit(FIRST)["state"] == "returned"
