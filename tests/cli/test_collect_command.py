"""collect.py: what it says, where it says it, and how it ends."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.outputs.pdf import find_office
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from tests.cli.conftest import Run
from tests.support.offices import Office

pytestmark = pytest.mark.long

MISSING = "未报送44家:"
NEGATIVE_LIST = Path(__file__).parents[1] / "data" / "catalogues" / "negative-list"


class TestStatus:
    def test_done(self, collect: Run, office: Office) -> None:
        """Where nothing needs attention the status is 0, missing units notwithstanding."""
        office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
        ended = collect()
        assert (ended.status, ended.out) == (0, "")

    def test_nothing_back_yet(self, collect: Run, office: Office) -> None:
        """Before any return the status is 0 too."""
        ended = collect()
        assert (ended.status, "还没有收到可以计分的表(应报45家)。" in ended.err) == (0, True)
        assert office.report["counts"]["missing"] == 45

    def test_open(self, collect: Run, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing can open the ranking it is said where it lies, and the status is as without."""
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("fazhi_xl.addin.open_book.sys.platform", "linux")
        ended = collect("--open")
        path = Path("out") / "结果" / "排名汇总.xlsx"
        assert (ended.status, ended.err.splitlines()[-1]) == (0, f"这里没有桌面,请自己打开:{path}")
        assert (office.root / "结果" / "排名汇总.xlsx").exists()

    @pytest.mark.parametrize("kind", ["rejected", "needs_correction"])
    def test_attention(self, collect: Run, office: Office, kind: str) -> None:
        """Where a return has to be corrected or cannot be read the status is 1."""
        office.receive("表.xlsx", b"%PDF-1.4" if kind == "rejected" else office.issued("总工会"))
        assert collect().status == 1
        assert office.statuses() == {"表.xlsx": kind}

    def test_notes(self, collect: Run, office: Office) -> None:
        """Notes need no attention."""
        office.receive("2020-11-25/迟.xlsx", office.filled("总工会"))
        office.receive("~$迟.xlsx", b"x")
        assert collect().status == 0

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("没有",), "没有找到 没有。请把收到的文件放进这个文件夹"),
            (("--out", "别处"), r"别处 里没有 campaign\.json,还没有发放过表"),
            (("--campaign", "武进"), "没有找到工作目录“武进”。现有:.*zhonglou-2020"),
            (("--password-file", "没有.txt"), r"没有\.txt 读不出来"),
            (("--by", "王五"), "--by 只和 --accept-self 或 --seal 一起用。"),
            (("--seal", "第一稿"), "^定稿要写明由谁负责,请加上 --by 姓名"),
            (("--seal", "a/b", "--by", "王五"), "^定稿的名称“a/b”不能作文件夹的名称"),
            (("--seal", "第一稿", "--by", "王五", "--json"), "^--seal 定稿,不能和 --json 一起用。"),
            (("--accept-self", "总工会"), "按自评核定.--accept-self.要写明由谁负责,请加上 --by 姓名。"),
            (("--reviewer", "法制科"), "--reviewer 里的“法制科”不是科室。现有科室:法规工作、"),
            (("--nope",), "^没有 --nope 这个选项。是不是 --open\\?加 --help 看用法。$"),
            (("-x",), "^没有 -x 这个选项。加 --help 看用法。$"),
            (("--seed", "x"), "^--seed 要写整数,写的是“x”。例如:--seed 4$"),
            (("--jobs", "0"), "^--jobs 要写不小于1的整数,写的是“0”。例如:--jobs 4$"),
            (("--jobs=两个",), "^--jobs 要写不小于1的整数,写的是“两个”。例如:--jobs 4$"),
            (("--previous",), "^--previous 后面要写文件夹。加 --help 看用法。$"),
            (("--accept-self", "--by", "王五"), "^--accept-self 后面要写单位,写的却是 --by。加 --help 看用法。$"),
            (("--json=1",), "^--json 后面不写别的,只写 --json。加 --help 看用法。$"),
            (
                ("--seed", "7"),
                "^--seed 只和 --rehearse 或 --second 一起用。请加上 --rehearse 或 --second,或去掉 --seed。$",
            ),
            (
                ("--json", "--explain", "总工会"),
                "^--explain 打印给人看的说明,不能和 --json 一起用。加 --help 看用法。$",
            ),
            (
                ("--rehearse", "回收", "--accept-self", "全部", "--by", "王五"),
                "^--rehearse 只用编造的数据,不能和 RETURNS、--accept-self、--by 一起用。加 --help 看用法。$",
            ),
        ],
    )
    def test_wrong_use(self, collect: Run, office: Office, arguments: tuple[str, ...], said: str) -> None:
        """Wrong use ends with status 2 and one line, and nothing is written."""
        ended = collect(*arguments)
        assert (ended.status, ended.out, len(ended.err.splitlines())) == (2, "", 1)
        assert re.search(said, ended.err), ended.err
        assert not office.space.results.exists()

    def test_lost_key(self, collect: Run, office: Office) -> None:
        """A lost key ends with one line, and the returns are not called forged."""
        office.space.key_file.unlink()
        ended = collect()
        assert (ended.status, "campaign.key 不见了" in ended.err) == (2, True)


