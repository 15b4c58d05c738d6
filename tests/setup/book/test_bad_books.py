"""What people do to the catalogue's workbook: most of it changes nothing, and the rest is told at its cell, once, with how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import notice_of
from fazhi_xl.setup.book.check import Examined, examine
from fazhi_xl.setup.book.open_book import open_book
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import check_workbook, write_workbook
from fazhi_xl.xlsx.fill import store_results
from fazhi_xl.xlsx.kept import read as kept_reading
from fazhi_xl.xlsx.kept import take as taking
from fazhi_xl.xlsx.kept.model import link_to
from fazhi_xl.xlsx.kept.opened import opened
from fazhi_xl.xlsx.kept.remarks import Weight
from tests.support.catalogues import full, write

Change = Callable[[Any], None]
FOLDER = Path("示例-2031")  # there is none: a check reads the workbook alone


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the workbook of a catalogue with every part, beside its folder."""
    folder = write(tmp_path_factory.mktemp("books") / "示例-2031", full())
    path = folder.parent / "目录_示例-2031.xlsx"
    write_workbook(open_source(str(folder)), path)
    return path


@pytest.fixture
def changed(untouched: Path, tmp_path: Path) -> Callable[..., Path]:
    """Change a copy of the workbook."""

    def change(*changes: Change) -> Path:
        book = load_workbook(untouched)
        for each in changes:
            each(book)
        path = tmp_path / untouched.name
        book.save(path)
        return path

    return change


def examined(path: Path) -> Examined:
    return examine(open_book(path), FOLDER)


def wrong(path: Path) -> list[tuple[str, str, str]]:
    """Give place, fault and remedy of all that has to be mended."""
    found = (each for each in examined(path).remarks if each.weight is Weight.WRONG)
    return [(f"{each.sheet}!{each.cell}", each.what, each.mend) for each in found]


def asked(path: Path) -> list[tuple[str, str, str]]:
    """Give the same of what is asked about, without what is odd about the catalogue itself."""
    found = (each for each in examined(path).remarks if each.weight is Weight.ODD and not each.cell)
    return [(each.sheet, each.what, each.mend) for each in found]


# Where things are -------------------------------------------------------------------------------------------------------


