"""Last year's catalogue is moved to the next year: days, year, form numbers, ids; and what has to be decided is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fazhi_xl.errors import BrokenCatalogueError, WrongUseError
from fazhi_xl.notice.load import load, notice_of
from fazhi_xl.notice.model import FORMAT, Notice
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.office.history.matches import catalogue_matches, catalogue_unit_matches
from fazhi_xl.setup.new_year.carry_out import carry_out
from fazhi_xl.setup.new_year.days import days_of
from fazhi_xl.setup.new_year.move import NewYear, new_year
from fazhi_xl.setup.new_year.remark import Kind
from fazhi_xl.setup.open_source import OpenedSource, open_source
from tests.notice.campaigns import SHIPPED, TEMPLATES
from tests.support.catalogues import Files, Table, full, minimal, negative_list, write

Change = Callable[[Files], object]


def opened(files: Files, folder: Path) -> OpenedSource:
    """Write a catalogue and open it."""
    return open_source(str(write(folder / "示例-2031", files)))


def moved(files: Files, folder: Path, year: int = 2032) -> NewYear:
    return new_year(opened(files, folder), year)


def ids(notice: Notice) -> list[list[str]]:
    """Give what answers, decisions and registers go by."""
    subs = notice.sub_points.values()
    every: tuple[Any, ...] = (notice.units, notice.items, subs, notice.bonus, notice.deductions, notice.vetoes)
    return [[each.id for each in things] for things in every]


@pytest.mark.parametrize(
    "name", [each if each == "zhonglou-2020" else pytest.param(each, marks=pytest.mark.long) for each in SHIPPED]
)
def test_shipped_catalogues(name: str, tmp_path: Path) -> None:
    """Each shipped catalogue is moved: it is valid, goes by the same ids, and differs in nothing but days, year, prefix and ids."""
    old = open_source(name)
    before = load(TEMPLATES / name)
    now = new_year(old, before.about.year + 1)
    after = notice_of(now.source, tmp_path / name)
    assert ids(after) == ids(before)
    assert all(table["id"] for file in now.source.items for table in now.source.table(file)["sub_points"])
    assert (after.about.year, after.about.form_prefix[-4:]) == (before.about.year + 1, str(before.about.year + 1))
    assert [day.year for day in days_of(now.source.files)] == [day.year + 1 for day in days_of(old.source.files)]
    assert without_moves(now.source.files, 0) == without_moves(old.source.files, 1)


def without_moves(node: Any, years: int) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Give tables without what a move may change: days as they would be, without ids, year and prefix."""
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if key not in {"id", "year", "form_prefix", "confirmed"}}
        return {key: without_moves(value, years) for key, value in kept.items()}
    if isinstance(node, list):
        return [without_moves(each, years) for each in node]
    return node.replace(year=node.year + years) if isinstance(node, date) else node


def test_the_last_of_february(tmp_path: Path) -> None:
    """29 February becomes the 28th; a period that ends with February is told of where the new year's is longer."""
    files = minimal()
    files["notice.toml"]["dates"] |= {"ledger_due": date(2032, 2, 29), "period_end": date(2031, 2, 28)}
    now = moved(files, tmp_path)
    assert now.source.table("notice.toml")["dates"]["ledger_due"] == date(2033, 2, 28)
    assert ("dates.period_end", "评价期末照去年推到了2032年2月28日,2032年2月有29日") in decided(now)


def decided(now: NewYear) -> list[tuple[str, str]]:
    return [(each.path, each.text) for each in now.of(Kind.DECISION)]


@pytest.mark.parametrize(
    ("prefix", "expected"), [("SQ2031", "SQ2032"), ("SQ31", "SQ32"), ("31XZ", "32XZ"), ("A2031B31", "A2032B31")]
)
def test_form_prefix(prefix: str, expected: str, tmp_path: Path) -> None:
    """The year in the form numbers' beginning is moved, of four figures or two."""
    files = minimal()
    files["notice.toml"]["form_prefix"] = prefix
    assert moved(files, tmp_path).source.table("notice.toml")["form_prefix"] == expected


