"""What reviewers of the office expect of a round, R1 to R17, each shown once on a small round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.utils import format_datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.undecided import Undecided
from tests.faults.entries import COUNT, DAY, MAIN, SHAPE, cell, good
from tests.notice.campaigns import CAMPAIGN
from tests.office.conftest import collect_two
from tests.support.edits import Raw, in_book, moved, with_cells, without_protection
from tests.support.mails import mail
from tests.support.offices import FEW, FIRST, FOURTH, NOW, SECOND, THIRD, Office, few
from tests.support.once import Once, Staged
from tests.support.progress import Silent
from tests.support.returns import Typed
from tests.support.reviews import Entry, Reviewing, verdict

PDF = b"%PDF-1.7\n"
NEWER, OLDER = "2020-11-18/表.xlsx", "2020-11-12/表.xlsx"  # of the third unit, under one name
COPY = f"2020-11-10/{FIRST}/新建文件夹/表 - 副本(1).xlsx"
LATE = "信.eml"  # of the second unit, mailed after the deadline


@pytest.fixture(scope="module")
def arrived(once: Once, issued: Office) -> Office:
    """Give a round as it comes in: a renamed copy, a late return, one sent twice, files of no use, and one unit that sent nothing."""
    return Office(issued.notice, once("expectations: returns", lambda root: _arrive(issued.copied(root))))


def _arrive(office: Office) -> None:
    office.receive(COPY, in_book(office.filled(FIRST), MAIN, "Sheet1"))
    sent = datetime(2020, 11, 23, 9, 30).astimezone()
    office.receive(LATE, mail({"表.xlsx": office.filled(SECOND)}, date=format_datetime(sent)).as_bytes())
    office.receive(OLDER, office.filled(THIRD, office.good(THIRD, 2)))
    office.receive(NEWER, office.filled(THIRD))
    for path, data in USELESS.items():
        office.receive(path, data(office))
    office.collect()


def encrypted(office: Office) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(office.issued(FOURTH))).encrypt("123", out)
    return out.getvalue()


USELESS: dict[str, Callable[[Office], bytes]] = {
    "坏的.xlsx": lambda office: office.issued(FOURTH)[:5000],
    "加密的.xlsx": encrypted,
    "扫描件.pdf": lambda _: PDF,
    "旧格式.xls": lambda _: "不是表格".encode("gb18030"),
    "~$表.xlsx": lambda _: b"x" * 165,
    f"{FIRST}/.DS_Store": lambda _: b"x",
}


def sheet(office: Office, name: str) -> Worksheet:
    return openpyxl.load_workbook(office.space.results / "排名汇总.xlsx", data_only=True)[name]


def table(of: Worksheet, first: str) -> Iterator[dict[str, Any]]:
    """Give the rows of the table whose titles hold this one, by title."""
    rows = iter(of.iter_rows(values_only=True))
    titles = next(row for row in rows if first in row)
    for row in rows:
        if not any(row):
            return
        yield {str(title): value for title, value in zip(titles, row, strict=True) if title}


# What comes in -------------------------------------------------------------------------------------------------------


def test_r01_intake_by_folder(arrived: Office) -> None:
    """A copy with a renamed sheet in a subfolder is its unit's by the number inside; litter is passed over."""
    file = arrived.file(COPY)
    assert (file["unit"], file["status"]) == (FIRST, "accepted_with_notes")  # the name of the sheet
    assert {arrived.statuses()[path] for path in ("~$表.xlsx", f"{FIRST}/.DS_Store")} == {"ignored"}


