"""A folder gives a whole catalogue, or every fault of it at once, each with its file and place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fazhi_xl.errors import BrokenCatalogueError, WrongUseError
from fazhi_xl.notice.load import alternatives, find_campaign, load
from fazhi_xl.notice.model import Notice
from tests.notice.campaigns import CAMPAIGN, TEMPLATES

if TYPE_CHECKING:
    from tests.notice.conftest import Edit

Faults = Callable[[], list[str]]

R2 = "readings[0].options[0].changes."

# What a chosen reading brings in.
CHANGED = [
    (
        'answered_by = ["全部监测评价对象"]',
        'answered_by = ["全体"]',
        [
            f'readings.toml: {R2}"sub_points.15.1".answered_by[0]: 没有“全体”这个部门,请先写进 departments.toml',
        ],
    ),
    (
        'answered_by = ["全部监测评价对象"]',
        'answered_by = "全体"',
        [
            f'readings.toml: {R2}"sub_points.15.1".answered_by: 应为列表,用方括号括起来',
        ],
    ),
    (
        'answered_by = ["全部监测评价对象"]',
        'answered = ["全体"]',
        [
            f'readings.toml: {R2}"sub_points.15.1".answered: 没有这个名称,请检查拼写',
        ],
    ),
    (
        'answered_by = ["全部监测评价对象"]',
        '"rule.parts.0.input" = "经费"',
        [
            f'readings.toml: {R2}"sub_points.15.1"."rule.parts.0.input": “经费”应为选择(choice),现为小数(decimal)',
        ],
    ),
    (
        '"sub_points.15.1" = { answered_by = ["全部监测评价对象"] }',
        '"units.法院" = { short = "院" }',
        [
            f'readings.toml: {R2}"units.法院".short: 改后 groups.toml: groups[2].members[5].unit: 没有“法院”这个单位',
            f'readings.toml: {R2}"units.法院".short: 改后 departments.toml: departments."区法院"[0]: 没有“法院”这个单位',
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "problems"), CHANGED)
def test_a_readings_fault_is_reported_at_the_reading(
    edit: Edit, faults: Faults, old: str, new: str, problems: list[str]
) -> None:
    """A fault that only a chosen change brings in stands at the change, not at the file that is right."""
    edit("readings.toml", old, new)
    assert faults() == problems


def test_a_change_reaches_into_a_list(folder: Path, edit: Edit) -> None:
    """A key that ends in a number changes one place of a list and leaves the others."""
    edit("readings.toml", 'answered_by = ["全部监测评价对象"]', '"inputs.0.options.1" = "没有"')
    assert [each.options for each in load(folder).sub_points["15.1"].inputs[:2]] == [("是", "没有"), ("是", "否")]


def test_a_file_that_cannot_be_opened_is_reported(folder: Path, faults: Faults) -> None:
    """What stands in a file's place and cannot be read is a problem like any other."""
    (folder / "theme.toml").unlink()
    (folder / "theme.toml").mkdir()
    assert faults() == ["theme.toml: 读不出来。请检查是否有权限、是否被别的程序占用"]


def test_a_change_that_is_not_chosen_brings_in_nothing(folder: Path, edit: Edit) -> None:
    """What an option would break is no fault while it is not chosen."""
    edit("readings.toml", "{ points = 2 }", '{ points = "二" }')
    assert len(load(folder).units) == 45


# A file as a whole: what becomes of it, and the problem.
FILES_BROKEN: list[tuple[str, bytes | None, str]] = [
    ("units.toml", None, "units.toml: 缺少此文件"),
    (
        "theme.toml",
        b"title_font = ,\n",
        "theme.toml: 第1行第14列附近不符合 TOML 格式。请检查引号、等号和括号是否成对,都用半角",
    ),
    (
        "theme.toml",
        b'a = 1\nb = "x',
        "theme.toml: 文件末尾附近不符合 TOML 格式。请检查引号、等号和括号是否成对,都用半角",
    ),
    ("theme.toml", b"a = 1\na = 2\n", "theme.toml: 第2行第6列附近:同一个名称写了两次"),
    ("theme.toml", b"[a]\n[a]\n", "theme.toml: 第2行第3列附近:同一个名称写了两次"),
    ("theme.toml", 'title_font = "黑体"'.encode("gbk"), "theme.toml: 不是 UTF-8 编码。请用文本编辑器另存为 UTF-8"),
    (
        "items/15.toml",
        b"no = ,\n",
        "items/15.toml: 第1行第6列附近不符合 TOML 格式。请检查引号、等号和括号是否成对,都用半角",
    ),
    ("items/20.toml", None, "items/20.toml: 缺少此文件"),
    ("items/备份.toml", b"", "items/备份.toml: 文件名应为项目序号,例如 items/01.toml"),
]