def heads(sheet: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401 - a Worksheet
    """Give the row of the heads, and the column of each."""
    for row in sheet.iter_rows(max_row=9):
        titles = {cell.value: cell.column for cell in row if cell.value}
        if "备注" in titles:
            return row[0].row, titles
    raise AssertionError(sheet.title)


def cell(book: Any, sheet: str, head: str, nth: int = 1) -> Any:  # noqa: ANN401 - a Cell
    row, columns = heads(book[sheet])
    return book[sheet].cell(row + nth, columns[head])


def valued(book: Any, name: str) -> Any:  # noqa: ANN401 - as above
    """Give the cell of a single value."""
    sheet = book["通知"]
    row, columns = heads(sheet)
    at = next(at for at in range(row, sheet.max_row + 1) if sheet.cell(at, columns["名称"]).value == name)
    return sheet.cell(at, columns["填什么"])


def say(sheet: str, head: str, value: object, nth: int = 1) -> Change:
    return lambda book: setattr(cell(book, sheet, head, nth), "value", value)


def say_value(name: str, value: object) -> Change:
    return lambda book: setattr(valued(book, name), "value", value)


def without_column(sheet: str, head: str) -> Change:
    return lambda book: book[sheet].delete_cols(heads(book[sheet])[1][head])


def without_row(sheet: str, nth: int) -> Change:
    return lambda book: book[sheet].delete_rows(heads(book[sheet])[0] + nth)


# What changes nothing ---------------------------------------------------------------------------------------------------


def _moved(book: Any) -> None:  # noqa: ANN401 - a Workbook, here and below
    """Insert rows and columns, sort, hide, rename a sheet, and dress whole columns."""
    book["得分点"].insert_rows(1, 2)
    book["单位"].insert_rows(heads(book["单位"])[0] + 2, 3)
    book["单位"].insert_cols(4)
    row, _ = heads(book["得分点"])
    lines = [[each.value for each in line] for line in book["得分点"].iter_rows(min_row=row + 1)]
    for at, line in enumerate(reversed([line for line in lines if any(line)]), row + 1):
        for column, value in enumerate(line, 1):
            book["得分点"].cell(at, column).value = value
    book["得分点"].sheet_state = "hidden"
    book["计分规则"].column_dimensions["C"].hidden = True
    book["单位"].row_dimensions[heads(book["单位"])[0] + 1].hidden = True
    book["登记簿"].title = "各种登记"
    book["项目"].cell(1_048_576, 2).number_format = "0.0"


def _typed(book: Any) -> None:  # noqa: ANN401
    """Type values as people and programs write them."""
    cell(book, "得分点", "分值").value = "5"
    cell(book, "得分点", "分值", 2).value = "5分"
    cell(book, "单位", "序号").value = " 1 "
    cell(book, "得分点", "编号").value = 1.1
    cell(book, "得分点", "项目").value = "第1项"
    cell(book, "填报指标", "是否必填").value = True
    cell(book, "登记栏目", "类别").value = " 文字 "
    rate = cell(book, "计分规则", "至少", 2)
    rate.value, rate.number_format = 0.95, "0%"
    valued(book, "年度").value = "2031"
    valued(book, "评价期初").value = "2031.1.1"
    valued(book, "评价期末").value = "2031年12月31日"
    valued(book, "报送期限").value = 20320115  # in a cell for days, of which openpyxl makes an error
    valued(book, "印发日").value = datetime.fromisoformat("2031-02-01T08:30")


def _headed(book: Any) -> None:  # noqa: ANN401
    """Dress up heads: spaces, a star, a line break; merge one over two rows, and rows that say the same."""
    row, columns = heads(book["减分情形"])
    book["减分情形"].cell(row, columns["分值"]).value = " 分\n值*"
    book["减分情形"].cell(row - 1, columns["级别"]).value = "级别"
    book["减分情形"].merge_cells(
        start_row=row - 1, end_row=row, start_column=columns["级别"], end_column=columns["级别"]
    )
    at, own = heads(book["登记栏目"])
    book["登记栏目"].merge_cells(start_row=at + 1, end_row=at + 2, start_column=own["登记簿"], end_column=own["登记簿"])


def _bare(book: Any) -> None:  # noqa: ANN401
    """Lose what other programs lose: tables where sheets keep their names, defined names, properties."""
    for sheet in book.worksheets:
        for table in [each for each in sheet.tables if each != "registers"]:
            del sheet.tables[table]
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.custom_doc_props.props.clear()


@pytest.mark.long
def test_what_changes_nothing(untouched: Path, changed: Callable[..., Path]) -> None:
    """However people arrange, dress and spell it, and whatever other programs lose of it, it says the same."""
    path = changed(_typed, _moved, _headed, _bare)
    assert wrong(path) == []
    changed_source, source = (open_book(each).taken.source for each in (path, untouched))
    assert notice_of(changed_source, FOLDER) == notice_of(source, FOLDER)


@pytest.mark.long
def test_what_is_typed_stays_in_the_file(changed: Callable[..., Path]) -> None:
    """A check writes what it found, and leaves a rate in per cent and a day by its figures as they were typed."""
    path = changed(_typed)
    check_workbook(path)
    book = opened(path.read_bytes())
    assert cell(book, "计分规则", "至少", 2).value == 0.95
    assert wrong(path) == []


# What is wrong ----------------------------------------------------------------------------------------------------------


def _error(book: Any) -> None:  # noqa: ANN401
    held = cell(book, "得分点", "分值", 3)
    held.value, held.data_type = "#REF!", "e"


def _merged(book: Any) -> None:  # noqa: ANN401
    row, columns = heads(book["单位"])
    book["单位"].merge_cells(
        start_row=row + 2, end_row=row + 2, start_column=columns["别名"], end_column=columns["合署机构"]
    )


def _copied(book: Any) -> None:  # noqa: ANN401
    """Copy the last unit's row below it."""
    sheet = book["单位"]
    row, _ = heads(sheet)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row + 7, column).value = sheet.cell(row + 6, column).value