def test_r02_state_of_returns(arrived: Office) -> None:
    """报送情况 has each unit's state and day, with the time where a mail tells it, the count and rate, and whom to remind."""
    own = sheet(arrived, "报送情况")
    rows = {row["单位"]: row for row in table(own, "首次收到") if isinstance(row["序号"], int)}
    states = {unit: (rows[unit]["情况"], rows[unit]["首次收到"], rows[unit]["按时"]) for unit in FEW}
    assert states == {
        FIRST: ("已收(有提示)", "2020-11-10", "按时"),
        SECOND: ("已收(有提示)", "2020-11-23 09:30", "迟报"),
        THIRD: ("已收", "2020-11-12", "按时"),
        FOURTH: ("未报", "—", "—"),
    }
    said = [row[0] for row in own.iter_rows(values_only=True) if row[0]]
    assert any(str(line).startswith("应报4家,已报3家(报送率75.00%),未报1家。") for line in said)
    assert f"催报名单:{FOURTH}。" in said
    reminders = {row["情况"]: row["催报文字(整格复制即可)"] for row in table(sheet(arrived, "催报"), "家数")}
    assert reminders["未报"].startswith(f"{FOURTH}:至今还没有收到你单位的")


def test_r03_several_returns(arrived: Office) -> None:
    """The last one counts by a rule that is said, the others stay listed, and no unit overwrites another under one name."""
    assert [arrived.statuses()[path] for path in (OLDER, NEWER, f"{LATE}/表.xlsx")] == [
        "superseded",
        "accepted",
        "accepted_with_notes",
    ]
    assert [arrived.file(path)["unit"] for path in (OLDER, NEWER, f"{LATE}/表.xlsx")] == [THIRD, THIRD, SECOND]
    said = [str(row[0]) for row in sheet(arrived, "报送情况").iter_rows(values_only=True)]
    assert any(line.startswith("计入哪一份:同一单位先后报送的,以最后收到的为准") for line in said)


def test_r03_another_units_form(office: Office) -> None:
    """A form sent under another unit's name is its own unit's, and is asked about; the other unit has not returned."""
    office.receive(f"{SECOND}.xlsx", office.filled(FIRST))
    (file,) = office.look()
    assert (file["unit"], [each["code"] for each in file["findings"]]) == (FIRST, ["file-name-differs"])


@pytest.mark.long
def test_r04_levels(arrived: Office, reviewed: Office) -> None:
    """A problem has unit, sheet, cell, number, what was entered and what to do, in one of four levels; its cell leads to the original."""
    rows = list(table(sheet(arrived, "问题清单"), "谁处理"))
    assert list(rows[0]) == ["单位", "谁处理", "程度", "工作表", "单元格", "编号", "填报内容", "问题和怎样改", "文件"]
    assert {row["程度"] for row in rows} <= {"不能读取", "须改正", "请核实", "提示"}
    broken = next(row for row in rows if row["文件"] == "坏的.xlsx")
    assert (broken["谁处理"], broken["程度"]) == ("办公室", "不能读取")
    link = next(cell.hyperlink for row in sheet(reviewed, "问题清单").iter_rows() for cell in row if cell.hyperlink)
    own, _, at = str(link.location).partition("!")
    original = openpyxl.load_workbook(reviewed.space.results / str(link.target).replace("\\", "/"))
    (unit,) = (row[0].value for row in sheet(reviewed, "问题清单").iter_rows() if any(cell.hyperlink for cell in row))
    assert (unit, original[own.strip("'")][at].value) == (FIRST, CLAIM["事项"])


@pytest.mark.parametrize(
    ("key", "entry", "value"),
    [
        (COUNT, "３次", 3),
        (COUNT, " 4 ", 4),
        (COUNT, "百分之九十五", None),
        (COUNT, "95%", None),
        (COUNT, "无", None),
        (COUNT, "/", None),
        (COUNT, "—", None),
        (DAY, "2020.11.5", date(2020, 11, 5)),
    ],
)
def test_r05_what_people_type(office: Office, key: str, entry: str, value: object) -> None:
    """What has one meaning is taken and noted; a text is never turned to 0 in silence, and blank is not 0."""
    office.receive("表.xlsx", good(office, {key: Typed("s", entry)}))
    (file,) = office.look()
    found = [(each["code"], each["severity"]) for each in file["findings"] if each["field"] == key]
    if value is None:
        assert [severity for _, severity in found] == ["error"]
    else:
        assert found == [("value-normalised", "note")]


