"""build_workbooks.py --diff: what it writes, what it says, and what it cannot compare."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.support.catalogues import Files, minimal, write


@pytest.fixture
def two(folder: Path) -> Files:
    """Write two catalogues that differ in a day and in a sub-point's points, and give the second."""
    write(folder / "旧", minimal())
    files = deepcopy(minimal())
    files["items/01.toml"]["sub_points"][0]["evidence"] = "登记本"
    write(folder / "新", files)
    return files


def test_lines(build: Run, folder: Path, two: Files) -> None:
    """The workbook is written, and it is said in a line how much differs."""
    assert two
    ended = build("--diff", "旧", "新")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err.splitlines() == ["共有1处变化,涉及得分点。", "差异表:out/差异.xlsx。请打开它,逐处核对。"]
    assert (folder / "out" / "差异.xlsx").stat().st_size > 5_000
    assert {path.name for path in folder.iterdir()} == {"旧", "新", "out"}


def test_what_stands_there_is_not_covered(build: Run, folder: Path, two: Files) -> None:
    """A file that is no comparison stays, also a workbook; a comparison is made anew."""
    assert two
    for own in ("x", "y"):
        (folder / "我的.xlsx").write_bytes(b"PK\x03\x04" if own == "x" else b"")
        ended = build("--diff", "旧", "新", "--out", "我的.xlsx")
        assert (ended.status, ended.err) == (2, "我的.xlsx 已经有了,不是差异表,没有覆盖。请用 --out 写另一个名称。\n")
    assert [build("--diff", "旧", "新", "--out", "今年.xlsx").status for _ in range(2)] == [0, 0]


def test_a_file_of_its_own(build: Run, folder: Path, two: Files) -> None:
    """`--out` may name the file; a folder that is not there is made."""
    assert two
    assert build("--diff", "旧", "新", "--out", "比较/今年.xlsx", "--quiet").err == ""
    assert (folder / "比较" / "今年.xlsx").is_file()


def test_json(build: Run, two: Files) -> None:
    """With --json every change is there with its fields, for other programs."""
    assert two
    held = build("--diff", "旧", "新", "--json").json
    assert held["changes"] == [
        {
            "part": "sub_point",
            "what": "changed",
            "before": "1.1",
            "after": "1.1",
            "within": None,
            "fields": [{"field": "evidence", "title": "佐证材料", "before": "", "after": "登记本"}],
        }
    ]
    assert Path(held["path"]) == Path("out/差异.xlsx")
    assert [each["fate"] for each in held["carried"]] == ["all"]


def test_nothing_differs(build: Run, two: Files) -> None:
    """The same twice is no fault."""
    assert two
    ended = build("--diff", "旧", "旧")
    assert ended.status == 0
    assert ended.err.splitlines()[:2] == [
        "两边写的是同一个目录(旧)。要比较改动前后的,先把改动前的目录另存一份。",
        "两个目录完全一样,没有任何变化。",
    ]


def test_a_broken_one(build: Run, folder: Path, two: Files) -> None:
    """Faults are told as --check tells them, each with the catalogue that it is in, and nothing is written."""
    two["items/01.toml"]["sub_points"][0]["points"] = "很多"
    write(folder / "新", two)
    ended = build("--diff", "旧", "新")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[0].startswith("新/items/01.toml 第7行:第1项 得分点“1.1”的分值(sub_points[0].points):")
    assert ended.err.splitlines()[-1] == "工作目录有 1 处错误。请照上面逐处改好,再运行一次。"
    assert not (folder / "out").exists()


@pytest.mark.long
def test_workbooks(build: Run, two: Files) -> None:
    """A catalogue's workbook stands for it; one that cannot be used has its faults told by sheet and cell, as its check tells them."""
    assert two
    build("新", "--catalogue", "--to", "目录_新.xlsx")
    assert build("--diff", "新", "目录_新.xlsx").err.splitlines()[0] == "两个目录完全一样,没有任何变化。"
    assert build("--diff", "旧", "目录_新.xlsx").err.splitlines()[0] == "共有1处变化,涉及得分点。"
    book = load_workbook("目录_新.xlsx")
    cell = next(each for row in book["得分点"].iter_rows() for each in row if each.value == 10)
    cell.value = "很多"
    book.save("目录_新.xlsx")
    ended = build("--diff", "旧", "目录_新.xlsx")
    assert ended.status == 2
    assert f"目录_新.xlsx “得分点”{cell.coordinate}:" in ended.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--diff", "旧"), "--diff 后面要写旧的和新的两个目录。加 --help 看用法。"),
        (("--diff", "旧", "没有的"), "没有找到工作目录“没有的”。"),
        (("--diff", "旧", "新", "--force"), "--diff 只比较两个目录,不能和 --force 一起用。加 --help 看用法。"),
        (("--confirm",), "--confirm 只和 --force 一起用。请加上 --force,或去掉 --confirm。"),
    ],
)
def test_wrong_use(build: Run, two: Files, given: tuple[str, ...], said: str) -> None:
    """What is missing, or means nothing together, is said."""
    assert two
    ended = build(*given)
    assert ended.status == 2
    assert ended.err.startswith(said)
