"""A unit whose return has faults gets its form back with its answers, the faults marked and listed, and a text for the mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.owner import unit_in_path
from fazhi_xl.xlsx.fill import CellEntry, fill
from tests.clients.libreoffice import Input, LibreOffice
from tests.clients.validator import Validator
from tests.support.offices import FIRST, SECOND, THIRD, Office
from tests.support.once import Staged
from tests.support.packages import Package

pytestmark = pytest.mark.long

FORM, MAIL = "02_人大常委会机关_退回修改.xlsx", "02_人大常委会机关_退回修改.txt"
SPOILT: Mapping[str, Value] = {"15.2.宪法.填报": "约5次", "15.1.自评": 99, "15.2.自评": None, "15.4.自评": None}
NUMBERS = ("15.6.次数.填报", "15.2.宪法.填报", "15.2.民法典.填报", "15.4.学法.填报", "15.2.地方性法规.填报")
LATER = datetime(2020, 11, 25, 9).astimezone()


def folder(office: Office) -> Path:
    return office.space.results / "退回"


def names(office: Office) -> list[str]:
    return sorted(path.name for path in folder(office).iterdir()) if folder(office).exists() else []


def spoilt(office: Office, more: Mapping[str, Value] | None = None) -> bytes:
    """Fill in a form with four faults and one thing to confirm."""
    old: Mapping[str, Value] = {"台账.001.日期": date(2019, 5, 1), "台账.001.类型": "其他材料"}
    return office.filled(FIRST, {**office.good(FIRST), **SPOILT, **old, **(more or {})})


def mended(office: Office) -> tuple[CellEntry, ...]:
    """Give what mends those faults, as cells."""
    good, places = office.good(FIRST), office.forms[FIRST].shape.places
    right = {key: good[key] for key in SPOILT} | {"台账.001.日期": date(2020, 5, 1)}
    return tuple((places[key].sheet, places[key].cell, _plain(value)) for key, value in right.items())


def _plain(value: Value) -> float | date:
    return value if isinstance(value, date) else float(value)  # type: ignore[arg-type] # no texts among these


@pytest.fixture
def returned(staged: Staged) -> Office:
    return staged("sent back", _send_back)


def _send_back(office: Office) -> None:
    office.receive("2020-11-18/人大.xlsx", spoilt(office))
    office.collect()


class TestForm:
    def test_files(self, returned: Office) -> None:
        """The form and the mail's text stand in 结果/退回, with a record of what was written there."""
        assert names(returned) == [MAIL, FORM, "清单.json"]
        assert (folder(returned) / FORM).stat().st_size < 1.25 * len(returned.issued(FIRST))

    def test_front(self, returned: Office) -> None:
        """In front stands what has to be done: errors first, each with its number, place, words typed and remedy."""
        package = Package(folder(returned) / FORM)
        assert next(iter(package.sheets)) == "需修改事项"
        part = package.sheets["需修改事项"]
        rows = {int(at[1:]) for at in part.cells}
        lines = [
            [part.cells[f"{column}{row}"].text for column in "ABCDEF" if f"{column}{row}" in part.cells]
            for row in sorted(rows)
        ]
        listed = [line for line in lines if len(line) == 6 and (line[0] or "").isdigit()]
        left = "原填内容没有带入本表。"
        assert listed == [
            ["1", "任务分解表", "15.1.自评", "G7", "“99”", "15.1 自评分填的是“99”。应填0至1的数,最多2位小数,不带单位,例如1。" + left],
            ["2", "任务分解表", "15.2.自评", "G12", "—", "15.2 自评分没有填写。请补填。"],
            [
                "3", "任务分解表", "15.2.宪法.填报", "C13", "“约5次”",
                "15.2.宪法 宪法宣传活动填的是“约5次”,不是一个确定的数。请填准确的数,例如3。" + left,
            ],
            ["4", "任务分解表", "15.4.自评", "G16", "—", "15.4 自评分没有填写。请补填。"],
            [
                "5", "台账目录", "台账.001.日期", "F6", "“2019-05-01”",
                "台账.001的形成日期2019-05-01不在监测评价年度内。制度类材料请把类型选为“制度类”,其他材料请核对日期。",
            ],
        ]  # fmt: skip
        links = {str(each.get("ref")): str(each.get("location")) for each in part.every("hyperlink")}
        assert {*links.values()} == {"'台账目录'!F6", *(f"'任务分解表'!{cell}" for cell in ("C13", "G12", "G16", "G7"))}
        assert len(links) == 5

    def test_front_page(self, returned: Office) -> None:
        """The list names unit, form number and days, leaves the day to send it back by open, and prints on A4, one page wide."""
        part = Package(folder(returned) / FORM).sheets["需修改事项"]
        texts = " ".join(cell.text or "" for cell in part.cells.values())
        number = returned.forms[FIRST].number
        for said in (
            "单位:人大常委会机关",
            f"表号:{number}",
            "退回日期:2020年11月21日",
            "来件:人大.xlsx(2020年11月18日收到)",
        ):
            assert said in texts
        assert "请按随本表发来的邮件里写明的日期改好发回区委依法治区办" in texts
        assert (part.one("pageSetup")["paperSize"], part.one("pageSetup")["fitToHeight"]) == ("9", "0")
        assert number in part.text("oddFooter")
        assert part.one("sheetProtection")["sheet"] == "1"

    def test_marks(self, returned: Office) -> None:
        """Each bad cell has a comment in the message's words, and a dashed border and stripes for as long as it is wrong."""
        package = Package(folder(returned) / FORM)
        part = package.sheets["任务分解表"]
        marked = {str(each.get("sqref")) for each in part.every("conditionalFormatting")}
        assert {"C13", "G7", "G12", "G16"} <= marked
        comments = "".join(data.decode() for name, data in package.parts.items() if name.startswith("xl/comments"))
        assert comments.count("<comment ") == 5
        assert "区委依法治区办:\n15.2.宪法 宪法宣传活动填的是“约5次”,不是一个确定的数。" in comments
        assert "<author>区委依法治区办</author>" in comments
        look = package.parts["xl/styles.xml"].decode().partition("<dxfs")[2]
        assert 'patternType="lightUp"' in look
        assert 'style="dashed"' in look

    def test_answers(self, returned: Office) -> None:
        """What was readable stands in its place; what was not is blank there."""
        cells = Package(folder(returned) / FORM).sheets["任务分解表"].cells
        places = returned.forms[FIRST].shape.places
        assert cells[places["15.2.民法典.填报"].cell].text == str(returned.good(FIRST)["15.2.民法典.填报"])
        assert (cells["C13"].text, cells["G7"].text) == (None, None)

    def test_locks(self, returned: Office) -> None:
        """It is the unit's issued form: the same cells locked, on sheets protected alike."""
        issued, back = Package(returned.path(FIRST)), Package(folder(returned) / FORM)
        for name, part in issued.sheets.items():
            other = back.sheets[name]
            assert other.one("sheetProtection") == part.one("sheetProtection")
            locks = {at: issued.formats[cell.style]["locked"] for at, cell in part.cells.items()}
            assert {at: back.formats[cell.style]["locked"] for at, cell in other.cells.items()} == locks

    def test_blank(self, office: Office) -> None:
        """A form that nobody filled in goes back as it is, and says so in front."""
        office.receive("空.xlsx", office.issued(FIRST))
        office.collect()
        assert "表里一处都没有填写。" in (folder(office) / MAIL).read_text("utf-8-sig")
        assert names(office) == [MAIL, FORM, "清单.json"]