def test_r05_blank_is_not_zero(office: Office) -> None:
    """A count that was left blank is asked for; a 0 is an answer."""
    asked = {}
    for name, entry in (("空着", None), ("零", 0)):
        office.receive("表.xlsx", office.filled(FIRST, {**office.good(FIRST), COUNT: entry}))
        (file,) = office.look()
        asked[name] = [each["code"] for each in file["findings"] if each["field"] == COUNT]
    assert asked == {"空着": ["value-missing"], "零": []}


def test_r06_scores_are_computed_anew(office: Office) -> None:
    """A score that the file stores otherwise than its facts give is told, and not used."""
    score = "15.6.测算"
    office.receive("表.xlsx", with_cells(good(office), {(MAIN, cell(score)): Raw("<f>D9</f><v>0.5</v>")}))
    (file,) = office.look()
    (found,) = file["findings"]
    assert (found["code"], found["cell"]) == ("scores-stored", cell(score))


def test_r07_what_was_locked(office: Office) -> None:
    """A locked text that was changed is told, on a sheet without protection and with a row more; the entries are read by their names."""
    row = SHAPE.places[COUNT].row
    data = moved(good(office), MAIN, lambda at, column: (at + (at > row), column))
    text = f"B{SHAPE.places['15.1.经费.填报'].row}"
    data = with_cells(without_protection(data, MAIN), {(MAIN, text): Typed("s", "改过的文字")})
    office.receive("表.xlsx", data)
    (file,) = office.look()
    assert [each["code"] for each in file["findings"]] == ["protection-removed", "locked-changed"]
    assert file["unit"] == FIRST


def test_r08_useless_files(arrived: Office) -> None:
    """What cannot be read is refused in Chinese, each with its reason, and the others are collected."""
    told = {path: [each["code"] for each in arrived.file(path)["findings"]] for path in list(USELESS)[:4]}
    assert told == {
        "坏的.xlsx": ["file-damaged"],
        "加密的.xlsx": ["file-encrypted"],
        "扫描件.pdf": ["file-not-a-workbook"],
        "旧格式.xls": ["file-not-a-workbook"],
    }
    assert {arrived.statuses()[path] for path in told} == {"rejected"}
    assert [arrived.unit(unit)["state"] for unit in FEW] == ["returned", "returned", "returned", "missing"]


# What is decided -----------------------------------------------------------------------------------------------------

OFFENCE: dict[str, Entry] = {
    "来源": "审计局", "情形": "②重大决策违法", "单位": SECOND, "事项": "某决策", "文号": "1号", "日期": date(2020, 8, 1),
    "认定": "减分", "归并": "某决策",
}  # fmt: skip
CLAIM: dict[str, Value] = {
    "情形": "①表彰奖励", "事项": "全国先进", "机关": "司法部", "级别": "国家级", "文号": "司发1号", "日期": date(2020, 6, 1),
    "认可": "已获认可",
}  # fmt: skip


@pytest.fixture(scope="module")
def reviewed(once: Once, issued: Office) -> Office:
    """Give the official round of two units: one claims a matter twice, against the other a matter is registered twice."""
    return Office(issued.notice, once("expectations: review", lambda root: _review(issued.copied(root))))


def _review(office: Office) -> None:
    claims = {f"{row}.{column}": value for row in ("加分.01", "加分.02") for column, value in CLAIM.items()}
    office.receive("甲.xlsx", office.filled(FIRST, {**office.good(FIRST), **claims}))
    office.receive("乙.xlsx", office.filled(SECOND))
    office.collect()
    review = Reviewing(office)
    entries = verdict("02/15.1", {"核定": 0, "原因": "没有佐证材料"})
    entries |= verdict("减分登记.001", OFFENCE) | verdict("减分登记.002", {**OFFENCE, "来源": "信访局"})
    for row in review.claims:
        entries |= verdict(row, {"认定": "认可", "归并": "先进"})
    review.enter(entries)
    accepted(office, "全部")


@pytest.fixture
def review(staged: Staged) -> Reviewing:
    """Give a round of two returns, collected and not yet reviewed."""
    return Reviewing(staged("two collected", collect_two))