@pytest.mark.parametrize(
    ("prefix", "example"), [("SQ", "SQ2031"), ("ABCDEFGHIJ", "ABCDEF2031"), ("SQ313", "SQ3132031")]
)
def test_form_prefix_without_a_year(prefix: str, example: str, tmp_path: Path) -> None:
    """Where there is none, it is said what to write, and where."""
    files = minimal()
    files["notice.toml"]["form_prefix"] = prefix
    with pytest.raises(WrongUseError, match=f"“{prefix}”里没有年度2031.*复制一份.*例如“{example}”"):
        moved(files, tmp_path)


def test_ids_that_are_given_stay(tmp_path: Path) -> None:
    """Ids are written only where there is none, as the name that stood for them."""
    files = full()
    files["units.toml"]["units"][0]["id"] = "老名"
    now = moved(files, tmp_path).source
    assert [unit["id"] for unit in now.table("units.toml")["units"]][:2] == ["老名", "02社区"]
    item = now.table("items/01.toml")
    assert (item["id"], item["sub_points"][0]["id"]) == ("1", "1.1")
    assert next(iter(item)) == "id"


def _readings(files: Files) -> None:
    reading = {
        "key": "甲",
        "question": "问",
        "chosen": "一",
        "reason": "因为",
        "options": [{"key": "一", "text": "答"}],
    }
    files["readings.toml"] = {"readings": [{**reading, "confirmed": True}, {**reading, "key": "乙"}]}


def _deadline(files: Files) -> None:
    files["notice.toml"]["dates"] |= {"ledger_due": date(2031, 11, 20), "contacts_due": date(2031, 1, 30)}


def _doubt(files: Files) -> None:
    member = {"unit": "01社区", "confidence": "low"}
    files["groups.toml"] = {"groups": [{"name": "丙", "members": [member, {"unit": "02社区"}]}]}


DECISIONS: list[tuple[Change, list[tuple[str, str]]]] = [
    (
        _deadline,
        [
            ("dates.ledger_due", "报送期限照去年推到了2032年11月20日,是星期六"),
            ("dates.contacts_due", "联系人名单期限照去年推到了2032年1月30日,是星期五,早于印发日2032年2月1日"),
        ],
    ),
    (
        _readings,
        [
            ("readings[0].confirmed", "口径“甲”去年确认的是“一”,已改回没有确认"),
            ("", "有1条口径去年就没有确认:乙"),
        ],
    ),
    (_doubt, [("groups[0].members[0]", "01社区算不算“丙”,去年把握不大")]),
    (
        lambda files: files["units.toml"]["units"][1].update(mail=["a@example.com", "b@example.com"]),
        [("units[1].mail", "02社区的邮箱还是去年的a@example.com、b@example.com")],
    ),
    (
        lambda files: files["notice.toml"].update(review={"sections": [{"name": "一股", "items": [1]}]}),
        [("review.sections[0].items[0]", "科室“一股”审核项目1")],
    ),
    (
        lambda files: files["notice.toml"].update(office_phone="12345"),
        [("office_phone", "办公室的电话还是去年的“12345”")],
    ),
    (
        lambda files: files["notice.toml"]["scoring"].update(index_coefficient=2),
        [("scoring.index_coefficient", "系数还是去年的2")],
    ),
]


@pytest.mark.parametrize(("change", "told"), DECISIONS)
def test_decisions(change: Change, told: list[tuple[str, str]], tmp_path: Path) -> None:
    """Each matter that an office has to decide anew is told where it stands."""
    plain = decided(moved(minimal(), tmp_path / "前"))
    files = minimal()
    change(files)
    assert [each for each in decided(moved(files, tmp_path)) if each not in plain] == told


def test_decisions_of_every_notice(tmp_path: Path) -> None:
    """Every notice has a number, a day and form numbers of its own; the phone is asked for where it is blank."""
    assert decided(moved(minimal(), tmp_path)) == [
        ("number", "文号还是去年的“示例〔2031〕1号”"),
        ("form_prefix", "表号开头由“SQ2031”改成了“SQ2032”"),
        ("dates.issued", "印发日照去年推到了2032年2月1日"),
        ("dates.ledger_due", "报送期限照去年推到了2033年1月15日,是星期六"),
        ("", "办公室的电话空着"),
    ]