class TestRoundTrip:
    def test_sent_straight_back(self, returned: Office) -> None:
        """Sent back as it is, it takes the place of nothing: the return before it still counts."""
        returned.receive("2020-11-20/再.xlsx", (folder(returned) / FORM).read_bytes())
        for _ in range(2):
            returned.collect(now=LATER)
            assert returned.codes("2020-11-20/再.xlsx") == ["form-sent-back"]
            assert returned.statuses()["2020-11-20/再.xlsx"] == "ignored"
            assert returned.unit(FIRST)["file"] == "2020-11-18/人大.xlsx"

    def test_partly_mended(self, returned: Office) -> None:
        """What is still wrong when it comes back is found again, and goes back again."""
        some = fill((folder(returned) / FORM).read_bytes(), mended(returned)[:2])
        returned.receive("2020-11-20/再.xlsx", some)
        returned.collect(now=LATER)
        assert returned.file("2020-11-20/再.xlsx")["unit"] == FIRST
        assert returned.codes("2020-11-20/再.xlsx") == ["value-missing", "value-missing", "evidence-other-year"]
        assert "有2处须改正、1处请核实" in (folder(returned) / MAIL).read_text("utf-8-sig")

    def test_mended(self, returned: Office) -> None:
        """Mended and sent back it is accepted without a word, and nothing goes back any more."""
        done = fill((folder(returned) / FORM).read_bytes(), mended(returned))
        returned.receive("2020-11-20/改.xlsx", done)
        returned.collect(now=LATER)
        assert (returned.codes("2020-11-20/改.xlsx"), returned.statuses()["2020-11-20/改.xlsx"]) == ([], "accepted")
        assert names(returned) == []

    def test_through_a_client(self, returned: Office, libreoffice: LibreOffice) -> None:
        """Mended in LibreOffice it is accepted too: comments, marks and the sheet in front disturb nothing."""
        back = returned.space.returns / "2020-11-20" / "改.xlsx"
        back.parent.mkdir()
        with libreoffice.open(folder(returned) / FORM) as document:
            assert document.sheets()[0] == "需修改事项"
            document.set_inputs(_input(entry) for entry in mended(returned))
            document.save_as(back)
        returned.collect(now=LATER)
        assert (returned.codes("2020-11-20/改.xlsx"), returned.unit(FIRST)["file"]) == ([], "2020-11-20/改.xlsx")

    def test_validator(self, returned: Office, validator: Validator) -> None:
        """Office would open it without repair."""
        assert list(map(str, validator.faults([folder(returned) / FORM]))) == []

    def test_quoted_words(self, office: Office) -> None:
        """What the unit typed is quoted, and is no code, formula or link when the form comes back."""
        typed = dict(zip(NUMBERS, ("编号", "15.4", "=1+1", "@x", "http://a.cn"), strict=True))
        office.receive("2020-11-10/表.xlsx", office.filled(FIRST, office.good(FIRST) | typed))
        office.collect()
        package = Package(folder(office) / FORM)
        assert {f"“{value}”" for value in typed.values()} <= set(package.strings)
        assert all(cell.formula is None for cell in package.sheets["需修改事项"].cells.values())
        place = office.forms[FIRST].shape.places["15.4.说明"]
        touched = fill((folder(office) / FORM).read_bytes(), [(place.sheet, place.cell, "已看")])
        office.receive("2020-11-18/再.xlsx", touched)
        office.collect()
        assert office.codes("2020-11-18/再.xlsx") == ["value-missing"] * len(typed)

    def test_scribbles_in_front(self, returned: Office) -> None:
        """Whatever is written onto the sheet in front, another unit's form number included, disturbs no collecting."""
        book = openpyxl.load_workbook(BytesIO(fill((folder(returned) / FORM).read_bytes(), mended(returned))))
        book["需修改事项"].unmerge_cells("A1:H1")
        for cell, text in (("A1", "编号"), ("A7", "15.1"), ("B1", "自评"), ("C1", returned.forms[SECOND].number)):
            book["需修改事项"][cell] = text
        out = BytesIO()
        book.save(out)
        returned.receive("2020-11-20/改.xlsx", out.getvalue())
        returned.collect(now=LATER)
        assert (returned.codes("2020-11-20/改.xlsx"), returned.unit(FIRST)["file"]) == ([], "2020-11-20/改.xlsx")