def accepted(office: Office, *units: str) -> None:
    """Collect with the explicit order to take the self-scores of what nobody has decided."""
    order = CollectOrder(review=ReviewOrders(accept=Acceptance(units=units, reviewer="王五")))
    collect(office.notice, office.space, order, Silent(), now=NOW)


@pytest.mark.long
def test_r09_a_row_for_each_sub_point(review: Reviewing) -> None:
    """The score of the office is blank beside the computed and the unit's own; a self-score counts by an explicit order only."""
    cells, row = review.cells, review.rows(2)[0]
    assert {column: cells[f"{row}.{column}"] for column in ("测算", "自评")} == {"测算": "0.67", "自评": "0.67"}
    assert not [key for key in cells if key.endswith(".核定") and "/" in key]
    assert review.record == []
    review.enter(verdict(row, {"核定": 0.5, "原因": "佐证材料不足"}))
    review.office.collect()
    assert (review.cells[f"{row}.核定"], review.cells[f"{row}.原因"]) == ("0.5", "佐证材料不足")
    accepted(review.office, FIRST)
    assert {each["bulk"] for each in review.record} == {False, True}


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"核定": 0}, "review-reason"),
        ({"核定": 1.5}, "number-wrong"),
        ({"核定": 0.333, "原因": "佐证材料不足"}, "number-wrong"),
        ({"核定": 0.33, "原因": "佐证材料不足"}, None),
    ],
)
@pytest.mark.long
def test_r10_a_lower_score_has_a_reason(review: Reviewing, entered: dict[str, Entry], code: str | None) -> None:
    """A score below the unit's own needs a reason, lies within the marks, and has at most two decimals."""
    review.enter(verdict("02/15.1", entered))
    done = review.office.collect()
    assert [found.code for _, found in done.review] == ([code] if code else [])
    assert len(review.record) == (0 if code else 1)


def test_r11_no_matter_counts_twice(reviewed: Office) -> None:
    """A matter that was claimed or registered twice counts once, and the rows say that they look alike."""
    assert (reviewed.unit(FIRST)["bonus"], reviewed.unit(SECOND)["deduction"]) == ("1.00", "3.00")
    cells = Reviewing(reviewed).cells
    assert cells["02/加分.01.事项号"] == cells["02/加分.02.事项号"]
    assert cells["减分登记.002.提示"] == "疑似重复:与减分登记.001同一事项"


def test_r12_what_the_office_holds_decides(review: Reviewing) -> None:
    """An entry of a register settles its sub-point over the unit's claim; a score that says otherwise is listed, and open."""
    task: dict[str, Entry] = {"单位": FIRST, "事项": "迟交月报", "日期": date(2020, 6, 3)}
    report: dict[str, Entry] = {"单位": FIRST, "标题": "甲", "报送日期": date(2020, 6, 3), "录用": "已录用"}
    entries = verdict("交办登记.001", task) | verdict("信息采用.001", report)
    review.enter(entries | verdict("02/20.7", {"核定": 5}))
    done = review.office.collect()
    assert [found.code for _, found in done.review if found.severity == "error"] == ["review-register-conflict"]
    assert [each.kind for each in done.open if each.code == "02/20.7"] == [Undecided.REGISTER]
    assert review.cells["02/20.7.待核"].endswith("登记错的,请改正登记。")
    assert review.cells["02/20.6.待核"].startswith("按信息采用计分(1条):按时报送的综合信息1篇,被省简报录用的信息1篇")
    assert review.cells["02/20.6.待核"].endswith(",核定2.50分;这里不用填。")


def test_r13_evidence(issued: Office, once: Once) -> None:
    """Evidence lies in folders by items; a listed file that is not there, or not of the year, is asked about."""
    office = Office(issued.notice, once("expectations: evidence", lambda root: _send_evidence(issued.copied(root))))
    found = [(each["code"], each["field"]) for each in office.file(f"{FIRST}/表.xlsx")["findings"]]
    assert ("evidence-not-there", "台账.002.文件名") in found
    assert ("evidence-misplaced", "台账.003.文件名") in found
    assert [code for code, field in found if field == "台账.001.日期"] == ["evidence-other-year"]
    assert office.statuses()[f"{FIRST}/15.普法/甲.pdf"] == "ignored"