@pytest.mark.parametrize(("file", "content", "problem"), FILES_BROKEN)
def test_a_broken_file_is_reported(folder: Path, file: str, content: bytes | None, problem: str) -> None:
    """A file that is missing or cannot be parsed is a problem of the file, and does not drag others in."""
    path = folder / file
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(BrokenCatalogueError) as caught:
        load(folder)
    assert [str(each) for each in caught.value.problems] == [problem]


def test_an_item_numbered_twice_is_reported(folder: Path, faults: Faults) -> None:
    """Two files of one number are one too many."""
    (folder / "items/1.toml").write_bytes((folder / "items/01.toml").read_bytes())
    assert faults() == ["items/1.toml: 和 items/01.toml 是同一项目序号"]


def test_a_folder_without_anything_lacks_two_files(tmp_path: Path) -> None:
    """An empty folder lacks the files of every catalogue; each other one is there where the notice has what it is for."""
    with pytest.raises(BrokenCatalogueError) as caught:
        load(tmp_path)
    assert [str(each) for each in caught.value.problems] == [
        "notice.toml: 缺少此文件",
        "units.toml: 缺少此文件",
    ]


def test_every_fault_of_every_file_is_reported_at_once(folder: Path, edit: Edit, faults: Faults) -> None:
    """One run tells all faults: missing and unreadable files, shapes, disagreements and readings, in the order of the files."""
    (folder / "theme.toml").write_bytes(b"\xff")
    edit("units.toml", 'ranking_group = "C"', 'ranking_group = "丙"')
    edit("items/15.toml", "[[sub_points]]", "[sub_points]]")
    edit("registers.toml", "day = 15", "day = 31")
    edit("notice.toml", 'name = "法规工作"', "name = 3")
    edit("readings.toml", 'chosen = "29家"', 'chosen = "30家"')
    edit("readings.toml", 'answered_by = ["区委办", "区司法局"]', 'answered_by = ["区委办公室"]')
    edit("items/06.toml", 'input = "分析研判"', 'input = "研判"')
    edit("items/06.toml", "at_least = 95", "at_least = 0")
    edit("items/16.toml", 'code = "16.2"', 'code = "16.4"')
    assert faults() == [
        "notice.toml: review.sections[0].name: 应为文字,用引号括起来",
        "units.toml: units[1].ranking_group: 没有“丙”这个排名组",
        "registers.toml: registers[0].on_time.day: 不能大于28",
        "theme.toml: 不是 UTF-8 编码。请用文本编辑器另存为 UTF-8",
        "readings.toml: readings[1].chosen: 没有“30家”这个选项,应为其中之一:29家、45家",
        f'readings.toml: {R2}"sub_points.20.1".answered_by[0]: 没有“区委办公室”这个部门,请先写进 departments.toml',
        "items/06.toml: sub_points[0].rule.parts[0].at_least: 应大于0",
        "items/06.toml: sub_points[1].rule.parts[0].input: 没有“研判”这个填报指标",
        "items/15.toml: 第10行第13列附近不符合 TOML 格式。请检查引号、等号和括号是否成对,都用半角",
        "items/16.toml: sub_points[1].code: 应为 16.2",
    ]


def test_the_error_counts_its_problems(edit: Edit, folder: Path) -> None:
    """The exception says how many faults there are, for the one line that ends the command."""
    edit("notice.toml", "year = 2020", "")
    with pytest.raises(BrokenCatalogueError, match="工作目录有 1 处错误"):
        load(folder)


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    """Editors of Windows begin UTF-8 files with a mark and end lines with two characters; both are read."""
    path = folder / "notice.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).about.year == 2020


def test_loading_twice_gives_the_same(notice: Notice, folder: Path) -> None:
    """The same files give the same catalogue, wherever they lie: nothing is kept between two runs."""
    assert load(folder) == load(folder) == notice.model_copy(update={"folder": folder.resolve()})