def test_last_years_answers_are_known(tmp_path: Path) -> None:
    """Numbered anew and called otherwise, each unit and sub-point is still the one of last year."""
    before = load(write(tmp_path / "旧", full()))
    files = new_year(open_source(str(tmp_path / "旧")), 2032).source.files
    gone, *items = (files[file] for file in sorted(files) if file.startswith("items/"))
    for no, item in enumerate(items, 1):
        item |= {
            "no": no,
            "sub_points": [{**sub, "code": f"{no}.{at}", "text": f"{no}之{at}"} for at, sub in _subs(item)],
        }
    files = {file: table for file, table in files.items() if not file.startswith("items/")}
    files |= {f"items/{no:02d}.toml": item for no, item in enumerate(items, 1)}
    files["units.toml"]["units"][0]["name"] = files["units.toml"]["units"][0]["short"] = "新名社区"
    after = notice_of(Source(files=files), tmp_path)
    known = {each.before.code: each.now.id if each.now else None for each in catalogue_matches(after, before)}
    left = {sub["code"] for _, sub in _subs(gone)}
    assert known == {code: None if code in left else code for code in before.sub_points}
    assert [each.now and each.now.short for each in catalogue_unit_matches(after, before)][:2] == ["新名社区", "02社区"]


def _subs(item: Table) -> list[tuple[int, Table]]:
    return list(enumerate(item["sub_points"], 1))


def test_confirmed_readings_are_open_again(tmp_path: Path) -> None:
    """What was confirmed for last year is not for this one."""
    files = minimal()
    _readings(files)
    readings = moved(files, tmp_path).source.table("readings.toml")["readings"]
    assert [each.get("confirmed") for each in readings] == [False, None]


def test_a_negative_list(tmp_path: Path) -> None:
    """A notice without items is moved as well."""
    now = moved(negative_list(), tmp_path).source
    assert [each["id"] for each in now.table("adjustments.toml")["deductions"]] == ["通报批评", "责任事故"]


@pytest.mark.parametrize("year", [2031, 2030, 2052, 32])
def test_years_that_cannot_be(year: int, tmp_path: Path) -> None:
    """The new year comes after the old one, and not long after it."""
    with pytest.raises(WrongUseError, match=f"新的年度{year}不对:示例-2031 是2031年的.*例如2032"):
        moved(minimal(), tmp_path, year)


def test_a_broken_catalogue(tmp_path: Path) -> None:
    """A catalogue with faults is not moved; each is told with its line."""
    files = minimal()
    files["units.toml"]["units"][0]["ranking_group"] = "没有的组"
    with pytest.raises(BrokenCatalogueError) as caught:
        moved(files, tmp_path)
    assert [(each.path, each.line) for each in caught.value.problems] == [("units[0].ranking_group", 2)]


# On disk --------------------------------------------------------------------------------------------------------------


def test_written(tmp_path: Path) -> None:
    """The new folder has the old one's comments; the old one stays, and what stands beside its files is named."""
    old = write(tmp_path / "旧", minimal())
    notice = old / "notice.toml"
    notice.write_text(notice.read_text("utf-8").replace('"year" = 2031\n', '"year" = 2031  # 年度\n'), "utf-8")
    (old / "README.md").write_text("去年的说明", "utf-8")
    before = read_source(old)
    done = carry_out(str(old), tmp_path / "新", "2032")
    assert '"year" = 2032  # 年度\n' in (tmp_path / "新" / "notice.toml").read_text("utf-8")
    assert load(tmp_path / "新").about.year == 2032
    assert read_source(old) == before
    assert done.summary == (
        f"已把 旧 推到2032年:{tmp_path / '新'}。日期、年度和表号开头(SQ2032)已改,标识已写上,"
        "确认过的口径改回没有确认;文字没有改。README.md 没有带过来。"
    )


def test_lines(tmp_path: Path) -> None:
    """What there is to look at is told with file, line, thing and what it would say, by kinds; for JSON, by fields."""
    files = minimal()
    done = carry_out(str(write(tmp_path / "旧", files)), tmp_path / "新", "2032")
    assert done.lines() == [
        "1处文字还写着去年的(没有改,逐处看):",
        "  notice.toml 第4行:简称(short_title):“示例县2031年社区服务考核”。改成“示例县2032年社区服务考核”",
        "5处要重新定:",
        "  notice.toml 第3行:文号(number):文号还是去年的“示例〔2031〕1号”。填2032年通知的文号",
        "  notice.toml 第9行:表号开头(form_prefix):表号开头由“SQ2031”改成了“SQ2032”。看和别的地区、别的通知有没有相同的",
        "  notice.toml 第10行:印发日(dates.issued):印发日照去年推到了2032年2月1日。填新通知的印发日",
        "  notice.toml 第10行:报送期限(dates.ledger_due):报送期限照去年推到了2033年1月15日,是星期六。改成工作日,例如2033年1月14日(星期五)",
        "  notice.toml:办公室的电话空着。填现在的号码",
    ]
    record = done.record()
    assert list(record) == ["path", "texts", "notes", "decisions"]