def _input(entry: CellEntry) -> Input:
    sheet, cell, value = entry
    return Input(sheet=sheet, cell=cell, kind="date" if isinstance(value, date) else "number", value=value)


class TestMail:
    def test_text(self, returned: Office) -> None:
        """The text can be pasted into a mail: who, what is wrong, by when, from whom."""
        number = returned.forms[FIRST].number
        opening = (
            f"你单位报送的《钟楼区2020年度法治建设监测评价任务分解表》(表号{number},2020年11月18日收到的“人大.xlsx”)已经看过,"
            "有4处须改正、1处请核实。请打开附件“02_人大常委会机关_退回修改.xlsx”,已填的内容都在里面,照第一张表“需修改事项”改好,"
            "另存为 .xlsx 后发回。"
        )
        assert (folder(returned) / MAIL).read_bytes().decode("utf-8").split("\r\n") == [
            "\ufeff人大常委会机关:",
            opening,
            "",
            "一、须改正(4处)",
            "1. 任务分解表 G7:15.1 自评分填的是“99”。应填0至1的数,最多2位小数,不带单位,例如1。",
            "2. 任务分解表 G12、G16:这2处没有填写。请补填。",
            "3. 任务分解表 C13:15.2.宪法 宪法宣传活动填的是“约5次”,不是一个确定的数。请填准确的数,例如3。",
            "",
            "二、请核实(1处):在“答复”里选“无误”“已改”,或写明情况(至少6个字)",
            "4. 台账目录 F6:台账.001的形成日期2019-05-01不在监测评价年度内。制度类材料请把类型选为“制度类”,其他材料请核对日期。",
            "",
            "请于____年__月__日前发回(通知的报送期限:2020年11月20日)。谢谢配合。",
            "",
            "区委依法治区办",
            "区司法局普法与依法治理科",
            "2020年11月21日",
            "",
        ]  # fmt: skip

    def test_day(self, office: Office) -> None:
        """Where the catalogue names a day to send corrections by, it is printed until it has gone by."""
        about = office.notice.about
        dates = about.dates.model_copy(update={"corrections_due": date(2020, 11, 27)})
        notice = office.notice.model_copy(update={"about": about.model_copy(update={"dates": dates})})
        told = Office(notice, office.root)
        told.receive("人大.xlsx", spoilt(told))
        told.collect()
        assert "请于2020年11月27日前发回" in (folder(told) / MAIL).read_text("utf-8-sig")
        told.collect(now=LATER)
        assert "请于2020年11月27日前发回" in (folder(told) / MAIL).read_text("utf-8-sig")
        told.receive("政协.xlsx", told.filled(SECOND))
        told.collect(now=LATER + timedelta(days=3))
        assert "请于____年__月__日前发回" in (folder(told) / MAIL).read_text("utf-8-sig")

    def test_lines_stay_whole(self, office: Office) -> None:
        """A value with line breaks breaks no line of the list."""
        office.receive("表.xlsx", spoilt(office, {"15.6.次数.填报": "3\r\n99. 无"}))
        office.collect()
        lines = (folder(office) / MAIL).read_text("utf-8-sig").splitlines()
        assert not any(line.startswith("99.") for line in lines)
        assert any("“3 99. 无”" in line for line in lines)


