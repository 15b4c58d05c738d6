"""--districts: many districts in one run, a line for each, and one exit status."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from fazhi_xl.cli import districts
from fazhi_xl.cli.console import Terminal
from fazhi_xl.office.commands.district_tasks import DistrictResult, Outcome
from tests.cli.conftest import Run
from tests.support.catalogues import minimal, write

PRINTED = (
    "工作目录 shequ 写的地区是“示例县”,各地区的表都照它印。"
    "要印各地区自己的名称和文字,请给它们各备一个工作目录,写在名单的第二列。"
)


@pytest.fixture
def home(folder: Path) -> str:
    """Give a catalogue, and beside it a list of two districts and a row that is none."""
    (folder / "名单.txt").write_text("甲县\n乙县\na/b\n", "utf-8")
    return write(folder / "shequ", minimal(2)).name


def test_lines(build: Run, collect: Run, home: str, folder: Path) -> None:
    """Each district is a line; a row that is no district needs attention, and so does a folder that has gone."""
    issued = build(home, "--districts", "名单.txt", "--jobs", "1")
    assert (issued.status, issued.out) == (1, "")
    assert issued.err.splitlines() == [
        PRINTED,
        '名单.txt 第3行“a/b”:不能有 \\ / : * ? " < > |,它们不能用在文件夹名称里,没有做。',
        "甲县:完成,已生成2份任务分解表",
        "乙县:完成,已生成2份任务分解表",
        "生成各地区的表:2",
        "共2个地区:完成2个。",
        f"各地区收到的文件放进各自的 {Path('地区名称/回收')},再运行 collect.py --districts out。",
    ]
    for arguments in (["--report-only"], []):
        ended = collect("--districts", "out", "--jobs", "1", *arguments)
        assert (ended.status, ended.err.splitlines()) == (0, [
            "甲县:完成,应报2家,已报0家,预排名(按自评,含未报送2家)",
            "乙县:完成,应报2家,已报0家,预排名(按自评,含未报送2家)",
            "收各地区的表:2",
            "共2个地区:完成2个。",
        ])  # fmt: skip
    (folder / "out" / "乙县").rename(folder / "乙县")
    ended = collect("--districts", "out", "乙县", "--quiet", "--json")
    assert (ended.status, ended.err) == (1, "")
    assert [(each["name"], each["outcome"]) for each in ended.json["districts"]] == [
        ("甲县", "没有变化"), ("乙县", "没有做成"), ("乙县", "完成"),
    ]  # fmt: skip


def test_a_title_of_the_list(build: Run, home: str, folder: Path) -> None:
    """A row of the list that was left out as a title is told first; it is no district, and no fault."""
    (folder / "名单.txt").write_text("某市各区县名单\n序号,地区\n1,示例县\n", "utf-8")
    issued = build(home, "--districts", "名单.txt", "--jobs", "1")
    assert (issued.status, issued.err.splitlines()[:2]) == (
        0,
        [
            "名单.txt 第1行“某市各区县名单”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。",
            "示例县:完成,已生成2份任务分解表",
        ],
    )
    assert not (folder / "out" / "1").exists()


def test_the_program_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the program itself failed over a district the status is 3, and one log file has all of it."""
    failed = DistrictResult(name="甲县", outcome=Outcome.FAILED, said="出现意外错误(KeyError)", trace="Traceback …")
    status = districts.tell_districts([failed], 1, "收表", Terminal(quiet=False), as_json=False)
    (log,) = folder.glob("fazhi-xl-*.log")
    assert (status, log.read_text("utf-8")) == (3, "甲县\nTraceback …")
    assert f"有1处出现意外错误,详情已写入 {log}。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--scheduler", "tcp://x:1"],
            "--scheduler 只和 --districts 或 --rollup 一起用。请加上 --districts 或 --rollup,或去掉 --scheduler。",
        ),
        (["--districts", "out", "--pdf"], "--districts 收各地区文件夹里的表,不能和 --pdf 一起用。加 --help 看用法。"),
        (["--report-only", "--open"], "--report-only 只写 report.json,不能和 --open 一起用。加 --help 看用法。"),
        (["--districts"], "--districts 后面要写文件夹。加 --help 看用法。"),
        (["--districts", "x"], "没有找到文件夹 x。请写明各地区文件夹所在的文件夹。"),
    ],
)
def test_collected_otherwise(collect: Run, arguments: list[str], told: str) -> None:
    """What means nothing together is refused."""
    ended = collect(*arguments)
    assert (ended.status, ended.err.strip()) == (2, told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--districts", "名单.txt", "--unit", "甲"], "--districts 按名单给各地区生成整套的表,不能和 --unit 一起用。"),
        (["--scheduler", "tcp://x:1"], "--scheduler 只和 --districts 一起用。"),
        (["没有", "--districts", "名单.txt"], "没有找到工作目录“没有”。"),
    ],
)
def test_issued_otherwise(build: Run, home: str, arguments: list[str], told: str) -> None:
    """So it is where workbooks are issued."""
    assert home
    ended = build(*arguments)
    assert (ended.status, ended.err.startswith(told)) == (2, True), ended.err


def test_interrupted(build: Run, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted, the command ends with status 2 and a line, and the next one does what is left."""
    with monkeypatch.context() as patch:
        patch.setattr(DistrictResult, "told", property(interrupting))
        ended = build(home, "--districts", "名单.txt", "--jobs", "1")
        assert (ended.status, ended.err.splitlines()[-1]) == (2, "已中断。已经写好的文件是完整的,重新运行即可。")
    assert build(home, "--districts", "名单.txt", "--jobs", "1").err.splitlines()[2:4] == [
        "甲县:没有变化,已经发放过",
        "乙县:完成,已生成2份任务分解表",
    ]


def interrupting(_: DistrictResult) -> NoReturn:
    raise KeyboardInterrupt
