"""docs/mail.md: its commands do what it says, and it knows every line that a mail server may cause."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.mail.faults import Fault
from fazhi_xl.mail.settings import Security
from fazhi_xl.office.contacts.declared import PASSWORD_FILE, SETTINGS
from tests.cli.conftest import Ended, Run
from tests.clients.mail_server import PASSWORD, USER, MailServer
from tests.support.offices import Office

TOLD = (Path(__file__).parents[2] / "docs" / "mail.md").read_text("utf-8")
_BLOCK = re.compile(r"^ *```\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"\{\w+\}")


def rows(heading: str) -> list[list[str]]:
    """Give the rows of the table below a heading."""
    part = TOLD.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.long
def test_followed(
    office: Office, build: Run, collect: Run, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever types the commands one after the other, having filled in the contacts, gets what the text says."""
    monkeypatch.setenv("FAZHI_MAIL_PASSWORD", PASSWORD)
    blocks = (block.strip().removeprefix("uv run ") for block in _BLOCK.findall(TOLD))
    commands = (block.removeprefix("--extra mail ") for block in blocks)
    issued, *others, receiving = [(name, rest) for name, *rest in map(shlex.split, commands)]
    assert _run(issued, build, collect).status == 0
    _fill_in(office.space.contacts_file, mail_server)
    office.receive("2020-11-18/表.xlsx", office.filled("总工会"))
    said, waiting = [], []
    for each in others:
        said.append(_run(each, build, collect))
        waiting.append({f"{path.parent.name}/{path.stem}" for path in (office.space.mail / "待发").rglob("*.eml")})
    assert said[0].out.count("准备发出") == 2
    forms = {"任务分解表/团委", "任务分解表/总工会"}
    assert waiting == [set(), forms, set(), {"催报/团委"}, {"催报/团委", "回执/总工会"}]
    assert {each.receivers for each in mail_server.letters} == {("a@example.cn",), ("b@example.cn",)}
    assert [each.status for each in said] == [0, 0, 0, 1, 0]  # nothing was issued to the other units
    for name in ("发信登记.xlsx", "发信登记.jsonl"):
        assert (office.space.mail / name).exists()
        assert f"`out/邮件/{name}`" in TOLD

    assert receiving == ("collect.py", ["--imap"])
    refused = _run(receiving, build, collect)  # as the settings name no mailbox
    assert (refused.status, "没有填收信服务器" in refused.err) == (2, True)


def _run(command: tuple[str, list[str]], build: Run, collect: Run) -> Ended:
    name, options = command
    return {"build_workbooks.py": build, "collect.py": collect}[name](*options)


def _fill_in(path: Path, server: MailServer) -> None:
    people = {"总工会": "a@example.cn", "团委": "b@example.cn"}
    settings: dict[str, str | int] = {
        "发件地址": "fzb@example.cn",
        "发信服务器": "localhost",
        "发信端口": server.ports[Security.NONE],
        "发信加密方式": "不加密",
        "发信用户名": USER,
    }
    book = load_workbook(path)
    for row in book["联系人"].iter_rows():
        if row[1].value in people:
            row[3].value = people[str(row[1].value)]
    for row in book["邮箱设置"].iter_rows():
        if row[0].value in settings:
            row[1].value = settings[str(row[0].value)]
    book.save(path)


def test_every_fault_is_explained() -> None:
    """The table of what may go wrong has a phrase of every line that a server may cause, and no phrase of none."""
    phrases = [phrase for told, *_ in rows("出了问题") for phrase in told.split("、")]
    texts = [_GAP.sub("", fault.text) for fault in Fault]
    assert [text for text in texts if not any(phrase in text for phrase in phrases)] == []
    assert [phrase for phrase in phrases if not any(phrase in text for text in texts)] == []


def test_every_setting_is_explained() -> None:
    """Each setting of the office's mail stands in the document under its title, the password's file among the passwords."""
    named = {title for _, told, _ in rows("邮箱设置") for title in re.split("[、]", told)}
    left = {each.title for each in SETTINGS} - named
    assert left <= {"发件人", "等待秒数", "验证者", "收信文件夹", PASSWORD_FILE.title}
    assert [title for title in left if f"“{title}”" not in TOLD] == []
