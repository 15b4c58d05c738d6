"""The list of districts: whatever program wrote it, each row is a district or is named with what is wrong with it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.district_list import District, Use, read_districts

NAMED = (District(name="甲县"), District(name="乙 县", catalogue="wanglan-bumen-2023"))


def listed(folder: Path, data: bytes | str, name: str = "名单.csv") -> tuple[tuple[District, ...], tuple[str, ...]]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_districts(path)
    return found.districts, found.faults


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr] # a new workbook has one
    book.create_sheet("另一张").append(["丙县"])
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("甲县\n乙 县,wanglan-bumen-2023\n".encode(), id="text"),
        pytest.param("\ufeff地区,目录\r\n\r\n 甲县 ,\r\n乙 县,wanglan-bumen-2023,备注\r\n".encode(), id="with a head"),
        pytest.param("区县\t目录\n甲县\n乙 县\twanglan-bumen-2023".encode("gb18030"), id="tabs, GB 18030"),
        pytest.param("甲县\n乙 县\twanglan-bumen-2023".encode("utf-16"), id="UTF-16"),
        pytest.param('"甲县"\n"乙 县","wanglan-bumen-2023"\n'.encode(), id="quoted"),
        pytest.param(workbook(("名称", "目录"), (), ("甲县",), ("乙 县", "wanglan-bumen-2023", 3)), id="a workbook"),
    ],
)
def test_programs(tmp_path: Path, data: bytes) -> None:
    """A text, a CSV of any encoding, or a workbook's first sheet; blank rows and a head are passed over."""
    assert listed(tmp_path, data) == (NAMED, ())


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",目录", "第2行“”:没有写名称,没有做。"),
        ("甲县", "第2行“甲县”:和第1行重复,没有做。"),
        ("甲\u200b县", "第2行“甲 县”:有看不见的字符,请删去重打,没有做。"),
        ("../乙县", '第2行“../乙县”:不能有 \\ / : * ? " < > |,它们不能用在文件夹名称里,没有做。'),
        ("C:\\x", '第2行“C:\\x”:不能有 \\ / : * ? " < > |,它们不能用在文件夹名称里,没有做。'),
        ("..", "第2行“..”:开头不能是“.”或“~”,末尾不能是“.”,没有做。"),
        ("乙县.", "第2行“乙县.”:开头不能是“.”或“~”,末尾不能是“.”,没有做。"),
        ("nul.txt", "第2行“nul.txt”:是 Windows 保留的名称,不能用作文件夹,没有做。"),
        ("县" * 61, f"第2行“{'县' * 29}…”:最多60个字,没有做。"),
    ],
)
def test_names_that_cannot_be_folders(tmp_path: Path, row: str, told: str) -> None:
    """A name that some system cannot have as a folder's, or that stands there twice, is named with its row; the others are used."""
    assert listed(tmp_path, f"甲县\n{row}\n") == ((District(name="甲县"),), (f"名单.csv {told}",))


