"""collect.py --seal: the statuses, what is said, and what stands there afterwards."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.support.offices import Office
from tests.support.sealing import edition, files

pytestmark = pytest.mark.long
SEAL = ("--seal", "第一稿", "--by", "王五")
AFTER = "发反馈单和通报;归档:collect.py --archive"


def test_a_round_is_sealed(collect: Run, office: Office) -> None:
    """While anything is open sealing ends with status 2; once nothing is, the edition is there, and what differs is told."""
    office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
    refused = collect(*SEAL)
    assert (refused.status, "还没有定完,没有定稿:现在是预排名(按自评,含未报送44家)。" in refused.err) == (2, True)
    assert "  得分点未核定6项:" in refused.err
    assert not office.space.sealed.exists()
    done = collect("--accept-self", "全部", *SEAL)
    sealed, comes = done.err.splitlines()[-2:]
    assert (done.status, sealed.startswith("已定稿:out/定稿/01_第一稿("), comes) == (0, True, f"下一步:{AFTER}。")
    before = files(edition(office))
    after = collect().err
    assert "与第1号定稿一致(“第一稿”," in after
    assert after.splitlines()[-1] == f"下一步:{AFTER}。"
    again = collect(*SEAL)
    assert (again.status, again.err) == (
        2, "第1号定稿已经叫“第一稿”,没有定稿。请换一个名称,定稿不能覆盖。\n",
    )  # fmt: skip
    same = collect("--seal", "第二稿", "--by", "王五")
    assert (same.status, "和第1号定稿“第一稿”相比没有变化,没有另出一稿。" in same.err) == (2, True)
    assert files(edition(office)) == before
    (edition(office) / "结果").chmod(0o755)
    (edition(office) / "结果" / "我的.txt").write_text("x")
    touched = collect()
    assert (touched.status, "多出来的文件:结果/我的.txt" in touched.err) == (1, True)
    assert collect().status == 1  # nothing is done again, and it is told all the same