AFTER = (
    "下一步:把 out/结果/退回 里的文件发给单位改、答复;催没有报的44家(文字在排名表的“催报”里);"
    "读不出来的文件照“问题清单”办;在 out/审核/审核表.xlsx 里定下没有定的6项;办好再收一次表。"
)


class TestWords:
    def test_lines(self, collect: Run, office: Office) -> None:
        """Plain lines tell what was read, the result, what to correct, and where the ranking and what goes back are."""
        office.receive("好.xlsx", office.filled("总工会"))
        office.receive("坏.xlsx", b"%PDF-1.4")
        office.receive("空.xlsx", office.issued("团委"))
        lines = collect().err.splitlines()
        assert lines[0] == "读取回收文件:3"
        assert lines[1].startswith("有2份表的收到日期早于发放的")  # the form was issued by the computer's own clock
        assert lines[2].startswith("截止日期2020年11月20日,应报45家,已报1家,报送率2.22%。总分65.18分(总工会)。")
        assert any(line.startswith(MISSING) for line in lines)
        assert [line for line in lines if line.startswith("  ")] == [
            "  坏.xlsx:这是PDF 文件,不是电子表格,数据读不出来。请填写下发的任务分解表,另存为 .xlsx 后发送;扫描件、照片请留作盖章件。",
            "  空.xlsx:表里一处都没有填写。请填好后重新发送;如发错文件,请换成填好的那一份。",
            "  得分点未核定6项,第一项:“审核”34/15.1(总工会:15.1 落实普法规划,切实加强组织领导…)",
        ]
        assert lines[-7:] == [
            "审核表:out/审核/审核表.xlsx",
            "排名表:out/结果/排名汇总.xlsx",
            "各单位的回执:out/结果/回执",
            "各单位的反馈单:out/结果/反馈单",
            "通报版和通报稿:out/结果/通报",
            "退回修改的表和邮件文字:out/结果/退回",
            AFTER,
        ]

    def test_pdf_by_hand(self, collect: Run, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without LibreOffice --pdf says how to do it by hand, and the exit status is that of the round."""
        monkeypatch.setenv("PATH", "")
        if find_office() is not None:
            pytest.skip("LibreOffice stands in its usual folder")
        office.receive("好.xlsx", office.filled("总工会"))
        ended = collect("--pdf")
        assert ended.status == collect().status
        said = "没有找到 LibreOffice,没有做 PDF。请用 Excel 或 WPS 打开这些文件,打印或另存为 PDF。"
        assert said in ended.err.splitlines()
        assert list(office.space.results.rglob("*.pdf")) == []

    def test_more_than_one_fault(self, collect: Run, office: Office) -> None:
        """Of a file's faults the first is told with all its cells, and how many other ones there are."""
        answers = {key: value for key, value in office.good("总工会").items() if not key.endswith(".自评")}
        office.receive("缺.xlsx", office.filled("总工会", answers))
        office.receive(
            "缺和错.xlsx", office.filled("团委", {**office.good("团委"), "15.1.自评": None, "15.6.次数.填报": "约5次"})
        )
        lines = [line for line in collect().err.splitlines() if line.startswith("  缺")]
        assert lines == [
            "  缺.xlsx:任务分解表 G7、G12、G16、G22、G26、G29:这6处没有填写。请补填。",
            "  缺和错.xlsx:任务分解表 G7:15.1 自评分没有填写。请补填。(另有1处)",
        ]

    def test_quiet(self, collect: Run, office: Office) -> None:
        """--quiet prints nothing, whatever there is to correct."""
        office.receive("坏.xlsx", b"x")
        ended = collect("--quiet")
        assert (ended.status, ended.out, ended.err) == (1, "", "")

    def test_nothing_has_changed(self, collect: Run, office: Office) -> None:
        """Where nothing has changed that is said, then what was said before, and the status and the JSON are the same."""
        office.receive("表.xlsx", office.issued("总工会"))
        first, again, as_json = collect(), collect(), collect("--json")
        closing = first.err.splitlines()[1:]  # after how many files were read
        assert again.err.splitlines() == ["和上次收表时相比没有任何变化,各项结果原样保留。", *closing]
        assert (again.status, as_json.status, as_json.err) == (first.status, 1, "")
        assert as_json.json == office.report

    def test_json(self, collect: Run, office: Office) -> None:
        """--json prints the report and nothing else."""
        office.receive("好.xlsx", office.filled("总工会"))
        ended = collect("--json")
        assert ended.err == ""
        assert ended.json == office.report

    def test_odd_names(self, collect: Run, office: Office) -> None:
        """A file's name is told as it is, whatever markup it looks like."""
        office.receive("[red]坏[/].xlsx", b"x")
        assert "  [red]坏[/].xlsx:" in collect().err


class TestOptions:
    def test_returns(self, collect: Run, office: Office, folder: Path) -> None:
        """Folders and files may be named."""
        (folder / "信箱").mkdir()
        (folder / "信箱" / "a.xlsx").write_bytes(office.filled("总工会"))
        (folder / "b.xlsx").write_bytes(office.filled("团委"))
        assert collect("信箱", "b.xlsx").status == 0
        assert set(office.statuses()) == {"信箱/a.xlsx", "b.xlsx"}

    def test_passwords(self, collect: Run, office: Office, folder: Path) -> None:
        """A file of passwords, one a line, as any editor saves it, opens what it fits."""
        locked = BytesIO()
        OOXMLFile(BytesIO(office.filled("总工会"))).encrypt("abc", locked)
        office.receive("密.xlsx", locked.getvalue())
        (folder / "密码.txt").write_bytes("\ufeffx\r\n\r\n  abc  \r\n".encode())
        assert collect("--password-file", "密码.txt").status == 0
        assert collect().status == 1

    def test_campaign(self, collect: Run, office: Office) -> None:
        """A campaign may be named."""
        assert collect("--campaign", "zhonglou-2020", "--quiet").status == 0
        assert office.report["campaign"] == "zhonglou-2020"

    def test_jobs(self, collect: Run, office: Office) -> None:
        """Several processes read what one reads."""
        for no, unit in enumerate(("总工会", "团委")):
            office.receive(f"{no}.xlsx", office.filled(unit))
        one, two = (collect("--json", "--jobs", jobs).json for jobs in ("1", "2"))
        assert {**one, "generated": ""} == {**two, "generated": ""}


class TestRehearse:
    def test_status(self, collect: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
        """A rehearsal ends with 0 when all its faults were found, works in its own folder, and leaves the round alone."""
        before = office.space.key_file.read_bytes()
        asked: dict[str, object] = {}

        def play(_: Notice, space: Workspace, *__: object, **options: object) -> Round:
            asked.update(options, root=space.root)
            office.receive("坏.xlsx", b"x")
            return office.collect()

        monkeypatch.setattr("fazhi_xl.office.commands.rehearse_review.rehearse_whole", play)
        assert collect("--rehearse", "--seed", "7", "--jobs", "1").status == 0
        assert (asked["root"], asked["seed"], asked["jobs"]) == (Path("out/演练"), 7, 1)
        assert office.space.key_file.read_bytes() == before
        assert folder.exists()

    def test_again(self, collect: Run) -> None:
        """A rehearsal of a catalogue that lies elsewhere can be collected again, as when its review book has been filled in."""
        assert collect("--rehearse", "--campaign", str(NEGATIVE_LIST)).status == 0
        assert collect("--out", "out/演练").status == 0

    def test_failure(self, collect: Run, folder: Path) -> None:
        """A rehearsal that may not clear its folder ends with status 2."""
        (folder / "out" / "演练").mkdir(parents=True)
        (folder / "out" / "演练" / "我的.txt").write_text("x")
        ended = collect("--rehearse")
        assert (ended.status, "里有不是演练留下的文件" in ended.err) == (2, True)


class TestReview:
    def test_self_scores_are_accepted_by_order(self, collect: Run, office: Office) -> None:
        """The order makes the ranking official where it leaves nothing open, and says how much it took."""
        office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
        ended = collect("--accept-self", "总工会", "--by", "王五")
        assert (ended.status, office.report["basis"]) == (0, "核定")
        assert "按自评核定6个得分点;没有自评分、申请不涉及或审核表里已经动笔还没有采用的0个没有核定" in ended.err
        assert "已核定6个得分点(共6个),得分点全部核定的有1家(共1家)。" in ended.err

    def test_vanished_decisions_are_put_back(self, collect: Run, office: Office) -> None:
        """Without its record of decisions the run ends with status 2; --restore-review puts the record back, and collects."""
        office.receive("表.xlsx", office.filled("总工会"))
        collect("--accept-self", "总工会", "--by", "王五")
        rmtree(office.root / "审核")
        lost = collect()
        assert (lost.status, "运行 collect.py --restore-review," in lost.err) == (2, True)
        ended = collect("--restore-review")
        assert (ended.status, "已恢复 out/审核/决定.jsonl" in ended.err) == (0, True)
        assert collect().status == 0

    def test_a_sections_own_book(self, collect: Run, office: Office) -> None:
        """The named sections get a book each, beside the whole one."""
        office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
        assert collect("--reviewer", "法治社会建设", "--reviewer", "司法工作").status == 0
        assert sorted(path.name for path in office.space.review.glob("*.xlsx")) == [
            "审核表.xlsx", "审核表_司法工作.xlsx", "审核表_法治社会建设.xlsx",
        ]  # fmt: skip

    def test_a_book_with_faults_needs_attention(self, collect: Run, office: Office) -> None:
        """A review book that cannot be used is named, and ends with status 1."""
        office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
        office.space.make(office.space.review)
        (office.space.review / "旧.xlsx").write_bytes(office.issued("团委"))
        ended = collect()
        assert ended.status == 1
        assert "审核/旧.xlsx:这不是本轮的审核表" in ended.err
