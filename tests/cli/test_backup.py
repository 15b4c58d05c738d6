"""collect.py --backup and --restore as they are typed: what goes together, how the password is given, what is printed."""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path

import pytest

from fazhi_xl.office.handover import write as writing
from tests.cli.conftest import Run
from tests.support.offices import Office
from tests.support.systems import modes

PASSWORD = "correct horse 12"  # noqa: S105 - a test's own


@pytest.fixture
def secret(folder: Path) -> str:
    """Give a file with the password, which nobody else can read."""
    path = folder / "密码.txt"
    path.write_text(f"{PASSWORD}\n", "utf-8")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what is typed at the terminal, one after the other."""
    answers: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda _: answers.pop(0))
    return answers


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--backup", "a.zip", "--restore", "b.zip"), "--backup 只做备份,不能和 --restore 一起用。"),
        (("--backup", "a.zip", "--seal", "x"), "不能和 --seal 一起用。"),
        (("--backup", "a.zip", "回收"), "不能和 RETURNS 一起用。"),
        (("--backup", "a.zip", "--password-file", "x"), "不能和 --password-file 一起用。"),
        (("--restore", "a.zip", "--restore-review"), "--restore 只恢复备份,不能和 --restore-review 一起用。"),
        (("--restore", "a.zip", "--hand-over"), "不能和 --hand-over 一起用。"),
        (("--hand-over",), "--hand-over 只和 --backup 一起用。请加上 --backup,或去掉 --hand-over。"),
        (("--backup-password-file", "x"), "--backup-password-file 只和 --backup 或 --restore 一起用。"),
    ],
)
def test_what_does_not_go_together(collect: Run, options: tuple[str, ...], said: str) -> None:
    """A backup collects nothing, so that other options are refused."""
    ended = collect(*options)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err


def test_there_and_back(collect: Run, office: Office, secret: str) -> None:
    """A round is backed up and restored with the password of a file, and what comes next works."""
    done = collect("--backup", "备份.zip", "--out", "out", "--backup-password-file", secret, "--quiet")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == f"已备份:{Path('备份.zip').resolve()}"
    made = collect("--restore", "备份.zip", "--out", "新", "--backup-password-file", secret, "--json")
    assert made.status == 0
    assert made.json["folder"] == str(Path("新").resolve())
    assert made.json["catalogue"] == ""
    assert Path("新/campaign.key").read_bytes() == office.space.key_file.read_bytes()
    again = collect("--restore", "备份.zip", "--out", "新", "--backup-password-file", secret)
    assert (again.status, again.err.splitlines()) == (
        2,
        ["新 不是空的文件夹,没有恢复:恢复从不盖掉已有的一轮。请写一个新的文件夹,例如 --out 新_恢复"],
    )


def test_typed(collect: Run, office: Office, typed: list[str]) -> None:
    """Without a file the password is typed, twice for a new one, and told nowhere."""
    typed[:] = [PASSWORD, PASSWORD]
    ended = collect("--backup", "备份.zip", "--json")
    assert (ended.status, typed) == (0, [])
    assert ended.json["file"] == str(Path("备份.zip").resolve())
    assert PASSWORD not in ended.out + ended.err
    assert PASSWORD not in (office.root / "交接.jsonl").read_text("utf-8")
    typed[:] = [PASSWORD]
    assert collect("--restore", "备份.zip", "--out", "新").status == 0
    typed[:] = ["another one 34"]
    wrong = collect("--restore", "备份.zip", "--out", "新二")
    assert (wrong.status, wrong.err) == (
        2, "密码不对,备份.zip 没有打开。请再核对一遍(大小写、全角半角、空格),重新运行。\n",
    )  # fmt: skip


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([PASSWORD, PASSWORD.upper()], "两遍输入的密码不一样,没有备份。请重新运行。"),
        (["短"], "密码只有1个字,至少要12个"),
    ],
)
def test_typed_wrong(collect: Run, typed: list[str], answers: list[str], said: str) -> None:
    """A weak password is refused before it is typed again, and two that differ are no password."""
    typed[:] = answers
    ended = collect("--backup", "备份.zip")
    assert ended.status == 2
    assert ended.err.startswith(said)
    assert not Path("备份.zip").exists()


@pytest.mark.usefixtures("office")
def test_no_terminal(collect: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can type unseen, a file has to be named; nothing is echoed instead."""
    asked = "这里不是终端,不能输入密码。请把密码写在一个别的用户不能读的文件的第一行,用 --backup-password-file 写明这个文件。\n"

    def echoing(_: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=1)
        raise AssertionError

    for stdin in (None, sys.stdin):
        monkeypatch.setattr(sys, "stdin", stdin)
        ended = collect("--backup", "备份.zip")
        assert (ended.status, ended.err) == (2, asked)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", echoing)
    assert collect("--backup", "备份.zip").err == asked


@modes
@pytest.mark.usefixtures("office")
def test_a_file_that_others_can_read(collect: Run, secret: str) -> None:
    """A password that others can read is not used, and one that cannot be read is told."""
    Path(secret).chmod(0o644)
    assert "别的用户也能读,没有用它。请先运行 chmod 600" in collect(
        "--backup", "备份.zip", "--backup-password-file", secret
    ).err  # fmt: skip
    assert collect("--backup", "备份.zip", "--backup-password-file", "没有.txt").err == (
        "密码文件 没有.txt 读不出来:没有这个文件或文件夹。请核对 --backup-password-file 后面写的文件。\n"
    )


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(writing, "_write", fail)


@pytest.mark.usefixtures("office", "failing")
def test_the_log(collect: Run, secret: str, folder: Path) -> None:
    """A log of what nobody expected does not hold the password."""
    ended = collect("--backup", "备份.zip", "--backup-password-file", secret)
    assert ended.status == 3
    (log,) = folder.glob("*.log")
    assert PASSWORD not in log.read_text("utf-8") + ended.err
    assert not Path("备份.zip").exists()


def test_no_backup_there(collect: Run, folder: Path) -> None:
    """What is no file is told with its place and the option, before a password is asked for."""
    ended = collect("--restore", "没有.zip", "--out", "新")
    assert ended.status == 2
    assert ended.err.startswith(
        f"没有 {(folder / '没有.zip').as_posix()} 这个文件。请核对 collect.py --restore 后面写的路径和名称"
    )
    (folder / "备份").mkdir()
    assert collect("--restore", "备份", "--out", "新").err == (
        f"{(folder / '备份').as_posix()} 是一个文件夹,不是备份文件。请在 collect.py --restore 后面写明备份时做的那个 .zip 文件。\n"
    )


def test_handed_over(collect: Run, build: Run, office: Office, secret: str) -> None:
    """Once handed over, nothing is done to the round where it was, and its folder stays as it is."""
    assert collect("--backup", "备份.zip", "--hand-over", "--backup-password-file", secret).status == 0
    before = sorted(office.root.rglob("*"))
    for ended in (
        collect(),
        collect("--rehearse"),
        build("--force"),
        build("--console"),
        build("--from", "没有.xlsx"),
        build("--merge", "没有.xlsx", "没有二.xlsx"),
        build("--diff", "某区-2020", "某区-2021"),
    ):
        assert ended.status == 2
        assert ended.err.splitlines()[-1].startswith("out 里的这一轮已经交给别处接着做,这里没有运行。")
    assert sorted(office.root.rglob("*")) == before