class TestRefused:
    def test_whole(self, office: Office) -> None:
        """A unit whose only file cannot be used gets the reason, what to do, and its form as issued."""
        office.receive("2020-11-18/检察院 任务分解表.pdf", b"%PDF-1.4")
        office.collect()
        assert names(office) == ["07_检察院_任务分解表_2020.xlsx", "07_检察院_退回修改.txt", "清单.json"]
        text = (folder(office) / "07_检察院_退回修改.txt").read_text("utf-8-sig")
        assert "2020年11月18日收到你单位的文件“检察院 任务分解表.pdf”,不能使用" in text
        assert "1. 这是PDF 文件,不是电子表格,数据读不出来。" in text
        assert (folder(office) / "07_检察院_任务分解表_2020.xlsx").read_bytes() == office.issued(THIRD)

    def test_beside_a_good_one(self, office: Office) -> None:
        """A file that cannot be used beside one that counts sends nothing back."""
        office.receive("2020-11-18/检察院.pdf", b"%PDF-1.4")
        office.receive("2020-11-18/好.xlsx", office.filled(THIRD))
        office.collect()
        assert names(office) == []

    @pytest.mark.parametrize(
        ("path", "unit"),
        [
            ("07_检察院_任务分解表_2020.xlsx", "检察院"),
            ("2020-11-18/区检察院扫描件.pdf", "检察院"),
            ("检察院/1.pdf", "检察院"),
            ("2020-11-18/网信办扫描件.pdf", "宣传部"),
            ("1.pdf", None),
            ("检察院转信访局.pdf", None),
            ("人大常委会机关(政协机关的附后).pdf", None),
        ],
    )
    def test_whose(self, notice: Notice, path: str, unit: str | None) -> None:
        """A file that cannot be read is taken for the one unit that its path names, and for nobody's where it names two."""
        assert unit_in_path(notice, path) == unit

    def test_longest_name(self, notice: Notice) -> None:
        """A unit's name within another's longer one does not count."""
        longer = [
            (a.short, b.short) for a in notice.units for b in notice.units if a.short != b.short and a.short in b.short
        ]
        for _, unit in longer:
            assert unit_in_path(notice, f"{unit}.pdf") == unit