def test_wrong_cells(changed: Callable[..., Path]) -> None:
    """Each wrong cell is told once, at its cell, by its column, and what follows from it is not told."""
    path = changed(
        say("得分点", "分值", "约五分"),
        say("得分点", "分值", "=2+3", 2),
        _error,
        _merged,
        _copied,
        say("单位", "类别", "   ", 3),
        say("计分规则", "种类", "是否"),
        say("项目", "责任部门", "01社区、02社区"),
        say("单位组", "单位", "01社区"),
        say("加分情形", "级别", "省级=3\n\n国家级:5"),
        say_value("报送期限", "明年1月15日"),
        say_value("一票否决", "不一定"),
    )
    assert wrong(path) == [
        ("单位!F5:G5", "几栏的单元格合并了", "取消合并,每一栏写自己的内容。"),
        ("得分点!F5", "“分值”里是公式,没有算出的值", "写上内容,或者用 Excel 打开算一次再保存。"),
        ("得分点!F6", "“分值”里是公式的错误值 #REF!", "删去公式,写上内容。"),
        ("通知!C7", "“一票否决”应为“有”或“没有”", "从下拉里选“有”或“没有”。"),
        ("单位组!A4", "没有写组", "写上组;这一行不要的,整行删去。"),
        ("通知!C25", "“报送期限”:应为日期", "写全年月日,例如 2031-11-20 或 2031年11月20日。"),
        ("单位!D6", "“类别”:这一格空着,必须填", "写类别,例如“社区”。"),
        ("单位!B10", "“名称”:“06社区”已是第6个单位的名称", f"{_ONE_NAME}例如“区06社区”。"),
        ("单位!C10", "“简称”:“06社区”已是第6个单位的名称", f"{_ONE_NAME}例如“区06社区”。"),
        ("单位!A10", "“序号”:序号应为7", "序号从1起依次写,不空不重:这一行填7,下面的接着往下排。"),
        ("加分情形!E4", "“级别”:第3行“国家级:5”里没有“=”", "一行写一个,写成“名称=分值”,例如 国家级=5。"),
        ("得分点!F4", "“分值”:应为数字,例如 0.5", "只填数字,不带单位,例如 0.5;显示成日期的,先把单元格格式改成“常规”。"),
        ("计分规则!C4", "“种类”:没有“是否”这种规则", "在“种类”一栏从下拉里选一种,例如“做到了没有”。"),
        (
            "项目!G4",
            "“责任部门”:没有“01社区、02社区”这个部门,请先写进“责任部门”表",
            (
                "一行写一个,在格子里按“Alt+回车”换行。"
                "可以填“责任部门”表里的写法、单位简称、“@组名”或“@全部”,几个的一行写一个。"
            ),
        ),
    ]


def _cleared(*nths: int) -> Change:
    """Clear rows of 计分明细 as people do: the cells that they see."""

    def clear(book: Any) -> None:  # noqa: ANN401
        for nth in nths:
            for head in set(heads(book["计分明细"])[1]) - {"标识"}:
                cell(book, "计分明细", head, nth).value = None

    return clear


def test_which_item_of_a_rule(changed: Callable[..., Path]) -> None:
    """An item of a rule says which it is where the rule's kind allows several; what is wrong is told there, once, and lacking ones too."""
    terms = "计分明细"
    path = changed(
        say(terms, "项", None, 2),  # deducted from the points: there is one kind of item
        say(terms, "项", 1, 3),
        say(terms, "项", "计", 4),
        say(terms, "得分", "四分", 5),
        say(terms, "项", None, 7),
        _cleared(1, 6),
        say("联络员", "是什么", None, 4),
    )
    assert wrong(path) == [
        ("计分明细!C6", "“一件几分加起来”的规则没有“1”这种项", "从下拉里选“计”。"),
        ("计分明细!C7", "“分档”的规则没有“计”这种项", "从下拉里选“档”。"),
        ("计分明细!C10", "“项”空着", "从下拉里选“加”或“减”。"),
        ("联络员!A7", "“是什么”空着", "从下拉里选“栏目”或“身份”或“落款”。"),
        ("计分规则!A6", "没有写各项", "在“计分明细”表里写各项,一行一个,“项”选“计”。"),
        (
            "计分明细!S8",
            "“得分”:应为数字,例如 0.5",
            "只填数字,不带单位,例如 0.5;显示成日期的,先把单元格格式改成“常规”。",
        ),
        ("计分规则!A11", "没有写各档", "在“计分明细”表里写各档,一行一个,“项”选“档”。"),
    ]