def _send_evidence(office: Office) -> None:
    ledger: dict[str, Value] = {
        "001.文件名": "甲.pdf",
        "002.文件名": "乙.pdf",
        "003.文件名": "丙.pdf",
        "001.日期": date(2019, 3, 1),
    }
    plain = {key: value for key, value in office.good(FIRST).items() if not key.endswith(".文件名")}
    answers = {**plain, **{f"台账.{key}": value for key, value in ledger.items()}}
    office.receive(f"{FIRST}/表.xlsx", office.filled(FIRST, answers))
    office.receive(f"{FIRST}/15.普法/甲.pdf", PDF)
    office.receive(f"{FIRST}/20/丙.pdf", PDF)
    office.collect()


def test_r14_feedback_on_one_page(reviewed: Office) -> None:
    """Each unit has a sheet of one page, with its scores, what it lost, why, and the material that would mend it."""
    folder = reviewed.space.results / "反馈单"
    assert [path.name[:2] for path in sorted(folder.glob("*.xlsx"))] == ["02", "04"]
    own = openpyxl.load_workbook(next(folder.glob("02_*.xlsx"))).worksheets[0]
    texts = [str(cell) for row in own.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("没有佐证材料;普法领导小组文件、计划、经费凭证" in text for text in texts)
    assert any("补正" in text and "前" in text for text in texts)
    assert own.sheet_properties.pageSetUpPr is not None
    assert own.sheet_properties.pageSetUpPr.fitToPage
    assert (own.page_setup.fitToHeight or 1, own.page_setup.fitToWidth or 1) == (1, 1)


def test_r15_running_again(reviewed: Office, tmp_path: Path) -> None:
    """A second run says the same and leaves the originals as they were; what it writes names its day, count and version."""
    office = reviewed.copied(tmp_path / "out")
    before, report = _hashes(office.space.returns), office.report
    office.collect()
    assert (_hashes(office.space.returns), office.report) == (before, report)
    front = sheet(office, "一页纸")
    assert front["K1"].value == "正式排名(按核定,含未报送2家)"
    assert front["F2"].value == "2020年11月21日    已报2家,共4家    目录第1版"


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_r16_next_year_needs_no_code(reviewed: Office, tmp_path: Path) -> None:
    """Where the catalogue's files say otherwise, so do the results: the cap of the bonus, in a table that people edit."""
    folder = Path(copytree(CAMPAIGN, tmp_path / "catalogue" / CAMPAIGN.name))
    about = folder / "notice.toml"
    said = about.read_text("utf-8")
    assert "bonus_cap = 10 " in said
    about.write_text(said.replace("bonus_cap = 10 ", "bonus_cap = 0.5 "), "utf-8")
    office = Office(few(load(folder)), reviewed.copied(tmp_path / "out").root)
    office.issue(force=True)
    office.collect()
    assert (office.unit(FIRST)["bonus"], reviewed.unit(FIRST)["bonus"]) == ("0.50", "1.00")


def test_r17_files_by_item(issued: Office, once: Once) -> None:
    """A list for the city's system has unit, item, sub-point, material, file and pages, and where the file lies."""
    office = Office(issued.notice, once("expectations: evidence", lambda root: _send_evidence(issued.copied(root))))
    own = openpyxl.load_workbook(office.space.results / "台账清单.xlsx").worksheets[0]
    first = next(table(own, "收到的文件"))
    columns = ("单位", "监测项目序号", "得分点", "文件名", "收到情况", "收到的文件")
    assert [first[column] for column in columns] == [FIRST, 15, "15.1", "甲.pdf", "收到", f"{FIRST}/15.普法/甲.pdf"]
    assert {"监测项目", "材料名称", "材料类型", "形成日期", "页数"} <= first.keys()