TITLE = "名单.csv 第{no}行“{words}”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。"
TABLE = "某市各区县名单,\n序号,地区\n1,甲县\n2,乙县\n"
ROWS = (("某市各区县名单",), ("序号", "地区"), (1, "甲县"), (2, "乙县"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TABLE.replace("单,", "单").encode(), id="text"),
        pytest.param(TABLE.replace("\n", "\r\n").encode("utf-8-sig"), id="CSV of Excel"),
        pytest.param(TABLE.encode("gb18030"), id="GBK"),
        pytest.param(TABLE.replace(",", "\t").encode("utf-16"), id="UTF-16"),
        pytest.param(workbook(*ROWS), id="a workbook"),
    ],
)
@pytest.mark.parametrize("use", Use)
def test_a_title_above_the_head(tmp_path: Path, data: bytes, use: Use) -> None:
    """Whatever program wrote the list, what stands above its head is told as a title, and the names stand where the head says."""
    (path := tmp_path / "名单.csv").write_bytes(data)
    found = read_districts(path, use)
    assert [each.name for each in found.districts] == ["甲县", "乙县"]
    assert found.titles == ("名单.csv 第1行“某市各区县名单”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。",)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "names", "titles"),
    [
        pytest.param(
            "附件1\n\n单位,某市局\n序号,区县\n1,甲县\n", "甲县", {1: "附件1", 3: "单位、某市局"}, id="more titles"
        ),
        pytest.param("市,区县,目录\n某市,甲县,\n某市,乙县,\n", "甲县 乙县", {}, id="a column before"),
        pytest.param("单位,地区\n某局,甲县\n", "甲县", {}, id="the districts' column"),
        pytest.param("序号,辖属\n1,甲县\n", "甲县", {}, id="beside the numbers"),
        pytest.param("市,区县\n某市,甲县\n某市,乙县\n", "甲县 乙县", {}, id="two columns"),
        pytest.param("地区\n1,甲县\n2,乙县\n", "甲县 乙县", {}, id="a head above the numbers"),
        pytest.param("甲县,区县\n乙市,地级市\n", "甲县 乙市", {}, id="a column of kinds"),
        pytest.param("1,甲县,区县\n2,乙市,市\n", "甲县 乙市", {}, id="numbers and kinds"),
        pytest.param(",序号,辖属\n,1,甲县\n", "甲县", {}, id="numbers in the second column"),
        pytest.param("1,甲县\n2,乙县\n", "甲县 乙县", {}, id="numbers"),
        pytest.param("1.0,甲县\n,乙县\n(3),丙县\n", "甲县 乙县 丙县", {}, id="numbers of some kinds"),
        pytest.param("某市\n一,甲县\n二,乙县\n", "甲县 乙县", {1: "某市"}, id="a title above 1"),
        pytest.param("甲县\n2,乙县\n3,丙县\n", "甲县 乙县 丙县", {}, id="a district above 2"),
        pytest.param("1,甲县\n序号,地区\n2,乙县\n3,丙县\n", "甲县 序号 乙县 丙县", {}, id="a head below a number"),
        pytest.param("某市各区县名单(2024年)\n甲县\n乙县\n", "甲县 乙县", {1: "某市各区县名单(2024年)"}, id="worded"),
        pytest.param("甲县\n乙县,目录甲\n丙县,目录乙\n", "甲县 乙县 丙县", {}, id="a district without a catalogue"),
        pytest.param("某市\n甲县\n", "某市 甲县", {}, id="not certain"),
    ],
)
def test_what_is_no_district(tmp_path: Path, text: str, names: str, titles: dict[int, str]) -> None:
    """A row is a title above a head, above number 1 or by its words, and is told; any other is a district, without its number."""
    (path := tmp_path / "名单.csv").write_text(text, "utf-8")
    found = read_districts(path)
    assert " ".join(each.name for each in found.districts) == names
    assert found.titles == tuple(TITLE.format(no=no, words=words) for no, words in titles.items())


def test_faults_of_expected_districts(tmp_path: Path) -> None:
    """What it means that a row cannot be used is said for what the list is read for."""
    (path := tmp_path / "名单.csv").write_text("甲县\n甲县\n", "utf-8")
    assert read_districts(path).faults == ("名单.csv 第2行“甲县”:和第1行重复,没有做。",)
    assert read_districts(path, Use.EXPECT).faults == ("名单.csv 第2行“甲县”:和第1行重复,这一行没有算进应报的地区。",)


def test_nothing_but_a_title(tmp_path: Path) -> None:
    """A list that has nothing but a title says so, and what a list that is read for this looks like."""
    (path := tmp_path / "名单.csv").write_text("某市各区县名单\n", "utf-8")
    with pytest.raises(WrongUseError) as error:
        read_districts(path, Use.EXPECT)
    assert str(error.value) == (
        "名单.csv 第1行“某市各区县名单”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。\n"
        f"{path} 里没有可以用的地区名称。名单一行写一个地区,例如“示例县”;名称写地区名或文件夹名。"
    )


def test_alike_names(tmp_path: Path) -> None:
    """Names that are one folder on some systems are one name."""
    assert listed(tmp_path, "A县\na县\nＡ县\n")[0] == (District(name="A县"),)


def test_a_catalogue_beside_the_list(tmp_path: Path) -> None:
    """A catalogue is found beside the list as well, wherever the command runs."""
    (tmp_path / "甲县的目录").mkdir()
    (tmp_path / "甲县的目录" / "notice.toml").touch()
    (found,), _ = listed(tmp_path, "甲县,甲县的目录\n")
    assert found.catalogue == str(tmp_path.resolve() / "甲县的目录")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "名单.csv 里没有可以用的地区名称。名单一行写一个地区,例如“示例县”;"),
        (b"a/b\n", "名单.csv 第1行“a/b”:不能有"),
        (b"\xff\xfe\x00\xd8", "名单.csv 的文字读不出来。请另存为 UTF-8 编码的文本、CSV 或 .xlsx。"),
        (b"PK\x03\x04not a package", "名单.csv 不是完整的表格文件,读不出来。请另存为 .xlsx、CSV 或文本,再运行一次。"),
    ],
)
def test_lists_that_cannot_be_used(tmp_path: Path, data: bytes, told: str) -> None:
    """A list without a single district that can be used ends the command, and says what one looks like."""
    with pytest.raises(WrongUseError) as error:
        listed(tmp_path, data)
    assert told in str(error.value)


def test_no_list(tmp_path: Path) -> None:
    """So does one that is not there."""
    with pytest.raises(WrongUseError, match="没有这个文件或文件夹"):
        read_districts(tmp_path / "x.csv")