@pytest.mark.long
def test_items_of_a_rule_without_items(changed: Callable[..., Path]) -> None:
    """Where the kind of a rule has no items, the rows that have been left are told."""
    path = changed(say("计分规则", "种类", "做到了没有", 3))
    assert wrong(path)[0] == (
        "计分明细!C4",
        "这一行所属的规则是“做到了没有”,不写明细",
        "这一行不要的,整行删去;要的,看“得分点”“第几条”是不是写错,或者改那条规则的种类。",
    )


_ONE_NAME = "各单位的名称、简称、别名、合署机构都不能相同。复制来的一行改成它自己的名称,多余的删去;简称相同的写全些,"
_GONE = "表头改了字的,改回“{0}”;整栏删了的,用“撤销”恢复,或者在表头这一行最右边添一格,写“{0}”;再检查一次。"
_NO_SHEET = "表改了名的,改回“{0}”;删了的,用“撤销”恢复,或者从以前的一份里复制回来;再检查一次。"


def _emptied(book: Any) -> None:  # noqa: ANN401
    row, _ = heads(book["得分点"])
    book["得分点"].delete_rows(row + 1, 100)


def _valued_twice(book: Any) -> None:  # noqa: ANN401
    """Copy the row of a single value below it, and give another value there."""
    held, sheet = valued(book, "年度"), book["通知"]
    sheet.insert_rows(held.row + 1)
    for column in range(1, 8):
        sheet.cell(held.row + 1, column).value = sheet.cell(held.row, column).value
    sheet.cell(held.row + 1, held.column).value = 2032


STRUCTURES: list[tuple[str, Change, list[tuple[str, str, str]]]] = [
    (
        "a sheet is gone, and nothing that names its rows is told",
        lambda book: book.remove(book["得分点"]),
        [("得分点!", "没有“得分点”这张表", _NO_SHEET.format("得分点"))],
    ),
    (
        "a head is written otherwise",
        lambda book: setattr(cell(book, "单位", "简称", 0), "value", "单位简称"),
        [("单位!A3", "没有“简称”这一栏", _GONE.format("简称"))],
    ),
    (
        "the column that says what rows belong to is gone",
        without_column("填报指标", "得分点"),
        [("填报指标!A3", "没有“得分点”这一栏", _GONE.format("得分点"))],
    ),
    (
        "a column that has to be filled in is gone: not every row is told",
        without_column("单位", "类别"),
        [("单位!A3", "没有“类别”这一栏", _GONE.format("类别"))],
    ),
    (
        "a unit's row is gone: only the first number behind it is told",
        without_row("单位", 2),
        [("单位!A5", "“序号”:序号应为2", "序号从1起依次写,不空不重:这一行填2,下面的接着往下排。")],
    ),
    (
        "an item's row is gone: its sub-points are told, and not what belongs to them",
        without_row("项目", 1),
        [
            (
                f"得分点!A{row}",
                "“项目”说的是原来的“1”,它已经从“项目”表里删去了",
                "不再要的,整行删去;归到别处的,改写这一格,例如“2”。",
            )
            for row in (4, 5)
        ]
        + [
            (
                "审核分工!B4",
                "“项目”说的是原来的“1”,它已经从“项目”表里删去了",
                "不再要的,整行删去;归到别处的,改写这一格,例如“2”。",
            )
        ]
        + [
            (
                "项目!A4",
                "“序号”:序号应为1",
                "项目从1起依次编号,不空不重:这一行填1,下面的项目和它们的得分点接着往下排。",
            )
        ],
    ),
    (
        "the row of a single value is gone",
        lambda book: book["通知"].delete_rows(valued(book, "年度").row),
        [
            (
                "通知!A3",
                "没有“年度”这一行",
                "用“撤销”恢复,或者在表的最下面加一行:分类写“通知”,名称写“年度”,再填内容。",
            )
        ],
    ),
    (
        "a single value has two rows",
        _valued_twice,
        [("通知!C17", "“年度”有两行,第16行已经写了", "只留一行,另一行整行删去。")],
    ),
]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(change, said, id=name, marks=() if nth in {0, 3, 5} else pytest.mark.long)
        for nth, (name, change, said) in enumerate(STRUCTURES)
    ],
)
def test_what_is_gone(changed: Callable[..., Path], change: Change, said: list[tuple[str, str, str]]) -> None:
    """What is gone is told once, and what only follows from it is not."""
    assert wrong(changed(change)) == said


