"""The commands by mail: contacts issued, forms, reminders and receipts as drafts, what is refused, and how they end."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from shutil import copy, copytree

import pytest
from openpyxl import load_workbook

from fazhi_xl.cli import build_command
from tests.cli.conftest import Run
from tests.support.offices import Office
from tests.support.once import Once

pytestmark = pytest.mark.long

FORM = "34_总工会_任务分解表_2020.xlsx"
ADDRESSES = {"总工会": "zgh@example.cn", "团委": "tw@example.cn; tw2@example.cn"}


def fill_in(path: Path, addresses: dict[str, str]) -> None:
    """Type addresses into the workbook of contacts."""
    book = load_workbook(path)
    for row in book["联系人"].iter_rows(min_row=1):
        if row[1].value in addresses:
            row[3].value = addresses[str(row[1].value)]
    book.save(path)


@pytest.fixture(scope="session")
def contacts(once: Once, issued: Path) -> Path:
    """Fill in the workbook of contacts once, as the command makes it."""

    def make(root: Path) -> None:
        copytree(issued, root)
        assert build_command.main(["--mail", "联系人.xlsx", "--out", str(root), "--quiet"]) == 0
        fill_in(root / "联系人.xlsx", ADDRESSES)

    return once("contacts by the command", make) / "联系人.xlsx"


@pytest.fixture
def known(office: Office, contacts: Path) -> Office:
    """Give an office that knows where both of its units are written to."""
    copy(contacts, office.space.contacts_file)
    return office


def drafts(office: Office) -> dict[str, list[str]]:
    """Give the drafts by kind and name."""
    folders = sorted((office.space.mail / "待发").glob("*")) if office.space.mail.exists() else []
    return {folder.name: sorted(path.name for path in folder.iterdir()) for folder in folders}


class TestForms:
    def test_contacts_first(self, office: Office, build: Run) -> None:
        """Where there is no workbook of contacts it is made, and nothing else is done; it is said what to fill in."""
        ended = build("--mail", "联系人.xlsx")
        assert ended.status == 0
        path = Path("out") / "联系人.xlsx"
        assert ended.err == f"已做好 {path}:45家。填好“联系人”里的邮箱、“邮箱设置”,再运行一次。\n"
        assert not office.space.mail.exists()

    def test_drafts(self, known: Office, build: Run) -> None:
        """Each unit gets a draft with its own workbook, to all its addresses; a second run gives the same bytes."""
        ended = build("--mail", "联系人.xlsx")
        assert (ended.status, ended.out) == (0, "")
        assert "任务分解表:写好草稿2封\n" in ended.err
        assert ended.err.splitlines()[-1] == f"发信的记录:{Path('out') / '邮件'};草稿也在这里,用邮件程序打开,看过再发。"
        assert list(drafts(known)) == ["任务分解表"]
        folder = known.space.mail / "待发" / "任务分解表"
        first, second = folder / "总工会.eml", folder / "团委.eml"
        message = message_from_bytes(second.read_bytes(), policy=policy.default)
        assert (message["X-Unsent"], message["To"]) == ("1", "tw@example.cn, tw2@example.cn")
        (attached,) = message_from_bytes(first.read_bytes(), policy=policy.default).iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == (FORM, known.issued("总工会"))
        before = first.read_bytes()
        assert build("--mail", "联系人.xlsx").status == 0
        assert first.read_bytes() == before

    def test_dry_run(self, known: Office, build: Run) -> None:
        """Nothing is written: a table says who would get what, at which addresses, with which files of what size."""
        before = sorted(known.root.rglob("*"))
        ended = build("--mail", "联系人.xlsx", "--dry-run", "--unit", "团委")
        number, name = known.forms["团委"].number, "35_团委_任务分解表_2020.xlsx"
        size = -(-len(known.issued("团委")) // 1024)
        assert ended.status == 0
        assert [line.split("  ") for line in ended.out.splitlines()][1] == [
            "团委", "任务分解表", "准备发出", "tw@example.cn、tw2@example.cn", f"{name}({size} KB)",
            f"钟楼区2020年度法治建设监测评价任务分解表(团委,表号{number})",
        ]  # fmt: skip
        assert ended.err.endswith("只是列出来看,没有写草稿,也没有发信。\n")
        assert sorted(known.root.rglob("*")) == before

    def test_without_an_address(self, known: Office, build: Run) -> None:
        """A unit without an address is told, the other one gets its draft, and the status is 1."""
        fill_in(known.space.contacts_file, {"团委": ""})
        ended = build("--mail", "联系人.xlsx")
        assert ended.status == 1
        assert "任务分解表没有地址:团委。" in ended.err
        assert len(drafts(known)["任务分解表"]) == 1

    def test_json(self, known: Office, build: Run) -> None:
        """With --json each message is a record, with its receivers and attachments."""
        said = build("--mail", "联系人.xlsx", "--json", "--unit", "总工会").json
        assert said["not_sent"] == []
        (message,) = said["messages"]
        assert {key: message[key] for key in ("sort", "unit", "state", "to", "copies", "attachments")} == {
            "sort": "form",
            "unit": "总工会",
            "state": "drafted",
            "to": ["zgh@example.cn"],
            "copies": [],
            "attachments": [{"name": FORM, "size": len(known.issued("总工会"))}],
        }

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--mail", "联系人.xlsx", "--force"), "--mail 只发已经发放的表,不能和 --force 一起用。"),
            (("--mail",), "--mail 后面要写文件名。"),
            (("--smtp",), "--smtp 只和 --mail 一起用。"),
            (("--dry-run",), "--dry-run 只和 --mail 一起用。"),
            (("--again",), "--again 只和 --mail 一起用。"),
            (("--mail", "别的.xlsx"), "没有“别的.xlsx”这个文件。"),
            (("--mail", "联系人.xlsx", "--out", "别处"), "别处 里没有 campaign.json,还没有发放过表。请先运行 build_workbooks.py"),
            (("--mail", "联系人.xlsx", "--unit", "没有局"), "没有名为“没有局”的单位。"),
            (("--mail", "联系人.xlsx", "--smtp"), "还没有填发信服务器,不能发信。"),
        ],
    )  # fmt: skip
    def test_refused(self, known: Office, build: Run, arguments: tuple[str, ...], said: str) -> None:
        """What cannot be carried out is told in one line, and nothing is sent."""
        ended = build(*arguments)
        assert (ended.status, ended.err.splitlines()[-1].startswith(said)) == (2, True), ended.err
        assert drafts(known) == {}


class TestRound:
    def test_remind(self, known: Office, collect: Run) -> None:
        """Who returned nothing gets a reminder with the form, who returned what is right none; it is collected as always."""
        known.receive("2020-11-18/表.xlsx", known.filled("总工会"))
        ended = collect("--remind")
        assert ended.status == 1  # the other 43 units of the notice were issued nothing
        assert drafts(known) == {"催报": ["团委.eml"]}
        assert f"排名表:{Path('out') / '结果' / '排名汇总.xlsx'}" in ended.err
        assert "催报:写好草稿1封\n" in ended.err
        assert (known.space.results / "report.json").exists()

    def test_receipt(self, known: Office, collect: Run) -> None:
        """A receipt goes to whom it concerns, and the JSON has the report and the letters."""
        known.receive("2020-11-18/表.xlsx", known.filled("总工会"))
        said = collect("--send", "回执", "--json").json
        assert said["counts"]["files"] == 1
        assert [(each["sort"], each["unit"], each["state"]) for each in said["mail"]["messages"]] == [
            ("receipt", "总工会", "drafted")
        ]
        assert drafts(known) == {"回执": ["总工会.eml"]}

    def test_too_early(self, known: Office, collect: Run) -> None:
        """Before the ranking is official no result is sent, and it is said what is open; reminders go out all the same."""
        known.receive("2020-11-18/表.xlsx", known.filled("总工会"))
        ended = collect("--remind", "--send", "反馈单", "--send", "通报")
        assert ended.status == 1
        held = "反馈单、通报要等排名是正式的才发,这次没有发。还没有定的,在审核表里定好,再收一次表:\n  得分点未核定"
        assert held in ended.err
        assert drafts(known) == {"催报": ["团委.eml"]}

    def test_official(self, known: Office, collect: Run) -> None:
        """Once it is official a unit gets its feedback sheet; the bulletin's draft is said to be unfinished."""
        known.receive("2020-11-18/表.xlsx", known.filled("总工会"))
        assert collect("--accept-self", "全部", "--by", "王五").status == 0
        ended = collect("--send", "反馈单", "--send", "通报")
        assert ended.status == 1  # 43 units without an address
        assert list(drafts(known)) == ["反馈单", "通报"]
        assert drafts(known)["反馈单"] == ["总工会.eml"]
        assert "草稿写了,发出前请先办好(45家:" in ended.err

    def test_without_contacts(self, office: Office, collect: Run) -> None:
        """Where there is no workbook of contacts it is said how to make one; a unit that is none is told before."""
        assert collect("--remind", "--unit", "没有局").err.startswith("没有名为“没有局”的单位。")
        ended = collect("--remind")
        assert ended.status == 2
        path = Path("out") / "联系人.xlsx"
        assert f"没有 {path},不知道发给谁。请先运行 build_workbooks.py --mail 联系人.xlsx,填好邮箱。" in ended.err
        assert drafts(office) == {}

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--send", "名次"), "--send 写的“名次”不对,可以写 反馈单、通报、回执。"),
            (("--smtp",), "--smtp 只和 --remind 或 --send 一起用。"),
            (("--unit", "总工会"), "--unit 只和 --remind 或 --send 一起用。"),
            (("--report-only", "--remind"), "--report-only 只写 report.json,不能和 --remind 一起用。"),
            (("--rehearse", "--send", "回执"), "--rehearse 只用编造的数据,不能和 --send 一起用。"),
            (("--districts", "全省", "--remind"), "--districts 收各地区文件夹里的表,不能和 --remind 一起用。"),
        ],
    )
    def test_refused(self, collect: Run, arguments: tuple[str, ...], said: str) -> None:
        """Options that make no sense together are refused."""
        ended = collect(*arguments)
        assert (ended.status, ended.err.startswith(said)) == (2, True), ended.err