def test_alternatives(folder: Path) -> None:
    """Each other option that changes anything gives a catalogue of its own; the rest stays as chosen."""
    chosen = load(folder)
    found = {(reading.key, option.key): notice for reading, option, notice in alternatives(folder)}
    assert {key for key, _ in found} == {
        "责任分配", "行政机关范围", "行政执法部门范围", "依法行政办", "应诉责任", "第9项缺1分", "第18项方面", "不涉及", "百分制",
        "法治环境指数", "并列", "总分上限", "评价者参评", "12.1比率", "15.4细则", "17.1建成率", "17.3援助率", "3.1细则", "减分提供单位",
        "加分预排名", "参考等次", "定期", "审核分工", "应办数为零", "录用重复计分", "迟报信息", "18.3两个月", "降低和减少", "未报送",
        "有门槛的得分点", "没有门槛的得分点", "评价期末", "负责人减分", "邮件时间",
    }  # fmt: skip
    assert found["第9项缺1分", "9.2计2分"].sub_points["9.2"].points == 200
    assert found["百分制", "满分减失分"].about.scoring.percent == "hundred_minus_lost"
    assert {each.sub_points["9.2"].points for (key, _), each in found.items() if key != "第9项缺1分"} == {100}
    assert {key for key, each in found.items() if each == chosen} == {("法治环境指数", "作系数")}


def test_an_alternative_that_breaks_the_catalogue_is_left_out(folder: Path, edit: Edit) -> None:
    """An option nobody chose may be unfinished; the others are still there."""
    edit("readings.toml", 'percent = "hundred_minus_lost"', 'percent = "每"')
    assert not [option.key for _, option, _ in alternatives(folder) if option.key == "满分减失分"]
    assert [option.key for _, option, _ in alternatives(folder) if option.key == "原始分"]


@pytest.mark.parametrize("name", ["zhonglou-2020", str(CAMPAIGN)])
def test_a_campaign_is_found_by_name_or_path(name: str) -> None:
    """A campaign is named by its folder's name under the templates, or by a path."""
    assert find_campaign(name, TEMPLATES).resolve() == CAMPAIGN.resolve()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("zhonglu-2020", "没有找到工作目录“zhonglu-2020”。是不是“zhonglou-2020”?"),
        (
            "workbook_templates/zhonglou2020",
            "没有找到工作目录“workbook_templates/zhonglou2020”。是不是“zhonglou-2020”?",
        ),
    ],
)
def test_a_campaign_that_is_not_there_is_refused(name: str, hint: str) -> None:
    """A wrong name is answered with the nearest one."""
    with pytest.raises(WrongUseError) as caught:
        find_campaign(name, TEMPLATES)
    assert str(caught.value) == hint


def test_a_name_like_no_other_is_answered_with_all(tmp_path: Path) -> None:
    """Where no name is near, those that are there are listed; there may be none."""
    for year in ("a-2020", "a-2021"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "notice.toml").touch()
    with pytest.raises(
        WrongUseError, match="没有找到工作目录“某地”。现有:a-2020、a-2021。请写其中一个,或者自己的工作目录的文件夹。"
    ):
        find_campaign("某地", tmp_path)
    with pytest.raises(WrongUseError, match="现有:无。"):
        find_campaign("某地", tmp_path / "a-2020")


def test_a_catalogue_that_names_no_format(edit: Edit, faults: Faults) -> None:
    """What was never of the first format is read as of this one, and the missing line is told."""
    edit("notice.toml", "format = 2  # 目录文件的格式\n", "")
    assert faults() == ["notice.toml: format: 缺少此项;按现在的写法,通知开头要写 format = 2"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("notice.toml", "at_least = 90", "at_least = nan"),
        ("notice.toml", "period_end = 2020-12-31", "period_end = 2020-12-31T00:00:01"),
        ("items/15.toml", "at_least = 4", "at_least = 999999"),
    ],
)
def test_odd_values_are_problems(edit: Edit, faults: Faults, *, file: str, old: str, new: str) -> None:
    """A value of an odd type is told, whatever a check would compute with it."""
    edit(file, old, new)
    assert [each.partition(":")[0] for each in faults()] == [file]