@pytest.mark.long
def test_a_form_that_cannot_be_drawn(changed: Callable[..., Path]) -> None:
    """What no form can be drawn with is told as of the folder, at the row that makes it so."""
    path = changed(say("填报指标", "名称", "长" * 300))
    assert wrong(path) == [
        (
            "得分点!A4",
            "公式里的一段文字有303个字,最多255个;请把名称写短些",
            "填报指标的名称、选项写短些,例如24个字以内。",
        )
    ]


@pytest.mark.long
def test_an_empty_table(changed: Callable[..., Path]) -> None:
    """Where a table is empty, each of the sheets whose rows belong to it is told once."""
    found = [each for each in wrong(changed(_emptied)) if "空着" in each[2]]
    assert [place for place, _, _ in found] == ["填报指标!A4", "计分规则!A4", "计分明细!A4"]
    assert found[0][1:] == ("“得分点”表里没有“1.1”", "“得分点”表空着,先填它;这张表不要的,也清空。")


@pytest.mark.long
def test_what_is_left_aside(changed: Callable[..., Path]) -> None:
    """A part that the notice lacks may be gone or filled in, a copy of a sheet is not read, marks may be gone: that is asked about."""
    path = changed(
        say_value("一票否决", "无"),
        lambda book: book.remove(book["一票否决"]),
        say_value("等次", "没有"),
        lambda book: book.copy_worksheet(book["单位"]),
        without_column("登记簿", "标识"),
    )
    assert wrong(path) == []
    assert asked(path) == [
        ("等次", "“通知”里写着没有等次,这张表的2行都不用", "要用的,在“通知”里改成“有”。"),
        ("单位 Copy", "这张表像是“单位”的副本,没有读", "要改的写在“单位”里;副本不用的删去,留着的改个名称。"),
        (
            "登记簿",
            "“登记簿”右端隐藏的“标识”一栏没有了,改过名称、换过编号的会当成新的",
            "没有改名、换编号的不要紧;改过的,用“撤销”恢复,或者从以前的一份里把这张表复制回来再改。",
        ),
    ]


# What is no workbook of a catalogue -------------------------------------------------------------------------------------


def _zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("说明.txt", "x")
    return out.getvalue()


def _sealed() -> bytes:
    """Give a workbook with a password."""
    out = BytesIO()
    OOXMLFile(BytesIO(_other())).encrypt("123", out)
    return out.getvalue()


def _other() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


