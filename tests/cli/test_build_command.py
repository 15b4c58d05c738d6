"""build_workbooks.py: what it says, where it says it, and how it ends."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.addin import layout
from fazhi_xl.addin.console import entered_in
from tests.cli.conftest import UNITS, Run
from tests.notice.campaigns import CAMPAIGN
from tests.support import catalogues
from tests.support.offices import Office

pytestmark = pytest.mark.long

CHECK = """\
items/09.toml 第5行:第9项分值4分,得分点合计3分
notice.toml 第23行:得分点合计99分,满分100分
notice.toml 第18行:联络员名单截止日2020-10-26早于通知印发日2020-10-29
notice.toml 第17行:台账截止日2020-11-20早于评价期末2020-12-31
notice.toml 第11行:办公室的电话空着,填报说明的“咨询”没有电话。请在 notice.toml 里填上,例如 office_phone = "0519-12345678"
notice.toml 第14行:修改期限空着,退回修改的表没有写什么时候交回。请在 notice.toml 的 [dates] 下面加一行,例如 corrections_due = 2020-11-27
"""


class TestCheck:
    def test_2020(self, build: Run, folder: Path) -> None:
        """--check prints what is odd in the 2020 notice, and what it leaves blank, line by line, and writes nothing."""
        ended = build("--check")
        said = "没有错误,可以发放,上面6处疑点请看一遍。下一步:发放(build_workbooks.py)。\n"
        assert (ended.status, ended.out, ended.err) == (0, CHECK, said)
        assert list(folder.iterdir()) == []

    def test_json(self, build: Run) -> None:
        """With --json the same remarks are a list, each with its rule and its place."""
        listed = build("--check", "--json").json
        assert [f"{each['file']} 第{each['line']}行:{each['text']}" for each in listed] == CHECK.splitlines()
        assert (listed[0]["code"], listed[0]["path"], listed[0]["thing"]) == ("item-points", "points", "第9项的分值")

    def test_broken_catalogue(self, build: Run, folder: Path) -> None:
        """A broken catalogue ends with status 2, every fault with its file on a line of its own, and the count."""
        broken = Path(copytree(CAMPAIGN, folder / "broken"))
        (broken / "units.toml").unlink()
        (broken / "theme.toml").write_text("x", "utf-8")
        ended = build("broken", "--check")
        assert (ended.status, ended.out) == (2, "")
        lines = ended.err.splitlines()
        assert lines[0] == "units.toml:缺少此文件"
        assert any(line.startswith("theme.toml") for line in lines)
        assert re.fullmatch(r"工作目录有 \d+ 处错误。请照上面逐处改好,再运行一次。", lines[-1])


class TestIssue:
    def test_lines(self, build: Run, folder: Path) -> None:
        """Where there is no terminal the command tells of its work in plain lines on standard error."""
        ended = build("--unit", "总工会")
        assert (ended.status, ended.out) == (0, "")
        assert ended.err.splitlines() == [
            "生成工作簿:1",
            "已生成1份任务分解表:out/发放",
            *(f"提醒:{line.partition('行:')[2]}" for line in CHECK.splitlines()[-2:]),
            "用目录工作簿的,填在它的“通知”表里,再写回。填好后加 --force 重新生成;不填也可以用。",
            "收到的文件放进 out/回收,再运行 collect.py。请妥善保存 out/campaign.key。",
        ]
        assert {path.name for path in folder.iterdir()} == {"out"}

    def test_quiet(self, build: Run) -> None:
        """--quiet prints nothing."""
        ended = build("--unit", "总工会", "--quiet")
        assert (ended.status, ended.out, ended.err) == (0, "", "")

    def test_json(self, build: Run) -> None:
        """--json prints the record and nothing else."""
        ended = build("--unit", "总工会", "--json")
        assert (ended.status, ended.err) == (0, "")
        assert [unit["unit"] for unit in ended.json["units"]] == ["总工会"]

    def test_several_units(self, office: Office) -> None:
        """--unit may be given several times."""
        assert [unit["unit"] for unit in office.record["units"]] == list(UNITS)

    def test_catalogue_is_kept(self, office: Office) -> None:
        """The catalogue is kept as it was at issue."""
        assert (office.space.archive / "目录" / "zhonglou-2020" / "notice.toml").is_file()

    def test_own_folder(self, build: Run, collect: Run, folder: Path) -> None:
        """A campaign's folder may be given by its path; collecting needs neither its name nor, later, the folder."""
        mine = Path(copytree(CAMPAIGN, folder / "mine-2021"))
        assert build(str(mine), "--unit", "总工会", "--quiet").status == 0
        mine.rename(folder / "elsewhere")
        assert collect("--quiet").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unit", "总公会"), "没有名为“总公会”的单位。是不是“.*总工会”?"),
        (("zhonglou2020",), "没有找到工作目录“zhonglou2020”。是不是“zhonglou-2020”?"),
        (("武进",), "没有找到工作目录“武进”。现有:.*zhonglou-2021。"),
        (("--nope",), "^没有 --nope 这个选项。加 --help 看用法。$"),
        (("--jobs", "0"), "^--jobs 要写不小于1的整数,写的是“0”。例如:--jobs 4$"),
        (("--unit",), "^--unit 后面要写名称。加 --help 看用法。$"),
        (
            ("a", "b", "c", "--quiet"),
            "^写多了“b”“c”。选项以外只写一个 CAMPAIGN;有空格的名称要加引号。加 --help 看用法。$",
        ),
        (("--previous-matches", "x"), "^--previous-matches 写的“x”不对,可以写 ask、accept、refuse。$"),
        (
            ("--previous-matches", "accept"),
            "^--previous-matches 只和 --previous 一起用。请加上 --previous,或去掉 --previous-matches。$",
        ),
        (("--check", "--unit", "法院"), "^--check 只检查工作目录,不能和 --unit 一起用。加 --help 看用法。$"),
        (("--from", "a.xlsx", "--previous", "b"), "^--from 只补发一份表,不能和 --previous 一起用。加 --help 看用法。$"),
        (("--console", "--json"), "^--console 只生成工作台,不能和 --json 一起用。加 --help 看用法。$"),
        (("--from", "没有.xlsx"), "没有 campaign.json,还没有发放过表"),
        (
            ("--merge", "a.xlsx", "b.xlsx", "--from", "c.xlsx"),
            "^--from 只补发一份表,不能和 --merge 一起用。加 --help 看用法。$",
        ),
        (
            ("--merge", "a.xlsx", "b.xlsx", "--force"),
            "^--merge 只合并几份表,不能和 --force 一起用。加 --help 看用法。$",
        ),
        (("--more", "c.xlsx"), "^--more 只和 --merge 一起用。请加上 --merge,或去掉 --more。$"),
        (("--merge", "a.xlsx"), "^--merge 后面要写两份收回的表的文件名。加 --help 看用法。$"),
        (("--out", "占位/里面"), "^占位 已经是一个文件,不能当作文件夹。请把它移走或改名,或者换一个输出位置.--out.。$"),
    ],
)
def test_wrong_use(build: Run, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """Wrong use ends with status 2 and one line that says what to do; nothing is written."""
    (folder / "占位").write_text("")
    ended = build(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert re.search(said, ended.err), ended.err
    assert len(ended.err.splitlines()) == 1
    assert [path.name for path in folder.rglob("*")] == ["占位"]


def test_overwriting(build: Run, office: Office) -> None:
    """What was issued is not overwritten without --force."""
    ended = build("--unit", "总工会")
    assert (ended.status, "请加 --force" in ended.err) == (2, True)
    before = office.issued("总工会")
    assert build("--unit", "总工会", "--force", "--quiet").status == 0
    assert office.issued("总工会") == before


def test_damaged_record(build: Run, office: Office) -> None:
    """A damaged campaign.json ends with one clear line."""
    office.space.campaign_file.write_text("{", "utf-8")
    ended = build("--unit", "总工会", "--force")
    assert (ended.status, len(ended.err.splitlines())) == (2, 1)
    assert "campaign.json 读不出来" in ended.err


class TestFrom:
    def test_rescue(self, build: Run, office: Office) -> None:
        """--from writes a fresh form with a return's answers and says how many it carries over."""
        returned = office.receive("损坏.xlsx", office.filled("总工会", office.good("总工会") | _wrong(office)))
        ended = build("--from", str(returned))
        assert ended.status == 0
        kept = len(office.good("总工会")) - 1
        assert f"已补发:out/补发/{office.path('总工会').name},保留{kept}处填报内容。" in ended.err
        assert "  没有带过来:" in ended.err

    def test_json(self, build: Run, office: Office) -> None:
        """With --json it prints the same as JSON."""
        returned = office.receive("表.xlsx", office.filled("总工会"))
        ended = build("--from", str(returned), "--json")
        assert ended.err == ""
        assert ended.json == {
            "path": str(Path("out/补发") / office.path("总工会").name),
            "kept": len(office.good("总工会")),
            "replies": 0,
            "left": [],
        }

    def test_of_another_catalogue(self, build: Run, folder: Path) -> None:
        """What belongs to an issued round is made by its own catalogue; another that is named is told apart from a changed one."""
        catalogues.write(folder / "小", catalogues.minimal())
        build("小", "--out", "小轮")
        (form, *_) = sorted((folder / "小轮" / "发放").iterdir())
        ended = build("--out", "小轮", "--from", str(form))
        assert (ended.status, [path.name for path in (folder / "小轮" / "补发").iterdir()]) == (0, [form.name])
        ended = build("zhonglou-2020", "--out", "小轮", "--from", str(form))
        assert (ended.status, ended.err) == (
            2,
            "小轮 是“小”那一轮的,不是“zhonglou-2020”的,没有往下做。请不写工作目录,或写这一轮的;要做另一轮的,换一个输出位置(--out)。\n",
        )


def _wrong(office: Office) -> dict[str, str]:
    fields = office.forms["总工会"].shape.fields
    return {next(key for key in office.good("总工会") if fields[key].kind == "whole"): "约5次"}


class TestConsole:
    def test_generated(self, build: Run, folder: Path) -> None:
        """The console is written beside the rest, and what to do with it is said."""
        ended = build("--console")
        path = Path("out") / "fazhi_xl.xlsm"
        assert (ended.status, ended.out) == (0, "")
        assert ended.err.startswith(f"已生成办公室工作台:{path}\n")
        assert (folder / path).read_bytes().startswith(b"PK")

    def test_of_the_round(self, build: Run, folder: Path) -> None:
        """Beside a round the console is made for the round's own catalogue, as long as no other is named."""
        own = "chengchuan-xiangzhen-2023"
        assert build(own, "--unit", "锦塘街道", "--jobs", "1").status == 0
        assert build("--console").status == 0
        assert entered_in(folder / "out" / layout.FILE)[layout.CAMPAIGN] == own

    def test_doctor(self, build: Run, folder: Path) -> None:
        """The doctor writes nothing, says a line of each thing, and ends with 1 where something is to be done."""
        ended = build("--console", "--doctor")
        assert ended.status == 1
        assert f"[不行] 工作台:没有 {Path('out') / 'fazhi_xl.xlsm'}。请运行 build_workbooks.py --console。" in ended.out
        assert not (folder / "out").exists()

    def test_doctor_alone(self, build: Run) -> None:
        """The doctor is the console's."""
        assert build("--doctor").err == "--doctor 只和 --console 一起用。请加上 --console,或去掉 --doctor。\n"

    def test_without_xlwings(self, build: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where xlwings is not installed it is said what to run, with status 2, and nothing is written."""
        monkeypatch.setitem(sys.modules, "xlwings", None)
        ended = build("--console")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith(
            "没有装 xlwings,生成不了工作台。请运行 uv run --extra excel build_workbooks.py --console"
        )
        assert not (folder / "out").exists()