class TestAgain:
    def test_nothing_new(self, returned: Office) -> None:
        """Another day's run that finds the same leaves every file as it is, with its day."""
        before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder(returned).iterdir()}
        returned.collect(now=LATER)
        assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder(returned).iterdir()} == before

    def test_something_new(self, returned: Office) -> None:
        """A new return of the unit with other faults gets a new letter of the day."""
        returned.receive("2020-11-19/人大.xlsx", spoilt(returned, {"15.6.次数.填报": "若干"}))
        returned.collect(now=LATER)
        assert "有5处须改正" in (text := (folder(returned) / MAIL).read_text("utf-8-sig"))
        assert text.endswith("2020年11月25日\n")

    def test_not_needed_any_more(self, returned: Office) -> None:
        """What a unit no longer needs is taken away, and only that; of the office's own files none."""
        returned.receive("政协.xlsx", returned.issued(SECOND))
        (folder(returned) / "02_人大常委会机关_电话记录.txt").write_text("office's own", "utf-8")
        returned.collect()
        returned.receive("2020-11-19/人大.xlsx", returned.filled(FIRST))
        returned.collect(now=LATER)
        assert names(returned) == [
            "02_人大常委会机关_电话记录.txt", "04_政协机关_退回修改.txt", "04_政协机关_退回修改.xlsx", "清单.json",
        ]  # fmt: skip

    def test_edited_by_the_office(self, returned: Office) -> None:
        """A day that the office wrote into the text stays while the text is right, and is never deleted."""
        mail = folder(returned) / MAIL
        mail.write_bytes(mail.read_bytes().replace("____年__月__日".encode(), "2020年11月27日".encode()))
        returned.collect(now=LATER)
        assert "2020年11月27日" in mail.read_text("utf-8-sig")
        returned.receive("2020-11-19/人大.xlsx", returned.filled(FIRST))
        returned.collect(now=LATER)
        assert names(returned) == [MAIL]

    def test_deleted_by_the_office(self, returned: Office) -> None:
        """A file that is gone is written again."""
        (folder(returned) / FORM).unlink()
        returned.collect(now=LATER)
        assert names(returned) == [MAIL, FORM, "清单.json"]

    @pytest.mark.parametrize(
        "record", ["", "{", "[]", '{"../x": {"day": "2020-11-21", "sha256": ["a"]}}', '{"a": {"day": 3}}']
    )
    def test_damaged_record(self, returned: Office, record: str) -> None:
        """A damaged record stops nothing and costs no file of the office's."""
        (folder(returned) / "清单.json").write_text(record, "utf-8")
        (returned.space.results / "x").write_text("keep", "utf-8")
        returned.collect(now=LATER)
        assert names(returned) == [MAIL, FORM, "清单.json"]
        assert (returned.space.results / "x").exists()
        assert re.search(r"2020年11月21日\s*$", (folder(returned) / MAIL).read_text("utf-8-sig"))

    def test_same_bytes(self, office: Office, tmp_path: Path) -> None:
        """The same return gives the same files, in one process and in another office."""
        other = Office(office.notice, tmp_path / "b")
        made = []
        for each in (office, other):
            if each is other:
                each.issue()
            each.receive("表.xlsx", spoilt(office))
        for _ in range(2):
            office.collect()
            made.append((folder(office) / FORM).read_bytes())
            (folder(office) / FORM).unlink()
        assert made[0] == made[1]