REFUSED: list[tuple[bytes, str]] = [
    (b"", "是空文件。请重新保存或者重新复制。"),
    ("序号,名称".encode("gbk"), "是文本文件(CSV、TXT 等),不是目录工作簿。请检查是不是选错了文件。"),
    (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(4000),
        "不完整或已损坏,读不出来。请用 Excel 或 WPS 打开,另存为 .xlsx 再试。",
    ),
    (_sealed(), "设了打开密码。请用 Excel 或 WPS 打开,取消打开密码,保存后再试。"),
    (b"%TSD-Header-###%" + bytes(400), "是绿盾加密的文件。请先解密,再试。"),
    (_zipped(), "是ZIP 压缩包,不是目录工作簿。请检查是不是选错了文件。"),
    (_other(), "不是目录工作簿:里面没有“通知”“单位”“项目”“得分点”这些表。"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_no_workbook(tmp_path: Path, data: bytes, said: str) -> None:
    """What is no workbook of a catalogue is refused in one sentence, and stays as it is."""
    path = tmp_path / "目录_x.xlsx"
    path.write_bytes(data)
    with pytest.raises(WrongUseError) as caught:
        check_workbook(path)
    assert said in str(caught.value)
    assert path.read_bytes() == data


@pytest.mark.long
def test_damaged(untouched: Path, tmp_path: Path) -> None:
    """Neither is one that was damaged on its way."""
    data = untouched.read_bytes()
    path = tmp_path / "目录_x.xlsx"
    path.write_bytes(data[:300] + bytes(200) + data[500:])
    with pytest.raises(WrongUseError, match="不完整或已损坏,读不出来。请用 Excel 或 WPS 打开"):
        open_book(path)


def test_too_large_and_too_new(untouched: Path, changed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge workbook is not read, and one of a later version is not taken for what it is not."""

    def later(book: Any) -> None:  # noqa: ANN401
        next(each for each in book.custom_doc_props.props if each.name == "目录工作簿版本").value = "2"

    with pytest.raises(WrongUseError, match=r"是较新的程序做的\(目录工作簿第2版\),这个程序只认到第1版。请用新的程序。"):
        open_book(changed(later))
    monkeypatch.setattr(taking, "_UNPACKED_LIMIT", 1000)
    with pytest.raises(WrongUseError, match="解开后超过0 MB,没有读。多半是表下面设了格式的空行太多"):
        open_book(untouched)
    monkeypatch.setattr(taking, "SIZE_LIMIT", 1000)
    with pytest.raises(WrongUseError, match="超过0 MB,没有读。目录工作簿不会这样大,请检查。"):
        open_book(untouched)


def test_too_many_rows(changed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of too many rows is told in one line, and nothing of what follows from it; rows of nothing are not counted."""

    def strayed(book: Any) -> None:  # noqa: ANN401
        book["单位组"].cell(90_000, 3).value = "01社区"

    path = changed(strayed)
    assert [place for place, _, _ in wrong(path)] == ["单位组!A90000"]
    monkeypatch.setattr(kept_reading, "MOST_ROWS", 5)
    found = [each for each in wrong(path) if each[0].startswith("单位!")]
    said = "有6行,一张表最多2000行,后面的没有读,目录没有检查"
    assert found == [("单位!A9", said, "删去多余的行,再检查一次。")]
    assert [place for place, what, _ in wrong(path) if "最多" not in what] == ["单位组!A90000"]
    monkeypatch.setattr(kept_reading, "MOST_ROWS", 2)
    assert [place for place, what, _ in wrong(path) if "最多" not in what] == ["单位组!A90000"]


@pytest.mark.long
def test_a_formula_with_its_value(changed: Callable[..., Path]) -> None:
    """A formula that a spreadsheet program has computed counts by its value, which a check leaves in the file."""
    path = changed(say("得分点", "分值", "=2+3"))
    path.write_bytes(store_results(path.read_bytes(), [("得分点", "F4", 5)]))
    check_workbook(path)
    assert cell(load_workbook(path), "得分点", "分值").value == "=2+3"
    assert wrong(path) == []


@pytest.mark.long
def test_with_macros(untouched: Path, tmp_path: Path) -> None:
    """A workbook that may hold macros stays one: no program would open it as what it is called otherwise."""
    path, kind = tmp_path / "目录_x.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with ZipFile(untouched) as package, ZipFile(path, "w") as made:
        for name in package.namelist():
            data = package.read(name)
            usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            made.writestr(name, data.replace(usual, kind.encode()))
    check_workbook(path)
    with ZipFile(path) as package:
        assert kind.encode() in package.read("[Content_Types].xml")


def test_a_link_to_any_sheet() -> None:
    """A link leads to a sheet whatever people call it."""
    assert link_to("单位") == "#'单位'!A1"
    assert link_to("老王's 单位", "C7") == "#'老王''s 单位'!C7"