def test_a_workbook(tmp_path: Path) -> None:
    """The new catalogue may be a workbook: what there is to look at stands on a sheet of its own, each with its cell."""
    old = write(tmp_path / "旧", minimal())
    item = (old / "items" / "01.toml").read_text("utf-8")
    (old / "items" / "01.toml").write_text(f"# 2031年新加的\n{item}", "utf-8")
    done = carry_out(str(old), tmp_path / "目录_新.xlsx", "2032")
    assert done.lines()[:4] == [
        "1处文字还写着去年的(没有改,逐处看):",
        "  “通知”C15:“示例县2031年社区服务考核”。改成“示例县2032年社区服务考核”",
        "1处备注还写着去年的:",
        "  “项目”H4:“2031年新加的”。改成“2032年新加的”",
    ]
    sheet = load_workbook(done.path)["新年度"]
    rows = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert rows[3:5] == [
        ["1", "还写着去年的", "通知", "C15", "“示例县2031年社区服务考核”", "改成“示例县2032年社区服务考核”"],
        ["2", "备注还写着去年的", "项目", "H4", "“2031年新加的”", "改成“2032年新加的”"],
    ]
    assert [row[1] for row in rows[5:]] == ["重新定"] * 5
    opened = open_source(str(done.path))
    assert (opened.name, opened.readable.files) == ("新", done.moved.source.files)


@pytest.mark.long
def test_from_a_workbook(tmp_path: Path) -> None:
    """Last year's catalogue may be a workbook too, with its notes; one with faults is checked first."""
    book = carry_out(str(write(tmp_path / "旧", minimal())), tmp_path / "目录_新.xlsx", "2032").path
    wb = load_workbook(book)
    sheet = wb["单位"]
    heads = {str(cell.value): cell.column or 0 for row in sheet.iter_rows(max_row=4) for cell in row}
    sheet.cell(sheet.max_row, heads["备注"], "2031年并入")
    wb.save(book)
    done = carry_out(str(book), tmp_path / "再", "2033")
    assert "2031年并入" in (tmp_path / "再" / "units.toml").read_text("utf-8")
    assert done.moved.source.table("notice.toml")["form_prefix"] == "SQ2033"
    sheet.cell(sheet.max_row, heads["简称"], "").value = None
    wb.save(book)
    with pytest.raises(WrongUseError, match="里还有错误,没有做"):
        carry_out(str(book), tmp_path / "又", "2033")


@pytest.mark.parametrize("there", ["文件", "文件夹"])
def test_nothing_is_overwritten(there: str, tmp_path: Path) -> None:
    """What is there already stays, be it a file or a folder."""
    (tmp_path / "文件").touch()
    (tmp_path / "文件夹").mkdir()
    with pytest.raises(WrongUseError, match=f"{there} 已经有了,不覆盖"):
        carry_out("zhonglou-2020", tmp_path / there, "2021")


@pytest.mark.parametrize("year", ["二〇二一", "", "-2021", "2021年", "\uff12\uff10\uff12\uff11"])
def test_a_year_in_other_figures(year: str, tmp_path: Path) -> None:
    """The year is written in plain figures."""
    with pytest.raises(WrongUseError, match=f"年度“{year}”不对,应为四位数字"):
        carry_out("zhonglou-2020", tmp_path / "新", year)


def test_an_earlier_format(tmp_path: Path) -> None:
    """A catalogue of the format before is moved as one of this format."""
    old = OpenedSource(source=format_1(), name="旧", folder=tmp_path)
    assert new_year(old, 2032).source.table("notice.toml")["format"] == FORMAT


def format_1() -> Source:
    """Give a catalogue as the format before wrote it."""
    files = minimal()
    about = files["notice.toml"]
    del about["format"]
    about["scoring"] |= {"bonus_each": 1}
    return Source(files=files)
