"""What a sealed edition may be called."""

from __future__ import annotations

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.sealing.naming import folder_name, parted, refuse_unfit, refuse_used


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "是空的"),
        ("  ", "是空的"),
        ("稿" * 41, "有41个字符,最多40个"),
        (" 第一稿", "前后有空格"),
        ("第一稿.", "末尾有点号,有的系统不能作文件夹的名称"),
        ("..", "末尾有点号,有的系统不能作文件夹的名称"),
        *(
            (odd, "不能作文件夹的名称")
            for odd in ("第一/稿", "第一\\稿", "CON", "con.稿", "LPT1", ".第一稿", "第一:稿", "第\n一稿")
        ),
    ],
)
def test_no_name_of_a_folder(name: str, why: str) -> None:
    """A name that some system gives no folder is refused, and said why, with an example."""
    with pytest.raises(WrongUseError) as error:
        refuse_unfit(name, "张三")
    assert str(error.value).startswith(f"定稿的名称“{name}”{why}")
    assert str(error.value).endswith("例如:collect.py --seal 第一稿 --by 张三")


@pytest.mark.parametrize("name", ["第一稿", "稿" * 40, "2020年 正式稿(第2次)", "v1.2", "CONTRACT"])
def test_a_name_that_fits(name: str) -> None:
    """Any other name is taken, as it is."""
    refuse_unfit(name, "张三")
    assert parted(folder_name(7, name)) == (7, name)


def test_somebody_answers_for_it() -> None:
    """Without a person's name nothing is sealed."""
    for nobody in (" ", "—", "·-·"):
        with pytest.raises(WrongUseError, match="定稿要写明由谁负责,请加上 --by 姓名"):
            refuse_unfit("第一稿", nobody)


def test_a_name_is_used_once() -> None:
    """The name of an edition is not used again, in large letters or small."""
    with pytest.raises(WrongUseError, match="第2号定稿已经叫“Final”,没有定稿。请换一个名称,定稿不能覆盖。"):
        refuse_used("FINAL", [(1, "第一稿"), (2, "Final")])
    refuse_used("第二稿", [(1, "第一稿")])


def test_a_folder_that_is_called_otherwise() -> None:
    """A folder without number or name is no edition's."""
    assert [parted(name) for name in ("第一稿", "1_第一稿", "01_", "01第一稿")] == [None] * 4
